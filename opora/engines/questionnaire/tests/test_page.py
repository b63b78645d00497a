"""What a filler draws: labels, choices, rows, states."""

from datetime import date, datetime

import pytest

from opora.engines.questionnaire import (
    choices_for,
    initial,
    label_for,
    normalise,
    page,
    prune,
    put,
    sheets_from_markdown,
    shown_value,
)
from opora.engines.questionnaire import compile as publish

from . import make

WHEN = {"today": date(2026, 11, 22), "now": datetime(2026, 11, 22, 10, 0)}
SURVEY = """
| | type | name | label::Български (bg) | label::English (en) | hint::Български (bg) | required | relevant | choice_filter | calculation | default | repeat_count | readonly | prefill |
| | begin_group | place | Място | Place | | | | | | | | | |
| | select_one region | region | Област | Region | Изберете | да | | | | | | | register.region |
| | select_one muni | muni | Община в ${region} | Municipality in ${region} | | | | region = ${region} | | | | | |
| | note | hello | Здравейте | Hello | | | | | | | | | |
| | end_group | | | | | | | | | | | | |
| | integer | people | Хора | People | | | | | | 2 | | | |
| | date | as_of | Към дата | As of | | | | | | today() | | да | |
| | begin_repeat | staff | Служител | Employee | | | | | | | ${people} | | |
| | text | job | Длъжност на ${people} | Job | | да | | | | | | | |
| | decimal | fte | Щат | Posts | | | ${job} != '' | | | 1 | | | |
| | calculate | n | | | | | | | position(..) | | | | |
| | end_repeat | | | | | | | | | | | | |
"""
FORM = make.form(SURVEY)


def nodes(answers, language="bg"):
    return {node.path: node for node in page(FORM, answers, language=language, **WHEN).walk()}


def test_a_new_card_has_defaults_and_its_rows():
    assert initial(FORM, **WHEN) == {
        "people": 2,
        "as_of": "2026-11-22",
        "staff": [{"job": "", "fte": 1}, {"job": "", "fte": 1}],
    }


def test_answers_given_stay_when_a_card_begins():
    begun = initial(FORM, **WHEN, answers={"people": 1, "place": {"region": "LOV"}})
    assert begun["place"] == {"region": "LOV"}
    assert len(begun["staff"]) == 1


def test_labels_choices_and_states():
    found = nodes(
        {"place": {"region": "LOV", "muni": "KRZ16"}, "people": 1, "staff": [{"job": "", "fte": "х"}]}
    )
    assert found["place"].kind == "group"
    assert found["place.region"].required
    assert found["place.region"].hint == "Изберете"
    assert found["place.region"].item.extra == {"prefill": "register.region"}
    assert found["place.muni"].label == "Община в LOV"
    assert [one.name for one in found["place.muni"].choices] == ["LOV18", "LOV33"]
    assert [one.kind for one in found["place.muni"].findings] == ["choice"]
    assert found["place.hello"].kind == "note"
    assert found["as_of"].readonly
    assert (found["staff"].least, found["staff"].most) == (1, 1)
    assert found["staff[0]"].kind == "row"
    assert found["staff[0]"].label == "Служител 1"
    assert found["staff[0].job"].label == "Длъжност на 1"
    assert not found["staff[0].fte"].relevant
    assert found["staff[0].fte"].given == "х"
    assert "staff[0].n" not in found


def test_english():
    found = nodes({"place": {"region": "KRZ"}}, language="en")
    assert found["place.muni"].label == "Municipality in KRZ"
    assert found["place.region"].choices[0].label("en") == "Lovech"


def test_choices_and_labels_by_path():
    answers = {"place": {"region": "KRZ"}, "staff": [{}, {}], "people": 2}
    assert [one.name for one in choices_for(FORM, "place.muni", answers, **WHEN)] == ["KRZ16"]
    assert choices_for(FORM, "staff[1].job", answers, **WHEN) == ()
    assert label_for(FORM, "staff[1].job", answers, **WHEN) == "Длъжност на 2"
    for wrong in ("nothing", "staff[9].job", "people[0]", "place..muni", ""):
        with pytest.raises(KeyError):
            label_for(FORM, wrong, answers, **WHEN)


def test_normal_form_of_what_a_browser_sends():
    sent = {
        "place.region": " LOV ",
        "people": "2",
        "as_of": "3.5.2026 г.",
        "staff[0].job": "психолог",
        "staff[0].fte": "1,50",
        "staff[1].fte": "много",
        "other": "?",
    }
    assert normalise(FORM, sent) == {
        "place": {"region": "LOV"},
        "people": 2,
        "as_of": "2026-05-03",
        "staff": [{"job": "психолог", "fte": 1.5}, {"fte": "много"}],
        "other": "?",
    }


