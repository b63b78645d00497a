"""Twelve kinds of spoiled card, each caught and each answer kept."""

import copy

import pytest

from . import make

SURVEY = """
| | type | name | label::Български (bg) | label::English (en) | required | constraint | constraint_message::Български (bg) | constraint_message::English (en) | repeat_count |
| | select_one region | region | Област | Region | да | | | | |
| | integer | places | Места | Places | да | . >= 0 and . <= 500 | От 0 до 500. | From 0 to 500. | |
| | decimal | hours | Часове | Hours | | | | | |
| | range | mark | Оценка | Mark | | | | | |
| | date | opened | Открита | Opened | | . <= today() | Датата е в бъдещето. | The date is in the future. | |
| | text | phone | Телефон | Phone | | regex(., '0[0-9]{8,9}') | Телефонът започва с 0. | A number starts with 0. | |
| | text | comment | Бележка | Comment | | string-length(.) <= 20 | До 20 знака. | Up to 20 characters. | |
| | begin_group | team | Екип | Team | | | | | |
| | begin_repeat | staff | Хора | Staff | | | | | 2 |
| | text | job | Длъжност | Job | да | | | | |
| | end_repeat | | | | | | | | |
| | end_group | | | | | | | | |
"""
GOOD = {
    "version": "2026112201",
    "region": "LOV",
    "places": 20,
    "hours": "1,5",
    "mark": 7,
    "opened": "2008-05-30",
    "phone": "068123456",
    "comment": "Няма",
    "team": {"staff": [{"job": "психолог"}, {"job": "логопед"}]},
}
FORM = make.form(SURVEY)


def spoiled(**changes):
    answers = copy.deepcopy(GOOD)
    answers.update(changes)
    return answers


def test_a_good_card_has_no_findings():
    result = make.asked(FORM, GOOD)
    assert result.as_json() == {
        "ok": True,
        "findings": [],
        "calculated": {},
        "missing": [],
        "relevant": [
            "region", "places", "hours", "mark", "opened", "phone", "comment",
            "team.staff[0].job", "team.staff[1].job",
        ],
    }  # fmt: skip
    assert (result.asked, result.answered, result.ready) == (9, 9, 9)


@pytest.mark.parametrize(
    ("changes", "path", "kind", "message"),
    [
        ({"region": "XYZ"}, "region", "choice", "Отговорът „XYZ“ не е сред възможните."),
        ({"places": "много"}, "places", "type", "Въведете цяло число, например 12."),
        ({"places": -5}, "places", "constraint", "От 0 до 500."),
        ({"places": 501}, "places", "constraint", "От 0 до 500."),
        ({"mark": 11}, "mark", "constraint", "Числото трябва да е между 1 и 10."),
        ({"region": ""}, "region", "required", "Отговорът е задължителен."),
        ({"opened": "2026-11-23"}, "opened", "constraint", "Датата е в бъдещето."),
        ({"comment": "а" * 21}, "comment", "length", "До 20 знака."),
        ({"color": "син"}, "color", "unknown", "В картата няма въпрос „color“."),
        (
            {"team": {"staff": [{"job": "психолог"}]}},
            "team.staff",
            "repeat",
            "Попълнени редове: 1. Нужни: 2.",
        ),
        (
            {"team": {"staff": [{"job": "a"}] * 3}},
            "team.staff",
            "repeat",
            "Попълнени редове: 3. Допустими: 2.",
        ),
        ({"phone": "88-77"}, "phone", "constraint", "Телефонът започва с 0."),
        (
            {"version": "2025010101"},
            "version",
            "version",
            "Отговорите са за версия 2025010101, а картата е версия 2026112201.",
        ),
        (
            {"team": {"staff": [{"job": ""}, {"job": "a"}]}},
            "team.staff[0].job",
            "required",
            "Отговорът е задължителен.",
        ),
        ({"team": {"staff": [{"job": "a"}, {"job": "a", "x": 1}]}}, "team.staff[1].x", "unknown", None),
        ({"opened": "2026-02-30"}, "opened", "type", None),
        ({"opened": "вчера"}, "opened", "type", None),
        ({"places": 1.5}, "places", "type", None),
        ({"places": True}, "places", "type", None),
        ({"places": [1]}, "places", "type", None),
        ({"hours": "1,5,2"}, "hours", "type", None),
        ({"region": ["LOV"]}, "region", "type", None),
        ({"phone": {"a": 1}}, "phone", "type", None),
        ({"team": {"staff": {"job": "a"}}}, "team.staff", "type", None),
        ({"team": "Ана"}, "team", "type", None),
        ({"places": 10**30}, "places", "type", None),
        ({"comment": "а" * 30_000}, "comment", "length", None),
    ],
)
def test_spoiled_card(changes, path, kind, message):
    answers = spoiled(**changes)
    result = make.asked(FORM, answers)
    assert not result.ok
    found = {one.path: one for one in result.findings}
    assert found[path].kind == kind
    assert message is None or found[path].message == message
    assert answers == spoiled(**changes)


def test_messages_in_english():
    result = make.asked(FORM, spoiled(places=-5, region="XYZ", opened=""), language="en")
    assert [one.message for one in result.findings] == [
        "The answer 'XYZ' is not one of the choices.",
        "From 0 to 500.",
    ]


def test_missing_names_what_is_needed():
    result = make.asked(FORM, {"team": {"staff": [{}, {}]}})
    assert result.missing == ("region", "places", "team.staff[0].job", "team.staff[1].job")
    assert result.answered == 0


def test_a_version_that_is_no_text_is_a_wrong_version():
    assert make.kinds(make.asked(FORM, spoiled(version={"b": 1, "a": 2})))["version"] == "version"


def test_answers_that_are_no_object():
    for answers in (None, {}, [], "карта", 5):
        result = make.asked(FORM, answers)
        assert not result.ok
    assert make.kinds(make.asked(FORM, [1]))[""] == "type"
