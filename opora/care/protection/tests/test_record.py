"""The record of activities cannot go stale: every table of Opora serves an activity or holds nobody, with the reason."""

import csv
import io

import pytest
from django.apps import apps
from django.urls import reverse

from opora.care.protection import live
from opora.care.protection.papers import record
from opora.care.protection.record import dictionary
from opora.care.protection.record.activities import ACTIVITIES, BY_KEY, EVERYTHING, NOT_NAMED
from opora.care.protection.tests import make
from opora.care.protection.tests.test_papers import words
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.models import Rule

PEOPLE = {"accounts.user", "casework.person", "casework.clientfile"}
MODELS = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}


def test_every_table_is_in_the_dictionary_and_no_other() -> None:
    assert record.unknown_tables() == []
    assert sorted(set(dictionary.tables()) - set(MODELS)) == []


def test_a_new_table_is_noticed(monkeypatch) -> None:
    known = {label: one for label, one in dictionary.tables().items() if label != "casework.person"}
    monkeypatch.setattr(record.dictionary, "tables", lambda: known)
    assert record.unknown_tables() == ["casework.person"]


@pytest.mark.parametrize("label", sorted(MODELS))
def test_a_table_serves_an_activity_or_says_why_nobody_stands_in_it(label) -> None:
    one = dictionary.tables()[label]
    assert bool(one.activity) != bool(one.reason)
    assert not one.activity or one.activity in BY_KEY
    if one.reason:
        assert names_people(MODELS[label]) == []


def names_people(model) -> list[str]:
    """Columns that point at a person or hold who somebody is."""
    found = []
    for field in model._meta.concrete_fields:
        points = field.is_relation and field.related_model._meta.label_lower in PEOPLE
        if (
            points
            or field.name in ("by", "email", "phone", "user", "user_id")
            or field.name.endswith(("_by", "by_id"))
        ):
            found.append(field.name)
    return found


def test_it_sees_people_where_there_are_some() -> None:
    assert names_people(MODELS["casework.member"])
    assert names_people(MODELS["survey.submission"])


def test_every_activity_is_whole() -> None:
    for one in ACTIVITIES:
        assert all((one.name, one.purpose, one.people, one.data, one.recipients, one.keeping)), one.key
        assert set(one.measures) <= set(live.MEASURES), one.key
        assert dictionary.of_activity(one.key) or one.key in EVERYTHING, one.key


@pytest.mark.django_db
def test_no_part_is_empty_and_what_nobody_named_is_listed_first() -> None:
    made = record.book(make.officer())
    assert [part.heading for part in made.parts if not part.blocks] == []
    assert "…" not in words(made).replace("Администратор на личните данни: …", "")
    first = [block.text for block in made.parts[0].blocks]
    nameless = [one for one in ACTIVITIES if not one.grounds]
    for one in nameless:
        assert any(line.startswith(f"{one.name}: основание") for line in first), one.key
    assert words(made).count(f"Основание: {NOT_NAMED}") == len(nameless) > 0
    assert words(made).count(f"Условие за данни за здравето: {NOT_NAMED}") == sum(
        one.sensitive for one in ACTIVITIES
    )


@pytest.mark.django_db
def test_the_head_sees_the_own_provider_as_controller() -> None:
    head = make.head()
    name = make.service().organisation.name
    assert f"Администратор на личните данни: {name}" in words(record.book(head))


@pytest.mark.django_db
def test_periods_and_measures_follow_the_rules_and_settings(settings) -> None:
    load_builtin_rules()
    officer = make.officer()
    assert "Срок не е зададен: нищо не се заличава само" in words(record.book(officer))
    Rule.objects.filter(code="retention_after_closing").update(value="7", verified=True)
    Rule.objects.filter(code="break_glass_minutes").update(value="45")
    settings.IDLE_MINUTES = 17
    said = words(record.book(officer))
    assert "7 години след закриването" in said.replace("\xa0", " ")
    assert "45 минути (непроверена норма)" in said.replace("\xa0", " ")
    assert "след 17 минути без работа" in said


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["pdf", "docx", "csv"])
def test_it_is_read_and_taken(ending) -> None:
    browser = people.client_of(User.objects.get(pk=make.officer().user_id))
    assert "Досиета на хора" in browser.get(reverse("protection_record")).content.decode()
    answer = browser.get(reverse("protection_record_file", args=[ending]))
    assert answer.status_code == 200
    assert f"activities.{ending}" in answer["Content-Disposition"]
    if ending == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row["Дейност"] for row in rows] == [one.name for one in ACTIVITIES]
        assert all(cell for row in rows for cell in row.values())
