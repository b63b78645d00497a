"""Benefit of the doubt: each service under the weights that favour it most (Cherchye et al., Soc. Indic. Res. 82, 2007).

For service i: greatest Σ w_k y_ik with Σ w_k y_jk ≤ 1 for every service j and w ≥ 0. The linear program is solved in
its dual, which has only two rows a criterion; from service to service the last basis is kept, as little changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Matrix, Vector, numbers
from opora.engines.solver import quiet

MOST = 7
"""Criteria up to which free weights still tell services apart."""
_TOLERANCE = 1e-10


@dataclass(frozen=True)
class Best:
    """``score[n]``: 1 = nobody is better under these weights; ``weights[n, m]``: the most favourable, per unit of mark;
    ``shares[n, m]``: what each criterion adds, as a share of the score (nan if the score is 0); ``models[i]``: positions of the
    services that keep i from a higher score."""

    score: Vector
    weights: Matrix
    shares: Matrix
    models: tuple[tuple[int, ...], ...]


def best_for(
    marks: ArrayLike,
    *,
    shares: tuple[float, float] | None = None,
    tell: Callable[[int, int, str], None] | None = None,
) -> Best:
    """Give each service its highest score.

    ``marks[n, m]``: 0 or more, higher is better, none missing. ``shares``: least and greatest share of the score that
    each criterion may make up, for pillars (0.15, 0.60); a service with a mark of 0 then has score 0, as no weight
    makes 0 a share. ``None``: any weights, for at most seven criteria. Raises ``ValueError``.
    """
    table = numbers("marks", marks, (None, None))
    count, criteria = table.shape
    least, most = _limits(shares, criteria)
    size = table.max(axis=0, initial=0.0)
    scaled = table / np.where(size > 0, size, 1.0)
    front = _undominated(scaled)
    program = _Program(scaled[front], least, most) if count else None
    score, weights = np.zeros(count), np.zeros((count, criteria))
    models: list[tuple[int, ...]] = []
    for one in range(count):
        assert program is not None
        found, above = program.solve(scaled[one])
        weights[one] = found / np.where(size > 0, size, 1.0)
        score[one] = found @ scaled[one]
        models.append(tuple(int(front[j]) for j in above))
        if tell is not None:
            tell(one + 1, count, "services")
    with np.errstate(invalid="ignore", divide="ignore"):
        return Best(score, weights, weights * table / score[:, None], tuple(models))


def _limits(shares: tuple[float, float] | None, criteria: int) -> tuple[float, float]:
    if not criteria:
        raise ValueError("marks must have at least one criterion")
    if shares is None:
        if criteria > MOST:
            raise ValueError(
                f"with {criteria} criteria and free weights nearly every service is the best by weights of its own; "
                f"group them into at most {MOST} or give share limits"
            )
        return 0.0, 1.0
    least, most = (float(one) for one in numbers("shares", shares, (2,)))
    if not least <= most <= 1:
        raise ValueError("shares must be the least and the greatest share, 0 ≤ least ≤ greatest ≤ 1")
    if criteria * least > 1 + 1e-12 or criteria * most < 1 - 1e-12:
        raise ValueError(
            f"{criteria} shares between {least:g} and {most:g} cannot add up to 1: they add up to "
            f"between {criteria * least:g} and {criteria * most:g}"
        )
    return least, most


def _undominated(table: Matrix) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Positions of the services that nobody equals or beats in everything: only they can limit a score.

    Of equal ones the first.
    """
    order = np.lexsort((np.arange(len(table)), -table.sum(axis=1)))
    front: list[int] = []
    rows = np.empty_like(table)
    for one in order:
        if not (rows[: len(front)] >= table[one]).all(axis=1).any():
            rows[len(front)] = table[one]
            front.append(int(one))
    return np.asarray(sorted(front), dtype=np.int64)


class _Program:
    """min Σλ with Σ_j λ_j y_jk + y_ik g_k ≥ 0 and g_k = −1 + what the share limits allow; weights are the prices.

    Columns: λ per service, g per criterion, and per criterion one for its least and one for its greatest share. From
    service to service only the coefficients of g change.
    """

    def __init__(self, front: Matrix, least: float, most: float) -> None:
        self.front, self.criteria = front, front.shape[1]
        self.highs = quiet()
        for option, value in (
            ("presolve", "off"), ("solver", "simplex"), ("primal_feasibility_tolerance", _TOLERANCE),
            ("dual_feasibility_tolerance", _TOLERANCE),
        ):  # fmt: skip
            self.highs.setOptionValue(option, value)
        self.highs.passModel(_model(front, least, most))

    def solve(self, marks: Vector) -> tuple[Vector, list[int]]:
        """Give the most favourable weights and who limits them."""
        import highspy

        for one in range(self.criteria):
            self.highs.changeCoeff(one, len(self.front) + one, float(marks[one]))
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"HiGHS stopped with {self.highs.getModelStatus()}")
        solution = self.highs.getSolution()
        weights = np.maximum(0.0, np.asarray(solution.row_dual[: self.criteria]))
        above = np.flatnonzero(np.asarray(solution.col_value[: len(self.front)]) > 1e-9)
        # The solver keeps to its tolerance; this keeps to the limits exactly.
        return 0.0 + weights / max(1.0, float((self.front @ weights).max(initial=0.0))), above.tolist()


def _model(front: Matrix, least: float, most: float) -> Any:
    import highspy

    count, m = front.shape
    eye, none = np.eye(m), np.zeros((m, m))
    matrix = np.hstack(
        [
            np.vstack([front.T, np.zeros((m, count))]),
            np.vstack([eye, eye]),
            np.vstack([none, eye - least]),
            np.vstack([none, most - eye]),
        ]
    )
    width = count + 3 * m
    free, zero, open_ = np.full(m, np.inf), np.zeros(m), np.full(2 * m, np.inf)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = width, 2 * m
    model.col_cost_ = np.concatenate([np.ones(count), np.zeros(3 * m)])
    model.col_lower_ = np.concatenate([np.zeros(count), -free, zero, zero])
    limited = [free if least > 0 else zero, free if most < 1 else zero]
    model.col_upper_ = np.concatenate([np.full(count, np.inf), free, *limited])
    model.row_lower_ = np.concatenate([zero, zero - 1])
    open_[m:] = -1.0
    model.row_upper_ = open_
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    filled = matrix != 0
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(filled.sum(axis=0))]).astype(np.int32)
    model.a_matrix_.index_ = np.nonzero(filled.T)[1].astype(np.int32)
    model.a_matrix_.value_ = matrix.T[filled.T]
    return model
