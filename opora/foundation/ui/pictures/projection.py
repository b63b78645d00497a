"""From degrees to paper: equal scale in both directions at the middle latitude.

Enough for a country of Bulgaria's size: over 3° of latitude the width is off by at most
2 % at the northern and southern edge, and a picture is not measured with a ruler.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from opora.foundation.ui.pictures.geometry import Point, Polygons, Ring, bounds, outlines


@dataclass(frozen=True)
class Projection:
    """Maps (lon, lat) to (x, y) pixels; y grows downwards. `height` is the drawn height."""

    west: float
    north: float
    stretch: float
    scale: float
    margin: float
    height: float

    def __call__(self, point: Point) -> Point:
        lon, lat = point
        x = self.margin + (lon - self.west) * self.stretch * self.scale
        return x, self.margin + (self.north - lat) * self.scale

    def rings(self, area: Polygons) -> list[Ring]:
        """All rings of an area on paper."""
        return [tuple(self(point) for point in ring) for ring in outlines(area)]


def fit(points: Iterable[Point], width: float, *, margin: float = 8, tallest: float = 640) -> Projection:
    """The projection that fills `width` with the points, unless it would grow taller than `tallest`.

    A single point, or none, gets a window of a tenth of a degree around it.
    """
    west, south, east, north = _window(list(points))
    stretch = math.cos(math.radians((south + north) / 2))
    scale = (width - 2 * margin) / ((east - west) * stretch)
    scale = min(scale, (tallest - 2 * margin) / (north - south))
    slack = (width - 2 * margin - (east - west) * stretch * scale) / 2
    height = (north - south) * scale + 2 * margin
    return Projection(west - slack / (stretch * scale), north, stretch, scale, margin, height)


def _window(points: list[Point]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds(points or [(25.3, 42.7)])
    across = 0.05 if east - west < 0.1 else 0.0
    along = 0.05 if north - south < 0.1 else 0.0
    return west - across, south - along, east + across, north + along
