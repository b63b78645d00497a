"""Benefit of the doubt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from opora.engines.scoring import best_for
from opora.engines.scoring.tests import make


def alone(table: np.ndarray, one: int, shares: tuple[float, float] | None) -> float:
    """The score of one service as the textbook writes it, by another solver's face."""
    own, m = table[one], table.shape[1]
    rows, right = list(table), [1.0] * len(table)
    for k in range(m if shares else 0):
        part = np.eye(m)[k] * own[k]
        rows += [shares[0] * own - part, part - shares[1] * own]
        right += [0.0, 0.0]
    return -linprog(-own, np.array(rows), right, bounds=[(0, None)] * m).fun


@pytest.mark.parametrize(
    ("criteria", "shares"),
    [(1, None), (3, None), (5, None), (5, (0.15, 0.6)), (9, (0.05, 0.3)), (2, (0.5, 0.5))],
)
def test_every_score_is_the_optimum_of_its_program(criteria: int, shares: tuple[float, float] | None) -> None:
    table = make.marks(12, criteria, criteria)
    done = best_for(table, shares=shares)
    want = [alone(table, i, shares) for i in range(12)]
    assert done.score == pytest.approx(want, abs=1e-9)
    assert (table @ done.weights.T).max() <= 1 + 1e-9
    assert (done.weights * table).sum(axis=1) == pytest.approx(done.score)
    if shares:
        assert done.shares.min() >= shares[0] - 1e-9
        assert done.shares.max() <= shares[1] + 1e-9


def test_two_criteria_by_hand() -> None:
    done = best_for([[4, 1], [1, 4], [2, 2], [1, 1]])
    assert done.score == pytest.approx([1, 1, 0.8, 0.4])
    assert done.models == ((0,), (1,), (0, 1), (0, 1))


def test_a_mark_of_zero_cannot_be_a_share() -> None:
    assert best_for([[0, 8], [4, 4]], shares=(0.2, 0.8)).score == pytest.approx([0, 1])
    assert best_for([[0, 8], [4, 4]]).score == pytest.approx([1, 1])


def test_nothing_and_zeros_are_answered() -> None:
    assert best_for(np.zeros((0, 3))).score.shape == (0,)
    empty = best_for([[0, 0], [0, 0]])
    assert (empty.score.tolist(), empty.weights.tolist()) == ([0, 0], [[0, 0], [0, 0]])
    assert best_for([[3]]).score.tolist() == [1]
    assert best_for([[2, 0], [1, 0]]).score == pytest.approx([1, 0.5])


def test_many_free_criteria_are_refused_because_all_would_be_best() -> None:
    with pytest.raises(ValueError, match="with 8 criteria and free weights nearly every service is the best"):
        best_for(np.ones((3, 8)))
    assert best_for(np.ones((3, 8)), shares=(0.1, 0.2)).score == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    ("marks", "shares", "words"),
    [
        ([[1, -1]], None, "at least 0"),
        ([[1, np.nan]], None, "not a number"),
        ([[]], None, "at least one criterion"),
        (
            [[1, 1]],
            (0.6, 0.7),
            "2 shares between 0.6 and 0.7 cannot add up to 1: they add up to between 1.2 and 1.4",
        ),
        ([[1, 1]], (0.1, 0.4), "cannot add up to 1"),
        ([[1, 1]], (0.7, 0.4), "0 ≤ least ≤ greatest"),
        ([[1, 1]], (0.7,), "shape 2"),
    ],
)
def test_wrong_input_is_refused_in_words(marks: list, shares: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        best_for(marks, shares=shares)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 100))
def test_the_unit_of_a_mark_does_not_matter_and_somebody_is_best(seed: int, factor: float) -> None:
    table = make.marks(10, 3, seed)
    done = best_for(table)
    assert done.score.max() == pytest.approx(1)
    assert best_for(table * [1, factor, 1]).score == pytest.approx(done.score, abs=1e-8)
    # No weighting can give a service more than the weights that favour it most.
    weights = np.random.default_rng(seed).random((50, 3))
    value = table @ weights.T
    assert (value / value.max(axis=0) <= done.score[:, None] + 1e-9).all()


def test_progress_is_told() -> None:
    told: list[int] = []
    best_for([[1, 2], [2, 1]], tell=lambda done, total, note: told.append(done))
    assert told == [1, 2]
