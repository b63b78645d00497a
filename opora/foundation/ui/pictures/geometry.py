"""Plane geometry of areas given in degrees: reading, clipping, cells, a place for a label."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygons = tuple[tuple[Ring, ...], ...]
"""Polygons of one area; the first ring of each is its outline, the others are holes. (lon, lat)."""


def from_geojson(geometry: Mapping[str, Any]) -> Polygons:
    """Polygons of a GeoJSON `Polygon` or `MultiPolygon`; raises ValueError for another type."""
    kind = geometry.get("type")
    if kind == "Polygon":
        return (_rings(geometry["coordinates"]),)
    if kind == "MultiPolygon":
        return tuple(_rings(polygon) for polygon in geometry["coordinates"])
    raise ValueError(f"Polygon or MultiPolygon expected, not {kind}")


def _rings(coordinates: Sequence[Sequence[Sequence[float]]]) -> tuple[Ring, ...]:
    return tuple(tuple((float(p[0]), float(p[1])) for p in ring) for ring in coordinates)


def outlines(area: Polygons) -> list[Ring]:
    """All rings of an area, outlines and holes."""
    return [ring for polygon in area for ring in polygon]


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """(west, south, east, north) of the points; raises ValueError when there are none."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def ring_area(ring: Ring) -> float:
    """Signed area in square units of the coordinates; positive when counter-clockwise."""
    following = (*ring[1:], *ring[:1])
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)) / 2


def inside(point: Point, area: Polygons) -> bool:
    """Is the point in the area (even–odd rule over all rings)?"""
    return sum(_crossings(point, ring) for ring in outlines(area)) % 2 == 1


def _crossings(point: Point, ring: Ring) -> int:
    x, y = point
    count = 0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            count += 1
    return count


def clip(ring: Ring, normal: Point, limit: float) -> Ring:
    """The part of a ring where normal · point ≤ limit (Sutherland–Hodgman, one edge).

    Parts that fall apart stay joined by a seam along the cutting line, which has no area.
    """
    kept: list[Point] = []
    for a, b in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        here, there = _beyond(a, normal, limit), _beyond(b, normal, limit)
        if here <= 0:
            kept.append(a)
        if (here < 0 < there) or (there < 0 < here):
            share = here / (here - there)
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return tuple(kept)


def _beyond(point: Point, normal: Point, limit: float) -> float:
    return normal[0] * point[0] + normal[1] * point[1] - limit


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
    corners = np.array(sorted({point for ring in rings for point in ring})).reshape(-1, 2)
    for ring in rings:
        for a, b in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            if a != b:
                stops = _on_edge(corners, a, b, near)
                yield from zip([a, *stops], [*stops, b], strict=True)


def _on_edge(corners: Array, a: Point, b: Point, near: float) -> list[Point]:
    """Corners strictly between a and b, in that order."""
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


@lru_cache(maxsize=1024)
def label_point(area: Polygons, steps: int = 14) -> Point:
    """A point well inside the largest polygon: of a grid of inner points the one farthest from the edge."""
    polygon = max(area, key=lambda rings: abs(ring_area(rings[0])))
    west, south, east, north = bounds(polygon[0])
    share = (np.arange(steps) + 0.5) / steps
    grid = np.array([(west + (east - west) * i, south + (north - south) * j) for i in share for j in share])
    starts, ends = _edges(polygon)
    inner = grid[_within(grid, starts, ends)]
    if not len(inner):
        return polygon[0][0]
    best = inner[_depth(inner, starts, ends).argmax()]
    return float(best[0]), float(best[1])


def _edges(polygon: Sequence[Ring]) -> tuple[Array, Array]:
    starts = [point for ring in polygon for point in ring]
    ends = [point for ring in polygon for point in (*ring[1:], *ring[:1])]
    return np.array(starts), np.array(ends)


def _within(points: Array, starts: Array, ends: Array) -> NDArray[np.bool_]:
    """Even–odd rule for many points (rows) and edges (columns) at once."""
    x, y = points[:, :1], points[:, 1:]
    ax, ay, bx, by = starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1]
    rise = np.where(by == ay, 1.0, by - ay)
    crossed = ((ay > y) != (by > y)) & (x < ax + (y - ay) * (bx - ax) / rise)
    return np.asarray(crossed.sum(axis=1) % 2 == 1)


def _depth(points: Array, starts: Array, ends: Array) -> Array:
    """Distance of each point to the nearest edge."""
    run = ends - starts
    length = np.maximum((run**2).sum(axis=1), 1e-18)
    offset = points[:, None, :] - starts
    along = np.clip((offset * run).sum(axis=2) / length, 0, 1)
    return np.asarray(np.sqrt(((offset - along[..., None] * run) ** 2).sum(axis=2)).min(axis=1))


def chord(point: Point, rings: Iterable[Ring]) -> tuple[float, float]:
    """Left and right end of the horizontal line through the point up to the nearest edges.

    Both ends are the point's own x when nothing stands on one side of it.
    """
    x, y = point
    crossings = [
        ax + (y - ay) * (bx - ax) / (by - ay)
        for ring in rings
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], *ring[:1]), strict=True)
        if (ay > y) != (by > y)
    ]
    left = max((c for c in crossings if c <= x), default=x)
    return left, min((c for c in crossings if c > x), default=x)
