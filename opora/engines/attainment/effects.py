"""The mean change of a group of people, with how sure it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Vector, numbers
from opora.engines.common.reasons import N_, Reason, Value


@dataclass(frozen=True)
class Effect:
    """``mean`` change of ``known`` people with limits ``low`` and ``high`` (nan below two); ``missing`` have none."""

    mean: float
    low: float
    high: float
    known: int
    missing: int
    why: tuple[Reason, ...]


def effect(groups: Mapping[str, ArrayLike], *, sure: float = 0.95) -> dict[str, Effect]:
    """Give the mean of each group's changes (after − before, nan where missing) with its t-interval.

    It tells what changed for these people, not that the service caused it: there is no comparison. Raises ``ValueError``.
    """
    if not 0 < sure < 1:
        raise ValueError(f"sure must be between 0 and 1, not {sure}")
    return {name: _effect(str(name), changes, sure) for name, changes in groups.items()}


def _effect(name: str, changes: ArrayLike, sure: float) -> Effect:
    every = numbers(f"the changes of {name}", changes, (None,), least=None, missing=True)
    known = every[~np.isnan(every)]
    mean = float(known.mean()) if len(known) else math.nan
    low, high = mean_between(known, sure)
    values: dict[str, Value] = {"name": name, "mean": mean, "low": low, "high": high, "known": len(known)}
    if math.isnan(low):
        why = Reason(N_("{name}: измерените лица са {known} и не стигат за извод."), values, "unknown")
    elif low > 0 or high < 0:
        why = Reason(
            N_("{name}: средната промяна е {mean} точки, вероятно между {low} и {high}. Измерени: {known}."),
            values,
            "for" if low > 0 else "against",
        )
    else:
        why = Reason(
            N_("{name}: средно не се вижда промяна, вероятно между {low} и {high} точки. Измерени: {known}."),
            values,
            "fact",
        )
    return Effect(mean, low, high, len(known), len(every) - len(known), (why,))


def mean_between(known: Vector, sure: float) -> tuple[float, float]:
    """Give the t-interval of a mean; nan with fewer than two numbers."""
    if len(known) < 2:
        return math.nan, math.nan
    from scipy.special import stdtrit

    reach = float(stdtrit(len(known) - 1, (1 + sure) / 2)) * float(known.std(ddof=1)) / math.sqrt(len(known))
    mean = float(known.mean())
    return mean - reach, mean + reach
