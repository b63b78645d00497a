"""The program over a chosen part of the columns, for the linear relaxation and for the exact search alike.

A column places a unit in a home, or a pair of friends in one home together (then its reward is inside its cost: as tight
as a product variable, without its rows), or is a link's reward in a home, a unit left out, or a home's shortfall.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.engines.assignment.units import Units
from opora.engines.solver import Model

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Part:
    """Which columns are in: ``single[U, m]``, ``pair[pairs, m]``, ``link[links, m]``."""

    single: Array
    pair: Array
    link: Array

    @property
    def count(self) -> int:
        """Number of columns that place somebody."""
        return int(self.single.sum() + self.pair.sum())


@dataclass(frozen=True)
class Fines:
    """What leaving out one person and one unit of shortfall cost; the search keeps them within ``left``, ``short``.

    Infinite budgets leave the rows out.
    """

    person: float
    shortfall: float
    left: float = math.inf
    short: float = math.inf


@dataclass(frozen=True)
class Program:
    """A model with the meaning of its columns."""

    units: Units
    model: Model
    single: tuple[Array, Array]
    pair: tuple[Array, Array]
    link: tuple[Array, Array]

    def start(self, home: Array) -> Array:
        """Write a plan of the units as a point of this program; its columns must be in."""
        units, point = self.units, np.zeros(len(self.model.cost))
        one, other, _ = _edges(units.pairs)
        joined = home[one] == home[other]
        pairs = joined[self.pair[0]] & (home[one[self.pair[0]]] == self.pair[1])
        inside = np.zeros(len(home), dtype=bool)
        inside[one[self.pair[0][pairs]]] = inside[other[self.pair[0][pairs]]] = True
        singles = (home[self.single[0]] == self.single[1]) & ~inside[self.single[0]]
        one, other, _ = _edges(units.links)
        at, where = self.link
        links = (home[one[at]] == where) & (home[other[at]] == where)
        short = units.short(home)[units.least > 0]
        whole = np.concatenate([singles, pairs, links, home < 0, short])
        point[: len(whole)] = whole
        return point

    def plan(self, point: Array) -> Array:
        """Read the homes of the units from a point."""
        home = np.full(self.units.shape[0], -1)
        k1, k2 = len(self.single[0]), len(self.pair[0])
        chosen = np.flatnonzero(point[:k1] > 0.5)
        home[self.single[0][chosen]] = self.single[1][chosen]
        chosen = np.flatnonzero(point[k1 : k1 + k2] > 0.5)
        one, other, _ = _edges(self.units.pairs)
        for units in (one, other):
            home[units[self.pair[0][chosen]]] = self.pair[1][chosen]
        return home

    def presence(self, point: Array) -> Array:
        """How much of each unit is in each home, of a fractional point."""
        share = np.zeros(self.units.shape)
        k1, k2 = len(self.single[0]), len(self.pair[0])
        share[self.single] = point[:k1]
        one, other, _ = _edges(self.units.pairs)
        for units in (one, other):
            share[units[self.pair[0]], self.pair[1]] += point[k1 : k1 + k2]
        return share


def pair_costs(units: Units) -> Array:
    """Cost of each pair in each home together; infinite where it cannot be."""
    one, other, reward = _edges(units.pairs)
    fits = units.load[one] + units.load[other] <= units.room()
    return np.where(
        fits & units.allowed[one] & units.allowed[other],
        units.cost[one] + units.cost[other] - reward[:, None],
        math.inf,
    )


def linked(units: Units, single: Array) -> Array:
    """Homes where both ends of a link have a column."""
    one, other, _ = _edges(units.links)
    return single[one] & single[other]


def program(units: Units, part: Part, fines: Fines, *, whole: bool, goal: str = "cost") -> Program:
    """Build it. ``goal``: ``cost`` (with fines), ``left`` (only people left out) or ``short`` (only shortfall)."""
    single, pair, link = _where(part.single), _where(part.pair), _where(part.link)
    return Program(units, _Builder(units, single, pair, link).model(fines, whole, goal), single, pair, link)


def _where(table: Array) -> tuple[Array, Array]:
    row, column = np.nonzero(table)
    return row, column


class _Builder:
    def __init__(
        self, units: Units, single: tuple[Array, ...], pair: tuple[Array, ...], link: tuple[Array, ...]
    ) -> None:
        self.units, self.single, self.pair, self.link = units, single, pair, link
        self.one, self.other, self.reward = _edges(units.pairs)
        self.homes = np.flatnonzero(units.least > 0)
        sizes = [len(single[0]), len(pair[0]), len(link[0]), units.shape[0], len(self.homes)]
        self.at = np.concatenate([[0], np.cumsum(sizes)])
        self.width = int(self.at[-1])

    def model(self, fines: Fines, whole: bool, goal: str) -> Model:
        from opora.engines.solver import rows

        blocks: list[tuple[Any, Any, Any]] = [self._units(), self._homes()]
        if len(self.link[0]):
            blocks.append(self._links())
        if whole:
            blocks += self._apart() + self._budgets(fines)
        matrix, low, high = rows(blocks)
        # The rows already keep every column at most one; a bound beside them would take part of the prices.
        top = np.ones(self.width)
        top[self.at[3] : self.at[4]] = fines.left > 0
        top[self.at[4] :] = self.units.least[self.homes] * (fines.short > 0)
        integer = np.full(self.width, whole)
        integer[self.at[2] : self.at[3]] = integer[self.at[4] :] = False
        return Model(self._cost(fines, goal), matrix, low, high, 0.0, top, integer if whole else False)

    def _cost(self, fines: Fines, goal: str) -> Array:
        units, cost = self.units, np.zeros(self.width)
        if goal == "cost":
            cost[: self.at[1]] = units.cost[self.single]
            rows_, homes = self.pair
            together = units.cost[self.one[rows_], homes] + units.cost[self.other[rows_], homes]
            cost[self.at[1] : self.at[2]] = together - self.reward[rows_]
            cost[self.at[2] : self.at[3]] = -_edges(units.links)[2][self.link[0]]
        cost[self.at[3] : self.at[4]] = units.people * {"cost": fines.person, "left": 1.0, "short": 0.0}[goal]
        cost[self.at[4] :] = {"cost": fines.shortfall, "left": 0.0, "short": 1.0}[goal]
        return cost

    def _units(self) -> tuple[Any, Array, Array]:
        count, k = self.units.shape[0], self.at
        rows_ = [self.single[0], self.one[self.pair[0]], self.other[self.pair[0]], np.arange(count)]
        pairs = np.arange(k[1], k[2])
        columns = [np.arange(k[1]), pairs, pairs, np.arange(k[3], k[4])]
        return self._block(rows_, columns, None, count), np.ones(count), np.ones(count)

    def _homes(self) -> tuple[Any, Array, Array]:
        units, k = self.units, self.at
        at, homes = self.pair
        rows_ = [self.single[1], homes, self.homes]
        columns = [np.arange(k[1]), np.arange(k[1], k[2]), np.arange(k[4], k[5])]
        loads = [
            units.load[self.single],
            units.load[self.one[at], homes] + units.load[self.other[at], homes],
            np.ones(len(self.homes)),
        ]
        low = np.where(units.least > 0, units.least, -math.inf)
        return self._block(rows_, columns, loads, units.shape[1]), low, units.capacity

    def _links(self) -> tuple[Any, Array, Array]:
        """A link's reward in a home only as far as both are there."""
        at, homes = self.link
        count, columns = len(at), np.arange(self.at[2], self.at[3])
        ends = _edges(self.units.links)
        row, column = self._present(
            np.concatenate([ends[0][at], ends[1][at]]), np.concatenate([homes, homes])
        )
        block = self._block(
            [np.arange(2 * count), row],
            [np.concatenate([columns, columns]), column],
            [np.ones(2 * count), -np.ones(len(row))],
            2 * count,
        )
        return block, np.full(2 * count, -math.inf), np.zeros(2 * count)

    def _apart(self) -> list[tuple[Any, Array, Array]]:
        """Not both in one home; only homes that both can reach need the row."""
        if not self.units.apart:
            return []
        reach = np.zeros(self.units.shape, dtype=bool)
        reach[self.single] = True
        for ends in (self.one, self.other):
            reach[ends[self.pair[0]], self.pair[1]] = True
        ends = np.array(self.units.apart)
        at, homes = np.nonzero(reach[ends[:, 0]] & reach[ends[:, 1]])
        if not len(at):
            return []
        row, column = self._present(
            np.concatenate([ends[at, 0], ends[at, 1]]), np.concatenate([homes, homes])
        )
        block = self._block([row % len(at)], [column], None, len(at))
        return [(block, np.full(len(at), -math.inf), np.ones(len(at)))]

    def _budgets(self, fines: Fines) -> list[tuple[Any, Array, Array]]:
        """No more people left out, no more shortfall, than is known to be needed."""
        k, blocks = self.at, []
        for budget, low, high, weight in (
            (fines.left, k[3], k[4], self.units.people),
            (fines.short, k[4], k[5], np.ones(k[5] - k[4])),
        ):
            if 0 < budget < math.inf and high > low:
                block = self._block([np.zeros(high - low, dtype=int)], [np.arange(low, high)], [weight], 1)
                blocks.append((block, np.array([-math.inf]), np.array([budget * (1 + 1e-9)])))
        return blocks

    def _present(self, units: Array, homes: Array) -> tuple[Array, Array]:
        """Entries (row, column) of every column that puts the row's unit in the row's home."""
        if not hasattr(self, "_index"):
            self._index = np.full(self.units.shape, -1), np.full((len(self.one), self.units.shape[1]), -1)
            self._index[0][self.single] = np.arange(self.at[1])
            self._index[1][self.pair] = np.arange(self.at[1], self.at[2])
        alone = self._index[0][units, homes]
        of = pair_of(self.units)[units]
        both = np.full(len(units), -1)
        both[of >= 0] = self._index[1][of[of >= 0], homes[of >= 0]]
        rows_ = np.arange(len(units))
        return (
            np.concatenate([rows_[alone >= 0], rows_[both >= 0]]),
            np.concatenate([alone[alone >= 0], both[both >= 0]]),
        )

    def _block(
        self, rows_: list[Array], columns: list[Array], values: list[Array] | None, height: int
    ) -> Any:
        from scipy import sparse

        row, column = np.concatenate(rows_), np.concatenate(columns)
        value = np.ones(len(row)) if values is None else np.concatenate(values)
        return sparse.csr_matrix((value, (row, column)), shape=(height, self.width))


def pair_of(units: Units) -> Array:
    """The pair of each unit, −1 without."""
    of = np.full(units.shape[0], -1)
    one, other, _ = _edges(units.pairs)
    of[one] = of[other] = np.arange(len(one))
    return of


def _edges(edges: tuple[tuple[int, int, float], ...]) -> tuple[Array, Array, Array]:
    table = np.array(edges, dtype=float).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


ends = _edges
