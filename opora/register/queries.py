"""Readers of the register. What the actor may not see does not exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, words
from opora.foundation.territory.models import Municipality, Settlement
from opora.register.models import (
    Figure,
    Organisation,
    Post,
    Professional,
    RegisterImport,
    Service,
    ServiceQuerySet,
    ServiceType,
    TargetGroup,
)
from opora.register.policies import AREA

RELATED = ("type", "organisation", "municipality__region", "settlement", "complex", "management")


def services_for(actor: Actor, may: str = "R") -> ServiceQuerySet:
    """Services the actor may read (`may="W"`: keep), with what their rows show."""
    return Service.objects.within(actor.scopes(AREA, may)).select_related(*RELATED)


def service_for(actor: Actor, code: str) -> Service:
    """One service by code. Service.DoesNotExist when there is none for this actor."""
    found: Service = services_for(actor).get(code=code)
    return found


@dataclass(frozen=True)
class Totals:
    """Sums over a list of services; `overfull` counts those with more people than places."""

    services: int
    capacity: int
    crisis_places: int
    occupied: int
    waiting: int
    free: int
    overfull: int
    measured: int
    measured_capacity: int
    measured_occupied: int
    newest: dt.datetime | None

    @property
    def occupancy(self) -> float | None:
        """Occupied of all places over the `measured` services, where both numbers are known."""
        return self.measured_occupied / self.measured_capacity if self.measured_capacity else None


def totals(found: QuerySet[Service]) -> Totals:
    """One query; free places count only where both numbers are known and nobody is over."""

    both = Q(capacity__isnull=False, occupied__isnull=False)
    roomy = both & Q(occupied__lt=F("capacity"))
    sums = {name: Sum(name) for name in ("crisis_places", "waiting", "capacity", "occupied")}
    counted: dict[str, Any] = found.order_by().aggregate(
        all_services=Count("pk"),
        **{f"all_{name}": total for name, total in sums.items()},
        all_free=Sum(F("capacity") - F("occupied"), filter=roomy),
        all_overfull=Count("pk", filter=both & Q(occupied__gt=F("capacity"))),
        all_measured=Count("pk", filter=both),
        all_measured_capacity=Sum("capacity", filter=both),
        all_measured_occupied=Sum("occupied", filter=both),
        newest=Max("updated_at"),
    )
    newest: dt.datetime | None = counted.pop("newest")
    return Totals(newest=newest, **{name.removeprefix("all_"): n or 0 for name, n in counted.items()})


def history(service: Service) -> list[Figure]:
    """Every figure of the service, newest first."""
    return list(service.figures.all())


def staff(service: Service) -> list[Post]:
    """Its posts by profession."""
    return list(service.posts.all())


def staff_per_place(service: Service) -> Decimal | None:
    """Filled posts on one place; None where places are unknown."""
    filled = sum((post.filled for post in service.posts.all()), Decimal())
    return filled / service.capacity if service.capacity and filled else None


def under_same_management(actor: Actor, service: Service) -> list[Service]:
    """Other services of the same management or complex that the actor may see."""
    bond = Q()
    if service.management_id:
        bond |= Q(management_id=service.management_id)
    if service.complex_id:
        bond |= Q(complex_id=service.complex_id)
    return list(services_for(actor).filter(bond).exclude(pk=service.pk)) if bond else []


def organisation_for(actor: Actor, pk: int) -> Organisation:
    """A provider with at least one service the actor may see, or any for those who add services.

    Organisation.DoesNotExist when there is none for this actor.
    """
    seen = Organisation.objects.filter(pk=pk)
    if not actor.scopes(AREA, "R") or not services_for(actor).filter(organisation_id=pk).exists():
        seen = seen.none()
    return seen.get()


def types() -> list[ServiceType]:
    """Every type in its order."""
    return list(ServiceType.objects.all())


def target_groups() -> list[TargetGroup]:
    """Every target group in its order."""
    return list(TargetGroup.objects.all())


def type_choices(service: Service | None = None) -> QuerySet[ServiceType]:
    """Types offered now, and the one the service has."""
    own = [service.type_id] if service else []
    return ServiceType.objects.filter(Q(active=True) | Q(pk__in=own))


def group_choices(service: Service | None = None) -> QuerySet[TargetGroup]:
    """Target groups offered now, and those the service has."""
    own = service.target_groups.values("pk") if service else TargetGroup.objects.none()
    return TargetGroup.objects.filter(Q(active=True) | Q(pk__in=own))


def organisations() -> QuerySet[Organisation]:
    """Every provider: their names and numbers are public."""
    return Organisation.objects.all()


def municipality_choices(actor: Actor, service: Service | None = None) -> QuerySet[Municipality]:
    """Where the actor may put the service: their own municipalities and where it stands now."""
    own = municipalities_for(actor)
    now = Municipality.objects.filter(pk=service.municipality_id) if service else own.none()
    return (own | now.select_related("region")).distinct()


def settlements_named(municipality: Municipality, text: str) -> list[Settlement]:
    """Settlements of the municipality by EKATTE code or name, with or without „гр.“ and „с.“ before it."""
    name = words.sort_key(text)
    for prefix in ("гр.", "с.", "ман."):
        name = name.removeprefix(prefix).strip()
    inside = Settlement.objects.filter(municipality=municipality).select_related("municipality__region")
    return list(inside.filter(Q(ekatte=text) | Q(sort_name=name)))


def municipalities_for(actor: Actor, may: str = "W") -> QuerySet[Municipality]:
    """Municipalities the actor may work in."""
    scopes = [scope for scope in actor.scopes(AREA, may) if "/org:" not in scope]
    found = Municipality.objects.select_related("region")
    if "BG" in scopes:
        return found
    codes = [scope.rsplit("/", 1)[-1] for scope in scopes]
    return found.filter(Q(code__in=codes) | Q(region__code__in=codes))


def import_for(actor: Actor, pk: int) -> RegisterImport:
    """A workbook this very person brought. RegisterImport.DoesNotExist for anybody else."""
    return RegisterImport.objects.get(pk=pk, uploaded_by_id=actor.user_id, uploaded_by__isnull=False)


def applied_import(digest: str) -> RegisterImport | None:
    """The acceptance of this very file, if it was accepted before."""
    return RegisterImport.objects.filter(digest=digest, applied_at__isnull=False).first()


def scope_choices() -> list[tuple[str, str]]:
    """(path, words) of every operating service, for giving somebody a role in it."""
    rows = Service.objects.operating(clock.today()).values_list("path", "name", "municipality__name")
    return [(path, f"{name}, {place}") for path, name, place in rows]


def types_with_counts() -> QuerySet[ServiceType]:
    """Every type with `used`: services that have it, in the whole country."""
    return ServiceType.objects.annotate(used=Count("services")).order_by("order", "name")


def groups_with_counts() -> QuerySet[TargetGroup]:
    """Every target group with `used`."""
    return TargetGroup.objects.annotate(used=Count("services")).order_by("order", "name")


def professionals_for(actor: Actor, may: str = "R") -> QuerySet[Professional]:
    """Professionals the actor may read, with where they work."""
    return Professional.objects.within(actor.scopes(AREA, may)).select_related("municipality", "service")


def professionals_named(actor: Actor, asked: str) -> QuerySet[Professional]:
    """Of those, who has all the words asked in profession, name, employer or municipality."""
    found = professionals_for(actor)
    for word in words.tokens(asked):
        root = words.stem(word)
        fields = ("profession", "name", "employer", "municipality__name", "service__name")
        wanted = Q()
        for name in fields:
            wanted |= Q(**{f"{name}__icontains": word}) | Q(**{f"{name}__icontains": root})
        found = found.filter(wanted)
    return found
