"""The quick reckoning of all pairs in single precision, block by block, with a proven bound on its error."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from opora.engines.matching.judge import EARTH
from opora.engines.matching.market import BIG, SOFT, Market
from opora.engines.matching.pool import Column

ROWS = 512
"""Children per block: the product of matrices wants many."""
SLICE = 32
"""Children at a time for the rest, so that the numbers stay in the processor's cache."""
KEPT = 100_000_000
"""Pairs up to which the blocks are kept between passes (4 bytes each); beyond, they are reckoned anew."""
SHORT = 1000.0
"""Km up to which two terms give an arc from its chord."""
HALF = 2.0**-24
"""Relative error of one rounding in single precision."""


class Quick:
    """Scores of all pairs within ``error`` of the exact ones; pairs that miss a hard condition are below ``floor``.

    Rows and columns are ordered by waiting and id, so that nothing found depends on the order given.
    """

    floor = -BIG / 2

    def __init__(self, market: Market) -> None:
        columns, pool = market.columns, market.pool
        waiting = [(-child.waiting, child.id) for child in market.children]
        self.market, self.width = market, len(pool)
        self.children = np.array(sorted(range(len(waiting)), key=waiting.__getitem__), dtype=np.int64)
        self.families = np.argsort(pool.order())
        soft = columns.kind == SOFT
        offers = np.where(soft[:, None], columns.of_family, -float(BIG) * columns.of_family)[:, self.families]
        begin = np.flatnonzero(np.diff(columns.key, prepend=-1))
        demands = np.column_stack([columns.of_child.T, np.full(len(waiting), 100.0)])
        self._demands = demands.astype(np.float32)[self.children]
        self._offers = np.vstack([np.add.reduceat(offers, begin), np.ones(self.width)]).astype(np.float32)
        self._ages = market.ages[:, self.children].astype(np.float32)
        self._range = pool.ages()[:, self.families].astype(np.float32)
        self._ranks, self._limits = _ranked(
            market.ages[:, self.children], pool.approved_ages()[:, self.families]
        )
        self._here = _centred(market.places, market.places)[:, self.children]
        self._there = _centred(pool.place(), market.places)[:, self.families]
        self._extras = self._placed(market)
        most = np.abs(columns.of_child[columns.key[soft]]).max(1, initial=0)
        self.error = self._error(float(most @ np.abs(columns.of_family[soft]).max(1, initial=0)))
        self._blocks: list[Column] = []

    def _placed(self, market: Market) -> tuple[Column, Column, Column]:
        """The extras of single pairs in the order of the blocks: row, column, points."""
        at_row, at_column, points = market.extras
        row, column = np.argsort(self.children)[at_row], np.argsort(self.families)[at_column]
        order = np.argsort(row, kind="stable")
        return row[order], column[order], np.nan_to_num(points[order], nan=-float(BIG)).astype(np.float32)

    def scores(self, rows: Column, columns: Column) -> Column:
        """Exact scores of pairs, in the order of the blocks."""
        return self.market.scores(self.children[rows], self.families[columns])

    def _error(self, spread: float) -> float:
        """Bound on |quick − exact|: roundings of the product, of the ages and of the coordinates."""
        c, terms = self.market.criteria, len(self._offers) + 4
        reach = max(_size(self._here), _size(self._there))
        years = max(_size(self._ages), _size(self._range))
        size = 100 + spread + c.age * years + c.distance * c.km_cap + 2 * c.wish
        series = 0.0 if c.km_cap > SHORT else 0.006 * c.km_cap**5 / EARTH**4
        return (
            float(4 * HALF * (terms * size + c.distance * 8 * (reach + c.km_cap)) + c.distance * series)
            + 1e-6
        )

    def blocks(self) -> Iterator[tuple[int, Column]]:
        """First row and scores (rows × families) of a few rows at a time; do not change them."""
        count, keep = len(self.children), len(self.children) * self.width <= KEPT
        for number, start in enumerate(range(0, count, ROWS)):
            kept = number < len(self._blocks)
            block = self._blocks[number] if kept else self._block(start, min(count, start + ROWS))
            if keep and not kept:
                self._blocks.append(block)
            for low in range(0, len(block), SLICE):
                yield start + low, block[low : low + SLICE]

    def _block(self, start: int, stop: int) -> Column:
        total = self._demands[start:stop] @ self._offers
        spares = np.empty((2, SLICE, self.width), dtype=np.float32)
        for low in range(start, stop, SLICE):
            rows = slice(low, min(stop, low + SLICE))
            part, (spare, step) = total[low - start : rows.stop - start], spares[:, : rows.stop - low]
            self._take_ages(part, spare, step, rows)
            self._take_way(part, spare, step, rows)
        at_row, at_column, points = self._extras
        here = slice(*np.searchsorted(at_row, (start, stop)))
        np.add.at(total, (at_row[here] - start, at_column[here]), points[here])
        return total

    def _take_ages(self, total: Column, spare: Column, step: Column, rows: slice) -> None:
        _outside(self._range, self._ages[:, rows], spare, step)
        spare *= np.float32(self.market.criteria.age)
        total -= spare
        if self._limits.size:
            _outside(self._limits, self._ranks[:, rows], spare, step)
            np.minimum(spare, 1, out=spare)  # ranks are whole numbers
            spare *= BIG
            total -= spare

    def _take_way(self, total: Column, square: Column, step: Column, rows: slice) -> None:
        """Take off the points for the great-circle km, from straight chords through the globe; capped."""
        criteria = self.market.criteria
        for axis, (here, there) in enumerate(zip(self._here[:, rows, None], self._there, strict=True)):
            out = step if axis else square
            np.subtract(here, there, out=out)
            out *= out
            if axis:
                square += step
        km = np.sqrt(square, out=square)
        if criteria.km_cap > SHORT:
            km *= np.float32(0.5 / EARTH)
            np.arcsin(np.minimum(km, 1, out=km), out=km)
            km *= np.float32(2 * EARTH)
        else:
            np.multiply(km, km, out=step)
            step *= np.float32(1 / (24 * EARTH**2))
            step += 1
            km *= step
        np.minimum(km, np.float32(criteria.km_cap), out=km)
        km[:, np.isnan(self._there[0])] = criteria.unknown_km
        km[np.isnan(self._here[0, rows])] = criteria.unknown_km
        km *= np.float32(criteria.distance)
        total -= km


