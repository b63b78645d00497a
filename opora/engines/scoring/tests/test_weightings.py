"""Drawing weightings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.scoring import Weights, draw
from opora.engines.scoring.weightings import middle

N = 20_000


def near(found: np.ndarray, want: object, spread: float = 0.5) -> None:
    """Within four standard errors."""
    np.testing.assert_allclose(found, want, rtol=0, atol=4 * spread / np.sqrt(N))


def test_the_whole_simplex_has_the_means_and_spreads_of_its_law() -> None:
    for m in (2, 3, 8):
        points = draw(None, m, N, seed=1)
        near(points.mean(axis=0), np.full(m, 1 / m))
        near(points.std(axis=0), np.full(m, np.sqrt((m - 1) / m**2 / (m + 1))), 0.3)
        # The chance that a weight is above x is (1 − x)^(m − 1).
        near((points > 0.3).mean(axis=0), np.full(m, 0.7 ** (m - 1)))


def test_an_order_of_importance_is_kept_and_has_its_known_centre() -> None:
    points = draw(Weights(order=[2, 0, 1]), 3, N, seed=2)
    assert (points[:, 2] >= points[:, 0]).all()
    assert (points[:, 0] >= points[:, 1]).all()
    near(points.mean(axis=0), [(1 / 2 + 1 / 3) / 3, 1 / 9, (1 + 1 / 2 + 1 / 3) / 3], 0.3)


def test_a_group_of_equal_importance_is_not_ordered_inside() -> None:
    points = draw(Weights(order=[[0, 1], 2]), 3, N, seed=3)
    assert (points[:, :2].min(axis=1) >= points[:, 2]).all()
    near((points[:, 0] > points[:, 1]).mean(), 0.5)


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 12), st.integers(0, 10**6), st.floats(0.05, 1))
def test_bounds_are_kept(criteria: int, seed: int, share: float) -> None:
    centre = np.random.default_rng(seed).dirichlet(np.ones(criteria) * 2) + 0.01
    asked = Weights.around(centre, share)
    points = draw(asked, criteria, 200, seed)
    assert points.shape == (200, criteria)
    assert (points >= asked.low - 1e-12).all()
    assert (points <= asked.high + 1e-12).all()
    assert points.sum(axis=1) == pytest.approx(np.ones(200))


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.0, 0.5), (0.2, 0.45), ([0.1, 0.2, 0.0], [0.5, 0.4, 0.9]), ([0.0, 0.0, 0.6], [1, 1, 1])],
)
def test_between_bounds_every_weighting_is_equally_likely(low: object, high: object) -> None:
    """Against plain rejection from the whole simplex."""
    whole = draw(None, 3, 150_000, seed=9)
    kept = whole[((whole >= low) & (whole <= high)).all(axis=1)]
    points = draw((low, high), 3, N, seed=4)
    error = 4 * np.sqrt(0.25 / N + 0.25 / len(kept))
    for cut in np.quantile(kept[:, 0], [0.1, 0.3, 0.5, 0.8]):
        assert abs((points[:, 0] < cut).mean() - (kept[:, 0] < cut).mean()) < error
    for cut in np.quantile(kept[:, 2] - kept[:, 1], [0.2, 0.6]):
        assert (
            abs((points[:, 2] - points[:, 1] < cut).mean() - (kept[:, 2] - kept[:, 1] < cut).mean()) < error
        )


def test_narrow_bounds_on_forty_criteria_are_drawn_without_waiting() -> None:
    points = draw(Weights.around(np.ones(40), 0.1), 40, 2000)
    assert points.min() >= 0.0225
    assert points.max() <= 0.0275
    near(points.mean(axis=0), np.full(40, 1 / 40), 0.01)


def test_bounds_that_leave_one_weighting_give_it() -> None:
    assert (draw(Weights([0.2, 0.8], [1, 1]), 2, 3) == [0.2, 0.8]).all()
    assert (draw(Weights([0, 0], [0.25, 0.75]), 2, 3) == [0.25, 0.75]).all()
    assert (draw(None, 1, 3) == 1).all()
    assert draw(Weights.around([1, 3], 0), 2, 2).tolist() == [[0.25, 0.75]] * 2


def test_given_weightings_come_back_adding_up_to_one() -> None:
    assert draw([[2, 2], [0, 5]], 2, 99).tolist() == [[0.5, 0.5], [0, 1]]
    assert draw([0.2, 0.3, 0.5], 3, 2).tolist() == [[0.2, 0.3, 0.5]] * 2


@pytest.mark.parametrize(
    "weights",
    [
        None,
        Weights(0.1, 0.6),
        Weights(order=[2, [0, 3], 1]),
        Weights.around([4, 3, 2, 1], 0.3),
        ([0.1, 0, 0, 0], [0.4, 0.5, 1, 1]),
    ],
)
def test_the_middle_is_that_of_the_drawn_weightings(weights: object) -> None:
    points = draw(weights, 4, N, seed=5)
    near(points.mean(axis=0), middle(weights, points), 0.2)


def test_the_middle_is_exact_where_it_is_known() -> None:
    assert middle(Weights.around([4, 4, 2], 0.5), draw(None, 3, 2)).tolist() == [0.4, 0.4, 0.2]
    assert middle(Weights(order=[1, 0]), draw(None, 2, 2)).tolist() == [0.25, 0.75]
