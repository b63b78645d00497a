"""In what order services are visited: municipality by municipality along the nearest road, so many a day."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opora.foundation.core import terms
from opora.foundation.territory.models import Municipality
from opora.register.models import Service


@dataclass(frozen=True)
class Stop:
    """A service with the day of its visit and its place in that day."""

    service: Service
    on: dt.date
    order: int


def route(services: Sequence[Service], start: dt.date, a_day: int) -> list[Stop]:
    """Every service once, on working days from `start`; a day holds at most `a_day` visits and one municipality where
    that costs no day more.
    """
    days = working_days(start)
    stops: list[Stop] = []
    for group in _days_of(services, max(1, a_day)):
        day = next(days)
        stops += [Stop(service, day, place) for place, service in enumerate(group, 1)]
    return stops


def working_days(start: dt.date) -> Iterator[dt.date]:
    """Working days from the first one on or after `start`."""
    day = terms.next_working(start)
    while True:
        yield day
        day = terms.next_working(day + dt.timedelta(days=1))


def _days_of(services: Sequence[Service], a_day: int) -> list[list[Service]]:
    """Groups of a day: the rest of a municipality is joined with its neighbour's when together they fit."""
    groups: list[list[Service]] = []
    for town in _towns(services):
        own = sorted((s for s in services if s.municipality_id == town.pk), key=_by_place)
        if groups and len(groups[-1]) < a_day and len(groups[-1]) + len(own) <= a_day:
            groups[-1] += own
            continue
        groups += [own[i : i + a_day] for i in range(0, len(own), a_day)]
    return groups


def _by_place(service: Service) -> tuple[str, str, str]:
    return (service.settlement.sort_name if service.settlement else "", service.address, service.code)


def _towns(services: Sequence[Service]) -> list[Municipality]:
    """Municipalities from the one with most services on, each time to the nearest not yet visited."""
    left = {service.municipality_id: service.municipality for service in services}
    counts = {pk: sum(1 for s in services if s.municipality_id == pk) for pk in left}
    if not left:
        return []
    now = max(left.values(), key=lambda town: (counts[town.pk], town.sort_name))
    found = [left.pop(now.pk)]
    while left:
        now = min(left.values(), key=lambda town: (_apart(now, town), town.sort_name))
        found.append(left.pop(now.pk))
    return found


def _apart(one: Municipality, other: Municipality) -> float:
    """Kilometres as the crow flies, good enough to choose the next town."""
    east = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, east)
