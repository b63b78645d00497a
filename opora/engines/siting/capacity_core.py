"""What is left when all that cannot be in a better plan is ruled out, as a small exact model.

With a bound L and a plan of cost U, whatever would lift the bound above U is not in any better plan. A place whose
fillings within L … U are few enters as these fillings (Baldacci and others 2002), any other by its pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opora.engines.common.checks import Matrix, Vector, Whole
from opora.engines.siting.capacity_relaxed import FREE, OPEN, SHUT, Flags, Point, Relaxed, packing


@dataclass(frozen=True)
class Ruled:
    """What the relaxation leaves: the state of each place, the cost with pairs ruled out at +inf, and ``room[j]``: by
    how much the fillings of j may be worse than its best one."""

    state: Whole
    cost: Matrix
    spare: Vector


def rule_out(relaxed: Relaxed, point: Point, state: Whole, cost: Matrix, cut: float) -> Ruled:
    """Drop places and pairs with which no plan costs ``cut`` or less."""
    base, state = float(point.u.sum()), state.copy()
    spare = np.full(len(state), -np.inf)
    for j in np.flatnonzero(state != SHUT).tolist():
        spare[j] = cut - base - _forced(relaxed, point, state, j, OPEN)
        if spare[j] < 0:
            state[j] = SHUT
        elif state[j] == FREE and base + _forced(relaxed, point, state, j, SHUT) > cut:
            state[j] = OPEN
    left = np.full(cost.shape, np.inf)
    for j in np.flatnonzero(state != SHUT).tolist():
        left[:, j] = np.where(_added(relaxed, point, cost, j) <= spare[j], cost[:, j], np.inf)
    return Ruled(state, left, spare)


def _forced(relaxed: Relaxed, point: Point, state: Whole, j: int, to: int) -> float:
    if state[j] == to or (state[j] == FREE and point.opened[j] == (to == OPEN)):
        return point.value - float(point.u.sum())
    trial = state.copy()
    trial[j] = to
    return relaxed.cover(point.worth, trial)[0]


def _added(relaxed: Relaxed, point: Point, cost: Matrix, j: int) -> Vector:
    """By how much the best filling of j gets worse when it has to hold each customer."""
    reduced, tail, weight = cost[:, j] - point.u, point.tails[j], relaxed.weight
    if relaxed.split:
        return np.where(np.isfinite(reduced), 0.0, np.inf)
    if tail is None:
        return np.where(weight <= relaxed.room[j], np.maximum(reduced, 0.0), np.inf)
    left = relaxed.room[j] - weight
    worse = tail[np.maximum(left, 0)] + reduced - tail[-1]
    return np.where(left >= 0, np.where(point.taken[:, j] > 0.5, 0.0, np.maximum(worse, 0.0)), np.inf)


def fillings(relaxed: Relaxed, point: Point, ruled: Ruled, j: int, most: int) -> Flags | None:
    """Every set of customers that place j may hold in a plan within the cut, as rows; ``None`` if more than ``most``."""
    reduced = ruled.cost[:, j] - point.u
    items = np.flatnonzero(np.isfinite(reduced))
    items = items[np.argsort(reduced[items], kind="stable")]
    weight, gain = relaxed.weight[items], reduced[items]
    levels = packing(np.minimum(gain, 0.0), weight, int(relaxed.room[j]))
    limit = levels[-1, -1] + ruled.spare[j] + 1e-7
    chosen = np.zeros((1, len(items)), dtype=bool)
    left, value = np.array([relaxed.room[j]]), np.zeros(1)
    for k in range(len(items) - 1, -1, -1):
        skip = value + levels[k, left] <= limit
        lower = left - weight[k]
        take = (lower >= 0) & (value + gain[k] + levels[k, np.maximum(lower, 0)] <= limit)
        if skip.sum() + take.sum() > most:
            return None
        taken = chosen[take]
        taken[:, k] = True
        chosen = np.concatenate([chosen[skip], taken])
        left = np.concatenate([left[skip], lower[take]])
        value = np.concatenate([value[skip], value[take] + gain[k]])
    full = np.zeros((len(chosen), len(reduced)), dtype=bool)
    full[:, items] = chosen
    heavy = full @ relaxed.problem.weight > relaxed.problem.room[j] + relaxed.problem.slack
    kept: Flags = full[full.any(axis=1) & ~heavy]
    return kept
