"""Schematic boundaries: cells around places inside an outline, and cells joined again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from opora.foundation.ui.pictures.geometry import (
    Point,
    Polygons,
    Ring,
    bounds,
    clip,
    outlines,
    ring_area,
)

if TYPE_CHECKING:
    from opora.foundation.ui.pictures.geometry import Array


def cells(seats: Mapping[str, Point], outline: Polygons, *, apart: float = 0.05) -> dict[str, Polygons]:
    """Cut an outline into one cell per seat: each point goes to the seat nearest to it.

    Used as „схематични граници“ where no official boundaries are known. Distances are
    measured with degrees of longitude shortened for the latitude. Seats at one and the same
    place are first moved `apart` degrees, in the order of their codes. The cells cover the
    outline without overlapping; a cell without any area is left out.
    """
    stretch = math.cos(math.radians(_middle(outline)))
    places = {code: (lon * stretch, lat) for code, (lon, lat) in _apart(seats, apart).items()}
    flat = tuple(tuple(_scaled(ring, stretch) for ring in polygon) for polygon in outline)
    cut = {code: _cell(code, places, flat) for code in places}
    return {code: _unscaled(area, stretch) for code, area in cut.items() if area}


def _middle(outline: Polygons) -> float:
    _west, south, _east, north = bounds(point for ring in outlines(outline) for point in ring)
    return (south + north) / 2


def _apart(seats: Mapping[str, Point], step: float) -> dict[str, Point]:
    taken: dict[Point, int] = {}
    placed: dict[str, Point] = {}
    for code in sorted(seats):
        lon, lat = seats[code]
        turn = taken.get((lon, lat), 0)
        taken[(lon, lat)] = turn + 1
        angle = math.pi / 2 * turn
        shift = step if turn else 0.0
        placed[code] = (lon + shift * math.cos(angle), lat + shift * math.sin(angle))
    return placed


def _scaled(ring: Ring, stretch: float) -> Ring:
    return tuple((lon * stretch, lat) for lon, lat in ring)


def _unscaled(area: Polygons, stretch: float) -> Polygons:
    return tuple(tuple(_scaled(ring, 1 / stretch) for ring in polygon) for polygon in area)


def _cell(code: str, places: Mapping[str, Point], outline: Polygons) -> Polygons:
    own = places[code]
    others = [place for other, place in places.items() if other != code]
    others.sort(key=lambda place: math.dist(own, place))
    rings = [[_nearest_part(ring, own, others) for ring in polygon] for polygon in outline]
    return tuple(
        tuple(ring for ring in polygon if len(ring) > 2)
        for polygon in rings
        if len(polygon[0]) > 2 and abs(ring_area(polygon[0])) > 1e-9
    )


def _nearest_part(ring: Ring, own: Point, others: Sequence[Point]) -> Ring:
    """What of the ring is nearer to `own`; `others` come nearest first."""
    ax, ay = own
    for bx, by in others:
        if not ring or math.dist(own, (bx, by)) > 2 * max(math.dist(own, point) for point in ring):
            break
        limit = (bx * bx + by * by - ax * ax - ay * ay) / 2
        ring = clip(ring, (bx - ax, by - ay), limit)
    return ring


def merged(areas: Iterable[Polygons], places: int = 6) -> Polygons:
    """One area from neighbouring cells: edges that two cells share, and seams, disappear.

    All rings must run in one direction, as those of `cells` do. Points are taken as equal at
    `places` decimals. Every ring left becomes a polygon of its own.
    """
    rings = [
        [(round(x, places), round(y, places)) for x, y in ring] for area in areas for ring in outlines(area)
    ]
    onward: dict[Point, list[Point]] = {}
    for a, b in _split_edges(rings, 2 * 10.0**-places):
        if a in onward.get(b, ()):
            onward[b].remove(a)
        else:
            onward.setdefault(a, []).append(b)
    return tuple((ring,) for ring in _walked(onward) if abs(ring_area(ring)) > 1e-7)


def _split_edges(rings: Sequence[Sequence[Point]], near: float) -> Iterable[tuple[Point, Point]]:
    """All edges, cut at every corner of any ring that lies on them."""
    import numpy as np

    corners = np.array(sorted({point for ring in rings for point in ring})).reshape(-1, 2)
    for ring in rings:
        for a, b in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            if a != b:
                stops = _on_edge(corners, a, b, near)
                yield from zip([a, *stops], [*stops, b], strict=True)


def _on_edge(corners: Array, a: Point, b: Point, near: float) -> list[Point]:
    """Corners strictly between a and b, in that order."""
    import numpy as np

    run = np.array(b) - a
    length = float(np.hypot(*run))
    offset = corners - a
    along = offset @ run / length
    aside = np.abs(offset[:, 0] * run[1] - offset[:, 1] * run[0]) / length
    hit = (aside < near) & (along > near) & (along < length - near)
    order = np.argsort(along[hit])
    return [(float(x), float(y)) for x, y in corners[hit][order]]


def _walked(onward: dict[Point, list[Point]]) -> Iterable[Ring]:
    """The closed ways along directed edges."""
    for start in list(onward):
        while onward[start]:
            way, here = [start], onward[start].pop()
            while here != start and onward.get(here):
                way.append(here)
                here = onward[here].pop()
            yield tuple(way)
