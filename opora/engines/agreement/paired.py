"""The marks that can be compared: units with at least two, as flat arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Matrix, Vector, Whole, numbers

DENSE = 4_000_000
"""Cells above which a table of units × columns is kept sparse."""


@dataclass(frozen=True)
class Paired:
    """Every mark of the units that have at least two.

    ``values[v]`` distinct marks in rising order; ``unit[k]`` and ``code[k]`` tell where mark k stands and which value
    it is; ``times[u]`` how many marks unit u has; ``grid[observers, u]`` codes, −1 where nothing was marked.
    """

    values: Vector
    unit: Whole
    code: Whole
    times: Whole
    grid: Whole

    @property
    def units(self) -> int:
        """How many units have two marks or more."""
        return len(self.times)

    def each(self, amount: ArrayLike) -> Vector:
        """Add up an amount of every mark within its unit."""
        weights = np.asarray(amount, dtype=float)
        return np.bincount(self.unit, weights=weights, minlength=self.units).astype(float)

    def sheet(self, columns: Whole, amount: ArrayLike, width: int, unit: Whole | None = None) -> Any:
        """Give a table units × width where each entry adds its amount; sparse when it would be large."""
        row = self.unit if unit is None else unit
        amount = np.broadcast_to(np.asarray(amount, dtype=float), row.shape)
        if self.units * width <= DENSE:
            flat = np.bincount(row * width + columns, weights=amount, minlength=self.units * width)
            return flat.reshape(self.units, width)
        from scipy.sparse import coo_array

        return coo_array((amount, (row, columns)), shape=(self.units, width)).tocsr()

    def counts(self) -> Any:
        """How often each value was marked in each unit."""
        return self.sheet(self.code, 1.0, len(self.values))

    def unequal(self) -> tuple[Whole, Whole, Whole]:
        """Every pair of unequal marks of one unit: the unit, the smaller code, the larger code."""
        found = [self._after(one) for one in range(len(self.grid) - 1)]
        unit, a, b = (np.concatenate(part) for part in zip(*found, strict=True))
        return unit, np.minimum(a, b), np.maximum(a, b)

    def _after(self, one: int) -> tuple[Whole, Whole, Whole]:
        """The pairs of this observer with those after."""
        own, others = self.grid[one], self.grid[one + 1 :]
        other, unit = np.nonzero((own >= 0) & (others >= 0) & (others != own))
        return unit, own[unit], others[other, unit]


@dataclass(frozen=True)
class Recipe:
    """A coefficient as sums over units: ``finish`` turns sums[draws, columns] of the table into draws numbers."""

    table: Any
    finish: Callable[[Matrix], Vector]


def read(marks: ArrayLike) -> Matrix:
    """Give the marks as floats, or say what is wrong. Raises ``ValueError``."""
    array = numbers("marks", marks, (None, None), least=None, missing=True)
    if not array.size:
        raise ValueError("marks must hold at least one observer and one unit")
    return array


def pair(marks: Matrix) -> Paired | None:
    """Keep the units with two marks or more; ``None`` when there is no such unit."""
    kept = marks[:, (~np.isnan(marks)).sum(axis=0) > 1]
    if not kept.shape[1]:
        return None
    known = ~np.isnan(kept)
    values, codes = np.unique(kept[known], return_inverse=True)
    grid = np.full(kept.shape, -1, dtype=np.int64)
    grid[known] = codes
    return Paired(values, np.nonzero(known)[1], codes.astype(np.int64), known.sum(axis=0), grid)
