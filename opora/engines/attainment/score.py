"""The T score of goal attainment scaling."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Vector, numbers

LOWEST, HIGHEST = -2, 2
MEAN, SPREAD = 50.0, 10.0
"""What T is built to have across people when goals are set neither low nor high."""


def t_score(levels: ArrayLike, weights: ArrayLike | None = None, rho: float = 0.3) -> float:
    """Give T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²) of the levels −2…2 of one person's goals.

    0 is the expected level, so goals reached as expected give 50. ``weights`` (default: equal) are the goals' importance,
    not negative and not all zero; ``rho`` is the supposed correlation between goals, 0…1. Source: Kiresuk & Sherman,
    Community Mental Health Journal 4 (1968) 443. Raises ``ValueError`` for no goal, a level that is no whole number from
    −2 to 2, or one not measured: measure it or leave it out on purpose (:func:`outcome` names it).
    """
    x = checked(levels)
    if not len(x):
        raise ValueError("levels must hold at least one goal")
    if np.isnan(x).any():
        at = int(np.isnan(x).argmax())
        raise ValueError(f"the goal at {at} was not measured; measure it or leave it out")
    return scored(x, weighed(weights, len(x)), rho)


def checked(levels: ArrayLike) -> Vector:
    """Give levels as floats, nan where not measured, or say which is wrong. Raises ``ValueError``."""
    x = numbers("levels", levels, (None,), least=None, missing=True)
    wrong = ~np.isnan(x) & ((x != np.rint(x)) | (x < LOWEST) | (x > HIGHEST))
    if wrong.any():
        at = int(wrong.argmax())
        raise ValueError(f"levels must be whole numbers from {LOWEST} to {HIGHEST}; at {at} stands {x[at]:g}")
    return x


def weighed(weights: ArrayLike | None, size: int) -> Vector:
    """Give weights of so many goals, or say what is wrong. Raises ``ValueError``."""
    if weights is None:
        return np.ones(size)
    return numbers("weights", weights, (size,))


def scored(x: Vector, w: Vector, rho: float) -> float:
    """Give T of measured levels. Raises ``ValueError`` for weights that are all zero or ρ outside 0…1."""
    if not (isinstance(rho, (int, float, np.number)) and 0 <= rho <= 1):
        raise ValueError(f"rho must be between 0 and 1, not {rho}")
    if not w.any():
        raise ValueError("weights must not all be zero")
    w = w / w.max()
    below = (1 - rho) * float(w @ w) + rho * float(w.sum()) ** 2
    return MEAN + SPREAD * float(w @ x) / math.sqrt(below)
