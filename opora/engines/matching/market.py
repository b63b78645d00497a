"""Children against a pool: every condition and cost as columns, so that a pair is a product of two short rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from opora.engines.matching.judge import EARTH, attributes
from opora.engines.matching.model import Child, Criteria
from opora.engines.matching.pool import Column, Pool

SOFT, BARRED, UNMET, ASK = range(4)
BIG = np.float32(1e6)
"""Taken off in the quick reckoning for each hard condition not surely met; no score comes near it."""
Key = tuple[str, Any]


class Columns(NamedTuple):
    """``kind`` and ``key`` of each of K columns; what each child puts on a key (keys × C), each family on a column (K × F)."""

    kind: Column
    key: Column
    of_child: Column
    of_family: Column


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
    def columns(self) -> Columns:
        """Every condition and cost these children meet."""
        keys, kinds, of_family = [], [], []
        of_child = np.zeros((len(self._keys), len(self.children)))
        for number, (key, values) in enumerate(self._keys.items()):
            of_child[number, list(values)] = list(values.values())
            for kind, column in _offers(key, self.pool, self.criteria):
                keys.append(number)
                kinds.append(kind)
                of_family.append(column)
        shape = (len(keys), len(self.pool))
        return Columns(
            np.array(kinds, dtype=int),
            np.array(keys, dtype=int),
            of_child,
            np.array(of_family, dtype=float).reshape(shape),
        )

    @cached_property
    def _soft(self) -> tuple[Column, Column]:
        """What each child (C × K) and each family (F × K) puts on the soft columns."""
        soft = self.columns.kind == SOFT
        of_child, of_family = self.columns.of_child[self.columns.key[soft]], self.columns.of_family[soft]
        return np.ascontiguousarray(of_child.T), np.ascontiguousarray(of_family.T)

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
        return np.asarray(np.radians(np.array(places, dtype=float).reshape(-1, 2).T))

    @cached_property
    def extras(self) -> tuple[Column, Column, Column]:
        """What holds between one child and one family alone, by row: row, column, points; nan points: barred."""
        found = [(row, *named) for row, child in enumerate(self.children) for named in self._named(child)]
        rows = np.repeat([row for row, _, _ in found], [len(columns) for _, columns, _ in found]).astype(int)
        points = np.repeat([points for _, _, points in found], [len(columns) for _, columns, _ in found])
        return rows, np.concatenate([np.zeros(0, dtype=int), *(columns for _, columns, _ in found)]), points

    @cached_property
    def _points(self) -> tuple[Column, Column]:
        """The pairs among them with points, as sorted numbers row × families + column, and the points."""
        rows, columns, points = self.extras
        known = np.flatnonzero(~np.isnan(points))
        keys = rows[known] * len(self.pool) + columns[known]
        order = np.argsort(keys)
        return keys[order], points[known][order]

    def _named(self, child: Child) -> Iterator[tuple[Column, float]]:
        wish = self.criteria.wish
        for names, points in ((child.wishes, wish), (child.refuses, -wish), (child.must_not, np.nan)):
            if names:
                index = self.pool.index
                yield np.array([index[name] for name in sorted(names) if name in index], dtype=int), points
        if child.apart:
            yield self.pool.living_with(child.apart), np.nan

    def row(self, child: int) -> Column:
        """Exact score of one child with every family, whatever the conditions."""
        columns = np.arange(len(self.pool))
        return self._scored(
            np.full(len(columns), child), columns, np.einsum("fk,k->f", self._soft[1], self._soft[0][child])
        )

    def scores(self, rows: Column, columns: Column) -> Column:
        """Exact scores of the pairs (rows[i], columns[i]), to six decimals, whatever the conditions."""
        of_child, of_family = self._soft
        return self._scored(rows, columns, np.einsum("nk,nk->n", of_child[rows], of_family[columns]))

    def _scored(self, rows: Column, columns: Column, soft: Column) -> Column:
        total = 100 + soft - self.criteria.age * _gap(self.ages[:, rows], self.pool.ages()[:, columns])
        total -= self.criteria.distance * self._kilometres(rows, columns)
        keys, points = self._points
        if len(keys):
            asked = rows * len(self.pool) + columns
            place = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
            total += np.where(keys[place] == asked, points[place], 0.0)
        return np.asarray(np.round(total, 6) + 0.0)

    def tiers(self, child: int) -> tuple[Column, Column]:
        """Of each family with this child: 0 meets all, 1 something is not known, 1 + k misses k; and times barred."""
        barred, unmet, ask = (self._count(child, kind) for kind in (BARRED, UNMET, ASK))
        unmet = unmet + (_gap(self.ages[:, [child]], self.pool.approved_ages()) > 0)
        at_row, at_column, points = self.extras
        here = slice(*np.searchsorted(at_row, (child, child + 1)))
        barred[np.unique(at_column[here][np.isnan(points[here])])] += 1
        missed = unmet + barred
        return np.where(missed > 0, 1 + missed, np.minimum(ask, 1)), barred

    def _count(self, child: int, kind: int) -> Column:
        here = self.columns.kind == kind
        of_child = self.columns.of_child[self.columns.key[here], child]
        return np.asarray(np.einsum("k,kf->f", of_child, self.columns.of_family[here]).round(), dtype=int)

    def _kilometres(self, rows: Column, columns: Column) -> Column:
        (lat1, lon1), (lat2, lon2) = self.places[:, rows], self.pool.place()[:, columns]
        half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
        km = np.minimum(2 * EARTH * np.arcsin(np.minimum(1.0, np.sqrt(half))), self.criteria.km_cap)
        return np.asarray(np.where(np.isnan(km), self.criteria.unknown_km, km))


def _gap(ages: Column, range_: Column) -> Column:
    """Years outside the range, elementwise."""
    return np.asarray(np.maximum(0.0, np.maximum(range_[0] - ages[0], ages[1] - range_[1])))


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
    yield from _needed(child, criteria)
    if child.languages:
        yield ("language", child.languages), 1.0
    for trait in child.asks:
        yield ("asks", trait), 1.0


def _needed(child: Child, criteria: Criteria) -> Iterator[tuple[Key, float]]:
    """What needs and circumstances put on which column."""
    for need in child.needs:
        yield ("need", need.code), 1.0 if need.known else criteria.unknown_share
        yield ("experience", need.code), 1.0
        if need.must:
            yield ("must" if need.known else "must?", need.code), 1.0
    for code, answer in attributes(child):
        yield ("stand", code), 1.0 if answer else criteria.unknown_share
        yield ("no" if answer else "no?", code), 1.0


def _offers(key: Key, pool: Pool, criteria: Criteria) -> list[tuple[int, Column]]:
    """What the families put on a column: points, or one where a condition is missed or not known."""
    code, about = key
    if code in _HARD:
        return list(_HARD[code](pool, about))
    return [(SOFT, _SOFT[code](pool, about, criteria))]


def _three(column: Column, kind: int = UNMET) -> list[tuple[int, Column]]:
    return [(kind, column == 0), (ASK, column < 0)]


def _ages_offer(pool: Pool, known: bool, criteria: Criteria) -> Column:
    missing = np.isinf(pool.ages()[1]) if known else np.ones(len(pool))
    return np.asarray(-criteria.age * criteria.unknown_years * missing)


def _stand_offer(pool: Pool, code: str, criteria: Criteria) -> Column:
    stands = pool.stands(code)
    silent = (stands < 0) & (pool.covers(code) != 1)
    return np.asarray(-criteria.uncertain * ((stands == 1) + criteria.unknown_share * silent))


def _part(column: Column, share: float) -> Column:
    """1 where the answer is no, the share where it is not known."""
    return np.asarray((column == 0) + share * (column < 0))


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
