"""Krippendorff's alpha: one minus the disagreement seen over the disagreement chance would give.

Source: A. Hayes, K. Krippendorff, Communication Methods and Measures 1 (2007) 77; Krippendorff, Computing
Krippendorff's Alpha-Reliability (2011). Every level is written as sums over units (:class:`Recipe`), so that a bootstrap
is one product of matrices: with equal units the ordinal distance is the distance between mid-ranks, and squared
distances add up from counts, sums and squares.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.agreement.paired import Paired, Recipe, pair, read
from opora.engines.common.checks import Matrix, Vector, Whole

Level = Literal["nominal", "ordinal", "interval", "ratio"]
NOTHING = 1e-12
"""Expected disagreement below this share of its scale is none: what is left is rounding."""


def alpha(marks: ArrayLike, level: Level = "ordinal") -> float:
    """Give Krippendorff's alpha of ``marks[observers, units]``, nan where nothing was marked.

    1 is full agreement, 0 what chance would give, below 0 systematic disagreement. The result is nan where alpha is
    not defined: no unit has two marks, or all compared marks are equal (0/0: agreement on a constant shows nothing;
    see :func:`ac2`). Raises ``ValueError`` for an unknown level, marks that are no table of finite numbers, or negative
    marks on the ratio level, which has a true zero.
    """
    paired = prepared(marks, level)
    if paired is None:
        return float("nan")
    made = _interval(_ranked(paired)) if level == "ordinal" else recipe(paired, level)
    sums = np.asarray(made.table.sum(axis=0), dtype=float).reshape(1, -1)
    return float(made.finish(sums)[0])


def prepared(marks: ArrayLike, level: Level) -> Paired | None:
    """Check the marks for this level and keep what can be compared. Raises ``ValueError``."""
    if level not in get_args(Level):
        raise ValueError(f"level must be one of {', '.join(get_args(Level))}, not {level!r}")
    array = read(marks)
    if level == "ratio" and np.nanmin(array, initial=0.0) < 0:
        raise ValueError("marks on the ratio level must not be negative: its zero is the least there is")
    return pair(array)


def recipe(paired: Paired, level: Level) -> Recipe:
    """Write alpha of this level as sums over units."""
    return {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval, "ratio": _ratio}[level](paired)


def _ranked(paired: Paired) -> Paired:
    """The same marks with mid-ranks for values: the ordinal distance is the interval between them."""
    counts = np.bincount(paired.code)
    return replace(paired, values=counts.cumsum() - counts / 2)


def _one_minus(seen: Vector, expected: Vector, scale: Vector) -> Vector:
    """1 − seen/expected, nan where nothing was to be expected."""
    sound = expected > NOTHING * scale
    return np.where(sound, 1 - seen / np.where(sound, expected, 1), np.nan)


def _nominal(paired: Paired) -> Recipe:
    counts = paired.counts()
    equal = np.asarray((counts * counts).sum(axis=1)).ravel()
    seen = (paired.times**2 - equal) / (paired.times - 1)
    return Recipe(_beside(seen, counts), _by_counts)


def _by_counts(sums: Matrix) -> Vector:
    seen, counts = sums[:, 0], sums[:, 1:]
    n = counts.sum(axis=1)
    return _one_minus(seen, (n**2 - (counts**2).sum(axis=1)) / (n - 1), n)


def _interval(paired: Paired) -> Recipe:
    x = (paired.values - paired.values[len(paired.values) // 2])[paired.code]
    mean = paired.each(x) / paired.times
    inside = paired.each((x - mean[paired.unit]) ** 2)
    seen = 2 * paired.times * inside / (paired.times - 1)
    table = np.column_stack([seen, paired.times, paired.each(x), paired.each(x * x)])
    return Recipe(table, partial(_by_moments, float(np.abs(x).max()) ** 2))


def _by_moments(scale: float, sums: Matrix) -> Vector:
    seen, n, first, second = sums.T
    return _one_minus(seen, 2 * (n * second - first**2) / (n - 1), n * scale)


def _ratio(paired: Paired) -> Recipe:
    unit, low, high = paired.unequal()
    apart = _relative(paired.values[low], paired.values[high])
    amount = 2 * apart / (paired.times[unit] - 1)
    seen = np.bincount(unit, weights=amount, minlength=paired.units)
    return Recipe(_beside(seen, paired.counts()), partial(_by_ratios, paired.values))


def _relative(low: Vector, high: Vector) -> Vector:
    return ((high - low) / (high + low)) ** 2


def _by_ratios(values: Vector, sums: Matrix) -> Vector:
    seen, counts = sums[:, 0], sums[:, 1:]
    n, expected = counts.sum(axis=1), np.zeros(len(sums))
    for place in range(len(values) - 1):
        apart = _relative(values[place], values[place + 1 :])
        expected += 2 * counts[:, place] * (counts[:, place + 1 :] @ apart)
    return _one_minus(seen, expected / (n - 1), expected)


def _ordinal(paired: Paired) -> Recipe:
    unit, low, high = paired.unequal()
    size = len(paired.values)
    kinds, column = np.unique(low * size + high, return_inverse=True)
    amount = 2 / (paired.times[unit] - 1)
    pairs = paired.sheet(column.astype(np.int64), amount, len(kinds), unit)
    return Recipe(_beside(pairs, paired.counts()), partial(_by_ranks, kinds // size, kinds % size))


def _by_ranks(low: Whole, high: Whole, sums: Matrix) -> Vector:
    pairs, counts = sums[:, : len(low)], sums[:, len(low) :]
    ranks = counts.cumsum(axis=1) - counts / 2
    n = counts.sum(axis=1)
    ranks -= n[:, None] / 2
    seen = (pairs * (ranks[:, high] - ranks[:, low]) ** 2).sum(axis=1)
    first, second = (counts * ranks).sum(axis=1), (counts * ranks**2).sum(axis=1)
    return _one_minus(seen, 2 * (n * second - first**2) / (n - 1), n**3)


def _beside(first: Any, second: Any) -> Any:
    """Two tables of the same units side by side."""
    if isinstance(first, np.ndarray) and first.ndim == 1:
        first = first[:, None]
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        return np.hstack([first, second])
    from scipy.sparse import csr_array, hstack

    return csr_array(hstack([csr_array(first), csr_array(second)]))
