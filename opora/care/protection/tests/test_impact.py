"""The impact assessment: no part is empty, what a person must write says who, every trial it names exists."""

import ast
import datetime as dt
import functools
from pathlib import Path

import pytest
from django.urls import reverse

from opora.care.casework.tests.make import egn
from opora.care.protection import actions, live, policies, queries_texts
from opora.care.protection.impact.risks import OWN_WORDS, RISKS
from opora.care.protection.impact.texts import WANTED
from opora.care.protection.models import ImpactText
from opora.care.protection.papers import impact
from opora.care.protection.tests import make
from opora.care.protection.tests.test_papers import words
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.register.tests import make as register

ROOT = Path(__file__).resolve().parents[4]
CANARY = "Щъркълбрига"


@functools.cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("risk", RISKS, ids=lambda one: one.key)
def test_every_risk_has_a_measure_and_a_trial_that_exists(risk) -> None:
    assert risk.who
    assert risk.harm
    assert set(risk.measures) <= set(live.MEASURES)
    assert risk.measures or risk.key in OWN_WORDS
    assert risk.trials
    for trial in risk.trials:
        file, name = trial.split("::")
        assert name in names_in(file), trial


def test_there_are_about_fifteen_risks_each_once() -> None:
    assert 14 <= len({one.key for one in RISKS}) == len(RISKS) <= 18
    assert set(OWN_WORDS) <= {one.key for one in RISKS}


def controller():
    return make.service().organisation


@pytest.mark.django_db
def test_no_part_is_empty_and_the_unwritten_say_who_and_are_listed_first() -> None:
    head = make.head()
    made = impact.book(head, controller())
    assert [part.heading for part in made.parts if not part.blocks] == []
    first = [block.text for block in made.parts[0].blocks]
    for one in WANTED:
        assert any(line.startswith(f"{one.name} (") for line in first), one.key
    assert words(made).count("Още не е написано. Пише го") == len(WANTED)


@pytest.mark.django_db
def test_when_all_is_written_only_what_the_law_search_left_open_is_missing() -> None:
    head, officer, place = make.head(), make.officer(), controller()
    for one in WANTED:
        writer = officer if one.writer == "officer" else head
        actions.write_impact(writer, place, one.key, text=f"{CANARY} {one.key}", seen=0)
    made = impact.book(head, place)
    said = words(made)
    assert "Още не е написано" not in said
    assert all(f"{CANARY} {one.key}" in said for one in WANTED)
    left = [block.text for block in made.parts[0].blocks]
    assert all("основание" in line or "условие" in line or line == "ЕИК" for line in left), left


@pytest.mark.django_db
def test_each_writes_only_what_names_them() -> None:
    head, officer, place = make.head(), make.officer(), controller()
    other = register.service("ДЦ Друг", code="LOV-99", provider=register.organisation("Друг доставчик"))
    stranger = make.head(other)
    may = {one.key: policies.write_impact(head, place, one.key) for one in WANTED}
    assert may == {one.key: one.writer == "head" for one in WANTED}
    assert [one.key for one in WANTED if policies.write_impact(officer, place, one.key)] == ["officer"]
    assert not any(policies.write_impact(stranger, place, one.key) for one in WANTED)
    with pytest.raises(NotAllowed):
        actions.write_impact(officer, place, "decision", text="Започва.", seen=0)


@pytest.mark.django_db
def test_former_words_stay_and_two_writers_never_overwrite_each_other() -> None:
    head, place = make.head(), controller()
    first = actions.write_impact(head, place, "need", text="Първо.", seen=0)
    second = actions.write_impact(head, place, "need", text="Второ.", seen=first.pk)
    with pytest.raises(Clash):
        actions.write_impact(make.head(), place, "need", text="Трето.", seen=first.pk)
    assert queries_texts.impact_texts(place)["need"] == second
    assert ImpactText.objects.count() == 2
    number = egn(dt.date(2012, 3, 4))
    with pytest.raises(ActionRefused, match="ЕГН"):
        actions.write_impact(head, place, "need", text=number, seen=second.pk)


@pytest.mark.django_db
def test_pages_and_papers() -> None:
    head, place = make.head(), controller()
    browser = people.client_of(User.objects.get(pk=head.user_id))
    assert browser.get(reverse("protection_impacts")).url == reverse("protection_impact", args=[place.pk])
    address = reverse("protection_impact_write", args=[place.pk, "families"])
    assert browser.post(address, {"text": f"Питахме ги: {CANARY}", "seen": 0}).status_code == 302
    page = browser.get(reverse("protection_impact", args=[place.pk])).content.decode()
    assert CANARY in page
    assert "написано" in page
    late = browser.post(address, {"text": "Друго", "seen": 0})
    assert late.status_code == 422
    assert CANARY in late.content.decode()
    for ending in ("pdf", "docx"):
        assert browser.get(reverse("protection_impact_file", args=[place.pk, ending])).status_code == 200
    assert browser.get(reverse("protection_impact_write", args=[place.pk, "officer"])).status_code == 404
    worker = people.client_of(User.objects.get(pk=make.worker().user_id))
    assert worker.get(reverse("protection_impact", args=[place.pk])).status_code == 404


@pytest.mark.django_db
def test_the_officer_sees_every_controller_with_how_much_is_written() -> None:
    head, place = make.head(), controller()
    make.service("KRZ-10")
    actions.write_impact(head, place, "need", text="Първо.", seen=0)
    found = {one.pk: one.written for one in queries_texts.controllers_with_counts(make.officer())}
    assert found[place.pk] == 1
    assert sum(found.values()) == 1


@pytest.mark.django_db
def test_the_page_asks_the_database_a_few_times_only(django_assert_max_num_queries) -> None:
    browser = people.client_of(User.objects.get(pk=make.head().user_id))
    with django_assert_max_num_queries(30):
        browser.get(reverse("protection_impact", args=[controller().pk]))
