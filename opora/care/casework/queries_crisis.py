"""Readers of risks, safety plans and crises; nothing for a file that is not the actor's."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from opora.care.casework import queries, seals
from opora.care.casework.models import ClientFile, Crisis, Person, Relation, Risk, SafetyPlan
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock


def crises_of(actor: Actor, file: ClientFile) -> QuerySet[Crisis]:
    """All crises of a file the actor may read, the newest first."""
    allowed = queries.readable(actor, file)
    found = Crisis.objects.filter(file__in=allowed).select_related("lead", "file__service")
    return found.prefetch_related("signals", "people", "steps")


def crisis_for(actor: Actor, file: ClientFile, number: int) -> Crisis:
    """One of them. Crisis.DoesNotExist."""
    found: Crisis = crises_of(actor, file).get(number=number)
    return found


def former_crises(actor: Actor, file: ClientFile) -> QuerySet[Crisis]:
    """Closed crises of a file the actor may read, for a list."""
    allowed = queries.readable(actor, file)
    return Crisis.objects.filter(file__in=allowed, closed_at__isnull=False)


def people_of(file: ClientFile) -> list[tuple[Person, str]]:
    """The person of the file and those around, each with who they are; the caller has read the file."""
    family = [(one.person, str(one.get_kind_display())) for one in queries.family_of(file)]
    return [(file.person, ""), *family]


def risks_of(actor: Actor, file: ClientFile) -> list[Risk]:
    """The newest level of each person with their true name, the greatest first."""
    allowed = queries.readable(actor, file)
    who = Relation.objects.filter(file=OuterRef("file"), person=OuterRef("person")).values("kind")
    known: Any = Risk.objects.filter(file__in=allowed)
    rows = known.annotate(relation=Subquery(who[:1]))
    newest: dict[int, Risk] = {
        risk.person_id: risk
        for risk in rows.select_related("person").prefetch_related("factors").order_by("at", "id")
    }
    for risk in newest.values():
        seals.reveal(risk.person)
    return sorted(newest.values(), key=lambda risk: (-risk.level, risk.person_id))


def safety_plan_of(actor: Actor, file: ClientFile) -> SafetyPlan | None:
    """The safety plan that counts."""
    allowed = queries.readable(actor, file)
    return SafetyPlan.objects.filter(file__in=allowed).prefetch_related("lines").first()


def told_of(file: ClientFile) -> list[User]:
    """The lead of the case and the heads of the service today."""
    parts = file.path.split("/")
    above = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    heads = Grant.objects.in_force(clock.today()).filter(role="service_manager", scope__in=above)
    who = Q(pk__in=heads.values("user_id")) | Q(pk=file.lead_now_id or 0)
    return list(User.objects.filter(who, is_active=True).order_by("pk"))
