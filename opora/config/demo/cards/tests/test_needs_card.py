"""The demonstration card: complete, convertible, mostly filled in before the head of a service opens it."""

import csv
import io
from datetime import date, datetime
from importlib.resources import files

import pytest
import python_calamine

from opora.config.demo.cards import needs_card, needs_card_tables, needs_card_workbook
from opora.engines.questionnaire import Question, check, compile, initial, prune, sheets_from_tables

WHEN = {"today": date(2026, 11, 22), "now": datetime(2026, 11, 22, 10, 0)}
FORM = compile(needs_card())


def facts(package, name):
    text = files(package).joinpath("facts", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


REGIONS = {row["name"]: row["code"] for row in facts("opora.foundation.territory", "regions.csv")}
MUNICIPALITIES = facts("opora.foundation.territory", "municipalities.csv")
POSTS = facts("opora.config.demo", "posts.csv")
SERVICES = [row for row in facts("opora.config.demo", "services.csv") if row["code"] and not row["closed_on"]]


def known(row):
    """Register facts of one service by the names of the column ``prefill``."""
    region = REGIONS[row["region"]]
    here = [
        one["code"]
        for one in MUNICIPALITIES
        if one["name"] == row["municipality"] and one["code"][:3] == region
    ]
    values = {f"register.{key}": value for key, value in row.items()}
    return values | {
        "register.region": region,
        "register.municipality": here[0],
        "register.target_groups": row["target_groups"].split(";"),
        "today": "2026-11-22",
    }


def prefilled(row):
    """Answers the register gives, and how many of them."""
    values, answers = known(row), {}
    for question in FORM.questions():
        source = question.extra.get("prefill", "")
        section = question.path.partition(".")[0]
        if values.get(source):
            answers.setdefault(section, {})[question.name] = values[source]
    answers["staff"] = {"posts": [
        {"profession": post["profession"], "posts_total": post["posts"], "posts_filled": post["filled"]}
        for post in POSTS if post["service"] == row["code"]
    ]}  # fmt: skip
    started = initial(FORM, **WHEN, answers=answers)
    return prune(FORM, started, check(FORM, started, **WHEN))


def typed(answers):
    """What a head adds: two specialists, two crises."""
    occupied = answers["places"]["occupied"]
    asked = check(FORM, answers, **WHEN).relevant
    ages = [name for name in ("users_children", "users_adults", "users_elderly") if f"users.{name}" in asked]
    users = {name: occupied if name == ages[0] else 0 for name in ages} | {"users_disability": 0}
    needs = {"specialists": ["clinical_psychologist", "speech_therapist"]}
    for name in needs["specialists"]:
        needs |= {f"{name}_users": 3, f"{name}_hours": "12,5"}
    crisis = {"crisis_cases": 0, "team_ready": "yes", "lacking": "Транспорт"}
    return answers | {"users": users, "needs": needs, "crisis": crisis}


def test_every_prefill_names_a_column_of_the_register():
    columns = {f"register.{name}" for name in SERVICES[0]}
    columns |= {
        "today",
        "register.posts",
        "register.posts.profession",
        "register.posts.posts",
        "register.posts.filled",
    }
    assert {one.extra["prefill"] for one in FORM.items() if one.extra.get("prefill")} <= columns


@pytest.mark.parametrize("row", SERVICES, ids=lambda row: row["code"])
def test_at_least_seventy_percent_is_filled_in_and_at_most_twelve_fields_remain(row):
    answers = prefilled(row)
    before = check(FORM, answers, **WHEN)
    assert before.answered / before.asked >= 0.70
    assert {one.kind for one in before.findings} == {"required"}
    after = check(FORM, typed(answers), **WHEN)
    left = [one.path for one in after.findings]
    assert left in ([], ["places.over_reason"])
    assert after.answered - before.answered <= 12
    assert before.answered / after.asked >= 0.67


def test_size_of_the_card():
    questions = [one for one in FORM.questions() if one.asks]
    assert 50 <= len(questions) <= 60
    assert set(FORM.languages) == {"bg", "en"}
    assert FORM.warnings == ()


def test_more_users_than_places_asks_for_the_reason():
    answers = prefilled(SERVICES[0])
    answers["places"] |= {"capacity": 10, "occupied": 12}
    result = check(FORM, answers, **WHEN)
    assert "places.over_reason" in result.missing
    assert result.calculated["places.free_places"] == 0
    assert result.calculated["places.occupancy"] == 120


def test_sums_that_differ_ask_for_the_reason_and_name_both_numbers():
    answers = typed(prefilled(SERVICES[0]))
    answers["users"]["users_children"] = 1
    result = check(FORM, answers, **WHEN)
    assert "users.users_reason" in result.missing


def test_municipality_follows_region():
    answers = prefilled(SERVICES[0])
    answers["provider"]["municipality"] = "KRZ16"
    assert ("provider.municipality", "choice") in {
        (one.path, one.kind) for one in check(FORM, answers, **WHEN).findings
    }


def test_filled_posts_are_at_most_the_posts():
    answers = prefilled(SERVICES[0])
    answers["staff"]["posts"][0] |= {"posts_total": 1, "posts_filled": "1,5"}
    found = {one.path: one.message for one in check(FORM, answers, **WHEN).findings}
    assert found["staff.posts[0].posts_filled"] == "Заетите бройки не са повече от щатните."


def test_hours_of_all_specialists_are_summed():
    result = check(FORM, typed(prefilled(SERVICES[0])), **WHEN)
    assert result.calculated["needs.hours_total"] == 25


def test_nobody_goes_with_no_other_specialist():
    answers = typed(prefilled(SERVICES[0]))
    answers["needs"] = {"specialists": ["none", "psychiatrist"]}
    assert "needs.specialists" in {one.path for one in check(FORM, answers, **WHEN).findings}


def test_pyxform_converts_it_without_a_word(tmp_path):
    xls2xform = pytest.importorskip("pyxform.xls2xform")
    path = tmp_path / "needs.xlsx"
    path.write_bytes(needs_card_workbook())
    converted = xls2xform.convert(str(path), validate=False, file_type=".xlsx")
    assert converted.warnings == []
    assert 'version="2026110201"' in converted.xform
    assert "prefill" not in converted.xform


def test_tables_and_tree_agree():
    tables = needs_card_tables()
    named = {row[1] for row in tables["survey"][1:] if row[1]}
    assert named == {one.name for one in FORM.items()}
    assert sum(1 for row in tables["choices"] if row[0] == "municipality") == 265
    assert all(isinstance(one, Question) or one.labels for one in FORM.items())


def test_the_uploaded_workbook_is_the_same_card():
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(needs_card_workbook()))
    tables = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    uploaded = compile(sheets_from_tables(tables))
    assert [(one.path, one.row) for one in uploaded.items()] == [(one.path, one.row) for one in FORM.items()]
    answers = typed(prefilled(SERVICES[0]))
    assert check(uploaded, answers, **WHEN).as_json() == check(FORM, answers, **WHEN).as_json()
