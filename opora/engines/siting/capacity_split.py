"""Divisible demand: the same bound with divisible fillings, then one small mixed model."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np

from opora.engines.common.checks import Matrix, Vector, Whole
from opora.engines.siting.capacity_climb import LINEAR, climb, first_prices, free
from opora.engines.siting.capacity_core import Ruled, rule_out
from opora.engines.siting.capacity_model import Core, core
from opora.engines.siting.capacity_plan import cost_of, plan
from opora.engines.siting.capacity_problem import Problem
from opora.engines.siting.capacity_relaxed import OPEN, SHUT, Flags, Point, Relaxed

STEPS, PLANS = 60, 15
"""Steps of the climb, and most plans made on its way."""


@dataclass
class Divided:
    """The best plan with divisible demand: ``shares[n, m]``, its cost and the proven bound."""

    shares: Matrix | None
    cost: float
    bound: float


def divided(problem: Problem, until: float, gap: float) -> Divided:
    """Solve it."""
    relaxed, state = Relaxed(problem, split=True), free(problem.must)
    best = Divided(None, math.inf, -math.inf)
    point = _climbed(relaxed, state, best, until)
    ruled, most = Ruled(state, problem.cost, np.full(len(state), np.inf)), None
    if math.isfinite(best.cost):
        ruled = rule_out(relaxed, point, state, problem.cost, best.cost * (1 + 1e-9) + 1e-9)
        most = _most(point, ruled)
    best.bound = min(best.cost, point.value)
    if not math.isfinite(best.cost) or best.cost - best.bound > max(gap, 1e-9) * abs(best.cost):
        _exact(problem, core(relaxed, ruled, {}, most), best, until, gap)
    return best


def _climbed(relaxed: Relaxed, state: Whole, best: Divided, until: float) -> Point:
    problem, tried = relaxed.problem, set[bytes]()
    whole: list[tuple[float, Flags]] = []

    def see(step: int, point: Point) -> float | None:
        key = point.opened.tobytes()
        if step % 4 == 0 and key not in tried and len(tried) < PLANS and math.isfinite(point.value):
            tried.add(key)
            if (serves := plan(problem, point, state, until)) is not None:
                whole.append((cost_of(problem, serves), np.isin(np.arange(len(state)), serves)))
        least = min((cost for cost, _ in whole), default=point.value * 1.03 + 1)
        return None if least - point.value <= 1e-9 * abs(least) else least

    prices = first_prices(relaxed, state, until - time.monotonic())
    steps = STEPS if problem.cost.size <= LINEAR else 4 * STEPS
    point, _ = climb(relaxed, prices, state, problem.cost, steps=steps, length=1.0, see=see, until=until)
    _poured(relaxed, point, point.opened, best, until)
    if whole:
        _poured(relaxed, point, min(whole, key=lambda one: one[0])[1], best, until)
    return point


def _poured(relaxed: Relaxed, point: Point, opened: Flags, best: Divided, until: float) -> None:
    """With the places given, dividing the demand is a transport problem; a place more if rounding left too few."""
    room, opened = relaxed.problem.room, opened.copy()
    for j in np.argsort(point.worth, kind="stable"):
        if room[opened].sum() >= relaxed.problem.weight.sum():
            break
        opened[j] = True
    state = np.where(opened, OPEN, SHUT)
    built = core(relaxed, Ruled(state, relaxed.problem.cost, np.full(len(state), np.inf)), {})
    _exact(relaxed.problem, built, best, until, 0.0, bounds=False)


def _exact(
    problem: Problem, built: Core, best: Divided, until: float, gap: float, *, bounds: bool = True
) -> None:
    from opora.engines.solver import solve

    seconds = max(0.05, until - time.monotonic())
    found = solve(built.model, time_limit=seconds, gap=gap, settings={"objective_bound": best.cost + 1e-6})
    if found.x is not None:
        shares = clean(built.shares(found.x, problem.cost.shape))
        cost = priced(problem, shares)
        if cost < best.cost:
            best.shares, best.cost = shares, cost
    if bounds:
        reached = best.cost if found.status in ("optimal", "infeasible") and not gap else found.bound
        best.bound = max(best.bound, min(best.cost, reached))


def clean(shares: Matrix) -> Matrix:
    """Shares without the solver's dust: none below a billionth, each customer's adding up to one."""
    kept = np.where(shares > 1e-9, shares, 0.0)
    return np.asarray(kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-300))


def priced(problem: Problem, shares: Matrix) -> float:
    """What a divided plan costs."""
    opened = problem.must | (shares > 0).any(axis=0)
    paid = np.where(shares > 0, problem.cost, 0.0) * shares
    return float(problem.fixed_cost[opened].sum() + paid.sum())


def _most(point: Point, ruled: Ruled) -> Matrix:
    """The largest part of each customer that a place can serve in a plan within the cut."""
    reduced = ruled.cost - point.u[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        most: Vector = np.where(reduced > 0, np.maximum(ruled.spare, 0.0)[None] / reduced, 1.0)
    return np.clip(np.nan_to_num(most, nan=0.0), 0.0, 1.0)
