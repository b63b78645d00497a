"""What everybody may know about services: no names of people, no address of a crisis service, no exact free places."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db.models import Q

from opora.desk.directory.needs import Need
from opora.foundation.core import clock, words
from opora.foundation.territory.models import Municipality, Settlement
from opora.register.models import Service, ServiceQuerySet

FEW = 2
EARTH_KM = 6371.0


@dataclass(frozen=True)
class Place:
    """Where somebody looks from: name with municipality and region, coordinates."""

    name: str
    lat: float
    lon: float
    ekatte: str = ""


@dataclass(frozen=True)
class Listed:
    """One service as a citizen sees it. `free` is a band: many, few, none or unknown; `km` from the place asked."""

    service: Service
    free: str
    km: float | None

    @property
    def where(self) -> str:
        """Settlement with municipality and region; for a hidden address only the municipality."""
        if self.service.address_hidden or self.service.settlement is None:
            return self.service.municipality.full_name
        return self.service.settlement.full_name

    @property
    def address(self) -> str:
        """Street and number, or nothing where the address is protected."""
        return "" if self.service.address_hidden else self.service.address


def public_services() -> ServiceQuerySet:
    """Operating services with what a public page shows."""
    found = Service.objects.operating(clock.today())
    related = ("type", "organisation", "municipality__region", "settlement__municipality__region")
    return found.select_related(*related).prefetch_related("target_groups")


def listed(code: str) -> Listed:
    """One service for its public page. Service.DoesNotExist otherwise."""
    return _listed(public_services().get(code=code), None)


def find(need: Need | None, place: Place | None, text: str = "") -> list[Listed]:
    """Services for the need, nearest first when a place is known."""
    found = public_services()
    if need is not None:
        found = found.filter(target_groups__code__in=need.groups).distinct()
    for forms in words.search_terms(text):
        wanted = Q()
        for form in forms:
            wanted |= Q(search_text__contains=form)
        found = found.filter(wanted)
    rows = [_listed(service, place) for service in found]
    return sorted(rows, key=lambda r: (math.inf if r.km is None else r.km, r.service.sort_name))


def places_named(name: str) -> list[Place]:
    """Settlements with that name, or beginning so; 527 names repeat, so several may come back."""
    asked = words.sort_key(name).removeprefix("гр. ").removeprefix("с. ")
    if not asked:
        return []
    located = Settlement.objects.filter(lat__isnull=False).select_related("municipality__region")
    rows = list(located.filter(sort_name=asked)[:20]) or list(
        located.filter(sort_name__startswith=asked)[:20]
    )
    found = [Place(s.full_name, s.lat or 0.0, s.lon or 0.0, s.ekatte) for s in rows]
    return found or _municipal_seats(asked) or _sounding(located, asked)


def _municipal_seats(asked: str) -> list[Place]:
    rows = Municipality.objects.filter(sort_name__startswith=asked).select_related("region")[:20]
    return [Place(m.full_name, m.lat, m.lon, m.seat_ekatte) for m in rows]


def _sounding(located: object, asked: str) -> list[Place]:
    key = words.sound_key(asked)
    rows = [s for s in located if words.sound_key(s.name) == key] if key else []  # type: ignore[attr-defined]
    return [Place(s.full_name, s.lat, s.lon, s.ekatte) for s in rows[:20]]


def place_by_ekatte(code: str) -> Place | None:
    """The settlement chosen from several of one name."""
    s = (
        Settlement.objects.filter(ekatte=code, lat__isnull=False)
        .select_related("municipality__region")
        .first()
    )
    return Place(s.full_name, s.lat or 0.0, s.lon or 0.0, s.ekatte) if s else None


def _listed(service: Service, place: Place | None) -> Listed:
    return Listed(service, _band(service), _distance(service, place))


def _band(service: Service) -> str:
    if service.free is None:
        return "unknown"
    if service.free <= 0:
        return "none"
    return "few" if service.free <= FEW else "many"


def _distance(service: Service, place: Place | None) -> float | None:
    spot = (
        service.municipality if service.address_hidden or service.settlement is None else service.settlement
    )
    if place is None or spot.lat is None or spot.lon is None:
        return None
    return great_circle_km(place.lat, place.lon, spot.lat, spot.lon)


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres as the crow flies between two points in degrees (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))
