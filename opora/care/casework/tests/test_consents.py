"""Consents: who may give one at what age, how it is taken back, what the paper says (D15)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from opora.care.casework import actions
from opora.care.casework.models import ClientFile, Consent, Relation
from opora.care.casework.tests import make
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.rules.models import Rule

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 28)


@pytest.fixture(autouse=True)
def on_that_day():
    with clock.at(dt.datetime(2026, 11, 28, 10, tzinfo=dt.UTC)):
        yield


def child(age: int, *, days: int = 0) -> tuple[ClientFile, Actor, Relation]:
    """A child of that age (and some days) with a mother who decides."""
    born = dt.date(TODAY.year - age, TODAY.month, TODAY.day) - dt.timedelta(days=days)
    file = make.file(born=born)
    assert file.lead is not None
    actor = make.as_actor(file.lead)
    mother = actions.add_relative(actor, file, {"kind": "mother", "first_name": "Росица", "decides": True})
    return file, actor, mother


def given(actor: Actor, file: ClientFile, **more: Any) -> Consent:
    return actions.give_consent(
        actor, file, **({"purpose": "pictures", "how": "paper", "since": TODAY} | more)
    )


@pytest.mark.parametrize(
    ("age", "days", "alone", "parent", "together"),
    [
        (3, 0, "25в", "", "25в"), (13, 364, "25в", "", "25в"), (14, 0, "ЗЛС 4", "ЗЛС 4", ""), (17, 364, "ЗЛС 4", "ЗЛС 4", ""),
        (18, 0, "", "", ""), (40, 0, "", "", ""),
    ],
)  # fmt: skip
def test_who_consents_at_what_age(age: int, days: int, alone: str, parent: str, together: str) -> None:
    """Alone, a parent alone, both: allowed, or refused with the article."""
    file, actor, mother = child(age, days=days)
    for who, article in (({}, alone), ({"giver": mother}, parent), ({"beside": mother}, together)):
        if article:
            with pytest.raises(ActionRefused, match=article):
                given(actor, file, **who)
        else:
            assert given(actor, file, **who).pk


def test_the_day_of_the_consent_counts_not_today() -> None:
    file, actor, _mother = child(14)
    with pytest.raises(ActionRefused, match="25в"):
        given(actor, file, since=TODAY - dt.timedelta(days=1))


def test_the_limit_is_the_rule_and_not_the_program() -> None:
    file, actor, mother = child(15)
    for code in ("consent_age", "consent_together_age"):
        assert not Rule.objects.filter(code=code).exists()
    Rule.objects.create(
        code="consent_age", value="16", unit="years_of_age", text="т", text_en="t", legal_ref="Проба 1", known_from="expert",
        valid_from=dt.date(2026, 1, 1), changed_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(ActionRefused, match=r"Под 16 години.*Проба 1"):
        given(actor, file, beside=mother)
    assert given(actor, file, giver=mother)


def test_a_relative_who_does_not_decide_gives_no_consent() -> None:
    file, actor, _mother = child(9)
    granny = actions.add_relative(actor, file, {"kind": "grandparent", "first_name": "Велика"})
    with pytest.raises(ActionRefused, match=r"че Велика е законен.*25в"):
        given(actor, file, giver=granny)


@pytest.mark.parametrize("gone", [{"dead": True}, {"until": TODAY}])
def test_nor_one_who_died_or_is_no_longer_near(gone: dict[str, Any]) -> None:
    file, actor, _mother = child(9)
    guardian = actions.add_relative(
        actor, file, {"kind": "guardian", "first_name": "Асен", "decides": True} | gone
    )
    with pytest.raises(ActionRefused, match="законен представител"):
        given(actor, file, giver=guardian)


def test_nor_the_parent_of_another_child() -> None:
    file, actor, _mother = child(9)
    _other, _actor, mother = child(9)
    with pytest.raises(ActionRefused, match="законен представител"):
        given(actor, file, giver=mother)


def test_without_a_birth_date_nobody_guesses() -> None:
    file, actor, mother = child(9)
    file.person.born = None
    file.person.save()
    with pytest.raises(ActionRefused, match="датата на раждане"):
        given(actor, file, giver=mother)


def test_days_that_cannot_be() -> None:
    file, actor, mother = child(9)
    with pytest.raises(ActionRefused, match="бъдещето"):
        given(actor, file, giver=mother, since=TODAY + dt.timedelta(days=1))
    with pytest.raises(ActionRefused, match="преди началото"):
        given(actor, file, giver=mother, until=TODAY - dt.timedelta(days=1))
    consent = given(actor, file, giver=mother)
    with pytest.raises(ActionRefused, match="по-късен ден"):
        actions.withdraw_consent(actor, consent, on=TODAY - dt.timedelta(days=1), by=mother)


def test_it_is_taken_back_once_and_both_days_stay() -> None:
    file, actor, mother = child(9)
    consent = given(actor, file, giver=mother)
    with pytest.raises(ActionRefused, match="25в"):
        actions.withdraw_consent(actor, consent, on=TODAY)
    actions.withdraw_consent(actor, consent, on=TODAY, by=mother)
    with pytest.raises(ActionRefused, match=r"вече е оттеглено на 28\.11\.2026"):
        actions.withdraw_consent(actor, consent, on=TODAY, by=mother)
    consent.refresh_from_db()
    assert (consent.since, consent.withdrawn_on, consent.withdrawn_by) == (TODAY, TODAY, mother)
    assert not Consent.objects.standing().exists()
    assert [one.kind for one in file.events.filter(kind="consent")] == ["consent", "consent"]
    deeds = Entry.objects.filter(subject=file.code).values_list("deed", flat=True)
    assert {"case.consent_given", "case.consent_withdrawn"} <= set(deeds)


def test_the_same_form_sent_twice_is_one_consent() -> None:
    file, actor, mother = child(9)
    assert given(actor, file, giver=mother) == given(actor, file, giver=mother)
    assert file.events.filter(kind="consent").count() == 1


def test_a_grown_child_takes_back_what_the_mother_gave() -> None:
    file, actor, mother = child(13, days=364)
    consent = given(actor, file, giver=mother)
    with clock.at(dt.datetime(2027, 1, 10, 10, tzinfo=dt.UTC)):
        taken = actions.withdraw_consent(actor, consent, on=dt.date(2027, 1, 10))
    assert taken.withdrawn_self


def test_the_database_refuses_two_who_take_back_at_once() -> None:
    file, actor, mother = child(9)
    consent = given(actor, file, giver=mother)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(
            withdrawn_on=TODAY, withdrawn_by=mother, withdrawn_self=True
        )


def test_only_who_works_on_the_file_records_consents() -> None:
    file, actor, mother = child(9)
    consent = given(actor, file, giver=mother)
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    with pytest.raises(NotAllowed):
        given(make.as_actor(stranger), file, giver=mother)
    with pytest.raises(NotAllowed):
        actions.withdraw_consent(make.as_actor(stranger), consent, on=TODAY, by=mother)
    browser = people.client_of(stranger)
    for name, args in (
        ("casework_consents", ()),
        ("casework_consent_new", ()),
        ("casework_withdrawal", (consent.pk,)),
    ):
        assert browser.get(reverse(name, args=[file.code, *args])).status_code == 404


# -- pages and paper ---------------------------------------------------------------------------------------------------------


def test_the_page_offers_the_only_one_who_may_and_shows_what_was_given() -> None:
    file, _actor, mother = child(9)
    assert file.lead is not None
    browser = people.client_of(file.lead)
    address = reverse("casework_consent_new", args=[file.code])
    assert f'value="{mother.pk}" checked' in browser.get(address).content.decode()
    sent = {
        "purpose": "share",
        "about": "логопед Петрова",
        "giver": str(mother.pk),
        "how": "paper",
        "since": "28.11.2026",
    }
    text = browser.post(address, sent, follow=True).content.decode()
    for said in ("логопед Петрова", "в сила", "подписано на хартия", "от 28.11.2026 до оттегляне"):
        assert said in text
    taken = reverse("casework_withdrawal", args=[file.code, file.consents.get().pk])
    text = browser.post(taken, {"by": str(mother.pk), "on": "28.11.2026"}, follow=True).content.decode()
    assert "оттеглено" in text


def test_a_child_under_fourteen_is_refused_on_the_page_and_the_form_stays() -> None:
    file, _actor, _mother = child(9)
    assert file.lead is not None
    sent = {
        "purpose": "share",
        "about": "до логопеда",
        "giver": "self",
        "how": "spoken",
        "since": "28.11.2026",
    }
    text = (
        people.client_of(file.lead)
        .post(reverse("casework_consent_new", args=[file.code]), sent)
        .content.decode()
    )
    assert "Под 14 години" in text
    assert "ЗЗЛД 25в" in text
    assert "до логопеда" in text
    assert not file.consents.exists()


def paper(file: ClientFile, to: str = "service") -> str:
    assert file.lead is not None
    answer = people.client_of(file.lead).get(f"/files/{file.code}/documents/consent/?to={to}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("age", "signs"), [(9, {"Майка"}), (15, {"Детето или лицето", "Майка"}), (30, {"Детето или лицето"})]
)
def test_the_form_asks_for_the_signatures_of_that_age(age: int, signs: set[str]) -> None:
    file, actor, mother = child(age)
    given(
        actor,
        file,
        **({"giver": mother} if age < 14 else {"beside": mother} if age < 18 else {}),
        about="за стената",
    )
    text = paper(file)
    signed = text[text.index("Подписи") : text.index("Записани съгласия")]
    assert {one for one in ("Майка", "Детето или лицето") if one in signed} == signs
    assert "за стената" in text


def test_a_copy_for_court_bears_no_name_but_the_child() -> None:
    file, actor, mother = child(9)
    given(actor, file, giver=mother)
    assert "Росица" in paper(file)
    assert "Росица" not in paper(file, "court")
