"""Who must live together becomes one unit; friends become pairs of units; nothing else of the question is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.engines.assignment.problem import EPS, Problem

Array = np.ndarray[Any, Any]
Edge = tuple[int, int, float]


@dataclass(frozen=True)
class Units:
    """U units, m homes.

    ``of[n]``: the unit of each group. ``cost[U, m]``: with bonuses and rewards inside the unit. ``load[U, m]``;
    ``people[U]``; ``allowed[U, m]``: neither forbidden nor too large. ``pairs``: friends with no unit in common (at
    most one pair per unit), ``links``: all other friends. ``apart``: pairs of units. ``step``: all costs are
    multiples of it (0: unknown).
    """

    of: Array
    cost: Array
    load: Array
    people: Array
    capacity: Array
    least: Array
    allowed: Array
    pairs: tuple[Edge, ...]
    links: tuple[Edge, ...]
    apart: tuple[tuple[int, int], ...]
    step: float

    @property
    def shape(self) -> tuple[int, int]:
        """Units and homes."""
        return int(self.cost.shape[0]), int(self.cost.shape[1])

    def homes(self, home: Array) -> Array:
        """Spread the homes of the units over the groups."""
        return home[self.of] if len(self.of) else home

    def loads(self, home: Array) -> Array:
        """Load of each home under a plan of the units."""
        placed = np.flatnonzero(home >= 0)
        return np.bincount(home[placed], self.load[placed, home[placed]], minlength=self.shape[1])

    def value(self, home: Array) -> float:
        """Cost of a plan of the units, in the caller's terms."""
        placed = np.flatnonzero(home >= 0)
        saved = sum(w for i, j, w in (*self.pairs, *self.links) if home[i] == home[j] >= 0)
        return float(self.cost[placed, home[placed]].sum()) - saved

    def left(self, home: Array) -> float:
        """People without a place."""
        return float(self.people[home < 0].sum())

    def short(self, home: Array) -> Array:
        """How far each home stays below its least load."""
        short = np.maximum(self.least - self.loads(home), 0.0)
        return np.where(short > EPS * np.maximum(1.0, self.least), short, 0.0)

    def room(self) -> Array:
        """Capacity with the slack of floating point."""
        return self.capacity + EPS * np.maximum(1.0, self.capacity)


def united(problem: Problem) -> Units:
    """Merge. Raises ``ValueError`` if two who must be together must also be apart."""
    n, m = problem.shape
    of = _components(n, problem.must)
    count = int(of.max(initial=-1)) + 1
    cost, load = np.zeros((count, m)), np.zeros((count, m))
    forbidden, people = np.zeros((count, m), dtype=bool), np.zeros(count)
    own = problem.cost.copy()
    stays = np.flatnonzero(problem.kept >= 0)
    own[stays, problem.kept[stays]] -= problem.bonus[stays]
    np.add.at(cost, of, own)
    np.add.at(load, of, problem.load)
    np.logical_or.at(forbidden, of, problem.forbidden)
    np.add.at(people, of, problem.people)
    apart = _apart(problem, of)
    pairs, links = _matched(_friends(problem, of, cost, set(apart)))
    fits = load <= problem.capacity + EPS * np.maximum(1.0, problem.capacity)
    step = _step(own, problem.friends)
    return Units(
        of, cost, load, people, problem.capacity, problem.least, fits & ~forbidden, pairs, links, apart, step
    )


def _components(n: int, pairs: Iterable[tuple[int, int]]) -> Array:
    """Number the connected components in the order of their first member."""
    parent = list(range(n))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return np.unique([root(one) for one in range(n)], return_inverse=True)[1].astype(np.int64)


def _apart(problem: Problem, of: Array) -> tuple[tuple[int, int], ...]:
    pairs = set()
    for one, other in problem.apart:
        if of[one] == of[other]:
            raise ValueError(f"groups {one} and {other} must be in one home and must not be in one home")
        low, high = sorted((int(of[one]), int(of[other])))
        pairs.add((low, high))
    return tuple(sorted(pairs))


def _friends(
    problem: Problem, of: Array, cost: Array, apart: set[tuple[int, int]]
) -> dict[tuple[int, int], float]:
    """Add up rewards between units; inside a unit they are saved wherever it lives."""
    saved: dict[tuple[int, int], float] = {}
    for one, other, reward in problem.friends:
        low, high = sorted((int(of[one]), int(of[other])))
        if low == high:
            cost[low] -= reward
        elif reward > 0 and (low, high) not in apart:
            saved[low, high] = saved.get((low, high), 0.0) + reward
    return saved


def _matched(saved: dict[tuple[int, int], float]) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """Take disjoint pairs, dearest first; whoever has more friends keeps the others as links."""
    taken: set[int] = set()
    pairs, links = [], []
    for (one, other), reward in sorted(saved.items(), key=lambda item: (-item[1], item[0])):
        if one in taken or other in taken:
            links.append((one, other, reward))
        else:
            taken |= {one, other}
            pairs.append((one, other, reward))
    return tuple(pairs), tuple(links)


def _step(cost: Array, friends: tuple[Edge, ...]) -> float:
    whole = bool((cost == np.round(cost)).all()) and all(w == round(w) for _, _, w in friends)
    return 1.0 if whole and (not cost.size or np.abs(cost).max() < 1e9) else 0.0
