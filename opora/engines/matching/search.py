"""The search for the best joint proposal: the best families of each child, then what was left out and is missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from opora.engines.matching.market import Market
from opora.engines.matching.model import Criteria
from opora.engines.matching.pool import Column
from opora.engines.matching.quick import HALF, SLICE, Quick
from opora.engines.matching.solve import Whole, pairing, prices

UNIT = 1_000_000
"""Scores are whole numbers of millionths of a point inside, so sums are exact."""
FIRST = 24
"""Best families per child in the first table."""
MORE = 8
"""Families added per child and round when better ones were left out."""
CROWD = 500
"""Pairs of one child too close to call in single precision, above which its whole row is reckoned exactly."""
Tell = Callable[[int, int, str], None]
Pairs = tuple[Whole, Whole]


@dataclass(frozen=True)
class Found:
    """The best pairing: family of each child (−1 none), prices that prove it, gain of each child's first choice."""

    home: Whole
    of_child: Whole
    of_family: Whole
    first: Whole
    rounds: int


def gains(scores: Column, criteria: Criteria) -> Whole:
    """Millionths of a point above being left out."""
    return np.asarray(np.rint((scores - criteria.unplaced) * UNIT), dtype=np.int64)


def search(market: Market, tell: Tell) -> Found:
    """Find the best pairing over all pairs that meet every hard condition, with its proof."""
    height, width = len(market.children), len(market.pool)
    if not height or not width:
        nothing = np.zeros(height, dtype=np.int64)
        return Found(nothing - 1, nothing, np.zeros(width, dtype=np.int64), nothing, 0)
    return _Search(Quick(market), tell).found()


class _Search:
    """Positions here are those of the blocks: longest waiting first."""

    def __init__(self, quick: Quick, tell: Tell) -> None:
        self.quick, self.tell, self.criteria = quick, tell, quick.market.criteria
        self.height, self.width = len(quick.children), quick.width
        self.room = np.empty((SLICE, self.width), dtype=np.float32)
        self.keys = np.zeros(0, dtype=np.int64)
        self.gains = np.zeros(0, dtype=np.int64)

    def found(self) -> Found:
        """Solve, look for pairs that are missed, add them, until none is."""
        self._add(*self._best())
        first = np.zeros(self.height, dtype=np.int64)
        np.maximum.at(first, self.keys // self.width, self.gains)
        rounds = 0
        while True:
            rounds += 1
            self.tell(self.height, self.height, f"round {rounds}: {len(self.keys)} pairs")
            worth = self.gains > 0
            rows, columns, gained = (
                self.keys[worth] // self.width,
                self.keys[worth] % self.width,
                self.gains[worth],
            )
            home = pairing(rows, columns, gained, self.height, self.width)
            of_child, of_family = prices(rows, columns, gained, home, self.width)
            # at first, all that comes near the prices: fewer rounds than adding only what is missed
            missed = self._best(of_family) if rounds == 1 else self._missed(of_child, of_family)
            if rounds > 1 and not len(missed[0]):
                return self._ordered(home, of_child, of_family, first, rounds)
            self._add(*missed)

    def _ordered(self, home: Whole, of_child: Whole, of_family: Whole, first: Whole, rounds: int) -> Found:
        """The same in the order children and families were given."""
        child, family = np.argsort(self.quick.children), np.argsort(self.quick.families)
        given = np.append(self.quick.families, -1)[home]
        return Found(given[child], of_child[child], of_family[family], first[child], rounds)

    def _add(self, rows: Whole, columns: Whole) -> None:
        new = np.setdiff1d(rows * self.width + columns, self.keys)
        gained = gains(self.quick.scores(new // self.width, new % self.width), self.criteria)
        keys, gained = np.append(self.keys, new), np.append(self.gains, gained)
        order = np.argsort(keys)
        self.keys, self.gains = keys[order], gained[order]

    def _best(self, of_family: Whole | None = None) -> Pairs:
        """The best families of each child, after their prices if given."""
        rows, columns, keep = [], [], min(FIRST, self.width)
        price = None if of_family is None else (of_family / UNIT).astype(np.float32)
        for start, block in self.quick.blocks():
            left = block if price is None else self._less(block, price)
            best = np.argpartition(left, self.width - keep, axis=1)[:, self.width - keep :]
            at, place = np.nonzero(np.take_along_axis(block, best, 1) > self.quick.floor)
            rows.append(at + start)
            columns.append(best[at, place])
            self.tell(start, self.height, "pairs compared")
        return np.concatenate(rows), np.concatenate(columns)

    def _less(self, block: Column, family: Column, child: Column | float = 0.0) -> Column:
        """Scores less prices, in room that is used again."""
        left = np.subtract(block, family, out=self.room[: len(block)])
        left -= np.reshape(np.float32(child), (-1, 1))
        return left

    def _missed(self, of_child: Whole, of_family: Whole) -> Pairs:
        """Pairs worth more than their two prices, the best few of each child; none proves the pairing."""
        spare = self.criteria.unplaced
        child, family = (of_child / UNIT + spare).astype(np.float32), (of_family / UNIT).astype(np.float32)
        size = float(np.abs(child).max() + np.abs(family).max()) + abs(spare)
        slack = self.quick.error + 8 * HALF * size + 2 / UNIT
        found = [
            self._over(
                start,
                self._less(block, family, child[start : start + len(block)]),
                slack,
                of_child,
                of_family,
            )
            for start, block in self.quick.blocks()
        ]
        return np.concatenate([rows for rows, _ in found]), np.concatenate([columns for _, columns in found])

    def _over(self, start: int, left: Column, slack: float, of_child: Whole, of_family: Whole) -> Pairs:
        """Those of one block; ``left`` is what each pair seems to be worth above its prices."""
        near = left > -slack
        crowded = np.count_nonzero(near, axis=1) > CROWD
        surely = np.flatnonzero(crowded & (left.max(1) > slack))
        near[crowded] = False
        keep = min(MORE, self.width)
        best = np.argpartition(left[surely], self.width - keep, axis=1)[:, self.width - keep :]
        near[surely[:, None], best] = True
        for row in np.setdiff1d(np.flatnonzero(crowded), surely).tolist():
            near[row] = self._row_over(start + row, left[row] > -slack, of_child, of_family)
        rows, columns = np.nonzero(near)
        over = gains(self.quick.scores(rows + start, columns), self.criteria)
        over -= of_child[rows + start] + of_family[columns]
        return rows[over > 0] + start, columns[over > 0]

    def _row_over(self, row: int, near: Column, of_child: Whole, of_family: Whole) -> Column:
        """The columns of a crowded row that are missed most."""
        columns = np.flatnonzero(near)
        over = gains(self.quick.scores(np.full(len(columns), row), columns), self.criteria)
        over -= of_child[row] + of_family[columns]
        best = np.argsort(-over, kind="stable")[:MORE]
        marked = np.zeros(self.width, dtype=bool)
        marked[columns[best[over[best] > 0]]] = True
        return marked
