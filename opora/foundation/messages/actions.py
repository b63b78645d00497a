"""Writers: queue, take back, settle what nobody knows of; say and answer an obstacle. Letters leave in `delivery`."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, sealing
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import policies
from opora.foundation.messages.models import SEALED_COLUMN, Message, Obstacle

UNDO_SECONDS = 10
QUIET_FROM, QUIET_TO = 20, 8


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
    if any(row.state in Message.LEAVING for row in rows):
        raise ActionRefused(_("Съобщенията вече са изпратени и не могат да бъдат оттеглени."))
    return Message.objects.filter(batch=batch, state=Message.WAITING).update(
        state=Message.UNDONE, sealed=None
    )


@transaction.atomic
def settle_unknown(actor: Actor, message: Message, *, received: bool) -> Message:
    """A person says whether a letter of which nobody knows was received; if not, it leaves once more. NotAllowed, ActionRefused."""
    kept: Message = Message.objects.select_for_update().get(pk=message.pk)
    if not policies.settle_unknown(actor, kept):
        raise NotAllowed(_("За това писмо решават други хора."))
    if kept.state != Message.UNKNOWN:
        raise ActionRefused(_("За това писмо вече е решено."))
    kept.state = Message.SENT if received else Message.WAITING
    kept.error, kept.send_after = "", clock.now()
    if received:
        kept.sealed = None
    kept.save()
    deed = "outbox.received" if received else "outbox.sent_again"
    audit.record(actor, deed, f"message:{kept.pk}", details={"about": kept.about})
    return kept


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
