"""Readers of breaches. What the actor may not see does not exist."""

from __future__ import annotations

from django.db.models import Prefetch, Q

from opora.care.casework import queries_trust
from opora.care.protection import policies
from opora.care.protection.models import Breach, BreachEntry
from opora.care.protection.models.breaches import BreachQuerySet
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock
from opora.register.models import Organisation, Service, ServiceQuerySet

MOST = 5


def breaches_for(actor: Actor) -> BreachQuerySet:
    """Breaches in the services the actor heads; all of them for the officer."""
    rows: BreachQuerySet = Breach.objects.select_related("service")
    if policies.is_officer(actor):
        return rows
    found: BreachQuerySet = rows.within(queries_trust.headed_by(actor))
    return found


def breach_for(actor: Actor, code: str) -> Breach:
    """One breach with all that its page shows. Breach.DoesNotExist when there is none for this actor."""
    history = BreachEntry.objects.prefetch_related("changes")
    rows = breaches_for(actor).prefetch_related("marks", "notices", Prefetch("history", history))
    found: Breach = rows.select_related("service__organisation", "service__municipality").get(code=code)
    return found


def pressing(actor: Actor) -> list[Breach]:
    """What cannot wait: clocks that run, the first to end first; then people who must be told."""
    return list(breaches_for(actor).pressing().pressing_first()[:MOST])


def told_by(actor: Actor) -> list[Breach]:
    """What the actor told: only that it was received and whether somebody has taken it up."""
    own = Breach.objects.filter(told_by_id=actor.user_id or 0)
    return list(own.only("code", "told_at", "version", "closed_at").order_by("-told_at")[:MOST])


def places_of(actor: Actor) -> ServiceQuerySet:
    """Services in which the actor holds a role."""
    scopes = [held.scope for held in actor.holdings if "/svc:" in held.scope]
    return Service.objects.within(scopes).order_by("code")


def keepers_of(breach: Breach) -> list[User]:
    """The heads of its service, and the officers: those who are written to."""
    held = Grant.objects.in_force(clock.today())
    heads = held.filter(role="service_manager", scope__in=_above(breach.path))
    told = Q(pk__in=heads.values("user_id")) | Q(pk__in=[one.pk for one in queries_trust.officers()])
    return list(User.objects.filter(told, is_active=True).order_by("pk"))


def officers() -> list[User]:
    """The data protection officers of today."""
    return queries_trust.officers()


def controllers_of(actor: Actor) -> list[Organisation]:
    """Providers whose services the actor heads; each of them is a controller (ЗСУ чл. 86, ал. 3)."""
    headed = Service.objects.within(queries_trust.headed_by(actor))
    return list(Organisation.objects.filter(pk__in=headed.values("organisation")).order_by("sort_name"))


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
