"""Scores of all services under thousands of weightings, sorted: the inner loop of rank acceptability.

A block of weightings is one matrix product. Each score is packed above the service's position in a whole number of 64
bits, so that sorting numbers also gives the order (numpy sorts these in vector registers, several times faster than it
finds an order). A matrix product adds in an order that differs between machines; where two neighbours are so near that
this could matter (or are tied without being equal in every mark), that weighting is computed again, adding in a fixed order. So the answer is the same on
any machine, and a tie is a tie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from opora.engines.common.checks import Matrix, Whole

TIE = 1e-12
"""Scores nearer than this share of the marks' span are tied."""
_BLOCK = 2_400_000
"""Scores held at once: 20 MB an array."""
_REACH = 12.0
"""Standard deviations of noise that are told apart; a normal draw beyond does not happen."""
_BEYOND = 1e-6
"""How far behind the last those stand of whom a weighting sees nothing, in spans."""
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Product = Callable[[Matrix, Matrix], Matrix]


class Blocks:
    """Iterates over (first weighting, services best first [rows, n], their places from 0: [n], or [rows, n] if tied)."""

    def __init__(self, marks: Matrix, weights: Matrix, error: Matrix | None, seed: int) -> None:
        self.count = len(marks)
        self.weights = weights
        missing = np.isnan(marks)
        top = marks[~missing].max(initial=-np.inf)
        span = float(top - marks[~missing].min(initial=np.inf)) if self.count else 1.0
        self.span = span or 1.0
        # From the top of the marks down, so that the best comes first and all is positive.
        self.below = np.ascontiguousarray((np.where(missing, 0.0, top - marks) / self.span).T)
        self.seen = np.ascontiguousarray((~missing).T, dtype=float) if missing.any() else None
        self.kinds = np.unique(np.nan_to_num(marks, nan=np.inf), axis=0, return_inverse=True)[1].reshape(-1)
        self.variance = None if error is None else _variance(error / self.span, missing)
        self.generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 2])))
        self.bits = max(1, (self.count - 1).bit_length())
        self.margin = (
            0.0 if self.variance is None else _REACH * float(np.sqrt(self.variance.max(initial=0.0)))
        )
        width = 1.0 + 2 * self.margin + 2 * _BEYOND
        self.scale = 2.0 ** (min(52, 61 - self.bits) - int(np.frexp(width)[1]))

    def __iter__(self) -> Iterator[tuple[int, Whole, Whole]]:
        if not self.count:
            return
        rows = max(1, min(len(self.weights), _BLOCK // self.count))
        for begin in range(0, len(self.weights), rows):
            yield (begin, *self._block(self.weights[begin : begin + rows]))

    def _block(self, weights: Matrix) -> tuple[Whole, Whole]:
        noise = None if self.variance is None else self.generator.standard_normal((len(weights), self.count))
        keys = self._sorted(self._scores(weights, noise, np.matmul))
        near = self._nearer(keys, 2 * TIE)
        place: Whole = np.arange(self.count)
        if near.any():
            doubt = self._doubtful(keys, near)
            again = None if noise is None else noise[doubt]
            keys[doubt] = self._sorted(self._scores(weights[doubt], again, in_order))
            place = _places(self._nearer(keys, TIE))
        keys &= (1 << self.bits) - 1
        return keys, place

    def _doubtful(self, keys: Whole, near: Flags) -> Flags:
        """Weightings in which neighbours are near that are not equal in every mark (those are tied in any case)."""
        doubt: Flags = np.asarray(near.any(axis=1))
        if self.variance is not None:
            return doubt
        kind = self.kinds[keys[doubt] & ((1 << self.bits) - 1)]
        doubt[doubt] = (near[doubt] & (kind[:, 1:] != kind[:, :-1])).any(axis=1)
        return doubt

    def _scores(self, weights: Matrix, noise: Matrix | None, product: Product) -> Matrix:
        """How far each is below the top, in spans; who has nothing observed under a weighting comes last."""
        score = product(weights, self.below)
        total = product(weights, self.seen) if self.seen is not None else None
        if total is not None:
            score /= np.where(total > 0, total, 1.0)
        if noise is not None:
            spread = product(weights**2, self._variances())
            np.sqrt(spread, out=spread)
            if total is not None:
                spread = spread / np.where(total > 0, total, 1.0)  # a column where all share their variances
            score = score + spread * noise
            np.clip(score, -self.margin, 1 + self.margin, out=score)
        if total is not None:
            score[total <= 0] = 1 + self.margin + _BEYOND
        return score

    def _variances(self) -> Matrix:
        assert self.variance is not None
        return self.variance

    def _sorted(self, score: Matrix) -> Whole:
        score += self.margin
        score *= self.scale
        keys = score.astype(np.int64)
        keys <<= self.bits
        keys += np.arange(self.count)
        keys.sort(axis=1)
        return keys

    def _nearer(self, keys: Whole, share: float) -> Flags:
        """Which neighbours [rows, n − 1] are nearer than this share of the span."""
        return np.asarray((keys[:, 1:] - keys[:, :-1]) <= (int(share * self.scale) + 1) << self.bits)


def in_order(left: Matrix, right: Matrix) -> Matrix:
    """The matrix product, added in the order of the criteria on any machine."""
    total = np.zeros((len(left), right.shape[1]))
    for one in range(right.shape[0]):
        total += left[:, one, None] * right[one]
    return total


def _variance(error: Matrix, missing: np.ndarray[Any, Any]) -> Matrix:
    """Variances of the marks [m, n]; [m, 1] where all services have the same, which is much less to compute."""
    square = np.where(missing, 0.0, error) ** 2
    return np.ascontiguousarray((square[:1] if len(square) and (square == square[0]).all() else square).T)


def _places(tied: Flags) -> Whole:
    """Places from 0 [rows, n]: the tied share that of the first of them."""
    place = np.tile(np.arange(tied.shape[1] + 1), (len(tied), 1))
    place[:, 1:][tied] = 0
    return np.asarray(np.maximum.accumulate(place, axis=1))
