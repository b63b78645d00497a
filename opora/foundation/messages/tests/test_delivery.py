"""How letters leave, against a mail server of our own: each at most once, and of which nobody knows a person is asked."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from opora.foundation.accounts.actors import system
from opora.foundation.accounts.tests import make
from opora.foundation.audit.models import Entry
from opora.foundation.messages import actions, delivery
from opora.foundation.messages.models import Message
from opora.foundation.messages.smtp import Lost
from opora.foundation.messages.tests import sink
from opora.foundation.messages.tests.test_messages import NOON, letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings, monkeypatch):
    monkeypatch.setattr(sink, "PAUSE", 0)
    made = sink.Sink(1)
    settings.EMAIL_BACKEND = "opora.foundation.messages.smtp.OutboxBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def queued(*keys, **facts):
    actions.queue(facts.pop("actor", system()), [letter(key, urgent=True, **facts) for key in keys])


def states():
    return {one.key: one.state for one in Message.objects.all()}


def test_letters_arrive_whole_once(server, noon):
    queued("a", "b", body=".точка\n..две\nкрай")
    assert delivery.deliver() == {"sent": 2, "later": 0, "failed": 0, "unknown": 0}
    assert delivery.deliver()["sent"] == 0
    assert sorted(server.taken.values()) == [1, 1]
    assert states() == {"a": "sent", "b": "sent"}


def test_a_server_that_says_no_is_asked_again_later(server, noon):
    queued("a")
    server.answers_to_end = "451 not now"
    assert delivery.deliver()["later"] == 1
    server.answers_to_end = "250 taken"
    noon.shift(dt.timedelta(minutes=2))
    assert delivery.deliver()["sent"] == 1
    assert list(server.taken.values()) == [1]


@pytest.mark.parametrize("answer", ["", "what was that"])
def test_a_line_cut_after_the_end_leaves_it_unknown_and_nothing_goes_again_by_itself(server, noon, answer):
    queued("a", secret="тайна")
    server.answers_to_end = answer
    assert delivery.deliver()["unknown"] == 1
    kept = Message.objects.get()
    assert kept.state == Message.UNKNOWN
    assert kept.sealed
    server.answers_to_end = "250 taken"
    noon.shift(dt.timedelta(days=2))
    assert delivery.deliver() == {"sent": 0, "later": 0, "failed": 0, "unknown": 0}
    assert not server.taken


def test_a_sender_that_died_before_the_end_leaves_it_waiting_after_it_unknown(server, noon):
    queued("before", "after")
    Message.objects.filter(key="before").update(state="sending", claim="x", claimed_at=NOON)
    Message.objects.filter(key="after").update(state="handed", claim="x", claimed_at=NOON)
    assert delivery.deliver()["sent"] == 0
    noon.shift(delivery.LEASE + dt.timedelta(seconds=1))
    assert delivery.deliver() == {"sent": 1, "later": 0, "failed": 0, "unknown": 1}
    assert states() == {"before": "sent", "after": "unknown"}


def test_a_sender_that_slept_too_long_does_not_send_what_another_has(server, noon):
    queued("a")
    mine = Message.objects.get()
    mine.state, mine.claim = Message.SENDING, "mine"
    mine.save()
    Message.objects.update(claim="another")
    with pytest.raises(Lost):
        delivery._hand_over(mine)
    assert delivery._send(mine) == "later"
    assert not server.taken
    assert Message.objects.get().claim == "another"


def unknown(actor):
    queued("a", actor=actor, secret="тайна", path="BG/LOV/LOV18")
    Message.objects.update(state=Message.UNKNOWN, claim="x", claimed_at=NOON)
    return Message.objects.get()


def test_a_person_says_that_it_was_received(noon):
    coordinator = make.client_for("regional_coordinator", "BG/LOV")
    kept = unknown(system())
    assert "не е известно дали е получено" in coordinator.get("/messages/").text
    assert "Обадете се на получателя" in coordinator.get(f"/messages/{kept.pk}/").text
    coordinator.post(f"/messages/{kept.pk}/settle/", {"received": "yes"})
    kept.refresh_from_db()
    assert (kept.state, kept.sealed) == (Message.SENT, None)
    assert Entry.objects.filter(deed="outbox.received").count() == 1


def test_or_sends_it_again(server, noon):
    coordinator = make.client_for("regional_coordinator", "BG/LOV")
    kept = unknown(system())
    coordinator.post(f"/messages/{kept.pk}/settle/", {"received": "no"})
    assert states() == {"a": "waiting"}
    assert delivery.deliver()["sent"] == 1
    assert list(server.taken.values()) == [1]
    said = coordinator.post(f"/messages/{kept.pk}/settle/", {"received": "no"}, follow=True).text
    assert "вече е решено" in said
    assert states() == {"a": "sent"}


@pytest.mark.parametrize(
    ("role", "scope"), [("regional_coordinator", "BG/KRZ"), ("service_manager", "BG/LOV/LOV18/org:1/svc:1")]
)
def test_others_decide_nothing(noon, role, scope):
    kept = unknown(system())
    assert (
        make.client_for(role, scope).post(f"/messages/{kept.pk}/settle/", {"received": "yes"}).status_code
        == 404
    )
    assert states() == {"a": "unknown"}


def test_what_may_have_left_is_not_taken_back(noon):
    actor = make.actor("regional_coordinator")
    kept = unknown(actor)
    with pytest.raises(actions.ActionRefused):
        actions.take_back(actor, kept.batch)
