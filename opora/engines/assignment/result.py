"""What the engine gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.engines.common.reasons import Reason

Whole = np.ndarray[Any, np.dtype[np.int64]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Assignment:
    """A proposal of homes, its cost, and how good that is known to be.

    ``home[n]``: the home of each, −1 without a place. ``cost``: Σ cost of those placed − rewards of those together −
    bonuses of those who stay. ``bound``: proven, no plan that leaves out as few people costs less. ``gap``:
    (cost − bound) / |cost|. ``proven``: the plan is optimal in all goals. ``unplaced``: those with −1, ascending.
    ``why``: reasons in words. ``load[m]``: resource used. ``short[m]``: how far below ``least``. ``left_out``: people
    without a place; ``left_out_bound``: at least as many in any plan.
    """

    home: Whole
    cost: float
    bound: float
    gap: float
    proven: bool
    unplaced: Whole
    why: tuple[Reason, ...]
    load: Numbers
    short: Numbers
    left_out: float = 0.0
    left_out_bound: float = 0.0