def _centred(places: Column, about: Column) -> Column:
    """3 × n: km from the middle of the places ``about``, so that single precision resolves metres."""
    middle = np.nan_to_num(_ball(about)).mean(1, keepdims=True) if about.size else 0.0
    return (_ball(places) - middle).astype(np.float32)


def _ball(places: Column) -> Column:
    lat, lon = places
    return EARTH * np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _outside(range_: Column, ages: Column, out: Column, step: Column) -> None:
    """How far outside the range each pair is."""
    np.subtract(range_[0], ages[0, :, None], out=out)
    np.subtract(ages[1, :, None], range_[1], out=step)
    np.maximum(out, step, out=out)
    np.maximum(out, 0, out=out)


def _ranked(ages: Column, limits: Column) -> tuple[Column, Column]:
    """Ages and limits as ranks among each other, which single precision compares exactly; no limits: empty."""
    if not np.isfinite(limits).any():
        return ages, np.zeros((2, 0))
    values = np.unique(np.concatenate([ages.ravel(), limits.ravel()]))
    ranks = [np.searchsorted(values, one).astype(np.float32) for one in (ages, limits)]
    return ranks[0], ranks[1]


def _size(values: Column) -> float:
    """Largest finite absolute value."""
    return float(np.abs(values[np.isfinite(values)]).max(initial=0))
