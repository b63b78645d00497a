"""Climbing the bound: prices start at the duals of the linear relaxation and follow a deflected subgradient."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from opora.engines.common.checks import Matrix, Vector, Whole
from opora.engines.siting.capacity_core import Ruled
from opora.engines.siting.capacity_model import core
from opora.engines.siting.capacity_relaxed import FREE, OPEN, Flags, Point, Relaxed

LINEAR = 60_000
"""Most pairs for which the linear relaxation is solved to start; above, prices start at a rough share of the cost."""
PATIENCE = 8


def first_prices(relaxed: Relaxed, state: Whole, seconds: float) -> Vector:
    """Prices to start from: what serving each customer costs at the margin."""
    problem = relaxed.problem
    if problem.cost.size <= LINEAR and seconds > 1:
        from opora.engines.solver import solve

        built = core(relaxed, Ruled(state, problem.cost, np.full(len(state), np.inf)), {})
        found = solve(replace(built.model, integer=False), time_limit=seconds / 4)
        if found.prices is not None:
            return found.prices[: len(problem.weight)]
    share = problem.weight[:, None] / np.maximum(problem.room, 1e-9)[None]
    rough = (problem.cost + problem.fixed_cost[None] * np.minimum(share, 1.0)).min(axis=1)
    return np.where(np.isfinite(rough), rough, 0.0)


def climb(
    relaxed: Relaxed,
    prices: Vector,
    state: Whole,
    cost: Matrix,
    *,
    steps: int,
    length: float,
    see: Callable[[int, Point], float | None],
    until: float,
) -> tuple[Point, Vector]:
    """The best point met and how often each place was open of late.

    ``see`` is shown every point and gives the value to aim at, or ``None`` to stop; ``until`` is a monotonic time.
    """
    best: Point | None = None
    drift, mean, stalled = np.zeros(len(prices)), np.zeros(len(state)), 0
    for step in range(steps):
        point = relaxed.at(prices, state, cost)
        mean = 0.97 * mean + 0.03 * point.opened
        aim = see(step, point)
        if best is None or point.value > best.value + 1e-6:
            best, stalled = point, 0
        else:
            stalled += 1
        if aim is None or time.monotonic() > until or not np.isfinite(point.value):
            break
        if stalled >= PATIENCE:
            length, stalled, point = length / 1.5, 0, best
            drift[:] = 0.0
        missing = 1.0 - point.taken[:, point.opened].sum(axis=1)
        drift = 0.5 * drift + 0.5 * missing
        if not (norm := float(drift @ drift)):
            break
        prices = point.u + length * max(aim - point.value, 1e-3 * abs(aim)) / norm * drift
    assert best is not None
    return best, mean / max(1e-9, 1 - 0.97 ** (step + 1))


def free(must: Flags) -> Whole:
    """Every place undecided but those that have to open."""
    return np.where(must, OPEN, FREE).astype(np.int64)
