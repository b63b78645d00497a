"""A bound from below: who is served at a price instead of by duty, so each place fills itself as it likes best.

Lagrangian relaxation of "everyone is served": for prices u, a place is worth its fixed cost plus the best knapsack of
customers at cost − u; places are then chosen so that their room covers all demand. The value plus Σ u is a bound for
every u (Holmberg, Rönnqvist, Yuan 1999; the covering row makes it stronger). Fractions are rounded so that it stays one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.engines.common.checks import Matrix, Vector, Whole
from opora.engines.siting.capacity_problem import UNITS, Problem

FREE, SHUT, OPEN = -1, 0, 1
Flags = np.ndarray[Any, Any]
"""Yes or no; parts between 0 and 1 where demand is divisible."""


@dataclass(frozen=True)
class Point:
    """The relaxation at prices ``u``: its value, which places open, who is taken there, what each place is worth.

    ``tails[j]`` is the value of the knapsack of j by room (``None``: everyone it wants fits).
    """

    u: Vector
    value: float
    opened: Flags
    taken: Flags
    worth: Vector
    tails: list[Vector | None]


class Relaxed:
    """The relaxation of one problem, whole (``split`` false) or with divisible demand."""

    def __init__(self, problem: Problem, split: bool) -> None:
        self.problem, self.split = problem, split
        self.weight, self.room = _units(problem.weight, problem.room)
        self.total, self.sizes = _cover_units(problem.weight, problem.room)

    def at(self, u: Vector, state: Whole, cost: Matrix) -> Point:
        """The bound at ``u`` when ``state`` holds some places open or shut; ``cost`` is +inf for pairs ruled out."""
        reduced = cost - u[:, None]
        taken = np.zeros(reduced.shape, dtype=bool if not self.split else float)
        value = np.zeros(len(state))
        tails: list[Vector | None] = [None] * len(state)
        for j in np.flatnonzero(state != SHUT).tolist():
            value[j], tails[j] = self._fill(reduced[:, j], j, taken)
        worth = self.problem.fixed_cost + value
        base, opened = self.cover(worth, state)
        return Point(u, float(u.sum() + base), opened, taken, worth, tails)

    def cover(self, worth: Vector, state: Whole) -> tuple[float, Flags]:
        """The cheapest choice of places whose room covers all demand."""
        opened = (state == OPEN) | ((worth < 0) & (state == FREE))
        rest = np.flatnonzero((state == FREE) & ~opened)
        need = int(self.total - self.sizes[opened].sum())
        if need <= 0:
            return float(worth[opened].sum()), opened
        if self.sizes[rest].sum() < need:
            return float("inf"), opened
        levels = _covering(worth[rest], self.sizes[rest], need)
        left, extra = need, float(levels[-1][need])
        for k in range(len(rest) - 1, -1, -1):
            if levels[k + 1][left] < levels[k][left]:
                opened[rest[k]] = True
                left = max(0, left - int(self.sizes[rest[k]]))
        return float(worth[opened & ~np.isin(np.arange(len(worth)), rest)].sum() + extra), opened

    def _fill(self, reduced: Vector, j: int, taken: Flags) -> tuple[float, Vector | None]:
        wanted = np.flatnonzero((reduced < 0) & (self.split | (self.weight <= self.room[j])))
        if self.weight[wanted].sum() <= self.room[j]:
            taken[wanted, j] = True
            return float(reduced[wanted].sum()), None
        if self.split:
            return self._pour(reduced, wanted, j, taken), None
        levels = packing(reduced[wanted], self.weight[wanted], int(self.room[j]))
        left = int(self.room[j])
        for k in range(len(wanted) - 1, -1, -1):
            if levels[k + 1, left] < levels[k, left]:
                taken[wanted[k], j] = True
                left -= int(self.weight[wanted[k]])
        return float(levels[-1, -1]), levels[-1]

    def _pour(self, reduced: Vector, wanted: Whole, j: int, taken: Flags) -> float:
        weight = self.problem.weight[wanted]
        with np.errstate(divide="ignore"):
            order = wanted[np.argsort(reduced[wanted] / weight, kind="stable")]
        filled = np.cumsum(self.problem.weight[order])
        share = np.clip(
            (self.problem.room[j] - filled) / np.maximum(self.problem.weight[order], 1e-300) + 1, 0, 1
        )
        taken[order, j] = share
        return float(reduced[order] @ share)


def packing(gain: Vector, weight: Whole, room: int) -> Matrix:
    """The knapsack by dynamic programming: levels[k, r]: least sum of gains of the first k within room r."""
    levels = np.zeros((len(gain) + 1, room + 1))
    for k, (one, size) in enumerate(zip(gain.tolist(), weight.tolist(), strict=True)):
        before, after = levels[k], levels[k + 1]
        after[:size] = before[:size]
        np.minimum(before[size:], before[: room + 1 - size] + one, out=after[size:])
    return levels


def _covering(worth: Vector, sizes: Whole, need: int) -> list[Vector]:
    """levels[k][q]: least worth of some of the first k places whose sizes reach at least q."""
    first = np.full(need + 1, np.inf)
    first[0] = 0.0
    levels = [first]
    for one, size in zip(worth.tolist(), sizes.tolist(), strict=True):
        before = levels[-1]
        after = before.copy()
        reach = min(size, need + 1)
        after[:reach] = np.minimum(after[:reach], before[0] + one)
        after[reach:] = np.minimum(after[reach:], before[: need + 1 - reach] + one)
        levels.append(after)
    return levels


def _units(weight: Vector, room: Vector) -> tuple[Whole, Whole]:
    """Demand and room in whole units, demand never larger and room never smaller than they are."""
    grain = max(1.0, room.max(initial=0.0) / UNITS)
    if grain == 1.0 and not (weight == np.round(weight)).all():
        grain = max(room.max(initial=0.0), 1e-300) / UNITS
    light = np.floor(weight / grain).astype(np.int64)
    large = np.floor(room / grain + 1e-9).astype(np.int64)
    common = int(np.gcd.reduce(light)) or 1
    return light // common, large // common


def _cover_units(weight: Vector, room: Vector) -> tuple[int, Whole]:
    """All demand and the rooms in whole units: demand rounded down, rooms up."""
    total = float(weight.sum())
    whole = (weight == np.round(weight)).all() and (room == np.round(room)).all() and total <= 4 * UNITS
    grain = 1.0 if whole else max(total, 1e-300) / UNITS
    return int(np.floor(total / grain - 1e-9)) if not whole else int(total), np.ceil(
        room / grain - 1e-9
    ).astype(np.int64)
