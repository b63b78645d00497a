"""The problem of siting with capacities, as the search sees it: checked, allowed places only, whole units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common import checks
from opora.engines.common.checks import Matrix, Vector, Whole

UNITS = 6000
"""Most units a capacity is counted in by the relaxation; finer data are rounded the safe way."""


@dataclass(frozen=True)
class Problem:
    """Allowed places only. ``cost[n, m]``: all of i's demand from place j, +inf where that cannot be.

    ``weight[n]`` and ``room[m]`` are demand and capacity (no capacity above all demand), scaled to whole numbers
    where that is exact; ``must[m]``: has to open; ``place[m]``: its number for the caller; ``step``: every plan costs
    a multiple of it (0: not known). ``demand`` and ``space`` are as the caller gave them, ``places``
    how many places there are in all.
    """

    cost: Matrix
    weight: Vector
    room: Vector
    fixed_cost: Vector
    must: np.ndarray[Any, Any]
    place: Whole
    step: float
    demand: Vector
    space: Vector
    places: int

    @property
    def need(self) -> float:
        """All demand, as the caller counts."""
        return float(self.demand.sum())

    @property
    def slack(self) -> float:
        """What a load may exceed the room by, for rounding of fractions only."""
        return 1e-9 * max(1.0, float(self.weight.sum()))

    def worth(self, bound: float) -> float:
        """The bound raised to the next cost a plan can have."""
        if not self.step or not np.isfinite(bound):
            return bound
        return float(np.ceil(bound / self.step - 1e-6) * self.step)


def problem(
    cost: ArrayLike,
    demand: ArrayLike,
    capacity: ArrayLike,
    fixed_cost: ArrayLike,
    *,
    fixed: Iterable[int],
    forbidden: Iterable[int],
) -> Problem:
    """Check what came in and leave out the places that are not allowed. Raises ``ValueError``."""
    need = checks.numbers("demand", demand, (None,))
    room = checks.numbers("capacity", capacity, (None,), infinite=True)
    price = checks.numbers("cost", cost, (len(need), len(room)), infinite=True)
    opening = checks.numbers("fixed_cost", fixed_cost, (len(room),))
    must = checks.places("fixed", fixed, len(room))
    never = checks.places("forbidden", forbidden, len(room))
    if both := sorted(set(must.tolist()) & set(never.tolist())):
        raise ValueError(f"place {both[0]} is both fixed and forbidden")
    kept = np.setdiff1d(np.arange(len(room)), never)
    times, exact = _scale(need, room[kept])
    weight, space = need * times, np.minimum(room[kept], need.sum()) * times
    if exact:
        weight, space = np.round(weight), np.floor(space + 1e-6)
    return Problem(
        price[:, kept], weight, space, opening[kept], np.isin(kept, must), kept.astype(np.int64),
        _step(np.concatenate([price[np.isfinite(price)], opening])),
        need, room[kept], len(room),
    )  # fmt: skip


def _scale(need: Vector, room: Vector) -> tuple[float, bool]:
    """The least power of ten that makes all values whole and still small; else what makes all demand a million."""
    values = np.concatenate([need, np.minimum(room, need.sum())])
    for times in 10.0 ** np.arange(7):
        scaled = values * times
        if scaled.max(initial=0.0) > 1e7:
            break
        if np.abs(scaled - np.round(scaled)).max(initial=0.0) <= 1e-7:
            return float(times), True
    return 1e6 / max(float(need.sum()), 1e-300), False


def _step(values: Vector) -> float:
    return 1.0 if (values == np.round(values)).all() and values.sum() < 1e12 else 0.0
