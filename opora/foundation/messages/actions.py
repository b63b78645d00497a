"""Writers: queue, take back, deliver; say and answer an obstacle."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, sealing
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import policies
from opora.foundation.messages.models import KEPT_BACK, SEALED_COLUMN, Message, Obstacle

UNDO_SECONDS = 10
QUIET_FROM, QUIET_TO = 20, 8
FIRST_RETRY_SECONDS = 60
LONGEST_RETRY_SECONDS = 3_600
GIVE_UP_AFTER = 24


@dataclass(frozen=True)
class Letter:
    """One message to be queued. `key` names it for ever: the same key again queues nothing.

    `urgent` leaves at once, at night too, and is not taken back. `secret` takes the place of `KEPT_BACK` in the body as it
    leaves; until then it is kept sealed and no page shows it.
    """

    key: str
    to_email: str
    subject: str
    body: str
    path: str
    about: str = ""
    to_name: str = ""
    urgent: bool = False
    secret: str = ""


@transaction.atomic
def queue(actor: Actor, letters: Iterable[Letter]) -> tuple[str, int]:
    """Put letters into the outbox as one batch; gives the batch and how many were new. They can be taken back for 10 s."""
    batch, now = uuid.uuid4().hex, clock.now()
    undo_until = now + dt.timedelta(seconds=UNDO_SECONDS)
    rows = [_row(actor, letter, batch, now, undo_until) for letter in letters]
    known = set(Message.objects.filter(key__in=[r.key for r in rows]).values_list("key", flat=True))
    fresh = {row.key: row for row in rows if row.key not in known}
    Message.objects.bulk_create(fresh.values())
    return batch, len(fresh)


def _row(actor: Actor, letter: Letter, batch: str, now: dt.datetime, undo_until: dt.datetime) -> Message:
    return Message(
        key=letter.key, batch=batch, path=letter.path, about=letter.about, to_name=letter.to_name,
        to_email=letter.to_email, subject=letter.subject, body=letter.body, sealed=_sealed(letter), sender_id=actor.user_id,
        sender_name=actor.name, created_at=now, undo_until=now if letter.urgent else undo_until,
        send_after=now if letter.urgent else after_quiet_hours(undo_until),
    )  # fmt: skip


def _sealed(letter: Letter) -> bytes | None:
    return sealing.seal(letter.secret, column=SEALED_COLUMN, row=letter.key) if letter.secret else None


def after_quiet_hours(moment: dt.datetime) -> dt.datetime:
    """The same moment, or eight in the morning when it falls between 20 and 8 o'clock."""
    local = timezone.localtime(moment)
    if QUIET_TO <= local.hour < QUIET_FROM:
        return moment
    day = local.date() + dt.timedelta(days=1 if local.hour >= QUIET_FROM else 0)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(QUIET_TO)))


@transaction.atomic
def take_back(actor: Actor, batch: str) -> int:
    """Undo one click: nothing of the batch is sent. Refused once a message has left."""
    rows = list(Message.objects.select_for_update().filter(batch=batch))
    if not rows or not all(policies.take_back(actor, row) for row in rows):
        raise NotAllowed(_("Само подателят може да оттегли съобщенията."))
    if any(row.state in (Message.SENT, Message.SENDING) for row in rows):
        raise ActionRefused(_("Съобщенията вече са изпратени и не могат да бъдат оттеглени."))
    return Message.objects.filter(batch=batch, state=Message.WAITING).update(
        state=Message.UNDONE, sealed=None
    )


def deliver(*, limit: int = 100) -> dict[str, int]:
    """Send what is due. A message is claimed before it leaves, so two senders never send it twice."""
    counts = {"sent": 0, "later": 0, "failed": 0}
    for pk in Message.objects.due(clock.now()).order_by("send_after").values_list("pk", flat=True)[:limit]:
        if Message.objects.filter(pk=pk, state=Message.WAITING).update(state=Message.SENDING):
            counts[_send(Message.objects.get(pk=pk))] += 1
    return counts


def _send(message: Message) -> str:
    try:
        _mail(message).send()
    except OSError as error:  # smtplib's errors are OSErrors: the provider is away, the message is kept
        return _put_off(message, str(error))
    except sealing.Unreadable as error:  # its key was dropped while it waited
        Message.objects.filter(pk=message.pk).update(state=Message.FAILED, error=str(error))
        return "failed"
    Message.objects.filter(pk=message.pk).update(
        state=Message.SENT, sent_at=clock.now(), error="", sealed=None
    )
    return "sent"


def _mail(message: Message) -> EmailMessage:
    headers = {"Message-ID": f"<{message.key.encode().hex()[:120]}@opora>"}
    to = (
        f"{message.to_name} <{message.to_email}>"
        if message.to_name.isascii() and message.to_name
        else message.to_email
    )
    return EmailMessage(message.subject, _body(message), to=[to], headers=headers)


def _body(message: Message) -> str:
    if not message.sealed:
        return message.body
    secret = sealing.unseal(bytes(message.sealed), column=SEALED_COLUMN, row=message.key)
    return message.body.replace(KEPT_BACK, secret)


def _put_off(message: Message, error: str) -> str:
    attempts = message.attempts + 1
    wait = min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), LONGEST_RETRY_SECONDS)
    state = Message.FAILED if attempts >= GIVE_UP_AFTER else Message.WAITING
    Message.objects.filter(pk=message.pk).update(
        state=state, attempts=attempts, error=error[:300], send_after=clock.now() + dt.timedelta(seconds=wait)
    )
    return "failed" if state == Message.FAILED else "later"


def say_obstacle(actor: Actor, *, page: str, text: str) -> Obstacle:
    """Somebody tells what gets in their way; anybody may."""
    return Obstacle.objects.create(
        page=page[:300], text=text, by_id=actor.user_id, by_name=actor.name, at=clock.now()
    )


def answer_obstacle(actor: Actor, obstacle_id: int, *, answer: str) -> None:
    """Write what was done about it."""
    if not policies.answer_obstacles(actor):
        raise NotAllowed(_("Отговорите ги дава националният администратор."))
    Obstacle.objects.filter(pk=obstacle_id).update(
        answer=answer, answered_by=actor.name, answered_at=clock.now()
    )
