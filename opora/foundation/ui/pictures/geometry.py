"""Plane geometry of areas given in degrees: reading, clipping, a place for a label.

numpy is loaded by the first map drawn, not by the start of every process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


@lru_cache(maxsize=1024)
def label_point(area: Polygons, steps: int = 14) -> Point:
    """A point well inside the largest polygon: of a grid of inner points the one farthest from the edge."""
    import numpy as np

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
    import numpy as np

    starts = [point for ring in polygon for point in ring]
    ends = [point for ring in polygon for point in (*ring[1:], *ring[:1])]
    return np.array(starts), np.array(ends)


def _within(points: Array, starts: Array, ends: Array) -> NDArray[np.bool_]:
    """Even–odd rule for many points (rows) and edges (columns) at once."""
    import numpy as np

    x, y = points[:, :1], points[:, 1:]
    ax, ay, bx, by = starts[:, 0], starts[:, 1], ends[:, 0], ends[:, 1]
    rise = np.where(by == ay, 1.0, by - ay)
    crossed = ((ay > y) != (by > y)) & (x < ax + (y - ay) * (bx - ax) / rise)
    return np.asarray(crossed.sum(axis=1) % 2 == 1)


def _depth(points: Array, starts: Array, ends: Array) -> Array:
    """Distance of each point to the nearest edge."""
    import numpy as np

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
