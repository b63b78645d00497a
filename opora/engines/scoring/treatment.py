"""Values so far out that they would decide everything: capped one by one, or the whole indicator by logarithm.

The rule of COINr (R, MIT; Becker et al.) and of the OECD/JRC handbook: an indicator whose skewness is 2 or more in size and whose
kurtosis is 3.5 or more is treated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from opora.engines.common.checks import Vector

SKEW, KURTOSIS, MOST = 2.0, 3.5, 5
How = Literal["none", "capped", "logarithm", "constant", "bounded"]


@dataclass(frozen=True)
class Treatment:
    """What was done with an indicator.

    ``how``: nothing; ``capped`` (the values at positions ``high`` and ``low`` brought to the nearest that stayed);
    ``logarithm``; ``constant`` (equal for all: it tells nothing and is left out); ``bounded`` (has a scale of its own).
    ``before`` and ``after``: skewness and excess kurtosis, nan for fewer than four values.
    """

    how: How
    high: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    before: tuple[float, float] = (float("nan"), float("nan"))
    after: tuple[float, float] = (float("nan"), float("nan"))


def treat(values: Vector) -> tuple[Vector, Treatment]:
    """Give the treated values and what was done; nan stays. At most five values are capped."""
    seen = values[~np.isnan(values)]
    if not len(seen) or seen.min() == seen.max():
        return values, Treatment("constant")
    before = moments(seen)
    if len(seen) < 4 or passes(before):
        return values, Treatment("none", before=before, after=before)
    capped, high, low = _capped(values)
    after = moments(capped[~np.isnan(capped)])
    if passes(after):
        return capped, Treatment("capped", high, low, before, after)
    bent = _logarithm(values)
    return bent, Treatment("logarithm", before=before, after=moments(bent[~np.isnan(bent)]))


def moments(seen: Vector) -> tuple[float, float]:
    """Skewness and excess kurtosis as spreadsheets give them (adjusted for the size of the sample, „type 2“)."""
    n = len(seen)
    away = seen - seen.mean() if n else seen
    farthest = float(np.abs(away).max(initial=0.0))
    if n < 4 or farthest == 0:
        return float("nan"), float("nan")
    away = away / farthest  # the moments have no unit; so tiny values do not vanish in the fourth power
    second = float((away**2).sum())
    skew = np.sqrt(n) * (away**3).sum() / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    ratio = n * (away**4).sum() / second**2
    return float(skew), float(((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


def passes(found: tuple[float, float]) -> bool:
    """Whether an indicator may stand as it is."""
    return abs(found[0]) < SKEW or found[1] < KURTOSIS


def _capped(values: Vector) -> tuple[Vector, tuple[int, ...], tuple[int, ...]]:
    """Bring the farthest to the next, on the side of the tail, until it passes, five are capped or all would be equal."""
    values = values.copy()
    high: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    while len(high) + len(low) < MOST:
        seen = values[~np.isnan(values)]
        found = moments(seen)
        if passes(found):
            break
        farthest = seen.max() if found[0] >= 0 else seen.min()
        others = seen[seen != farthest]
        if others.min() == others.max():
            break
        at = tuple(int(one) for one in np.flatnonzero(values == farthest))
        values[list(at)] = others.max() if found[0] >= 0 else others.min()
        high, low = (at, low) if found[0] >= 0 else (high, at)
    return values, high, low


def _logarithm(values: Vector) -> Vector:
    """Logarithm of the distance from the least, shifted by a hundredth of the range."""
    least, most = np.nanmin(values), np.nanmax(values)
    return np.asarray(np.log((values - least) / (most - least) + 0.01) + np.log(most - least))
