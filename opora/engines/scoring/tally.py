"""Counting places over blocks of sorted weightings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from opora.engines.common.checks import Matrix, Whole

_CACHE = 600_000
"""Comparisons held at once while pairs are counted, so that they stay in the processor's cache."""


class Tally:
    """Counts of places, of first places with their weights and, if asked, of pairs."""

    def __init__(self, count: int, weights: Matrix, pairwise: bool) -> None:
        self.count, self.weights = count, weights
        self.places = np.zeros(count * count, dtype=np.int64)
        self.sums = np.zeros((count, weights.shape[1]))
        self.firsts = np.zeros(count, dtype=np.int64)
        kind = np.int16 if count < 2**15 else np.int32
        self.tied = False
        self.order = np.empty((len(weights), count), dtype=kind) if pairwise else None

    def add(self, begin: int, who: Whole, place: Whole) -> None:
        """Count one block (see blocks.py); ``who`` is used up."""
        self._first(begin, who, place)
        if self.order is not None:
            np.put_along_axis(
                self.order[begin : begin + len(who)], who, np.broadcast_to(place, who.shape), axis=1
            )
        who *= self.count
        who += place
        self.places += np.bincount(who.ravel(), minlength=len(self.places))

    def _first(self, begin: int, who: Whole, place: Whole) -> None:
        if place.ndim == 1:
            row, winner = np.arange(len(who)), who[:, 0]
        else:
            self.tied = True
            row, column = np.nonzero(place == 0)
            winner = who[row, column]
        np.add.at(self.sums, winner, self.weights[begin + row])
        self.firsts += np.bincount(winner, minlength=self.count)

    def ranks(self) -> Matrix:
        """Shares of places [n, n]."""
        return np.asarray(self.places.reshape(self.count, self.count) / len(self.weights))

    def central(self) -> Matrix:
        """Mean weights of the first places [n, m], nan where there were none."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.sums / self.firsts[:, None])

    def pairs(self, tell: Callable[[int, int, str], None] | None = None) -> Matrix:
        """Shares in which the row is strictly better than the column [n, n]."""
        if self.order is None:
            raise ValueError("pairs were not asked for")
        length = -(-len(self.weights) // 64) * 64
        order = np.zeros((self.count, length), dtype=self.order.dtype)
        order[:, : len(self.weights)] = self.order.T
        wins = np.zeros((self.count, self.count), dtype=np.int64)
        step = max(1, _CACHE // length)
        for one in range(self.count):
            for begin in range(one + 1, self.count, step):
                others = order[begin : begin + step]
                wins[one, begin : begin + step] = won = _counted(others > order[one])
                wins[begin : begin + step, one] = (
                    _counted(others < order[one]) if self.tied else len(self.weights) - won
                )
            if tell is not None:
                tell(one + 1, self.count, "pairs")
        return np.asarray(wins / len(self.weights))


def _counted(flags: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Whole:
    """How many are true in each row (length a multiple of 64), 64 at a time."""
    packed = np.packbits(flags, axis=1).view(np.uint64)
    return np.asarray(np.bitwise_count(packed).sum(axis=1, dtype=np.int64))
