"""Where those around a person stand on an ecomap, so that no box touches another or a line that is not its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from opora.foundation.ui.pictures.svg import shorten, text_width, wrap

WIDE, NARROW = 146.0, 176.0
"""Width of a box on the ring and beside the middle."""
SIZE, LEADING = 13.0, 16.0
HIGHEST = 260.0
"""Half the height up to which a ring is tried; more people stand in two columns."""
CLEAR = 12.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Ring:
    """Boxes of the ties in their order, the box of the middle, and the height of the paper."""

    boxes: tuple[Box, ...]
    middle: Box
    height: float
    columns: bool = False

    def line(self, index: int) -> tuple[Point, Point]:
        """From the edge of the middle to the edge of a box."""
        box, start = self.boxes[index], centre_of(self.middle)
        end = _edge(box, start)
        if self.columns:
            end = (box[0] - 2 if box[0] > start[0] else box[2] + 2, centre_of(box)[1])
        return _rim(start, (self.middle[2] - self.middle[0]) / 2 + 2, end), end


def ring(name: str, names: Sequence[str], sheet_width: float) -> Ring:
    """Around the middle where the paper is wide and they are not too many, else in columns beside it."""
    if sheet_width < 500:
        return _columns(name, names, sheet_width, sides=1)
    high = {0: 60.0, 1: 60.0, 2: 60.0, 3: 90.0, 4: 90.0}.get(len(names), 120.0)
    while high <= HIGHEST:
        made = _ellipse(name, names, sheet_width, high)
        if is_clear(made):
            return made
        high += 12.0
    return _columns(name, names, sheet_width, sides=2)


def _ellipse(name: str, names: Sequence[str], width: float, high: float) -> Ring:
    sizes = [_size(one, WIDE) for one in names]
    tallest = max((tall for _wide, tall in sizes), default=40.0)
    across, centre = (width - WIDE) / 2, high + tallest / 2 + 2
    boxes = []
    for place, (wide, tall) in enumerate(sizes):
        turn = 2 * math.pi * (place + 0.5) / len(names) - math.pi / 2
        boxes.append(_box(width / 2 + across * math.cos(turn), centre + high * math.sin(turn), wide, tall))
    return Ring(tuple(boxes), _box(width / 2, centre, *_middle_size(name)), 2 * centre)


def _columns(name: str, names: Sequence[str], width: float, *, sides: int) -> Ring:
    """The middle at the left edge and one column, or between two: a line never passes by another box."""
    sizes = [_size(one, NARROW) for one in names]
    tall = max([high for _wide, high in sizes] or [40.0]) + CLEAR + 1
    rows = math.ceil(len(names) / sides)
    height = max(rows * tall, _middle_size(name)[1] + CLEAR)
    boxes = []
    for place, (wide, high) in enumerate(sizes):
        left = sides == 2 and place >= rows
        count = rows if not left else len(names) - rows
        y = (place % rows + 0.5) * tall + (height - count * tall) / 2
        x = wide / 2 + 1 if left else width - wide / 2 - 1
        boxes.append(_box(x, y, wide, high))
    wide, high = _middle_size(name)
    middle = _box(width / 2 if sides == 2 else wide / 2 + 1, height / 2, wide, high)
    return Ring(tuple(boxes), middle, height, columns=True)


def is_clear(made: Ring) -> bool:
    """No box touches another, the middle, or a line that is not its own."""
    grown = [_grown(box, CLEAR / 2) for box in (*made.boxes, made.middle)]
    if any(_meet(one, other) for i, one in enumerate(grown) for other in grown[:i]):
        return False
    lines = [made.line(i) for i in range(len(made.boxes))]
    return not any(
        i != j and _crosses(line, _grown(box, 2))
        for i, line in enumerate(lines)
        for j, box in enumerate(made.boxes)
    )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a line passes through a box (Liang–Barsky)."""
    (x0, y0), (x1, y1) = line
    enter, leave = 0.0, 1.0
    for start, run, low, high in ((x0, x1 - x0, box[0], box[2]), (y0, y1 - y0, box[1], box[3])):
        if abs(run) < 1e-9:
            if not low < start < high:
                return False
            continue
        one, other = sorted(((low - start) / run, (high - start) / run))
        enter, leave = max(enter, one), min(leave, other)
    return enter < leave


def _size(name: str, wide: float) -> tuple[float, float]:
    return wide, LEADING * len(words_of(name, wide)) + 14


def words_of(name: str, wide: float) -> list[str]:
    """The name in at most three lines, the last of them shortened."""
    lines = wrap(name, wide - 16, SIZE)
    lines = [*lines[:2], " ".join(lines[2:])] if len(lines) > 3 else lines
    return [shorten(line, wide - 16, SIZE) for line in lines] or ["–"]


def _middle_size(name: str) -> tuple[float, float]:
    lines = wrap(name, 84, 14)[:3]
    wide = max([text_width(line, 14, bold=True) for line in lines] or [0.0])
    across = min(max(wide, 18.0 * len(lines)) + 30, 122.0)
    return across, across


def _box(x: float, y: float, wide: float, tall: float) -> Box:
    return (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def _grown(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def centre_of(box: Box) -> Point:
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def _edge(box: Box, toward: Point) -> Point:
    """Where the way from the middle of a box to a point leaves it."""
    (x, y), (to_x, to_y) = centre_of(box), toward
    run, rise = to_x - x, to_y - y
    half_wide, half_tall = (box[2] - box[0]) / 2 + 2, (box[3] - box[1]) / 2 + 2
    share = min(half_wide / abs(run) if run else math.inf, half_tall / abs(rise) if rise else math.inf)
    return (x + run * share, y + rise * share)


def _rim(middle: Point, r: float, toward: Point) -> Point:
    """Where the way from the middle of a circle to a point leaves it."""
    (x, y), (to_x, to_y) = middle, toward
    far = math.hypot(to_x - x, to_y - y) or 1.0
    return (x + (to_x - x) * r / far, y + (to_y - y) * r / far)
