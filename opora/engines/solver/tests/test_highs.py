"""The one way to HiGHS gives a point, a proven bound and the truth about both."""

import itertools
import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from opora.engines.solver import Model, highs, rows, solve


def knapsack(size: int, seed: int = 1, **more: object) -> Model:
    """A knapsack of several rows, hard enough not to be solved at once."""
    chance = np.random.default_rng(seed)
    weight = chance.integers(10, 100, (5, size)).astype(float)
    return Model(
        -chance.integers(10, 100, size).astype(float), sparse.csr_array(weight), np.full(5, -math.inf),
        weight.sum(axis=1) / 3, high=1.0, integer=True, **more,
    )  # fmt: skip


def test_a_linear_program_has_prices_and_reduced_costs_that_prove_it() -> None:
    model = Model(
        np.array([-3.0, -2.0]),
        sparse.csr_array([[2.0, 1], [1, 3]]),
        np.full(2, -math.inf),
        np.array([4.0, 6]),
    )
    done = solve(model)
    assert done.status == "optimal"
    assert done.value == pytest.approx(-6.8)
    assert done.prices @ np.array([4.0, 6]) == pytest.approx(done.value)
    assert done.reduced == pytest.approx([0, 0])


def test_an_integer_program_is_proven_and_has_no_prices() -> None:
    model = knapsack(12)
    every = np.array(list(itertools.product((0, 1), repeat=12)))
    fits = (every @ model.matrix.toarray().T <= model.row_high).all(axis=1)
    done = solve(model)
    assert done.status == "optimal"
    assert done.gap == 0
    assert done.value == pytest.approx((every[fits] @ model.cost).min())
    assert done.prices is None


def test_stopped_by_its_limit_it_says_so_and_keeps_a_true_bound() -> None:
    best = solve(knapsack(60), gap=0.02)
    stopped = solve(knapsack(60), start=best.x, settings={"mip_max_nodes": 1})
    assert stopped.status == "limit"
    assert stopped.bound <= best.bound + 1e-6
    assert 0 < stopped.gap < 1


def test_impossible_and_unbounded_are_told() -> None:
    wall = Model(np.ones(2), sparse.csr_array([[1.0, 1]]), np.array([5.0]), np.array([math.inf]), high=1.0)
    assert solve(wall).status == "infeasible"
    assert solve(wall).gap == math.inf
    free = Model(np.array([-1.0]), sparse.csr_array([[0.0]]), np.array([-1.0]), np.array([1.0]))
    assert solve(free).status in ("unbounded", "infeasible")


def test_a_better_solution_is_told_on_the_way() -> None:
    told: list[tuple[float, float]] = []
    done = solve(knapsack(40), watch=lambda value, bound: told.append((value, bound)))
    assert told[-1][0] == pytest.approx(done.value)


def test_the_same_model_gives_the_same_point() -> None:
    one, other = solve(knapsack(40)), solve(knapsack(40))
    assert one.x.tolist() == other.x.tolist()


def test_blocks_stack_with_their_sides() -> None:
    matrix, low, high = rows(
        [(sparse.eye_array(2), 0, np.array([1, 2])), (sparse.csr_array([[1.0, 1]]), 1, math.inf)]
    )
    assert matrix.shape == (3, 2)
    assert (low.tolist(), high.tolist()) == ([0, 0, 1], [1, 2, math.inf])


def test_a_matrix_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="the matrix is"):
        solve(Model(np.ones(3), sparse.csr_array([[1.0, 1]]), np.zeros(1), np.ones(1)))


def test_types_alone_load_no_solver() -> None:
    code = "import opora.engines.solver, sys; print('highspy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_a_value_that_is_not_the_points_own_is_asked_again_without_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, asked = knapsack(12), []
    honest = highs._solved

    def lying(model: Model, *, start: object, **rest: object) -> object:
        asked.append(start is not None)
        done = honest(model, start=start, **rest)  # type: ignore[arg-type]
        return replace(done, value=done.value - 50) if start is not None else done

    monkeypatch.setattr(highs, "_solved", lying)
    done = solve(model, start=np.zeros(12))
    assert asked == [True, False]
    assert done.value == pytest.approx(model.cost @ done.x)


@pytest.mark.parametrize(("low", "status"), [(0.0, "optimal"), (1.0, "infeasible")])
def test_a_model_without_columns_is_answered(low: float, status: str) -> None:
    empty = Model(np.zeros(0), sparse.csr_array((1, 0)), np.array([low]), np.array([2.0]))
    assert solve(empty).status == status
