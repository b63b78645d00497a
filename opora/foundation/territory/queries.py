"""Readers of the territory. It is public, so no actor is asked for."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Count, QuerySet

from opora.foundation.territory.models import (
    Boundary,
    Municipality,
    PopulationFigure,
    Region,
    Settlement,
)
from opora.foundation.ui.pictures import Polygons, cells, from_geojson, merged

Point = tuple[float, float]

# Kinds in the order in which one is taken when several are of the same day.
_PREFERRED = tuple(PopulationFigure.Kind.values)


@dataclass(frozen=True)
class Shapes:
    """Outlines by code. `schematic` when they are cells around the seats, not boundaries."""

    areas: Mapping[str, Polygons]
    schematic: bool
    source: str


@dataclass(frozen=True)
class Population:
    """Figures of one kind, day and source, by code; empty when there are none."""

    values: Mapping[str, int] = field(default_factory=dict)
    label: str = ""
    as_of: dt.date | None = None
    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.values)

    def total(self, codes: Collection[str]) -> int | None:
        """The sum over the codes, or nothing when one of them has no figure."""
        known = [self.values[code] for code in codes if code in self.values]
        return sum(known) if len(known) == len(codes) else None


def regions() -> QuerySet[Region]:
    """The 28 regions in Bulgarian order, each with `municipality_count`."""
    # Grouping drops the model's own order.
    found = Region.objects.annotate(municipality_count=Count("municipalities"))
    return found.order_by("sort_name", "code")


def region(code: str) -> Region | None:
    """The region with this code."""
    return Region.objects.filter(code=code).first()


def municipality(code: str) -> Municipality | None:
    """The municipality with this code, and its region."""
    return Municipality.objects.select_related("region").filter(code=code).first()


def municipalities_of(region_code: str) -> QuerySet[Municipality]:
    """Municipalities of a region, each with `settlement_count` (of the known settlements)."""
    found = Municipality.objects.filter(region__code=region_code).select_related("region")
    return found.annotate(settlement_count=Count("settlements")).order_by("sort_name", "code")


def settlements_of(municipality_code: str) -> QuerySet[Settlement]:
    """Known settlements of a municipality, towns first."""
    found = Settlement.objects.filter(municipality__code=municipality_code)
    return found.select_related("municipality__region").order_by("kind", "sort_name", "ekatte")


def population(codes: Collection[str]) -> Population:
    """The newest figures that exist for most of these codes, all of one kind, day and source."""
    figures = PopulationFigure.objects.filter(code__in=list(codes))
    groups: dict[tuple[str, dt.date, str], dict[str, int]] = {}
    for figure in figures:
        groups.setdefault((figure.kind, figure.as_of, figure.source), {})[figure.code] = figure.value
    if not groups:
        return Population()
    kind, as_of, source = max(groups, key=lambda key: _rank(key, groups[key]))
    label = str(PopulationFigure.Kind(kind).label)
    return Population(groups[kind, as_of, source], label, as_of, source)


def _rank(key: tuple[str, dt.date, str], values: Mapping[str, int]) -> tuple[int, dt.date, int]:
    return len(values), key[1], -_PREFERRED.index(key[0])


def region_shapes(codes: Collection[str] | None = None) -> Shapes:
    """Outlines of all regions, or of those asked: imported boundaries, else the built-in ones."""
    found = Boundary.objects.filter(level="region")
    return _outlines(found if codes is None else found.filter(code__in=list(codes)))


def _outlines(boundaries: Iterable[Boundary]) -> Shapes:
    found = list(boundaries)
    return _drawn(found, schematic=any(not boundary.official for boundary in found))


def municipality_shapes(
    region_code: str | None = None, places: Collection[Municipality] | None = None
) -> Shapes:
    """Shapes of the municipalities of one region or of the country; `places` where they are read already.

    Imported boundaries where every municipality has one; else cells inside the outline of each
    region, marked schematic: around the settlements where those of a single region are known,
    else around the seats.
    """
    places = _places(region_code) if places is None else places
    codes = {place.code for place in places}
    wanted = codes | {code[:3] for code in codes}
    levels: dict[str, list[Boundary]] = {"municipality": [], "region": []}
    for boundary in Boundary.objects.filter(code__in=wanted):
        levels[boundary.level].append(boundary)
    if codes and len(levels["municipality"]) == len(codes):
        return _drawn(levels["municipality"], schematic=False)
    return _cells(places, _outlines(levels["region"]), around_settlements=region_code is not None)


def _places(region_code: str | None) -> list[Municipality]:
    places = Municipality.objects.select_related("region")
    return list(places.filter(region__code=region_code) if region_code else places)


def _drawn(boundaries: Iterable[Boundary], *, schematic: bool) -> Shapes:
    boundaries = list(boundaries)
    sources = dict.fromkeys(boundary.source for boundary in boundaries)
    return Shapes({b.code: from_geojson(b.geometry) for b in boundaries}, schematic, "; ".join(sources))


def _cells(places: Iterable[Municipality], regions: Shapes, *, around_settlements: bool) -> Shapes:
    seats: dict[str, dict[str, Point]] = {}
    for place in places:
        seats.setdefault(place.region.code, {})[place.code] = (place.lon, place.lat)
    areas: dict[str, Polygons] = {}
    for code, points in seats.items():
        if code in regions.areas:
            finer = _settlement_points(code, points) if around_settlements else {}
            areas |= _region_cells(tuple((finer or points).items()), regions.areas[code])
    return Shapes(areas, schematic=True, source=regions.source)


def _settlement_points(region_code: str, seats: Mapping[str, Point]) -> dict[str, Point]:
    """Points of a region's settlements under „LOV18 43952“; nothing unless every municipality has some."""
    rows = Settlement.objects.filter(municipality__region__code=region_code).order_by("ekatte")
    points: dict[str, Point] = {
        f"{code} {ekatte}": (lon, lat)
        for code, ekatte, lon, lat in rows.values_list("municipality__code", "ekatte", "lon", "lat")
        if lon is not None and lat is not None
    }
    return points if {key[:5] for key in points} == set(seats) else {}


@lru_cache(maxsize=64)
def _region_cells(points: tuple[tuple[str, Point], ...], outline: Polygons) -> dict[str, Polygons]:
    """Cells by municipality; those around the settlements of one municipality become one area."""
    single = cells(dict(points), outline, apart=0.05 if len(points[0][0]) == len("LOV18") else 0.004)
    grouped: dict[str, list[Polygons]] = {}
    for key, area in single.items():
        grouped.setdefault(key[:5], []).append(area)
    return {code: merged(found) for code, found in grouped.items()}
