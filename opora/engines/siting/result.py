"""What every siting function gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.engines.common.reasons import Reason

Whole = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Siting:
    """Where to open, who is served where, and how good that is known to be.

    ``open``: chosen places, ascending. ``serves[i]``: the place that serves demand i, −1 for nobody. ``cost`` is the
    value of this plan in the units of the problem; ``bound`` is proven: no plan is cheaper (for cover: none covers
    more). ``proven`` is true if the two meet. ``why`` explains in words.
    """

    open: Whole
    serves: Whole
    cost: float
    bound: float
    proven: bool
    why: tuple[Reason, ...] = ()

    @property
    def gap(self) -> float:
        """|cost − bound| / |cost|, 0 when proven."""
        return 0.0 if self.proven else abs(self.cost - self.bound) / max(1e-9, abs(self.cost))
