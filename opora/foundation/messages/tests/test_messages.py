"""The outbox: once, only once, and not before it may be taken back."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import resolve

from opora.foundation.accounts.actors import VISITOR
from opora.foundation.accounts.tests import make
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import actions, delivery, queries
from opora.foundation.messages.models import KEPT_BACK, Message, Obstacle
from opora.foundation.messages.panels import obstacle_link

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def letter(key="a", **fields):
    given = {
        "to_email": "csop@example.bg",
        "subject": "Напомняне",
        "body": "Здравейте",
        "path": "BG/LOV/LOV18",
    }
    return actions.Letter(key=key, **(given | fields))


def test_the_same_letter_is_queued_once():
    actor = make.actor("regional_coordinator")
    with time_machine.travel(NOON, tick=False):
        _, first = actions.queue(actor, [letter("a"), letter("b")])
        _, second = actions.queue(actor, [letter("a"), letter("c")])
    assert (first, second) == (2, 1)
    assert Message.objects.count() == 3


def test_nothing_leaves_within_ten_seconds_and_each_leaves_once():
    with time_machine.travel(NOON, tick=False):
        actions.queue(make.actor("regional_coordinator"), [letter()])
        assert delivery.deliver() == {"sent": 0, "later": 0, "failed": 0, "unknown": 0}
    with time_machine.travel(NOON + dt.timedelta(seconds=11), tick=False):
        assert delivery.deliver()["sent"] == 1
        assert delivery.deliver()["sent"] == 0
    assert [m.subject for m in mail.outbox] == ["Напомняне"]


def test_what_was_taken_back_never_leaves():
    actor = make.actor("regional_coordinator")
    with time_machine.travel(NOON, tick=False):
        batch, _ = actions.queue(actor, [letter("a"), letter("b")])
        assert actions.take_back(actor, batch) == 2
    with time_machine.travel(NOON + dt.timedelta(hours=1), tick=False):
        delivery.deliver()
    assert mail.outbox == []


def test_only_the_sender_takes_back_and_not_after_it_left():
    actor = make.actor("regional_coordinator")
    with time_machine.travel(NOON, tick=False):
        batch, _ = actions.queue(actor, [letter()])
        with pytest.raises(NotAllowed):
            actions.take_back(make.actor("regional_coordinator"), batch)
    with time_machine.travel(NOON + dt.timedelta(seconds=11), tick=False):
        delivery.deliver()
        with pytest.raises(ActionRefused, match="вече са изпратени"):
            actions.take_back(actor, batch)


@pytest.mark.parametrize("state", [*Message.LEAVING, Message.FAILED])
def test_a_batch_of_which_one_is_on_its_way_is_not_offered_back(state):
    actor = make.actor("regional_coordinator")
    with time_machine.travel(NOON, tick=False):
        batch, _ = actions.queue(actor, [letter("a"), letter("b")])
        assert queries.leaves_at(actor, batch) is not None
        Message.objects.filter(key="a").update(state=state)
        assert queries.leaves_at(actor, batch) is None


def test_a_provider_away_for_an_hour_loses_and_doubles_nothing(monkeypatch):
    """R19."""
    away = {"yes": True}
    send = delivery.EmailMessage.send

    def sometimes(self, *args, **kwargs):
        if away["yes"]:
            raise ConnectionRefusedError("no route")
        return send(self, *args, **kwargs)

    monkeypatch.setattr(delivery.EmailMessage, "send", sometimes)
    with time_machine.travel(NOON, tick=False) as clock:
        actions.queue(make.actor("regional_coordinator"), [letter(str(n)) for n in range(20)])
        for _minute in range(60):
            clock.shift(dt.timedelta(minutes=1))
            delivery.deliver()
        assert mail.outbox == []
        away["yes"] = False
        for _minute in range(70):
            clock.shift(dt.timedelta(minutes=1))
            delivery.deliver()
    assert len(mail.outbox) == 20
    assert Message.objects.filter(state=Message.SENT).count() == 20


@pytest.mark.parametrize(
    ("hour", "leaves_hour", "same_day"),
    [(12, 12, True), (21, 8, False), (3, 8, True), (20, 8, False), (8, 8, True)],
)
def test_quiet_hours(hour, leaves_hour, same_day):
    from django.utils import timezone

    moment = timezone.make_aware(dt.datetime(2026, 11, 23, hour, 0))
    leaves = timezone.localtime(actions.after_quiet_hours(moment))
    assert leaves.hour == leaves_hour
    assert (leaves.date() == moment.date()) is same_day


def test_coordinator_sees_own_regions_messages_only():
    with time_machine.travel(NOON, tick=False):
        actions.queue(
            make.actor("national_admin"),
            [letter("here"), letter("there", path="BG/KRZ/KRZ21", subject="Далечно")],
        )
    page = make.client_for("regional_coordinator", "BG/LOV").get("/messages/").text
    assert "Напомняне" in page
    assert "Далечно" not in page


def test_message_out_of_scope_does_not_exist():
    actions.queue(make.actor("national_admin"), [letter("there", path="BG/KRZ/KRZ21")])
    pk = Message.objects.get().pk
    assert make.client_for("regional_coordinator", "BG/LOV").get(f"/messages/{pk}/").status_code == 404
    assert make.client_for("regional_coordinator", "BG/KRZ").get(f"/messages/{pk}/").status_code == 200


def test_anybody_says_what_gets_in_the_way_and_the_answer_is_seen():
    visitor = make.client_for("public")
    assert visitor.post("/messages/obstacle/", {"text": "", "page": "/"}).status_code == 422
    visitor.post("/messages/obstacle/", {"text": "Бутонът не се вижда", "page": "/register/"})
    said = Obstacle.objects.get()
    assert (
        make.client_for("regional_coordinator")
        .post("/messages/obstacles/", {"id": said.pk, "answer": "x"})
        .status_code
        == 404
    )
    make.client_for("national_admin").post("/messages/obstacles/", {"id": said.pk, "answer": "Преместен е"})
    page = visitor.get("/messages/obstacles/").text
    assert "Бутонът не се вижда" in page
    assert "Преместен е" in page


def test_words_kept_back_are_sealed_in_the_outbox_and_gone_when_sent():
    kept = letter(body=f"Отворете {KEPT_BACK}.", secret="https://тайна")
    actions.queue(VISITOR, [kept])
    row = Message.objects.get()
    assert "тайна" not in row.body
    assert "тайна".encode() not in bytes(row.sealed)
    with clock.at(clock.now() + dt.timedelta(days=1)):
        delivery.deliver()
    assert mail.outbox[0].body == "Отворете https://тайна."
    assert Message.objects.get().sealed is None


def test_words_kept_back_are_gone_when_taken_back():
    actor = make.actor("regional_coordinator", "BG/LOV")
    batch, _ = actions.queue(actor, [letter(body=KEPT_BACK, secret="тайна")])
    actions.take_back(actor, batch)
    assert Message.objects.get().sealed is None


def test_a_letter_whose_key_was_dropped_fails_and_says_why(settings, tmp_path):
    actions.queue(VISITOR, [letter(body=KEPT_BACK, secret="тайна")])
    settings.KEY_DIR = tmp_path / "others"
    with clock.at(clock.now() + dt.timedelta(days=1)):
        assert delivery.deliver() == {"sent": 0, "later": 0, "failed": 1, "unknown": 0}
    row = Message.objects.get()
    assert row.state == Message.FAILED
    assert row.error


def test_a_page_whose_address_opens_something_is_not_remembered(rf):
    request = rf.get("/files/opinion/тайна/")
    request.resolver_match = resolve("/files/opinion/тайна/")
    assert "тайна" not in str(obstacle_link(request))
    other = rf.get("/find/")
    other.resolver_match = resolve("/find/")
    assert "find" in str(obstacle_link(other))
