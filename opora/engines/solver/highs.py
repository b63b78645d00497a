"""Linear and integer programs through HiGHS, deterministic: fixed seed, columns and rows in the order given."""

from __future__ import annotations

import math
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

_one_at_a_time = threading.Lock()
Vector = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Status = Literal["optimal", "limit", "infeasible", "unbounded"]
Setting = str | bool | int | float


@dataclass(frozen=True)
class Model:
    """min cost·x with row_low ≤ A x ≤ row_high and low ≤ x ≤ high; ``integer`` marks whole columns.

    ``cost``, ``low``, ``high``, ``integer``: n. ``matrix``: m × n, scipy sparse of any kind. ``row_low``,
    ``row_high``: m, with −inf and +inf where a side is open.
    """

    cost: Vector
    matrix: sparse.sparray | sparse.spmatrix
    row_low: Vector
    row_high: Vector
    low: Vector | float = 0.0
    high: Vector | float = math.inf
    integer: Flags | bool = False
    offset: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What was found and what is proven.

    ``status``: ``optimal`` within the gap asked for, ``limit`` (stopped by time or nodes; ``x`` may still hold the
    best found), ``infeasible``, ``unbounded``. ``bound`` is a proven lower bound of the objective. ``prices`` are
    the duals of the rows and ``reduced`` the reduced costs of the columns, for linear programs only.
    """

    status: Status
    x: Vector | None
    value: float
    bound: float
    prices: Vector | None
    reduced: Vector | None
    seconds: float
    version: str

    @property
    def gap(self) -> float:
        """(value − bound) / |value|: zero when proven, infinite when nothing was found."""
        if self.x is None or not math.isfinite(self.bound):
            return math.inf
        return max(0.0, self.value - self.bound) / max(1e-9, abs(self.value))


def solve(
    model: Model,
    *,
    time_limit: float | None = None,
    gap: float = 0.0,
    start: Vector | None = None,
    settings: Mapping[str, Setting] | None = None,
    watch: Callable[[float, float], None] | None = None,
) -> Outcome:
    """Minimise. ``gap`` is the relative gap at which to stop (0: until proven), ``start`` a whole solution.

    ``settings`` are options of HiGHS by name, over ours (one thread, seed 0, silent). ``watch`` is called with the
    best value and the bound whenever a better solution is found. Raises ``ArithmeticError`` if HiGHS fails.
    """
    asked: dict[str, Any] = {"gap": gap, "settings": settings, "watch": watch}
    done = _solved(model, time_limit=time_limit, start=start, **asked)
    if start is None or _true(model, done):
        return done
    left = None if time_limit is None else max(0.01, time_limit - done.seconds)
    again = _solved(model, time_limit=left, start=None, **asked)
    return replace(again, seconds=done.seconds + again.seconds)


def _true(model: Model, done: Outcome) -> bool:
    """Whether the value told is that of the point. After presolve HiGHS 1.16 can undervalue a start and cut the truth off."""
    if done.x is None:
        return True
    value = float(model.cost @ done.x) + model.offset
    return abs(value - done.value) <= 1e-6 * max(1.0, abs(value))


def _solved(
    model: Model,
    *,
    time_limit: float | None,
    gap: float,
    start: Vector | None,
    settings: Mapping[str, Setting] | None,
    watch: Callable[[float, float], None] | None,
) -> Outcome:
    began = time.monotonic()
    if not len(model.cost):
        return _empty(model)
    import highspy

    highs = quiet()
    whole = _is_integer(model)
    chosen: dict[str, Setting] = {
        "mip_rel_gap": gap,
        "mip_abs_gap": 1e-9,
        **_limit(time_limit),
        **(settings or {}),
    }
    for name, value in chosen.items():
        highs.setOptionValue(name, value)
    highs.passModel(_passed(model))
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = [float(one) for one in start]
        highs.setSolution(given)
    if watch is not None and whole:
        highs.cbMipImprovingSolution += lambda event: watch(
            event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        )
    highs.run()
    outcome = _outcome(highs, whole, time.monotonic() - began)
    if start is not None and _stale(model, outcome):
        left = None if time_limit is None else time_limit - outcome.seconds
        return _without_start(model, outcome, left, gap=gap, settings=settings)
    return outcome


def _stale(model: Model, outcome: Outcome) -> bool:
    """Whether the point is not worth the value told.

    When presolve alone solves a model that has a start, HiGHS 1.16 tells the optimum's value and bound but gives the
    start back as the point.
    """
    if outcome.x is None:
        return False
    worth = float(np.dot(model.cost, outcome.x)) + model.offset
    return worth > outcome.value + 1e-6 * max(1.0, abs(outcome.value))


def _without_start(
    model: Model,
    told: Outcome,
    time_limit: float | None,
    *,
    gap: float,
    settings: Mapping[str, Setting] | None,
) -> Outcome:
    """Solve again without the start; if that finds nothing, the start at its own worth."""
    again = solve(model, time_limit=time_limit, gap=gap, settings=settings)
    if again.x is not None or told.x is None:
        return again
    return replace(told, status="limit", value=float(np.dot(model.cost, told.x)) + model.offset)


def _empty(model: Model) -> Outcome:
    """A model without columns: every row is zero, which either fits its sides or does not."""
    fits = bool(np.all(np.asarray(model.row_low) <= 0) and np.all(np.asarray(model.row_high) >= 0))
    value = model.offset if fits else math.inf
    nothing = np.zeros(0)
    return Outcome(
        "optimal" if fits else "infeasible", nothing if fits else None, value, value, None, None, 0.0, ""
    )


def rows(parts: list[tuple[Any, Vector | float, Vector | float]]) -> tuple[Any, Vector, Vector]:
    """Stack blocks of (matrix, low, high) into one matrix and its two sides."""
    from scipy import sparse

    matrix = sparse.vstack([block for block, _, _ in parts], format="csr")
    sides = [
        (
            np.broadcast_to(np.asarray(low, dtype=float), block.shape[0]),
            np.broadcast_to(np.asarray(high, dtype=float), block.shape[0]),
        )
        for block, low, high in parts
    ]
    return matrix, np.concatenate([low for low, _ in sides]), np.concatenate([high for _, high in sides])


def quiet() -> Any:
    """Make a HiGHS of one thread, seed 0, without output.

    Its banner goes to descriptor 1 past Python, into a caller's JSON, so the descriptor is turned away meanwhile.
    """
    import highspy

    sys.stdout.flush()
    with _one_at_a_time, open(os.devnull, "wb") as nowhere:
        kept = os.dup(1)
        try:
            os.dup2(nowhere.fileno(), 1)
            make: Any = highspy.Highs
            highs = make()
        finally:
            os.dup2(kept, 1)
            os.close(kept)
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        highs.setOptionValue(name, value)
    return highs


def _limit(seconds: float | None) -> dict[str, Setting]:
    return {} if seconds is None else {"time_limit": max(0.01, float(seconds))}


def _is_integer(model: Model) -> bool:
    return bool(np.any(model.integer))


def _passed(model: Model) -> Any:
    import highspy

    matrix = model.matrix.tocsr()
    count = len(model.cost)
    if matrix.shape != (len(model.row_low), count):
        raise ValueError(
            f"the matrix is {matrix.shape}, the model has {len(model.row_low)} rows and {count} columns"
        )
    passed = highspy.HighsLp()
    passed.num_col_, passed.num_row_ = count, matrix.shape[0]
    passed.col_cost_ = np.asarray(model.cost, dtype=float)
    passed.col_lower_ = np.broadcast_to(np.asarray(model.low, dtype=float), count).copy()
    passed.col_upper_ = np.broadcast_to(np.asarray(model.high, dtype=float), count).copy()
    passed.row_lower_ = np.asarray(model.row_low, dtype=float)
    passed.row_upper_ = np.asarray(model.row_high, dtype=float)
    passed.offset_ = model.offset
    passed.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    passed.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    passed.a_matrix_.index_ = matrix.indices.astype(np.int32)
    passed.a_matrix_.value_ = matrix.data.astype(float)
    if _is_integer(model):
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        passed.integrality_ = [kinds[int(one)] for one in np.broadcast_to(model.integer, count)]
    return passed


def _outcome(highs: Any, whole: bool, seconds: float) -> Outcome:
    import highspy

    states = highspy.HighsModelStatus
    state, info = highs.getModelStatus(), highs.getInfo()
    status: dict[Any, Status] = {
        states.kOptimal: "optimal",
        states.kInfeasible: "infeasible",
        states.kUnbounded: "unbounded",
        states.kUnboundedOrInfeasible: "infeasible",
        states.kTimeLimit: "limit",
        states.kIterationLimit: "limit",
        states.kSolutionLimit: "limit",
        states.kObjectiveBound: "limit",
        states.kObjectiveTarget: "limit",
        states.kInterrupt: "limit",
    }
    if state not in status:
        raise ArithmeticError(f"HiGHS stopped with {state}")
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    solution = highs.getSolution()
    proven = status[state] == "optimal"
    linear = proven and not whole
    value = float(info.objective_function_value) if found else math.inf
    return Outcome(
        status=status[state],
        x=np.asarray(solution.col_value) if found else None,
        value=value,
        bound=float(info.mip_dual_bound) if whole else value if proven else -math.inf,
        prices=np.asarray(solution.row_dual) if linear else None,
        reduced=np.asarray(solution.col_dual) if linear else None,
        seconds=seconds,
        version=highs.version(),
    )
