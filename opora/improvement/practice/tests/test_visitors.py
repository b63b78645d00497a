"""What one place in the network may send without an account, and that nothing typed is lost when it is too much."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from opora.foundation.accounts import limits
from opora.foundation.accounts.models import Attempts
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.models import Rule
from opora.improvement.practice.models import Feedback, Nomination, Practice
from opora.improvement.practice.tests import make
from opora.improvement.practice.tests.test_award import MARKS, service

pytestmark = pytest.mark.django_db
MOST = 5
SAID = {"verdict": "unclear", "text": "Какво става, ако детето изгуби предмета?"}


def post(card: Practice, address: str = "192.0.2.7", client: Client | None = None):
    return (client or Client()).post(f"/practices/{card.code}/feedback/", SAID, REMOTE_ADDR=address)


def test_after_five_opinions_a_visitor_waits_and_keeps_what_was_typed() -> None:
    card = make.card()
    with clock.at(dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)):
        assert [post(card).status_code for _one in range(MOST)] == [302] * MOST
        refused = post(card)
    assert refused.status_code == 429
    shown = refused.content.decode()
    assert SAID["text"] in shown
    assert "Опитайте отново след 13:00 ч." in shown
    assert Feedback.objects.count() == MOST
    with clock.at(dt.datetime(2026, 11, 2, 11, 1, tzinfo=dt.UTC)):
        assert post(card).status_code == 302


def test_another_place_and_people_with_an_account_go_on() -> None:
    card = make.card()
    for _one in range(MOST):
        post(card)
    assert post(card, "192.0.2.8").status_code == 302
    signed = people.client_of(make.coordinator())
    assert [post(card, client=signed).status_code for _one in range(MOST + 2)] == [302] * (MOST + 2)
    assert post(card).status_code == 429


def test_nominations_are_counted_by_themselves() -> None:
    found = make.period(make.region_round(MARKS))
    card = make.card(service("ДЦ Дъга"))
    for _one in range(MOST):
        post(card)
    given = {"service": card.service.code, "why": "Детето ми спря да плаче."}
    address = f"/practices/nominate/{found.code}/"
    sent = [Client().post(address, given, REMOTE_ADDR="192.0.2.7") for _one in range(MOST + 1)]
    assert [one.status_code for one in sent] == [302] * MOST + [429]
    shown = sent[-1].content.decode()
    assert "Детето ми спря да плаче." in shown
    assert "Написаното от Вас е тук" in shown
    assert Nomination.objects.count() == MOST


def test_only_a_digest_is_kept_and_for_a_day() -> None:
    card = make.card()
    post(card)
    row = Attempts.objects.get()
    assert "192.0.2.7" not in row.key
    with clock.at(clock.now() + dt.timedelta(days=2)):
        assert limits.sweep() == 1


def test_the_number_is_a_rule() -> None:
    load_builtin_rules()
    card = make.card()
    Rule.objects.filter(code="practice_visitor_posts").update(value="1")
    assert [post(card).status_code for _one in range(2)] == [302, 429]
    Rule.objects.filter(code="practice_visitor_posts").update(value="")
    assert [post(card, "192.0.2.9").status_code for _one in range(MOST + 1)] == [302] * (MOST + 1)
