"""Where to open when every place holds only so many, with a proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common import checks
from opora.engines.common.checks import Matrix, Vector
from opora.engines.siting.capacity_places import refuse
from opora.engines.siting.capacity_problem import Problem, problem
from opora.engines.siting.capacity_search import Search
from opora.engines.siting.capacity_split import divided
from opora.engines.siting.capacity_words import words
from opora.engines.siting.result import Siting


@dataclass(frozen=True)
class Capacitated(Siting):
    """A siting with ``shares[n, m]``, the part of each customer's demand served from each place, and ``load[m]``.

    ``serves`` names the place of the largest part (the first of equal ones).
    """

    shares: Matrix = field(default_factory=lambda: np.zeros((0, 0)))
    load: Vector = field(default_factory=lambda: np.zeros(0))


def capacitated(
    cost: ArrayLike,
    demand: ArrayLike,
    capacity: ArrayLike,
    fixed_cost: ArrayLike,
    *,
    split: bool = False,
    fixed: Iterable[int] = (),
    forbidden: Iterable[int] = (),
    time_limit: float = 60,
    gap: float = 0.0,
    tell: Callable[[int, int, str], None] | None = None,
) -> Capacitated:
    """Open places and serve everyone within their capacity at the least cost.

    ``cost[n, m]``: serving all of i's demand from j, +inf where that cannot be. ``demand[n]``, ``capacity[m]`` (+inf:
    no limit), ``fixed_cost[m]``. Each customer is served whole from one place, or with ``split`` from several.
    ``fixed`` places open in any case and are paid for, ``forbidden`` ones never. Stops at the relative ``gap`` or after
    ``time_limit`` seconds with the best plan known and its bound; if none was found by then, ``cost`` is infinite and
    nobody is served. Source: Holmberg, Rönnqvist and Yuan 1999. Raises ``ValueError`` for wrong input and when no
    plan can exist, saying why.
    """
    until = time.monotonic() + 0.97 * checks.positive("time_limit", time_limit)
    checks.positive("gap", gap, zero=True)
    given = problem(cost, demand, capacity, fixed_cost, fixed, forbidden)
    refuse(given, split)
    if not len(given.weight):
        shares, bound = np.zeros((0, len(given.room))), float(given.fixed_cost[given.must].sum())
    elif split:
        part = divided(given, until, gap)
        shares, bound = part.shares, part.bound
    else:
        search = Search(given, until, gap, tell)
        bound = search.run()
        shares = None if search.serves is None else np.eye(len(given.room))[search.serves]
    return _siting(given, shares, bound, np.asarray(capacity, dtype=float), np.asarray(demand, dtype=float))


def _siting(
    given: Problem, shares: Matrix | None, bound: float, capacity: Vector, demand: Vector
) -> Capacitated:
    count, every = len(given.weight), np.zeros((len(given.weight), len(capacity)))
    if shares is None:
        none = np.full(count, -1, dtype=np.int64)
        return Capacitated(
            given.place[given.must], none, float("inf"), bound, False, words(None), every, capacity * 0
        )
    every[:, given.place] = shares
    opened = given.must | (shares > 0).any(axis=0)
    cost = float(
        given.fixed_cost[opened].sum() + np.where(shares > 0, given.cost, 0.0).ravel() @ shares.ravel()
    )
    proven = cost - bound <= 1e-9 * max(1.0, abs(cost))
    bound = cost if proven else min(bound, cost)
    serves = every.argmax(axis=1).astype(np.int64)
    why = words((given, shares, opened, cost, bound, proven, capacity, demand))
    return Capacitated(given.place[opened], serves, cost, bound, proven, why, every, demand @ every)
