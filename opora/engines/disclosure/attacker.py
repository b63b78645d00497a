"""The reader who computes: what follows about each hidden cell from everything printed.

The reader sees the printed cells and the sums, knows that counts are not negative, and asks for the least and
the greatest value of every hidden cell. Nothing of how the cells were chosen is used here, so an error in
:mod:`~opora.engines.disclosure.secondary` cannot hide itself.
"""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from opora.engines.disclosure.protected import Protected
from opora.engines.disclosure.solver import Program, Rows, Vector
from opora.engines.disclosure.table import Key, Relation

TOLERANCE = 1e-6


class Interval(NamedTuple):
    """The least and the greatest value of a hidden cell; ``high`` may be infinite."""

    low: float
    high: float


class Equation(NamedTuple):
    """A sum with the printed cells moved to the right: +1 for the total, -1 for a part."""

    terms: tuple[tuple[Key, float], ...]
    right: float


def audit(protected: Protected) -> dict[Key, Interval]:
    """Give the interval of every hidden cell as the reader computes it from the printed table."""
    published = protected.published
    hidden = [key for key, value in published.items() if value is None]
    equations = [_equation(relation, published) for relation in protected.table.relations]
    equations = [equation for equation in dict.fromkeys(equations) if equation.terms]
    intervals: dict[Key, Interval] = {}
    for keys, tied in _blocks(hidden, equations):
        intervals.update(_Block(keys, tied).intervals())
    return intervals


def leaks(protected: Protected, intervals: Mapping[Key, Interval] | None = None) -> tuple[Key, ...]:
    """Name the small cells whose interval does not hold zero and the threshold; empty means publish."""
    seen = audit(protected) if intervals is None else intervals
    return tuple(
        key
        for key in sorted(protected.primary)
        if seen[key].low > TOLERANCE or seen[key].high < protected.threshold - TOLERANCE
    )


def _equation(relation: Relation, published: Mapping[Key, int | None]) -> Equation:
    terms, right = [], 0.0
    for key, sign in ((relation.total, 1.0), *((part, -1.0) for part in relation.parts)):
        value = published[key]
        if value is None:
            terms.append((key, sign))
        else:
            right -= sign * value
    return Equation(tuple(terms), right)


def _blocks(hidden: Iterable[Key], equations: list[Equation]) -> Iterable[tuple[list[Key], list[Equation]]]:
    """Split into parts that share no equation: each is a small program of its own."""
    parent = {key: key for key in hidden}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for equation in equations:
        first, *others = (root(key) for key, _ in equation.terms)
        for other in others:
            parent[root(other)] = root(first)
    blocks: dict[Key, tuple[list[Key], list[Equation]]] = {}
    for key in parent:
        blocks.setdefault(root(key), ([], []))[0].append(key)
    for equation in equations:
        blocks[root(equation.terms[0][0])][1].append(equation)
    return blocks.values()


class _Block:
    """One connected part. Every solved point narrows the questions still open about the other cells."""

    def __init__(self, keys: list[Key], equations: list[Equation]) -> None:
        place = {key: number for number, key in enumerate(keys)}
        entries = [[(place[key], sign) for key, sign in equation.terms] for equation in equations]
        self.keys = keys
        self.entries = entries
        self.right = [equation.right for equation in equations]
        size = len(keys)
        self.low: Vector = np.full(size, math.inf)
        self.high: Vector = np.full(size, -math.inf)
        self.ceiling = self._ceilings(size)
        rows = Rows(entries, self.right)
        self.program = Program(rows, np.zeros(size), np.full(size, math.inf), np.zeros(size), primal=True)

    def intervals(self) -> dict[Key, Interval]:
        """Solve for each cell what the points seen so far leave open."""
        for column in range(len(self.keys)):
            self._extreme(column, highest=True)
        for column in range(len(self.keys)):
            self._extreme(column, highest=False)
        return {
            key: Interval(_tidy(low), _tidy(high))
            for key, low, high in zip(self.keys, self.low, self.high, strict=True)
        }

    def _extreme(self, column: int, *, highest: bool) -> None:
        if highest and self.high[column] >= self.ceiling[column] - TOLERANCE:
            return
        if not highest and self.low[column] <= TOLERANCE:
            return
        if highest and math.isinf(self.ceiling[column]) and not self._tied(column):
            self.high[column] = math.inf
            return
        self._solve(column, highest=highest)

    def _tied(self, column: int) -> bool:
        return any(column == other for entry in self.entries for other, _ in entry)

    def _solve(self, column: int, *, highest: bool) -> None:
        self.program.cost(column, 1.0)
        self.program.maximise(highest)
        try:
            point = self.program.solve()
        except OverflowError:
            self.high[column] = math.inf
        else:
            if point is None:
                raise ArithmeticError("the printed table contradicts itself")
            self.low = np.minimum(self.low, point)
            self.high = np.maximum(self.high, point)
        self.program.cost(column, 0.0)

    def _ceilings(self, size: int) -> Vector:
        """Bounds that follow from single sums; a point that reaches one needs no further search."""
        ceiling: Vector = np.full(size, math.inf)
        for _ in range(4):
            for entry, right in zip(self.entries, self.right, strict=True):
                _tighten(ceiling, entry, right)
        return ceiling


def _tighten(ceiling: Vector, entry: list[tuple[int, float]], right: float) -> None:
    totals = [column for column, sign in entry if sign > 0]
    parts = [column for column, sign in entry if sign < 0]
    # total = parts + right, so a part is at most total - right, a total at most all its parts + right.
    limit = (ceiling[totals[0]] if totals else 0.0) - right
    for part in parts:
        ceiling[part] = min(ceiling[part], limit)
    if totals:
        ceiling[totals[0]] = min(ceiling[totals[0]], float(ceiling[parts].sum()) + right)


def _tidy(value: float) -> float:
    return value if math.isinf(value) else round(float(value), 6) + 0.0
