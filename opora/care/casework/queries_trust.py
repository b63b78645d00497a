"""Readers of emergencies and of seals."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q

from opora.care.casework import policies, queries, queries_old_file, stages, wall
from opora.care.casework.models import ClientFile, Emergency, SealOpening
from opora.care.casework.models.emergency import EmergencyQuerySet
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock


@wall.across
def file_in_emergency(actor: Actor, code: str) -> ClientFile | None:
    """A file of whatever service that the actor could open in an emergency; its header only, never its person."""
    found = ClientFile.objects.filter(code=code).select_related("service").first()
    return found if found is not None and policies.open_in_emergency(actor, found) else None


@wall.across
def moved_away(actor: Actor, code: str) -> tuple[ClientFile, ClientFile | None] | None:
    """A file that went elsewhere, and the one of the same case now if the actor may know of it; both by their covers."""
    old = (
        ClientFile.objects.filter(code=code, stage=stages.TRANSFERRED)
        .select_related("service__municipality")
        .first()
    )
    if old is None or not policies.in_an_emergency(actor, old):
        return None
    now_at = queries_old_file.successor(old)
    if now_at is None or now_at.stage == stages.TRANSFERRED:
        return old, None
    own = policies.read_file(actor, now_at)
    return old, now_at if own or policies.open_in_emergency(actor, now_at) else None


def emergencies_for(actor: Actor) -> EmergencyQuerySet:
    """Openings of files in the services the actor heads: those that wait for review first, then the newest."""
    found = Emergency.objects.filter(file__in=ClientFile.objects.within(headed_by(actor)))
    return found.select_related("file__service").order_by(
        F("reviewed_at").desc(nulls_first=True), "-opened_at"
    )


@wall.across
def emergencies_this_week(actor: Actor) -> int:
    """How many files the actor opened so within seven days."""
    since = clock.now() - dt.timedelta(days=7)
    return Emergency.objects.filter(user_id=actor.user_id or 0, opened_at__gt=since).count()


def headed_by(actor: Actor) -> list[str]:
    """Paths the actor heads."""
    return [h.scope for h in actor.holdings if h.role == "service_manager"]


def sealed_file_for(actor: Actor, code: str) -> ClientFile:
    """A sealed file that is the actor's by work, under its pseudonym. ClientFile.DoesNotExist."""
    found: ClientFile = (
        queries.files_of(actor).select_related("service", "seal", "person").get(code=code, sealed=True)
    )
    return found


def shut_to(actor: Actor, code: str) -> bool:
    """Whether it is the actor's file by work, sealed, and nobody opened it to them."""
    own = queries.files_of(actor).filter(code=code, sealed=True)
    return own.exists() and not queries.files_for(actor).filter(code=code).exists()


def unsealing_of(file: ClientFile) -> list[SealOpening]:
    """Requests that wait, and openings that run."""
    now = clock.now()
    both = file.seal_openings.waiting(now) | file.seal_openings.running(now)
    return list(both.select_related("file"))


def told_of_emergencies(file: ClientFile) -> list[User]:
    """The heads of the file's service and the data protection officers."""
    held = Grant.objects.in_force(clock.today())
    heads = held.filter(role="service_manager", scope__in=_above(file.path))
    officers = held.filter(role="dpo_auditor")
    told = Q(pk__in=heads.values("user_id")) | Q(pk__in=officers.values("user_id"))
    return list(User.objects.filter(told, is_active=True).order_by("pk"))


def officers() -> list[User]:
    """The data protection officers of today."""
    held = Grant.objects.in_force(clock.today()).filter(role="dpo_auditor")
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))


def _above(path: str) -> list[str]:
    """The path and those it stands under."""
    parts = path.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
