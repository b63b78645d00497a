"""Counts of the register by region and type, and released tables."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from opora.desk.reports.models import Release
from opora.foundation.accounts.actors import system
from opora.foundation.core import clock
from opora.foundation.territory.models import Region
from opora.register import queries as register
from opora.register.models import ServiceType

TOTAL = "total"
PEOPLE = frozenset({"occupied", "waiting"})
MEASURES = ("services", "capacity", "occupied", "waiting")


@dataclass(frozen=True)
class Counts:
    """What is to be released: people or places by (region, type), with the names of both."""

    measure: str
    leaves: dict[tuple[str, str], int]
    regions: list[tuple[str, str]]
    types: list[tuple[str, str]]
    as_of: dt.date


def counts(measure: str) -> Counts:
    """Counts of operating services today. ValueError for an unknown measure."""
    if measure not in MEASURES:
        raise ValueError(measure)
    found = register.services_for(system()).operating(clock.today()).order_by()
    how = Count("pk") if measure == "services" else Sum(measure)
    rows = found.values_list("municipality__region__code", "type__code").annotate(n=how)
    leaves: dict[tuple[str, str], int] = defaultdict(int)
    for region, kind, n in rows:
        leaves[region, kind] += n or 0
    return Counts(
        measure, dict(leaves), _regions({r for r, _ in leaves}), _types({t for _, t in leaves}), clock.today()
    )


def _regions(codes: set[str]) -> list[tuple[str, str]]:
    return [(r.code, r.full_name) for r in Region.objects.filter(code__in=codes)]


def _types(codes: set[str]) -> list[tuple[str, str]]:
    return [(t.code, t.short) for t in ServiceType.objects.filter(Q(code__in=codes))]


def release(digest: str) -> Release | None:
    """The release made from exactly these counts."""
    return Release.objects.filter(digest=digest).first()
