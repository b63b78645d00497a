"""Gwet's AC1 and AC2, which stay steady when nearly all marks are equal.

Source: K. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008) 29; Handbook of Inter-Rater
Reliability (weights, missing marks). Units with one mark count in the shares of the values, not in the agreement.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.agreement.paired import read
from opora.engines.common.checks import Matrix, Vector, numbers

Weights = Literal["identity", "ordinal", "linear", "quadratic"]


def ac2(
    marks: ArrayLike, weights: Weights | ArrayLike = "ordinal", categories: ArrayLike | None = None
) -> float:
    """Give Gwet's AC2 of ``marks[observers, units]``, nan where nothing was marked; ``identity`` weights give AC1.

    ``categories`` is the whole scale (default: the values that were marked). ``weights`` may also be a symmetric
    matrix of 0…1 with ones on its diagonal, one row per category in rising order. All marks equal is 1, whatever the
    scale; no unit with two marks is nan. Raises ``ValueError``.
    """
    array = read(marks)
    scale = _scale(array, categories)
    if not ((~np.isnan(array)).sum(axis=0) > 1).any():
        return float("nan")
    weigh = _weights(weights, scale)
    counts = np.stack([(array == value).sum(axis=0) for value in scale], axis=1).astype(float)
    times = counts.sum(axis=1)
    paired = times > 1
    agreed = _agreed(counts[paired], times[paired], weigh)
    chance = _chance(counts[times > 0] / times[times > 0, None], weigh)
    return float((agreed - chance) / (1 - chance))


def _scale(array: Matrix, categories: ArrayLike | None) -> Vector:
    seen = np.unique(array[~np.isnan(array)])
    if categories is None:
        return seen
    scale = np.unique(numbers("categories", categories, (None,), least=None))
    strange = np.setdiff1d(seen, scale)
    if strange.size:
        raise ValueError(f"marks hold {strange[0]:g}, which is not among the categories")
    return scale


def _agreed(counts: Matrix, times: Vector, weigh: Matrix) -> float:
    pairs = (counts * (counts @ weigh - 1)).sum(axis=1)
    return float(np.mean(pairs / (times * (times - 1))))


def _chance(shares: Matrix, weigh: Matrix) -> float:
    """Agreement by chance; with one category only there is none to speak of."""
    size = len(weigh)
    mean = shares.mean(axis=0)
    return float(weigh.sum() / (size * (size - 1)) * (mean * (1 - mean)).sum()) if size > 1 else 0.0


def _weights(weights: Weights | ArrayLike, scale: Vector) -> Matrix:
    if not isinstance(weights, str):
        return _given(weights, len(scale))
    if weights not in get_args(Weights):
        raise ValueError(
            f"weights must be one of {', '.join(get_args(Weights))} or a matrix, not {weights!r}"
        )
    if weights == "identity" or len(scale) < 2:
        return np.eye(len(scale))
    if weights == "ordinal":
        steps = np.abs(np.subtract.outer(np.arange(len(scale)), np.arange(len(scale)))).astype(float)
        apart = steps * (steps + 1)
    else:
        apart = np.abs(np.subtract.outer(scale, scale)) ** (2 if weights == "quadratic" else 1)
    return np.asarray(1 - apart / apart.max())


def _given(weights: ArrayLike, size: int) -> Matrix:
    weigh = numbers("weights", weights, (size, size))
    if (weigh > 1).any() or (weigh != weigh.T).any() or (np.diag(weigh) != 1).any():
        raise ValueError("weights must be symmetric, between 0 and 1, with ones on the diagonal")
    return weigh
