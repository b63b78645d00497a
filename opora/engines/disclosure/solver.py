"""A linear program that is solved many times with small changes (HiGHS)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.engines.solver import quiet

Vector = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Rows:
    """Equations over columns by position: per row the (column, coefficient) pairs, and the right side."""

    entries: Sequence[Sequence[tuple[int, float]]]
    right: Sequence[float]


class Program:
    """Columns between bounds with costs, tied by equations; keeps its basis between calls.

    Deterministic: one thread, fixed seed, columns and rows in the order given.
    """

    def __init__(
        self, rows: Rows, lower: Vector, upper: Vector, costs: Vector, *, primal: bool = False
    ) -> None:
        import highspy

        self._highs: Any = quiet()
        self._status = highspy.HighsModelStatus
        self._sense = highspy.ObjSense
        for option, value in (
            ("presolve", "off"),
            ("solver", "simplex"),
            ("simplex_strategy", 4 if primal else 1),
        ):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(_model(highspy, rows, lower, upper, costs))

    def bound(self, column: int, lower: float, upper: float) -> None:
        """Set the bounds of one column."""
        self._highs.changeColBounds(column, lower, upper)

    def cost(self, column: int, value: float) -> None:
        """Set the cost of one column."""
        self._highs.changeColCost(column, value)

    def maximise(self, yes: bool) -> None:
        """Choose the sense of the next solve."""
        self._highs.changeObjectiveSense(self._sense.kMaximize if yes else self._sense.kMinimize)

    def solve(self) -> Vector | None:
        """Give the columns at the best point, ``None`` if there is none; raises OverflowError if
        unbounded."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == self._status.kOptimal:
            return np.asarray(self._highs.getSolution().col_value)
        if status == self._status.kInfeasible:
            return None
        if status in (self._status.kUnbounded, self._status.kUnboundedOrInfeasible):
            raise OverflowError("no bound")
        raise ArithmeticError(f"HiGHS stopped with {status}")


def _model(highspy: Any, rows: Rows, lower: Vector, upper: Vector, costs: Vector) -> Any:
    lengths = [len(entry) for entry in rows.entries]
    model = highspy.HighsLp()
    model.num_col_ = len(costs)
    model.num_row_ = len(lengths)
    model.col_cost_ = costs
    model.col_lower_ = lower
    model.col_upper_ = np.where(np.isinf(upper), math.inf, upper)
    model.row_lower_ = model.row_upper_ = np.asarray(rows.right, dtype=float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    model.a_matrix_.index_ = np.array([c for entry in rows.entries for c, _ in entry], dtype=np.int32)
    model.a_matrix_.value_ = np.array([v for entry in rows.entries for _, v in entry], dtype=float)
    return model
