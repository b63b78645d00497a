"""The engine `norms` as JSON: rules, norms, groups and indicators in, lines and totals out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opora.engines.common.faces import TEXT, Document, Face, listing, plain, record
from opora.engines.common.reasons import as_json
from opora.engines.norms import Group, Indicator, Line, Norm, Rule, RuleSet, places, total

_RULES = ("coefficient", "minimum", "capacity", "least")


def _answer(given: Document) -> Document:
    """Plan the places."""
    rules = {one["code"]: Rule(**one) for one in given["rules"]}
    norms = tuple(_norm(one, rules) for one in given["norms"])
    groups = tuple(
        Group(
            tuple(one["members"]), one.get("host", ""), tuple(one.get("kinds", ())), one.get("always", False)
        )
        for one in given.get("groups", ())
    )
    figures = [Indicator(**one) for one in given["indicators"]]
    lines = places(
        RuleSet(norms, groups), figures, municipalities=given.get("municipalities"), names=given.get("names")
    )
    return {"lines": [_line(line) for line in lines], "totals": _totals(lines)}


def _norm(given: Mapping[str, Any], rules: Mapping[str, Rule]) -> Norm:
    unknown = [given[part] for part in _RULES if part in given and given[part] not in rules]
    if unknown:
        raise ValueError(
            f"the norm for {given['kind']} names the rule {unknown[0]}, which is not among the rules"
        )
    parts: dict[str, Any] = {name: rules[value] if name in _RULES else value for name, value in given.items()}
    return Norm(**parts)


def _line(line: Line) -> Document:
    known = {
        name: value
        for name, value in vars(line).items()
        if name not in ("rules", "indicators", "missing", "why")
    }
    return {
        **plain(known),
        "verified": line.verified,
        "rules": [dict(vars(rule)) for rule in line.rules],
        "indicators": [plain(vars(row)) for row in line.indicators],
        "missing": [{name: value for name, value in vars(one).items() if value} for one in line.missing],
        "why": [as_json(reason) for reason in line.why],
    }


def _totals(lines: tuple[Line, ...]) -> list[Document]:
    kinds = dict.fromkeys((line.kind, line.target) for line in lines)
    return [
        {
            "kind": kind,
            "target": target,
            "places": total(line for line in lines if (line.kind, line.target) == (kind, target)),
        }
        for kind, target in kinds
    ]


_MAYBE = {"type": ["number", "null"], "minimum": 0}
FACE = Face(
    record(
        ["rules", "norms", "indicators"],
        rules=listing(
            record(
                ["code", "value", "unit"],
                code=TEXT,
                value={**_MAYBE, "description": "null: the rule exists, its number was not entered"},
                unit={"enum": ["percent", "per_thousand", "per_ten_thousand", "share", "persons", "places"]},
                legal_ref=TEXT,
                verified={"type": "boolean", "default": False},
                text=TEXT,
            )
        ),
        norms=listing(
            record(
                ["kind", "target", "coefficient"],
                kind=TEXT,
                target={**TEXT, "description": "code of the indicator that counts the target group"},
                coefficient={**TEXT, "description": "code of a rule, as the next three"},
                minimum=TEXT,
                capacity=TEXT,
                least=TEXT,
                population={**TEXT, "default": "population"},
                rounding={"enum": ["up", "half", "down"], "default": "up"},
            )
        ),
        groups=listing(
            record(
                ["members"],
                members=listing(TEXT),
                host=TEXT,
                kinds=listing(TEXT),
                always={"type": "boolean", "default": False},
            )
        ),
        indicators=listing(
            record(
                ["municipality", "code", "value"],
                municipality=TEXT,
                code=TEXT,
                value=_MAYBE,
                source=TEXT,
                as_of=TEXT,
            )
        ),
        municipalities=listing(TEXT),
        names={"type": "object", "additionalProperties": TEXT},
    ),
    _answer,
    {
        "rules": [
            {"code": "k1", "value": 2.5, "unit": "percent", "legal_ref": "чл. 5", "text": "дневна грижа"},
            {
                "code": "m1",
                "value": 6000,
                "unit": "persons",
                "legal_ref": "чл. 7",
                "text": "праг за споделяне",
            },
            {"code": "k2", "value": None, "unit": "percent", "text": "подслон"},
        ],
        "norms": [
            {"kind": "day_care", "target": "children_dis", "coefficient": "k1", "minimum": "m1"},
            {"kind": "shelter", "target": "homeless", "coefficient": "k2"},
        ],
        "groups": [{"members": ["LOV02", "LOV34"], "host": "LOV34"}],
        "indicators": [
            {"municipality": "LOV02", "code": "population", "value": 2728, "source": "НСИ"},
            {"municipality": "LOV34", "code": "population", "value": 28682, "source": "НСИ"},
            {"municipality": "LOV18", "code": "population", "value": 42670, "source": "НСИ"},
            {"municipality": "LOV02", "code": "children_dis", "value": 31, "source": "АХУ"},
            {"municipality": "LOV34", "code": "children_dis", "value": 412, "source": "АХУ"},
            {"municipality": "LOV18", "code": "children_dis", "value": None},
        ],
        "names": {
            "LOV02": "Априлци",
            "LOV18": "Ловеч",
            "LOV34": "Троян",
            "children_dis": "деца с увреждания",
        },
    },
)
