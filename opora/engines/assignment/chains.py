"""Homes being filled, and chains of moves: one goes in, a single person moves on, another makes room for that one.

Among homes the cheapest single person who could move from h to k is an arc; the shortest way from a home to one with a
free place is the cheapest chain. With sizes that differ by home there are no such persons, and only free room is used.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from opora.engines.assignment.units import Units

Array = np.ndarray[Any, Any]
LONGEST = 12
"""Moves in one chain."""


class Chains:
    """A plan that keeps every rule, changed move by move; ``home[U]``, −1 without place."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.home = np.full(units.shape[0], -1)
        self.room = units.room()
        self.cost: Array = np.where(units.allowed, units.cost, np.inf)
        self.apart = _neighbours(((i, j, 0.0) for i, j in units.apart))
        self.friends = _neighbours((*units.pairs, *units.links))
        self.one, self.single = _singles(units)
        homes = units.shape[1]
        self.arc, self.mover = np.full((homes, homes), np.inf), np.full((homes, homes), -1)
        self.members: list[set[int]] = [set() for _ in range(homes)]
        self.stale: set[int] = set()

    def open_to(self, unit: int) -> Array:
        """Homes that could take it now."""
        able: Array = (self.price(unit) < np.inf) & (self.units.load[unit] <= self.room)
        return able

    def price(self, unit: int) -> Array:
        """What it costs in each home beside those who are there; infinite with someone it must not meet."""
        price: Array = self.cost[unit].copy()
        for other, reward in self.friends.get(unit, ()):
            if self.home[other] >= 0:
                price[self.home[other]] -= reward
        for other, _ in self.apart.get(unit, ()):
            if self.home[other] >= 0:
                price[self.home[other]] = np.inf
        return price

    def move(self, unit: int, home: int) -> None:
        """Put a unit in a home, −1 for nowhere."""
        old = int(self.home[unit])
        if old >= 0:
            self.room[old] += self.units.load[unit, old]
            self.members[old].discard(unit)
            self.stale.add(old)
        if home >= 0:
            self.room[home] -= self.units.load[unit, home]
            self.members[home].add(unit)
            self.stale.add(home)
        self.home[unit] = home
        self.stale |= {int(self.home[friend]) for friend, _ in self.friends.get(unit, ())} - {-1}

    def insert(self, unit: int) -> float:
        """Put it where it and the chains it sets off cost least. Gives what was added, infinite if it has no place."""
        way = self._ways()
        missing = np.maximum(0.0, self.units.load[unit] - self.room)
        moves = np.ceil(missing / self.one - 1e-9) if self.one else np.where(missing > 0, np.inf, 0.0)
        with np.errstate(invalid="ignore"):
            total = self.price(unit) + np.where(moves > 0, moves * way, 0.0)
        for home in np.argsort(total, kind="stable")[:5]:
            if not math.isfinite(total[home]):
                break
            before = self.home.copy()
            added = self._open(int(home), unit)
            if math.isfinite(added):
                added += float(self.price(unit)[home])
                self.move(unit, int(home))
                return added
            self._back(before)
        return math.inf

    def reinsert(self, unit: int) -> bool:
        """Lift it out and put it in anew; undo unless that is better. Tells whether something changed."""
        before = self.home.copy()
        old = int(before[unit])
        saved = float(self.price(unit)[old]) if old >= 0 else math.inf
        self.move(unit, -1)
        if self.insert(unit) < saved - 1e-9:
            return True
        self._back(before)
        return False

    def _open(self, home: int, unit: int) -> float:
        """Move single people on until the unit has room. Gives their cost."""
        added = 0.0
        while self.units.load[unit, home] > self.room[home]:
            price = self._chain(home)
            if not math.isfinite(price):
                return math.inf
            added += price
        return added

    def _chain(self, home: int) -> float:
        """Send one person on along the shortest way to a free place elsewhere."""
        way, following = self._shortest(home)
        if not math.isfinite(way[home]):
            return math.inf
        path = [home]
        while len(path) == 1 or self.room[path[-1]] < self.one:
            path.append(int(following[path[-1]]))
            if len(set(path)) < len(path):
                return math.inf
        added = 0.0
        moves = [(int(self.mover[h, k]), h, k) for h, k in pairwise(path)]
        for unit, here, there in reversed(moves):
            added += float(self.cost[unit, there] - self.cost[unit, here])
            self.move(unit, there)
        return added

    def _ways(self) -> Array:
        return self._shortest(-1)[0] if self.one else np.full(self.units.shape[1], np.inf)

    def _shortest(self, closed: int) -> tuple[Array, Array]:
        """Cheapest chain from each home to a free place, not in the ``closed`` one, and the next home on the way."""
        self._refresh()
        way = np.where(self.room >= self.one, 0.0, np.inf)
        if closed >= 0:
            way[closed] = np.inf
        following = np.full(len(way), -1)
        arc = np.maximum(self.arc, 0.0)
        for _ in range(LONGEST):
            table = arc + way
            nearest = table.argmin(axis=1)
            shorter = table[np.arange(len(way)), nearest] < way - 1e-12
            if not shorter.any():
                break
            following[shorter] = nearest[shorter]
            way = np.where(shorter, table[np.arange(len(way)), nearest], way)
        return way, following

    def _refresh(self) -> None:
        """The arcs out of homes whose people have changed."""
        for home in self.stale:
            free = sorted(unit for unit in self.members[home] if self.single[unit] and self._loose(unit))
            if free:
                rise = self.cost[free] - self.cost[free, home][:, None]
                rise[:, home] = np.inf
                who = rise.argmin(axis=0)
                self.arc[home] = rise[who, np.arange(rise.shape[1])]
                self.mover[home] = np.asarray(free)[who]
            else:
                self.arc[home] = np.inf
        self.stale.clear()

    def _loose(self, unit: int) -> bool:
        """Free to move on: not beside a friend, and nobody it must not meet."""
        beside = any(self.home[friend] == self.home[unit] for friend, _ in self.friends.get(unit, ()))
        return not beside and unit not in self.apart

    def _back(self, before: Array) -> None:
        for unit in np.flatnonzero(before != self.home):
            self.move(int(unit), -1)
        for unit in np.flatnonzero(before != self.home):
            self.move(int(unit), int(before[unit]))


def _singles(units: Units) -> tuple[float, Array]:
    """The smallest load, if it is the same in every home, and who has it."""
    none = np.zeros(units.shape[0], dtype=bool)
    if not units.load.size:
        return 0.0, none
    low, high = units.load.min(axis=1), units.load.max(axis=1)
    even = (low == high) & (high > 0)
    if not even.any():
        return 0.0, none
    one = float(high[even].min())
    return one, even & (high == one)


def _neighbours(edges: Any) -> dict[int, list[tuple[int, float]]]:
    near: dict[int, list[tuple[int, float]]] = {}
    for one, other, reward in edges:
        near.setdefault(one, []).append((other, reward))
        near.setdefault(other, []).append((one, reward))
    return near
