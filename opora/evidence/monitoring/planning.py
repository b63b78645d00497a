"""What the list and the board of rounds show: counts, days of the route, municipalities, a first proposal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from opora.evidence.monitoring import norms, queries, routing, stages
from opora.evidence.monitoring.models import Round, Visit
from opora.evidence.monitoring.presenters import Line
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.territory.models import Region


@dataclass(frozen=True)
class Counted:
    """Visits expected (those that fell away left out), done, and with a report."""

    expected: int
    visited: int
    reported: int
    late: int


def count(visits: Sequence[Visit]) -> Counted:
    """How far a round is."""
    today = clock.today()
    expected = [visit for visit in visits if visit.stage != stages.EXCUSED]
    return Counted(
        len(expected),
        sum(1 for visit in expected if visit.stage in stages.VISITED),
        sum(1 for visit in expected if visit.stage in stages.SEEN_BY_SERVICE),
        sum(1 for visit in expected if visit.is_late(today)),
    )


def rounds_with_counts(actor: Actor) -> QuerySet[Round]:
    """Rounds with how many visits they expect and how many are done, of those the actor may see."""
    mine = Q(visits__in=queries.visits(actor).values("pk"))
    return queries.rounds(actor).annotate(
        expected=Count("visits", filter=mine & ~Q(visits__stage=stages.EXCUSED), distinct=True),
        visited=Count("visits", filter=mine & Q(visits__stage__in=stages.VISITED), distinct=True),
    )


@dataclass(frozen=True)
class Day:
    """One day of the route."""

    on: dt.date | None
    towns: str
    lines: tuple[Line, ...]


def days(lines: Sequence[Line]) -> list[Day]:
    """The route by day; visits that fell away stand at the end without a day."""
    found: dict[dt.date | None, list[Line]] = {}
    for line in lines:
        key = None if line.visit.stage == stages.EXCUSED else line.visit.on
        found.setdefault(key, []).append(line)
    order = sorted(found, key=lambda day: (day is None, day or dt.date.min))
    return [Day(day, _towns(found[day]), tuple(found[day])) for day in order]


def _towns(lines: Sequence[Line]) -> str:
    return ", ".join(dict.fromkeys(line.visit.service.municipality.name for line in lines))


def towns(visits: Sequence[Visit]) -> list[tuple[str, int, int]]:
    """Municipality, visits expected, visits done."""
    found: dict[str, list[int]] = {}
    for visit in visits:
        if visit.stage != stages.EXCUSED:
            row = found.setdefault(visit.service.municipality.name, [0, 0])
            row[0] += 1
            row[1] += visit.stage in stages.VISITED
    return [(name, expected, done) for name, (expected, done) in sorted(found.items())]


def first_thoughts(region: Region, people: Sequence[User]) -> dict[str, Any]:
    """A proposal for a new round: from the next working day, long enough for the route, the region's own coordinators."""
    starts = next(routing.working_days(clock.today() + dt.timedelta(days=7)))
    stops = routing.route(queries.services_of(region), starts, norms.a_day())
    last = max((stop.on for stop in stops), default=starts)
    return {
        "region": region.code, "starts": starts, "ends": last + dt.timedelta(days=14),
        "people": [str(person.pk) for person in people[:2]],
    }  # fmt: skip