def test_normal_form_is_reached_at_once():
    once = normalise(FORM, {"staff[0].fte": "1,5", "as_of": "22.11.2026", "place": {"region": "LOV"}})
    assert normalise(FORM, once) == once


def test_a_path_that_cannot_be_is_no_reason_to_fail():
    assert normalise(FORM, {"staff[": 1, "staff[99999].job": "а"}) == {"staff[": 1, "staff[99999].job": "а"}
    with pytest.raises(KeyError):
        put({}, "staff[0]", 1)


def test_prune_leaves_out_what_does_not_apply():
    answers = {
        "staff": [{"job": "", "fte": 2}, {"job": "а", "fte": 1}],
        "people": 2,
        "place": {"region": "LOV"},
    }
    result = make.asked(FORM, answers)
    assert [one.kind for one in result.findings] == ["required", "irrelevant"]
    assert prune(FORM, answers, result)["staff"] == [{"job": ""}, {"job": "а", "fte": 1}]
    assert answers["staff"][0]["fte"] == 2


def test_values_as_a_person_reads_them():
    region, people, as_of = (FORM.find(one) for one in ("place.region", "people", "as_of"))
    assert shown_value(region, "LOV") == "Ловеч"
    assert shown_value(region, "LOV", "en") == "Lovech"
    assert shown_value(people, 1.5) == "1,5"
    assert shown_value(as_of, "2026-11-22") == "22.11.2026"
    assert shown_value(people, "") == ""


def test_sections_for_ready_counts():
    result = make.asked(
        FORM, {"place": {"region": "LOV", "muni": "KRZ16"}, "people": 1, "staff": [{"job": "а"}]}
    )
    counts = {one.path: (one.label, one.asked, one.answered, one.ready) for one in result.sections}
    assert counts == {
        "place": ("Място", 2, 2, 1),
        "": ("", 2, 1, 1),
        "staff": ("Служител", 2, 1, 1),
    }
    assert (result.asked, result.answered, result.ready) == (6, 4, 3)


EXTERNAL = """
| name | label | label_en | region |
| a | Азбука | Alphabet | LOV |
| b | Буква | Letter | KRZ |
"""


def test_lists_from_files():
    survey = """
| survey |
| | type | name | label::Български (bg) | choice_filter | calculation |
| | select_one_from_file places.csv | place | Място | region = 'LOV' | |
| | calculate | where | | | instance('places')/root/item[name = ${place}]/region |
| settings |
| | form_id | version | default_language |
| | f | 1 | bg |
"""
    form = publish(sheets_from_markdown(survey, {"places.csv": EXTERNAL}))
    assert make.asked(form, {"place": "a"}).calculated == {"where": "LOV"}
    assert make.kinds(make.asked(form, {"place": "b"})) == {"place": "choice"}
    assert [one.label("en") for one in choices_for(form, "place", {}, **WHEN)] == ["Alphabet"]


def test_bounds_of_a_repeat_without_a_count():
    survey = """
| | type | name | label::Български (bg) | label::English (en) | parameters |
| | begin_repeat | r | Ред | Row | min=1 max=2 |
| | text | t | Т | T | |
| | end_repeat | | | | |
"""
    form = make.form(survey)
    assert make.kinds(make.asked(form, {})) == {"r": "repeat"}
    assert make.asked(form, {"r": [{}]}).ok
    assert make.kinds(make.asked(form, {"r": [{}] * 3})) == {"r": "repeat"}


def test_all_kinds_of_answer():
    survey = """
| | type | name | label::Български (bg) | label::English (en) |
| | dateTime | at | А | A |
| | time | clock | Б | B |
| | geopoint | spot | В | C |
| | image | photo | Г | D |
| | acknowledge | tick | Д | E |
| | select_multiple groups | groups | Е | F |
| | hidden | secret | | |
"""
    form = make.form(survey)
    good = {
        "at": "2026-11-22T10:00:00+02:00", "clock": "10:30", "spot": "43.1 24.7 0 0", "photo": "a.jpg", "tick": True,
        "groups": "kids old", "secret": "x",
    }  # fmt: skip
    assert make.asked(form, good).ok
    assert normalise(form, good)["groups"] == ["kids", "old"]
    assert normalise(form, good)["tick"] == "OK"
    bad = {
        "at": "10:30",
        "clock": "25:00",
        "spot": "91 0",
        "photo": "../a.jpg",
        "tick": "може",
        "groups": {"a": 1},
    }
    assert set(make.kinds(make.asked(form, bad)).values()) == {"type"}
