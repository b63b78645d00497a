"""Counts of the register by region and type, and released tables."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from opora.care.casework import queries_counts
from opora.desk.reports.models import Release
from opora.foundation.accounts.actors import system
from opora.foundation.core import clock
from opora.foundation.territory.models import Region
from opora.register import queries as register
from opora.register.models import ServiceType

TOTAL = "total"
FILES = "files"
PEOPLE = frozenset({"occupied", "waiting", FILES})
MEASURES = ("services", "capacity", "occupied", "waiting", FILES)


@dataclass(frozen=True)
class Counts:
    """What is to be released: people or places by (region, type) and perhaps (…, age group), with the names of all."""

    measure: str
    leaves: dict[tuple[str, ...], int]
    regions: list[tuple[str, str]]
    types: list[tuple[str, str]]
    as_of: dt.date
    layers: tuple[str, ...] = ()


def counts(measure: str) -> Counts:
    """Counts of operating services today. ValueError for an unknown measure."""
    if measure not in MEASURES:
        raise ValueError(measure)
    if measure == FILES:
        return _files()
    found = register.services_for(system()).operating(clock.today()).order_by()
    how = Count("pk") if measure == "services" else Sum(measure)
    rows = found.values_list("municipality__region__code", "type__code").annotate(n=how)
    leaves: dict[tuple[str, ...], int] = defaultdict(int)
    for region, kind, n in rows:
        leaves[region, kind] += n or 0
    return Counts(
        measure, dict(leaves), _regions({r for r, _ in leaves}), _types({t for _, t in leaves}), clock.today()
    )


def _files() -> Counts:
    """Open client files by region, type and age; where a service stands and has no file, the zero is a number too."""
    found = queries_counts.open_files_by_age(clock.today())
    standing = register.services_for(system()).operating(clock.today()).order_by()
    kinds = {kind for _region, kind, _age in found}
    stands = standing.filter(type__code__in=kinds).values_list("municipality__region__code", "type__code")
    places = set(stands) | {key[:2] for key in found}
    leaves: dict[tuple[str, ...], int] = {
        (r, t, age): found[r, t, age] for r, t in places for age in queries_counts.AGES
    }
    return Counts(
        FILES, leaves, _regions({r for r, _ in places}), _types({t for _, t in places}), clock.today(), tuple(queries_counts.AGES)
    )  # fmt: skip


def newest(measure: str) -> Release | None:
    """The last release of a measure."""
    return Release.objects.filter(kind=measure).first()


def _regions(codes: set[str]) -> list[tuple[str, str]]:
    return [(r.code, r.full_name) for r in Region.objects.filter(code__in=codes)]


def _types(codes: set[str]) -> list[tuple[str, str]]:
    return [(t.code, t.short) for t in ServiceType.objects.filter(Q(code__in=codes))]


def type_names(codes: list[str]) -> list[tuple[str, str]]:
    """(short, whole name) of types of service whose short name does not say it all, in the order of the register."""
    found = ServiceType.objects.filter(code__in=codes)
    return [(t.short, t.name) for t in found if t.short != t.name]


def release(digest: str) -> Release | None:
    """The release made from exactly these counts."""
    return Release.objects.filter(digest=digest).first()
