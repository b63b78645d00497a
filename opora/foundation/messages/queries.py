"""Readers of the outbox and of what gets in people's way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, Min, QuerySet

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import sealing
from opora.foundation.messages.models import Message, MessageQuerySet, Obstacle


def messages_for(actor: Actor) -> MessageQuerySet:
    """Messages about services in the actor's survey scope, and the actor's own."""
    within = Message.objects.all().within(actor.scopes("surveys_visits", "A"))
    own = Message.objects.filter(sender_id=actor.user_id) if actor.signed_in else Message.objects.none()
    return within | own


def key_numbers() -> set[int]:
    """Numbers of the keys under which words of letters that have not left are sealed."""
    waiting = Message.objects.filter(sealed__isnull=False).values_list("sealed", flat=True)
    return {sealing.key_of(value) for value in waiting.iterator()}


def last_contacts(abouts: Iterable[str]) -> dict[str, object]:
    """For each thing written about, when a message about it was last sent or waits to be sent."""
    live = Message.objects.filter(about__in=list(abouts)).exclude(state=Message.UNDONE)
    return dict(live.values_list("about").annotate(last=Max("created_at")).order_by())


def leaves_at(actor: Actor, batch: str) -> dt.datetime | None:
    """When the first message of one's own click leaves; None once one has left or all were taken back."""
    if not batch or actor.user_id is None:
        return None
    rows = Message.objects.filter(batch=batch, sender_id=actor.user_id)
    if rows.filter(state__in=(*Message.LEAVING, Message.FAILED)).exists():
        return None
    found: dt.datetime | None = rows.filter(state=Message.WAITING).aggregate(first=Min("send_after"))["first"]
    return found


def obstacles() -> QuerySet[Obstacle]:
    """All that was said, newest first: the list is public so that people see what was done."""
    return Obstacle.objects.all()


def message_of(actor: Actor, pk: int) -> Message:
    """One message the actor may see; raises Message.DoesNotExist."""
    found: Message = messages_for(actor).get(pk=pk)
    return found
