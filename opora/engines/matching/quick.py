"""The quick reckoning of all pairs in single precision, block by block, with a proven bound on its error."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from opora.engines.matching.judge import EARTH
from opora.engines.matching.market import BIG, SOFT, Market
from opora.engines.matching.pool import Column

ROWS = 32
KEPT = 100_000_000
"""Pairs up to which the blocks are kept between passes (4 bytes each); beyond, they are reckoned anew."""
HALF = 2.0**-24
"""Relative error of one rounding in single precision."""


class Quick:
    """Scores of all pairs within ``error`` of the exact ones; pairs that miss a hard condition are below ``floor``."""

    floor = -BIG / 2

    def __init__(self, market: Market) -> None:
        kinds, of_child, of_family = market.columns
        soft = kinds == SOFT
        offers = np.where(soft[:, None], of_family, -float(BIG) * of_family)
        self.market, self.width = market, len(market.pool)
        self._demands = np.column_stack([of_child, np.full(len(of_child), 100.0)]).astype(np.float32)
        self._offers = np.vstack([offers, np.ones(self.width)]).astype(np.float32)
        self._ages = market.ages.astype(np.float32)
        self._range = market.pool.ages().astype(np.float32)
        self._bound_range = market.pool.approved_ages()
        self._limited = bool(np.isfinite(self._bound_range).any())
        self._here, self._there = _centred(market.places), _centred(market.pool.place(), market.places)
        self.error = self._error(
            np.abs(of_child[:, soft]).max(0, initial=0) @ np.abs(of_family[soft]).max(1, initial=0)
        )
        self._blocks: list[Column] = []

    def _error(self, spread: float) -> float:
        """Bound on |quick − exact|: roundings of the product, of the ages and of the coordinates."""
        c, terms = self.market.criteria, len(self._offers) + 4
        reach = max(np.nanmax(np.abs(self._here), initial=0), np.nanmax(np.abs(self._there), initial=0))
        years = max(200.0, float(np.max(self._ages[np.isfinite(self._ages)], initial=0)))
        size = 100 + spread + c.age * years + c.distance * c.km_cap + 2 * c.wish
        return float(4 * HALF * (terms * size + c.distance * 8 * (reach + c.km_cap))) + 1e-6

    def blocks(self) -> Iterator[tuple[int, Column]]:
        """First row and scores (rows × families) of each block; do not change them."""
        count, keep = len(self.market.children), len(self.market.children) * self.width <= KEPT
        for number, start in enumerate(range(0, count, ROWS)):
            if number < len(self._blocks):
                yield start, self._blocks[number]
                continue
            block = self._block(start, min(count, start + ROWS))
            if keep:
                self._blocks.append(block)
            yield start, block

    def _block(self, start: int, stop: int) -> Column:
        criteria, rows = self.market.criteria, slice(start, stop)
        total = self._demands[rows] @ self._offers
        spare = np.empty_like(total)
        self._take_ages(total, spare, rows)
        km = self._kilometres(spare, rows)
        km *= np.float32(criteria.distance)
        total -= km
        at_row, at_column, points, barred = self.market.extras
        low, high = np.searchsorted(at_row, (start, stop))
        here = slice(low, high)
        np.add.at(total, (at_row[here] - start, at_column[here]), points[here] - float(BIG) * barred[here])
        return total

    def _take_ages(self, total: Column, spare: Column, rows: slice) -> None:
        youngest, oldest = self._ages[:, rows, None]
        low, high = self._range
        np.subtract(low, youngest, out=spare)
        np.maximum(spare, oldest - high, out=spare)
        np.maximum(spare, 0, out=spare)
        spare *= np.float32(self.market.criteria.age)
        total -= spare
        if self._limited:
            youngest, oldest = self.market.ages[:, rows, None]
            low, high = self._bound_range
            total[(low > youngest) | (oldest > high)] -= BIG

    def _kilometres(self, square: Column, rows: slice) -> Column:
        """Great-circle km from straight chords through the globe, capped."""
        criteria = self.market.criteria
        square[:] = 0
        for here, there in zip(self._here[:, rows, None], self._there, strict=True):
            step = here - there
            step *= step
            square += step
        np.sqrt(square, out=square)
        if criteria.km_cap > 1000:
            square *= np.float32(0.5 / EARTH)
            np.minimum(square, 1, out=square)
            np.arcsin(square, out=square)
            square *= np.float32(2 * EARTH)
        else:
            square += square**3 * np.float32(1 / (24 * EARTH**2))
        np.minimum(square, np.float32(criteria.km_cap), out=square)
        np.copyto(square, np.float32(criteria.unknown_km), where=np.isnan(square))
        return square


def _centred(places: Column, about: Column | None = None) -> Column:
    """3 × n: km from the middle of the places (``about``: of these), so that single precision resolves metres."""
    middle = (
        np.nan_to_num(_ball(places if about is None else about)).mean(1, keepdims=True) if places.size else 0
    )
    return (_ball(places) - middle).astype(np.float32)


def _ball(places: Column) -> Column:
    lat, lon = places
    return EARTH * np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
