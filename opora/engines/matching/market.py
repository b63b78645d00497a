"""Children against a pool: every condition and cost as columns, so that a pair is a product of two short rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from opora.engines.matching.judge import EARTH, attributes
from opora.engines.matching.model import Child, Criteria
from opora.engines.matching.pool import Column, Pool

SOFT, BARRED, UNMET, ASK = range(4)
BIG = np.float32(1e6)
"""Taken off in the quick reckoning for each hard condition not surely met; no score comes near it."""
Key = tuple[str, Any]


class Market:
    """Children (rows) against families (columns) under given criteria."""

    def __init__(self, children: Sequence[Child], pool: Pool, criteria: Criteria) -> None:
        self.children, self.pool, self.criteria = children, pool, criteria
        weights: dict[Key, dict[int, float]] = {}
        for row, child in enumerate(children):
            for key, value in _demands(child, criteria):
                weights.setdefault(key, {})[row] = value
        self._keys = weights

    @cached_property
    def columns(self) -> tuple[Column, Column, Column]:
        """Kind of each column, what each child puts on it (C × K), what each family puts on it (K × F)."""
        kinds, of_child, of_family = [], [], []
        for key, values in self._keys.items():
            row = np.zeros(len(self.children))
            row[list(values)] = list(values.values())
            for kind, column in _offers(key, self.pool, self.criteria):
                kinds.append(kind)
                of_child.append(row)
                of_family.append(column)
        return np.array(kinds), np.array(of_child).T, np.array(of_family, dtype=float)

    @cached_property
    def ages(self) -> Column:
        """2 × C: youngest and oldest; a child whose age is not known is within every range."""
        known = [[a for a in child.ages if a is not None] for child in self.children]
        whole = [len(k) == child.size for k, child in zip(known, self.children, strict=True)]
        spans = [(min(k), max(k)) if w else (np.inf, -np.inf) for k, w in zip(known, whole, strict=True)]
        return np.array(spans, dtype=float).reshape(-1, 2).T

    @cached_property
    def places(self) -> Column:
        places = [child.place or (np.nan, np.nan) for child in self.children]
        return np.radians(np.array(places, dtype=float).reshape(-1, 2).T)

    @cached_property
    def extras(self) -> tuple[Column, Column, Column, Column]:
        """What holds between one child and one family alone: row, column, points, times barred."""
        found = [
            (row, column, points, barred)
            for row, child in enumerate(self.children)
            for column, points, barred in self._named(child)
        ]
        table = np.array(found, dtype=float).reshape(-1, 4)
        return table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2], table[:, 3]

    def _named(self, child: Child) -> Iterator[tuple[int, float, int]]:
        if not (child.wishes or child.refuses or child.must_not or child.apart):
            return
        index, wish = self.pool.index, self.criteria.wish
        for names, points, barred in (
            (child.wishes, wish, 0),
            (child.refuses, -wish, 0),
            (child.must_not, 0, 1),
        ):
            yield from ((index[name], points, barred) for name in sorted(names) if name in index)
        if child.apart:
            yield from ((column, 0.0, 1) for column in self.pool.living_with(child.apart))

    def row(self, child: int) -> Column:
        """Exact score of one child with every family, whatever the conditions."""
        columns = np.arange(len(self.pool))
        return self.scores(np.full(len(columns), child), columns, one=True)

    def scores(self, rows: Column, columns: Column, *, one: bool = False) -> Column:
        """Exact scores of the pairs (rows[i], columns[i]), to six decimals; ``one``: all of the same child."""
        kinds, of_child, of_family = self.columns
        soft = kinds == SOFT
        if one:
            total = of_child[rows[0], soft] @ of_family[soft] if len(rows) else np.zeros(0)
        else:
            total = np.einsum("nk,kn->n", of_child[np.ix_(rows, soft)], of_family[np.ix_(soft, columns)])
        total = 100 + total - self.criteria.age * _gap(self.ages[:, rows], self.pool.ages()[:, columns])
        total -= self.criteria.distance * self._kilometres(rows, columns)
        at_row, at_column, points, _ = self.extras
        if len(points):
            total += _looked_up(at_row, at_column, points, rows, columns, len(self.pool))
        return np.round(total, 6) + 0.0

    def tiers(self, child: int) -> tuple[Column, Column]:
        """Of each family with this child: 0 meets all, 1 something is not known, 1 + k misses k; and times barred."""
        barred, unmet, ask = (self._count(child, kind) for kind in (BARRED, UNMET, ASK))
        unmet = unmet + (_gap(self.ages[:, [child]], self.pool.approved_ages()) > 0)
        at_row, at_column, _, times = self.extras
        here = (at_row == child) & (times > 0)
        barred[np.unique(at_column[here])] += 1
        missed = unmet + barred
        return np.where(missed > 0, 1 + missed, np.minimum(ask, 1)), barred

    def _count(self, child: int, kind: int) -> Column:
        kinds, of_child, of_family = self.columns
        return np.rint(of_child[child, kinds == kind] @ of_family[kinds == kind]).astype(int)

    def _kilometres(self, rows: Column, columns: Column) -> Column:
        (lat1, lon1), (lat2, lon2) = self.places[:, rows], self.pool.place()[:, columns]
        half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
        km = np.minimum(2 * EARTH * np.arcsin(np.minimum(1.0, np.sqrt(half))), self.criteria.km_cap)
        return np.where(np.isnan(km), self.criteria.unknown_km, km)


def _gap(ages: Column, range_: Column) -> Column:
    """Years outside the range, elementwise."""
    return np.maximum(0.0, np.maximum(range_[0] - ages[0], ages[1] - range_[1]))


def _looked_up(
    at_row: Column, at_column: Column, points: Column, rows: Column, columns: Column, width: int
) -> Column:
    """Sum of the points noted for each asked pair."""
    keys, where = np.unique(at_row * width + at_column, return_inverse=True)
    sums = np.bincount(where, points)
    asked = rows * width + columns
    place = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[place] == asked, sums[place], 0.0)


def _demands(child: Child, criteria: Criteria) -> Iterator[tuple[Key, float]]:
    """What a child puts on which column."""
    yield ("approved", None), 1.0
    if child.measures is not True:
        yield ("measures", child.measures), 1.0
    if child.apart:
        yield ("household", None), 1.0
    if child.placement is not None:
        yield ("placement", child.placement), 1.0
    yield ("places", child.size), 1.0
    yield ("ages", None not in child.ages), 1.0
    if None in child.ages:
        yield ("approved_ages", None), 1.0
    if child.only_in:
        yield ("area", child.only_in), 1.0
    for need in child.needs:
        yield ("need", need.code), 1.0 if need.known else criteria.unknown_share
        yield ("experience", need.code), 1.0
        if need.must:
            yield ("must" if need.known else "must?", need.code), 1.0
    for code, answer in attributes(child):
        yield ("stand", code), 1.0 if answer else criteria.unknown_share
        yield ("no" if answer else "no?", code), 1.0
    if child.languages:
        yield ("language", child.languages), 1.0
    for trait in child.asks:
        yield ("asks", trait), 1.0


def _offers(key: Key, pool: Pool, criteria: Criteria) -> list[tuple[int, Column]]:
    """What the families put on a column: points, or one where a condition is missed or not known."""
    code, about = key
    if code in _HARD:
        return _HARD[code](pool, about)
    return [(SOFT, _SOFT[code](pool, about, criteria))]


def _three(column: Column, kind: int = UNMET) -> list[tuple[int, Column]]:
    return [(kind, column == 0), (ASK, column < 0)]


def _ages_offer(pool: Pool, known: bool, criteria: Criteria) -> Column:
    missing = np.isinf(pool.ages()[1]) if known else np.ones(len(pool))
    return -criteria.age * criteria.unknown_years * missing


def _stand_offer(pool: Pool, code: str, criteria: Criteria) -> Column:
    stands = pool.stands(code)
    silent = (stands < 0) & (pool.covers(code) != 1)
    return -criteria.uncertain * ((stands == 1) + criteria.unknown_share * silent)


def _part(column: Column, share: float) -> Column:
    """1 where the answer is no, the share where it is not known."""
    return (column == 0) + share * (column < 0)


_HARD: dict[str, Any] = {
    "approved": lambda pool, _: _three(pool.approved(), BARRED),
    "measures": lambda pool, known: [(ASK if known is None else BARRED, np.ones(len(pool)))],
    "household": lambda pool, _: [(ASK, pool.household() < 0)],
    "placement": lambda pool, kind: _three(pool.placement(kind)),
    "places": lambda pool, size: [(UNMET, (pool.free() >= 0) & (pool.free() < size)), (ASK, pool.free() < 0)],
    "approved_ages": lambda pool, _: [(ASK, np.isfinite(pool.approved_ages()[1]))],
    "area": lambda pool, area: _three(pool.inside(area)),
    "must": lambda pool, need: _three(pool.covers(need)),
    "must?": lambda pool, need: [(ASK, pool.covers(need) != 1)],
    "no": lambda pool, code: [(BARRED, pool.stands(code) == 2)],
    "no?": lambda pool, code: [(ASK, pool.stands(code) == 2)],
}
_SOFT: dict[str, Any] = {
    "ages": _ages_offer,
    "need": lambda pool, code, c: -c.need * _part(pool.covers(code), c.unknown_share),
    "experience": lambda pool, code, c: c.experience * pool.experienced(code),
    "stand": _stand_offer,
    "language": lambda pool, codes, c: -c.language * _part(pool.speaks(codes), c.unknown_share),
    "asks": lambda pool, code, c: -c.asks * _part(pool.trait(code), c.unknown_share),
}
