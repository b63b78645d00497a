"""Readers of what protects files: alerts, watched files, requests of two persons, what a copy for the person holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Subquery, Value

from opora.care.casework import hanging, keeping, queries, queries_trust, stages, wall
from opora.care.casework import policies_protection as policies
from opora.care.casework.models import (
    Alert,
    Bait,
    BulkExport,
    ClientFile,
    CopyAsked,
    Death,
    Erasure,
    FileArchive,
    Hold,
)
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.places import under
from opora.foundation.documents.models import Attachment
from opora.foundation.rules import queries as rules
from opora.register.models import Service

ARCHIVES = FileArchive._meta.label_lower
"""Whose the bytes of archives are; no room opens them to anybody by their token."""


def _within(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of the services the actor heads; all of them for the officer."""
    if policies.is_officer(actor):
        return rows
    return rows.filter(under(queries_trust.headed_by(actor)))


def alerts_for(actor: Actor) -> QuerySet[Alert]:
    """Alerts the actor hears of, those that wait for an answer first; watched files only for the officer."""
    rows = _within(actor, Alert.objects.all())
    if not policies.is_officer(actor):
        rows = rows.exclude(kind=Alert.BAIT)
    return rows.exclude(user_id=actor.user_id).order_by(F("answered_at").desc(nulls_first=True), "-at")


def erasures_for(actor: Actor) -> QuerySet[Erasure]:
    """Requests to erase, those that wait first."""
    return _within(actor, Erasure.objects.all()).order_by(
        F("answered_at").desc(nulls_first=True), "-asked_at"
    )


def lists_for(actor: Actor) -> QuerySet[BulkExport]:
    """Requests for lists of files, those that wait first."""
    return _within(actor, BulkExport.objects.all()).order_by(
        F("answered_at").desc(nulls_first=True), "-asked_at"
    )


@wall.across
def baits(actor: Actor) -> list[Bait]:
    """Watched files, for the officer: number and service, never the person."""
    if not policies.watch(actor):
        return []
    return list(Bait.objects.select_related("file__service").order_by("file__code"))


def files_in(actor: Actor, path: str) -> QuerySet[ClientFile]:
    """Files of one service as the actor's list shows them, sealed ones under a pseudonym."""
    return (
        queries.files_of(actor)
        .filter(path=path)
        .select_related("person", "lead", "next_lead")
        .order_by("code")
    )


def headed_services(actor: Actor) -> QuerySet[Service]:
    """Services the actor heads."""
    return Service.objects.within(queries_trust.headed_by(actor)).order_by("code")


def ended_for(actor: Actor) -> list[tuple[ClientFile, Any]]:
    """Closed files of the actor's services that the rules let go, with the day their end came."""
    own = ClientFile.objects.within(queries_trust.headed_by(actor)).exclude(
        erasures__answered_at__isnull=True, erasures__isnull=False
    )
    return keeping.ended(own, clock.today())


@dataclass(frozen=True)
class Waiting:
    """How much waits for somebody, counted in one query."""

    alerts: int = 0
    erasures: int = 0
    lists: int = 0
    unread: int = 0
    closed: int = 0
    period: float | None = None

    @property
    def answers(self) -> int:
        """Alerts and requests that wait for this person's answer."""
        return self.alerts + self.erasures + self.lists

    @property
    def endless(self) -> int:
        """Closed files kept without an end, since nobody has set how long."""
        return 0 if self.period is not None else self.closed


def waiting(actor: Actor) -> Waiting:
    """What waits for a head or the officer."""
    code, who = keeping.CODES[0], actor.user_id or 0
    own = ClientFile.objects.within(queries_trust.headed_by(actor))
    counted = User.objects.filter(pk=who).annotate(
        alerts=_count(to_answer(actor)),
        erasures=_count(erasures_for(actor).filter(answered_at=None).exclude(user_id=who)),
        lists=_count(lists_for(actor).filter(answered_at=None).exclude(user_id=who)),
        unread=_count(queries_trust.emergencies_for(actor).to_review()),
        closed=_count(own.filter(stage__in=stages.ENDED)),
        period=rules.value_in_force(code),
    )
    names = ("alerts", "erasures", "lists", "unread", "closed", "period")
    found = counted.values(*names).first() or {}
    said = {name: found.get(name) or 0 for name in names[:-1]}
    return Waiting(**said, period=rules.as_number(code, found.get("period")))


def to_answer(actor: Actor) -> QuerySet[Alert]:
    """Alerts that somebody must answer; a second factor is shown by the person themselves."""
    return alerts_for(actor).filter(answered_at=None).exclude(kind=Alert.HOUR)


def _count(rows: QuerySet[Any]) -> Subquery:
    plain = rows.order_by().values(one=Value(1)).annotate(number=Count("pk")).values("number")
    return Subquery(plain, output_field=IntegerField())


def attachments_of(file: ClientFile) -> list[Attachment]:
    """Attachments of the file and of the rows that hang on it."""
    found = list(Attachment.objects.filter(owner__startswith="casework.", owner_id=file.code))
    found += Attachment.objects.of("casework.clientfile", str(file.pk))
    for one in hanging.hanging():
        keys = [str(pk) for pk in one.rows(file).values_list("pk", flat=True)]
        found += Attachment.objects.filter(owner=one.name, owner_id__in=keys)
    return sorted({one.pk: one for one in found}.values(), key=lambda one: one.pk)


def enclosed_in(file: ClientFile) -> list[Attachment]:
    """Of these, those people put there: archives of the whole file are none of it."""
    return [one for one in attachments_of(file) if one.owner != ARCHIVES]


def deeds_about(file: ClientFile) -> list[Entry]:
    """Who read and changed the file, the oldest first; that it is watched is no part of it."""
    about = Q(subject=file.code) | Q(details_text__contains=f'"{file.code}"')
    return list(Entry.objects.filter(about).exclude(deed__startswith="case.watch").order_by("at", "id"))


def copies_of(file: ClientFile) -> list[CopyAsked]:
    """Copies given before."""
    return list(file.copies_asked.filter(given_at__isnull=False)[:10])


def holds_of(file: ClientFile) -> list[Hold]:
    """Reasons that keep the file today."""
    return keeping.holds_of(file, clock.today())


def death_of(file: ClientFile) -> Death | None:
    """That the person died, if they did."""
    return Death.objects.filter(file=file).first()


def erasure_waiting(file: ClientFile) -> Erasure | None:
    """The request that waits for a second person."""
    return file.erasures.waiting().first()


def death_as_written(file: ClientFile) -> dict[str, Any]:
    """What is written of the death so far, field by field."""
    found = death_of(file)
    return {"on": found.on, "ground": found.ground} if found else {"on": None, "ground": ""}
