"""How sure alpha is: units drawn again with replacement, all draws as one product of matrices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.agreement.disagreement import Level, prepared, recipe
from opora.engines.agreement.paired import Recipe
from opora.engines.common.checks import Vector, whole

Tell = Callable[[int, int, str], None]
CELLS = 1_000_000
"""Numbers held at once; more draws go in blocks."""
UNDEFINED = 0.05
"""Share of draws without an alpha above which there is no honest interval."""


def interval(
    marks: ArrayLike, level: Level = "ordinal", draws: int = 2000, seed: int = 0, *, tell: Tell | None = None
) -> tuple[float, float]:
    """Give the limits between which alpha lies in 95 % of the draws (2.5th and 97.5th percentile).

    Units with at least two marks are drawn again, as many as there are. (nan, nan) where alpha is not defined, with
    fewer than two such units, or when more than 5 % of the draws hold only equal marks. Same seed, same limits. With
    few units (under about 30) the limits are somewhat too narrow. Raises ``ValueError``.
    """
    whole("draws", draws, least=1)
    whole("seed", seed)
    paired = prepared(marks, level)
    if paired is None or paired.units < 2:
        return float("nan"), float("nan")
    drawn = resampled(recipe(paired, level), paired.units, draws, seed, tell)
    known = drawn[~np.isnan(drawn)]
    if len(known) < (1 - UNDEFINED) * draws:
        return float("nan"), float("nan")
    low, high = np.quantile(known, (0.025, 0.975))
    return float(low), float(high)


def resampled(made: Recipe, units: int, draws: int, seed: int, tell: Tell | None = None) -> Vector:
    """Give the coefficient of every draw of as many units."""
    chance = np.random.default_rng(seed)
    step = max(1, min(draws, CELLS // max(units, made.table.shape[1])))
    found = []
    for start in range(0, draws, step):
        size = min(step, draws - start)
        found.append(made.finish(np.asarray(_times(chance, size, units) @ made.table)))
        if tell:
            tell(start + size, draws, "draws")
    return np.concatenate(found)


def _times(
    chance: np.random.Generator, draws: int, units: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """How often each unit comes in each draw."""
    picked = chance.integers(0, units, size=(draws, units))
    picked += np.arange(draws)[:, None] * units
    return np.bincount(picked.ravel(), minlength=draws * units).reshape(draws, units).astype(float)
