"""Golden cases: a form, answers, and what must come of them. rxeval is asked the same, save about dates."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """``relevant`` and ``missing`` as paths, ``kinds`` of findings by path, ``calculated`` as JSON."""

    name: str
    survey: str
    answers: Any
    relevant: tuple[str, ...]
    missing: tuple[str, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict)
    calculated: dict[str, Any] = field(default_factory=dict)


GATE = """
| | type | name | label::Български (bg) | label::English (en) | relevant | required |
| | select_one yes_no | has | Има ли | Is there | | yes |
| | integer | many | Колко | How many | ${has} = 'yes' | yes |
| | begin_group | more | Още | More | ${many} > 2 | |
| | text | why | Защо | Why | | yes |
| | text | note1 | Друго | Other | ${why} != '' | |
| | end_group | | | | | |
"""
ROWS = """
| | type | name | label::Български (bg) | label::English (en) | relevant | required | calculation |
| | begin_repeat | staff | Хора | Staff | | | |
| | text | job | Длъжност | Job | | yes | |
| | decimal | fte | Щат | Posts | ${job} != '' | | |
| | calculate | fte0 | | | | | coalesce(${fte}, 0) |
| | end_repeat | | | | | | |
| | calculate | total | | | | | sum(${fte0}) |
| | calculate | mean | | | | | round(sum(${fte0}) div count(${staff}), 2) |
| | text | big | Голям екип | Big team | ${total} > 2 | | |
"""
CASCADE = """
| | type | name | label::Български (bg) | label::English (en) | choice_filter | calculation |
| | select_one region | region | Област | Region | | |
| | select_one muni | muni | Община | Municipality | region = ${region} | |
| | calculate | told | | | | jr:choice-name(${muni}, '${muni}') |
| | calculate | back | | | | instance('muni')/root/item[name = ${muni}]/region |
"""
LIMITS = """
| | type | name | label::Български (bg) | label::English (en) | constraint | required |
| | integer | capacity | Места | Places | . >= 0 | yes |
| | integer | occupied | Заети | Occupied | . <= ${capacity} | |
| | select_multiple groups | groups | Групи | Groups | count-selected(.) <= 1 | |
| | text | phone | Телефон | Phone | regex(., '0[0-9]{8}') | |
"""
CHAIN = """
| | type | name | label::Български (bg) | label::English (en) | relevant | calculation |
| | integer | a | А | A | | |
| | calculate | d | | | | ${c} + 1 |
| | calculate | c | | | | ${b} + 1 |
| | calculate | b | | | ${a} > 0 | ${a} + 1 |
| | text | t | Т | T | ${d} = 13 | |
"""
NESTED = """
| | type | name | label::Български (bg) | label::English (en) | relevant | calculation |
| | begin_repeat | house | Къща | House | | |
| | text | street | Улица | Street | | |
| | begin_repeat | person | Човек | Person | | |
| | integer | age | Възраст | Age | | |
| | calculate | adult | | | | if(${age} >= 18, 1, 0) |
| | text | school | Училище | School | ${age} < 18 and ${street} != '' | |
| | end_repeat | | | | | |
| | calculate | adults | | | | sum(${adult}) |
| | end_repeat | | | | | |
| | calculate | everybody | | | | count(${person}) |
| | calculate | grown | | | | sum(${adult}) |
"""
HIDDEN = """
| | type | name | label::Български (bg) | label::English (en) | relevant | calculation |
| | select_one yes_no | has | Има ли | Is there | | |
| | integer | x | Хикс | X | ${has} = 'yes' | |
| | calculate | y | | | | coalesce(${x}, 0) + 1 |
| | begin_repeat | r | Ред | Row | ${has} = 'yes' | |
| | integer | z | Зет | Z | | |
| | end_repeat | | | | | |
| | calculate | n | | | | count(${r}) |
"""

CASES = [
    Case("nothing answered", GATE, {}, ("has",), ("has",), {"has": "required"}),
    Case("gate open", GATE, {"has": "yes"}, ("has", "many"), ("many",), {"many": "required"}),
    Case("gate shut", GATE, {"has": "no"}, ("has",)),
    Case(
        "group opens, the second question waits for the first",
        GATE,
        {"has": "yes", "many": 3},
        ("has", "many", "more.why"),
        ("more.why",),
        {"more.why": "required"},
    ),
    Case(
        "all open",
        GATE,
        {"has": "yes", "many": 3, "more": {"why": "така", "note1": "х"}},
        ("has", "many", "more.why", "more.note1"),
    ),
    Case(
        "an answer behind a shut gate is kept and named",
        GATE,
        {"has": "no", "many": 3, "more": {"why": "така"}},
        ("has",),
        (),
        {"many": "irrelevant", "more.why": "irrelevant"},
    ),
    Case(
        "rows",
        ROWS,
        {"staff": [{"job": "психолог", "fte": 1.5}, {"job": "логопед"}, {"job": "медиатор", "fte": "0,75"}]},
        (
            "staff[0].job", "staff[0].fte", "staff[1].job", "staff[1].fte", "staff[2].job", "staff[2].fte", "big",
        ),
        calculated={
            "staff[0].fte0": 1.5, "staff[1].fte0": 0, "staff[2].fte0": 0.75, "total": 2.25, "mean": 0.75,
        },
    ),
    Case(
        "a row without its job",
        ROWS,
        {"staff": [{"job": ""}]},
        ("staff[0].job",),
        ("staff[0].job",),
        {"staff[0].job": "required"},
        {"staff[0].fte0": 0, "total": 0, "mean": 0},
    ),
    Case(
        "cascade in its region",
        CASCADE,
        {"region": "LOV", "muni": "LOV33"},
        ("region", "muni"),
        calculated={"told": "Тетевен", "back": "LOV"},
    ),
    Case(
        "cascade outside its region",
        CASCADE,
        {"region": "KRZ", "muni": "LOV33"},
        ("region", "muni"),
        (),
        {"muni": "choice"},
        {"told": "Тетевен", "back": "LOV"},
    ),
    Case(
        "limits kept",
        LIMITS,
        {"capacity": 20, "occupied": 20, "groups": ["kids"], "phone": "068123456"},
        ("capacity", "occupied", "groups", "phone"),
    ),
    Case(
        "limits broken",
        LIMITS,
        {"capacity": 20, "occupied": 21, "groups": ["kids", "old"], "phone": "68123456"},
        ("capacity", "occupied", "groups", "phone"),
        (),
        {"occupied": "constraint", "groups": "constraint", "phone": "constraint"},
    ),
    Case(
        "a constraint is not asked of a blank answer, a required one is missing",
        LIMITS,
        {"occupied": ""},
        ("capacity", "occupied", "groups", "phone"),
        ("capacity",),
        {"capacity": "required"},
    ),
    Case("chain", CHAIN, {"a": 10}, ("a", "t"), calculated={"d": 13, "c": 12, "b": 11}),
    Case("chain that stops", CHAIN, {"a": 0}, ("a",), calculated={"d": None, "c": None}),
    Case(
        "rows in rows",
        NESTED,
        {
            "house": [
                {"street": "Бук", "person": [{"age": 40}, {"age": 10}]},
                {"person": [{"age": 8}, {"age": 70}, {"age": 20}]},
            ]
        },
        (
            "house[0].street", "house[0].person[0].age", "house[0].person[1].age", "house[0].person[1].school",
            "house[1].street", "house[1].person[0].age", "house[1].person[1].age", "house[1].person[2].age",
        ),
        calculated={
            "house[0].person[0].adult": 1, "house[0].person[1].adult": 0, "house[0].adults": 1,
            "house[1].person[0].adult": 0, "house[1].person[1].adult": 1, "house[1].person[2].adult": 1,
            "house[1].adults": 2, "everybody": 5, "grown": 3,
        },
    ),
    Case(
        "what is not relevant is blank for others",
        HIDDEN,
        {"has": "no", "x": 5, "r": [{"z": 1}, {"z": 2}]},
        ("has",),
        (),
        {"x": "irrelevant", "r[0].z": "irrelevant", "r[1].z": "irrelevant"},
        {"y": 1, "n": 0},
    ),
]  # fmt: skip
