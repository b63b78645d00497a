"""Readers of risks, safety plans and crises; nothing for a file that is not the actor's."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from opora.care.casework import queries
from opora.care.casework.models import ClientFile, Crisis, Person, Risk, SafetyPlan
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock


def crises_of(actor: Actor, file: ClientFile) -> QuerySet[Crisis]:
    """All crises of a file the actor may read, the newest first."""
    allowed = queries.files_for(actor).filter(pk=file.pk)
    found = Crisis.objects.filter(file__in=allowed).select_related("lead", "file__service")
    return found.prefetch_related("signals", "people", "steps")


def crisis_for(actor: Actor, file: ClientFile, number: int) -> Crisis:
    """One of them. Crisis.DoesNotExist."""
    found: Crisis = crises_of(actor, file).get(number=number)
    return found


def running_for(actor: Actor) -> list[Crisis]:
    """Crises of the actor's files that nobody closed: the signal whose term ends first on top, assessed ones last."""
    found = Crisis.objects.running().filter(file__in=queries.files_of(actor))
    return sorted(
        found.select_related("file__person", "lead").prefetch_related("signals"), key=lambda one: one.urgency
    )


def people_of(file: ClientFile) -> list[tuple[Person, str]]:
    """The person of the file and those around, each with who they are; the caller has read the file."""
    family = [(one.person, str(one.get_kind_display())) for one in queries.family_of(file)]
    return [(file.person, ""), *family]


def risks_of(actor: Actor, file: ClientFile) -> list[Risk]:
    """The newest level of each person, the greatest first."""
    allowed = queries.files_for(actor).filter(pk=file.pk)
    rows = Risk.objects.filter(file__in=allowed).prefetch_related("factors").order_by("at", "id")
    newest = {risk.person_id: risk for risk in rows}
    return sorted(newest.values(), key=lambda risk: (-risk.level, risk.person_id))


def risk_history(actor: Actor, file: ClientFile) -> QuerySet[Risk]:
    """Every level that was set, the newest first."""
    allowed = queries.files_for(actor).filter(pk=file.pk)
    return Risk.objects.filter(file__in=allowed)


def safety_plan_of(actor: Actor, file: ClientFile) -> SafetyPlan | None:
    """The safety plan that counts."""
    allowed = queries.files_for(actor).filter(pk=file.pk)
    return SafetyPlan.objects.filter(file__in=allowed).prefetch_related("lines").first()


def levels_of(files: Iterable[ClientFile]) -> dict[int, int]:
    """The greatest present level of each file that has one."""
    rows = Risk.objects.filter(file__in=[one.pk for one in files]).order_by("at", "id")
    newest = {(risk.file_id, risk.person_id): risk.level for risk in rows}
    found: dict[int, int] = {}
    for (file, _person), level in newest.items():
        found[file] = max(level, found.get(file, 0))
    return found


def told_of(file: ClientFile) -> list[User]:
    """The lead of the case and the heads of the service today."""
    parts = file.path.split("/")
    above = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    heads = Grant.objects.in_force(clock.today()).filter(role="service_manager", scope__in=above)
    who = Q(pk__in=heads.values("user_id")) | Q(pk=file.lead_id or 0)
    return list(User.objects.filter(who, is_active=True).order_by("pk"))
