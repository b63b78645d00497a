"""At which weight of one criterion the first place changes hands, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Matrix, Vector, numbers, whole

_STEP = 1e-9
"""Weights are told apart to this; who is first at a change is who is first just after it."""


@dataclass(frozen=True)
class Turning:
    """Who is first as one weight goes from 0 to 1: ``first[s]`` between ``weights[s]`` and ``weights[s + 1]``.

    ``weights`` begins with 0 and ends with 1. ``first`` holds positions, −1 where nothing is observed.
    """

    weights: Vector
    first: tuple[int, ...]

    def at(self, weight: float) -> int:
        """The stretch in which a weight lies (at a change: the one after it)."""
        return int(np.clip(np.searchsorted(self.weights, weight, "right") - 1, 0, len(self.first) - 1))

    def above(self, weight: float) -> tuple[float, int] | None:
        """The next change above a weight: where, and who is first then."""
        one = self.at(weight) + 1
        return (float(self.weights[one]), self.first[one]) if one < len(self.first) else None

    def below(self, weight: float) -> tuple[float, int] | None:
        """The next change below a weight: where, and who is first then."""
        one = self.at(weight)
        return (float(self.weights[one]), self.first[one - 1]) if one else None


def turning(marks: ArrayLike, weights: ArrayLike, criterion: int) -> Turning:
    """Vary the weight of one criterion from 0 to 1, the others keeping their proportion in what is left.

    ``marks[n, m]``, nan missing; ``weights[m]``: the starting point (if the others weigh nothing there: equal). Ties go
    to the lower position. Raises ``ValueError``.
    """
    table = numbers("marks", marks, (None, None), least=None, missing=True)
    start = numbers("weights", weights, (table.shape[1],))
    whole("criterion", criterion, 0, table.shape[1] - 1)
    if not len(table):
        raise ValueError("marks must hold at least one service")
    lines = _Lines(table, start, criterion)
    bounds, first = [0.0], [lines.first(0.0)]
    now = 0.0
    while (now := lines.next(now, first[-1])) < 1:
        leader = lines.first(now)
        if leader != first[-1]:
            bounds.append(now)
            first.append(leader)
    return Turning(np.array([*bounds, 1.0]), tuple(first))


class _Lines:
    """Scores as functions of the weight t: (rest + t·(own − rest)) / (seen + t·(has − seen)); straight if all is observed."""

    def __init__(self, table: Matrix, start: Vector, criterion: int) -> None:
        others = np.delete(start, criterion)
        if others.sum() <= 0:
            others = np.ones_like(others)
        others = others / max(others.sum(), 1e-300)
        known = ~np.isnan(table)
        filled = np.where(known, table, 0.0)
        self.rest = np.delete(filled, criterion, axis=1) @ others
        self.seen = np.delete(known, criterion, axis=1) @ others
        if not len(others):
            self.rest, self.seen = filled[:, criterion], known[:, criterion].astype(float)
        self.rise = filled[:, criterion] - self.rest
        self.gain = known[:, criterion] - self.seen
        self.span = float(np.ptp(filled)) or 1.0

    def first(self, weight: float) -> int:
        """Who is first just after a weight; −1: nobody has anything observed."""
        at = min(weight + _STEP, 1.0)
        below = self.seen + at * self.gain
        with np.errstate(invalid="ignore", divide="ignore"):
            score = np.where(below > 1e-12, (self.rest + at * self.rise) / below, -np.inf)
        best = score.max()
        return int(np.argmax(score >= best - 1e-12 * self.span)) if np.isfinite(best) else -1

    def next(self, weight: float, leader: int) -> float:
        """The least weight after this one at which somebody equals the leader; 1 if none."""
        if leader < 0:
            return 1.0
        rest, rise, seen, gain = (v[leader] for v in (self.rest, self.rise, self.seen, self.gain))
        square = self.rise * gain - rise * self.gain
        slope = self.rest * gain + self.rise * seen - rest * self.gain - rise * self.seen
        level = self.rest * seen - rest * self.seen
        later = [r[(r > weight + 2 * _STEP) & (r < 1)] for r in _roots(square, slope, level, self.span)]
        return float(min((float(r.min()) for r in later if len(r)), default=1.0))


def _roots(square: Vector, slope: Vector, level: Vector, span: float) -> list[Vector]:
    """Where square·t² + slope·t + level is zero, nan where nowhere; steady for small squares."""
    tiny = 1e-13 * span
    with np.errstate(invalid="ignore", divide="ignore"):
        root = np.sqrt(slope**2 - 4 * square * level)
        half = -0.5 * (slope + np.where(slope < 0, -root, root))
        one = np.where(np.abs(half) > tiny, level / half, np.nan)
        other = np.where(np.abs(square) > tiny, half / square, np.nan)
    return [one, other]
