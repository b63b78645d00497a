"""Lines around boxes that touch or overlap, as they would be cut from one sheet of paper."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]
_Edges = dict[Point, list[Point]]


def outlines(boxes: Iterable[Box]) -> list[tuple[Point, ...]]:
    """Closed lines around the union of boxes (left, top, right, bottom), corners only."""
    edges = _edges(list(boxes))
    found = []
    while edges:
        found.append(_corners(_loop(edges)))
    return found


def _edges(boxes: Sequence[Box]) -> _Edges:
    """Pieces of border with the inside on their right hand: from each point to the next."""
    xs = sorted({x for box in boxes for x in (box[0], box[2])})
    ys = sorted({y for box in boxes for y in (box[1], box[3])})
    filled = {
        (i, j)
        for left, top, right, bottom in boxes
        for i in range(bisect_left(xs, left), bisect_left(xs, right))
        for j in range(bisect_left(ys, top), bisect_left(ys, bottom))
    }
    edges: _Edges = {}
    for i, j in sorted(filled):
        corners = [(xs[i], ys[j]), (xs[i + 1], ys[j]), (xs[i + 1], ys[j + 1]), (xs[i], ys[j + 1])]
        around = [(i, j - 1), (i + 1, j), (i, j + 1), (i - 1, j)]
        for side, beside in enumerate(around):
            if beside not in filled:
                edges.setdefault(corners[side], []).append(corners[(side + 1) % 4])
    return edges


def _loop(edges: _Edges) -> list[Point]:
    start = at = next(iter(edges))
    points = []
    while True:
        points.append(at)
        onward = edges[at].pop()
        if not edges[at]:
            del edges[at]
        at = onward
        if at == start:
            return points


def _corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without the points in the middle of a straight piece."""
    return tuple(
        here
        for before, here, after in zip((points[-1], *points), points, (*points[1:], points[0]), strict=False)
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1])
    )
