"""A linear program asked again and again with other bounds of its columns: it keeps its basis between answers."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from opora.engines.solver.highs import Model, Outcome, Vector, _outcome, _passed, quiet


class Kept:
    """The relaxation of a model, solved by the simplex method without presolve, each time from the last basis.

    Among equally good points the answer may depend on the questions before it; value, bound and prices prove the
    same. Not for use in several threads.
    """

    def __init__(self, model: Model) -> None:
        self._highs: Any = quiet()
        for name, value in (("presolve", "off"), ("solver", "simplex")):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(_passed(replace(model, integer=False)))
        self._columns = np.arange(len(model.cost), dtype=np.int32)

    def solve(self, low: Vector, high: Vector, *, time_limit: float | None = None) -> Outcome:
        """Give the best point with the columns between these bounds. Raises ``ArithmeticError`` if HiGHS fails."""
        began = time.monotonic()
        if time_limit is not None:
            # HiGHS holds its limit against the seconds of all its runs together.
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(0.01, time_limit))
        self._highs.changeColsBounds(
            len(self._columns), self._columns, np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        )
        self._highs.run()
        return _outcome(self._highs, whole=False, seconds=time.monotonic() - began)
