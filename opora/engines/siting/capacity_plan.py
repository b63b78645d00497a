"""A plan from above: a start from what the relaxation takes, then single moves and exchanges until none helps."""

from __future__ import annotations

import time

import numpy as np

from opora.engines.common.checks import Vector, Whole
from opora.engines.siting.capacity_problem import Problem
from opora.engines.siting.capacity_relaxed import SHUT, Flags, Point

LONE, PAIR = 4_000_000, 160_000
"""Most pairs looked at for a move of one, or for an exchange of two."""


def cost_of(problem: Problem, serves: Whole) -> float:
    """What a whole plan costs: every place used or fixed is opened."""
    opened = problem.must.copy()
    opened[serves] = True
    served = problem.cost[np.arange(len(serves)), serves]
    return float(problem.fixed_cost[opened].sum() + served.sum())


def fits(problem: Problem, serves: Whole) -> bool:
    """Whether no place is fuller than its room and nobody is where it cannot be."""
    load = np.bincount(serves, problem.weight, len(problem.room))
    possible = np.isfinite(problem.cost[np.arange(len(serves)), serves]).all()
    return bool(possible and (load <= problem.room + problem.slack).all())


def plan(problem: Problem, point: Point, state: Whole, until: float = np.inf) -> Whole | None:
    """A whole plan within the places the relaxation opened, or up to two more, or ``None`` if there is none so."""
    extra = np.flatnonzero(~point.opened & (state != SHUT))
    extra = extra[np.argsort(point.worth[extra], kind="stable")][:2]
    for more in range(len(extra) + 1):
        opened = point.opened.copy()
        opened[extra[:more]] = True
        for serves, order in _starts(problem, point, opened):
            full = _complete(problem, serves.copy(), opened, order)
            if full is not None:
                return improve(problem, full, opened, until)
    return None


def _starts(problem: Problem, point: Point, opened: Flags) -> list[tuple[Whole, Whole]]:
    count = len(problem.weight)
    nobody = np.full(count, -1, dtype=np.int64)
    price = np.where(
        opened[None] & (problem.weight[:, None] <= problem.room + problem.slack), problem.cost, np.inf
    )
    nearest = np.sort(price, axis=1)[:, :2]
    second = nearest[:, 1] if nearest.shape[1] > 1 else np.full(count, np.inf)
    with np.errstate(invalid="ignore"):
        regret = np.nan_to_num(second - nearest[:, 0], nan=0.0, posinf=1e18)
    by_regret = np.argsort(-regret, kind="stable")
    by_weight = np.argsort(-problem.weight, kind="stable")
    return [(_kept(problem, point), by_regret), (nobody, by_regret), (nobody, by_weight)]


def _kept(problem: Problem, point: Point) -> Whole:
    """Whoever the relaxation takes, at the cheapest of the places that take it."""
    price = np.where((point.taken > 0.5) & point.opened[None], problem.cost, np.inf)
    best = price.argmin(axis=1)
    return np.where(np.isfinite(price[np.arange(len(best)), best]), best, -1).astype(np.int64)


def _complete(problem: Problem, serves: Whole, opened: Flags, order: Whole) -> Whole | None:
    left = (
        problem.room
        + problem.slack
        - np.bincount(serves[serves >= 0], problem.weight[serves >= 0], len(problem.room))
    )
    if (left < 0).any():
        return None
    left = np.where(opened, left, -1.0)
    for i in order[serves[order] < 0]:
        price = np.where(left >= problem.weight[i], problem.cost[i], np.inf)
        j = int(price.argmin())
        if not np.isfinite(price[j]):
            return None
        serves[i] = j
        left[j] -= problem.weight[i]
    return serves


def improve(problem: Problem, serves: Whole, opened: Flags, until: float = np.inf) -> Whole:
    """Take the best single move or exchange while one saves, to the monotonic time ``until``; ties to the first."""
    serves = serves.copy()
    load: Vector = np.bincount(serves, problem.weight, len(problem.room)).astype(float)
    places = np.flatnonzero(opened)
    while time.monotonic() < until:
        saved, moves = max(
            _move(problem, serves, load, places), _exchange(problem, serves, load), key=lambda s: s[0]
        )
        if saved <= 1e-7:
            break
        for i, j in moves:
            load[serves[i]] -= problem.weight[i]
            load[j] += problem.weight[i]
        for i, j in moves:
            serves[i] = j
    return serves


Step = tuple[float, list[tuple[int, int]]]


def _move(problem: Problem, serves: Whole, load: Vector, places: Whole) -> Step:
    if len(serves) * len(places) > LONE or not len(serves):
        return 0.0, []
    now = problem.cost[np.arange(len(serves)), serves]
    left = problem.room[places] + problem.slack - load[places]
    saved = np.where(problem.weight[:, None] <= left[None], now[:, None] - problem.cost[:, places], -np.inf)
    i, k = divmod(int(saved.argmax()), len(places))
    return float(saved[i, k]), [(i, int(places[k]))]


def _exchange(problem: Problem, serves: Whole, load: Vector) -> Step:
    count = len(serves)
    if count * count > PAIR or not count:
        return 0.0, []
    there = problem.cost[:, serves]
    now = np.diagonal(there)
    left = (problem.room + problem.slack - load)[serves]
    more = problem.weight[:, None] - problem.weight[None]
    possible = (more <= left[None]) & (-more <= left[:, None])
    saved = np.where(possible, now[:, None] + now[None] - there - there.T, -np.inf)
    i, k = divmod(int(saved.argmax()), count)
    return float(saved[i, k]), [(i, int(serves[k])), (k, int(serves[i]))]
