"""A plan to start from: the linear program rounded, then room made for those left over by moving one other."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.engines.assignment.relax import Relaxed
from opora.engines.assignment.units import Units

Array = np.ndarray[Any, Any]


class Filling:
    """Homes being filled: who is where, what room is left, whom each must not meet."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.home = np.full(units.shape[0], -1)
        self.room = units.room()
        self.apart: dict[int, list[int]] = {}
        for one, other in units.apart:
            self.apart.setdefault(one, []).append(other)
            self.apart.setdefault(other, []).append(one)

    def open_to(self, unit: int) -> Array:
        """Homes that could take it now."""
        able = self.units.allowed[unit] & (self.units.load[unit] <= self.room)
        return able & self.meets_nobody(unit)

    def meets_nobody(self, unit: int) -> Array:
        """Homes without those it must not meet."""
        able = np.ones(self.units.shape[1], dtype=bool)
        foes = self.home[self.apart.get(unit, [])]
        able[foes[foes >= 0]] = False
        return able

    def move(self, unit: int, home: int) -> None:
        """Put a unit in a home, −1 for nowhere."""
        if (old := self.home[unit]) >= 0:
            self.room[old] += self.units.load[unit, old]
        if home >= 0:
            self.room[home] -= self.units.load[unit, home]
        self.home[unit] = home


def begin(units: Units, relaxed: Relaxed) -> Array:
    """Give a plan that keeps every rule; it may leave out more than needed."""
    filling = Filling(units)
    if units.shape[1] == 0:
        return filling.home
    # The dearest columns are told apart by order alone, so one number can hold share first, then reduced cost.
    cost = np.where(np.isfinite(relaxed.single), relaxed.single, np.inf)
    top = float(cost[np.isfinite(cost)].max(initial=1.0)) + 1.0
    score = cost - 2 * top * np.round(relaxed.share, 6)
    size = units.load.max(axis=1, initial=0.0)
    sure = relaxed.share.max(axis=1, initial=0.0) > 0.99
    for unit in np.lexsort((np.arange(len(size)), -size, ~sure)):
        _place(filling, int(unit), score[unit])
    for unit in np.lexsort((np.arange(len(size)), -units.people)):
        if filling.home[unit] < 0:
            _make_room(filling, int(unit), cost)
    return filling.home


def _place(filling: Filling, unit: int, score: Array) -> None:
    able = filling.open_to(unit)
    if able.any():
        filling.move(unit, int(np.where(able, score, np.inf).argmin()))


def _make_room(filling: Filling, unit: int, cost: Array) -> None:
    """Move one other elsewhere, the cheapest who lets the unit in."""
    units, home = filling.units, filling.home
    able = units.allowed[unit] & filling.meets_nobody(unit)
    placed = np.flatnonzero(home >= 0)
    placed = placed[able[home[placed]]]
    there = home[placed]
    placed = placed[filling.room[there] + units.load[placed, there] >= units.load[unit, there]]
    if not len(placed):
        return
    here = home[placed]
    other = np.where(units.allowed[placed] & (units.load[placed] <= filling.room), cost[placed], np.inf)
    other[np.arange(len(placed)), here] = np.inf
    price = other.min(axis=1) - cost[placed, here] + cost[unit, here]
    for at in np.argsort(price, kind="stable")[:20]:
        if not np.isfinite(price[at]):
            return
        mover = int(placed[at])
        target = int(np.where(filling.meets_nobody(mover), other[at], np.inf).argmin())
        if np.isfinite(other[at, target]) and filling.meets_nobody(mover)[target]:
            home_ = int(here[at])
            filling.move(mover, target)
            filling.move(unit, home_)
            return
