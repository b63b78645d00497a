"""Where to open when every place holds only so many, with a proof."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common import checks
from opora.engines.common.checks import Matrix, Vector
from opora.engines.siting.capacity_places import refuse
from opora.engines.siting.capacity_problem import Problem, problem
from opora.engines.siting.capacity_search import Search, Tell
from opora.engines.siting.capacity_split import divided, priced
from opora.engines.siting.capacity_words import Told, words
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
    tell: Tell | None = None,
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
    given = problem(cost, demand, capacity, fixed_cost, fixed=fixed, forbidden=forbidden)
    refuse(given, split)
    shares, bound = _solved(given, split, until, gap, tell)
    return _siting(given, shares, bound)


def _solved(
    given: Problem, split: bool, until: float, gap: float, tell: Tell | None
) -> tuple[Matrix | None, float]:
    if not len(given.weight):
        return np.zeros((0, len(given.room))), float(given.fixed_cost[given.must].sum())
    if split:
        part = divided(given, until, gap)
        return part.shares, part.bound
    search = Search(given, until, gap, tell)
    bound = search.run()
    return None if search.serves is None else np.eye(len(given.room))[search.serves], bound


def _siting(given: Problem, shares: Matrix | None, bound: float) -> Capacitated:
    count = len(given.weight)
    every = np.zeros((count, given.places))
    if shares is None:
        nobody = np.full(count, -1, dtype=np.int64)
        none = given.place[given.must]
        return Capacitated(none, nobody, np.inf, bound, False, words(None), every, np.zeros(given.places))
    every[:, given.place] = shares
    opened = given.must | (shares > 0).any(axis=0)
    cost = priced(given, shares)
    proven = cost - bound <= 1e-9 * max(1.0, abs(cost))
    bound = cost if proven else bound
    serves = every.argmax(axis=1) if every.size else np.zeros(0)
    why = words(Told(given, shares, opened, cost, bound, proven))
    return Capacitated(
        given.place[opened], serves.astype(np.int64), cost, bound, proven, why, every, given.demand @ every
    )
