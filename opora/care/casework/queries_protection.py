"""Readers of what protects files: alerts, watched files, requests of two persons, what a copy for the person holds."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from opora.care.casework import hanging, keeping, queries, queries_trust, stages, wall
from opora.care.casework import policies_protection as policies
from opora.care.casework.models import Alert, Bait, BulkExport, ClientFile, CopyAsked, Death, Erasure, Hold
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.documents.models import Attachment
from opora.register.models import Service


def _within(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of the services the actor heads; all of them for the officer."""
    if policies.is_officer(actor):
        return rows
    wanted = Q(pk__in=[])
    for path in queries_trust.headed_by(actor):
        wanted |= Q(path=path) | Q(path__startswith=f"{path}/")
    return rows.filter(wanted)


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
    return queries.files_of(actor).filter(path=path).select_related("person", "lead").order_by("code")


def headed_services(actor: Actor) -> QuerySet[Service]:
    """Services the actor heads."""
    return Service.objects.within(queries_trust.headed_by(actor)).order_by("code")


def ended_for(actor: Actor) -> list[tuple[ClientFile, Any]]:
    """Closed files of the actor's services that the rules let go, with the day their end came."""
    own = ClientFile.objects.within(queries_trust.headed_by(actor)).exclude(
        erasures__answered_at__isnull=True, erasures__isnull=False
    )
    return keeping.ended(own, clock.today())


def closed_without_period(actor: Actor) -> int:
    """How many closed files wait for somebody to set how long they are kept; none once it is set."""
    if keeping.periods().after_closing is not None:
        return 0
    return ClientFile.objects.within(queries_trust.headed_by(actor)).filter(stage=stages.CLOSED).count()


def attachments_of(file: ClientFile) -> list[Attachment]:
    """Attachments of the file and of the rows that hang on it."""
    found = list(Attachment.objects.filter(owner__startswith="casework.", owner_id=file.code))
    found += Attachment.objects.of("casework.clientfile", str(file.pk))
    for one in hanging.hanging():
        keys = [str(pk) for pk in one.rows(file).values_list("pk", flat=True)]
        found += Attachment.objects.filter(owner=one.name, owner_id__in=keys)
    return sorted({one.pk: one for one in found}.values(), key=lambda one: one.pk)


def deeds_about(file: ClientFile) -> list[Entry]:
    """Who read and changed the file, the oldest first; that it is watched is no part of it."""
    about = Q(subject=file.code) | Q(details_text__contains=f'"{file.code}"')
    return list(Entry.objects.filter(about).exclude(deed__startswith="case.watch").order_by("at", "id"))


def copies_of(file: ClientFile) -> list[CopyAsked]:
    """Copies given before."""
    return list(file.copies_asked.all()[:10])


def holds_of(file: ClientFile) -> list[Hold]:
    """Reasons that keep the file today."""
    return keeping.holds_of(file, clock.today())


def death_of(file: ClientFile) -> Death | None:
    """That the person died, if they did."""
    return Death.objects.filter(file=file).first()


def erasure_waiting(file: ClientFile) -> Erasure | None:
    """The request that waits for a second person."""
    return file.erasures.waiting().first()
