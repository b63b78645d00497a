"""How sure a place is."""

from __future__ import annotations

import math
from math import erf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.scoring import Weights, draw, rank_acceptability
from opora.engines.scoring import blocks as blocks_module
from opora.engines.scoring.blocks import Blocks
from opora.engines.scoring.tests import make

TWO = [(9, 1), (1, 9), (6, 6), (5, 5), (8, 4), (2, 3)]


def counted(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Shares of places, the plain way."""
    out = np.zeros((len(table), len(table)))
    for one in weights:
        for i, place in enumerate(make.places(table, one)):
            out[i, place - 1] += 1
    return out / len(weights)


@pytest.mark.parametrize("seed", range(5))
def test_two_criteria_come_out_as_calculated_by_hand(seed: int) -> None:
    found = rank_acceptability(TWO, seed=seed)
    exact = np.array(make.exact_two(TWO), dtype=float)
    assert np.abs(found.ranks - exact).max() <= 3 * sqrt(0.25 / 10_000)
    assert np.abs(found.ranks - exact).max() <= 5 / 10_000  # the cuts are spread evenly


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([0, 1, 2, 2.5, None]), min_size=3, max_size=3), min_size=1, max_size=7),
    st.integers(0, 99),
)
def test_it_is_what_counting_one_by_one_gives(rows: list, seed: int) -> None:
    """Few different marks, so ties everywhere; some missing."""
    weights = np.array([[0.2, 0.3, 0.5], [1 / 3, 1 / 3, 1 / 3], *draw(None, 3, 20, seed)])
    found = rank_acceptability(rows, weights=weights, pairwise=True, least_observed=0.0)
    table = np.array(rows, dtype=float)
    seen = ~np.isnan(table).all(axis=1)
    assert found.ranked.tolist() == seen.tolist()
    want = counted(table[seen], weights)
    assert found.ranks[seen][:, : len(want)] == pytest.approx(want)
    assert found.ranks[seen].sum(axis=1) == pytest.approx(np.ones(len(want)))
    pairs = np.zeros_like(want)
    for one in weights:
        places = make.places(table[seen], one)
        pairs += places[:, None] < places[None, :]
    assert found.pairwise[np.ix_(seen, seen)] == pytest.approx(pairs / len(weights))
    assert np.isnan(found.ranks[~seen]).all()


def test_many_random_marks_give_exactly_what_counting_gives() -> None:
    table, weights = make.marks(40, 6, 3), np.random.default_rng(4).dirichlet(np.ones(6), 400)
    assert np.array_equal(rank_acceptability(table, weights=weights).ranks, counted(table, weights))


def test_equal_services_tie_and_the_next_place_stays_empty() -> None:
    found = rank_acceptability([[5, 1], [5, 1], [1, 0]], samples=100, pairwise=True)
    assert found.ranks.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert found.pairwise.tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]


def test_a_tie_by_arithmetic_is_a_tie_whatever_the_order_of_adding() -> None:
    """0.1·1 + 0.2·2 + … differs in its last bits with the order; the services are permutations of one another."""
    chance = np.random.default_rng(5)
    row = chance.random(17)
    table = np.array([chance.permutation(row) for _ in range(30)])
    found = rank_acceptability(table, weights=[np.full(17, 1 / 17)])
    assert found.first.tolist() == [1] * 30


def test_where_the_product_could_err_it_is_added_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    table = make.marks(25, 5, 6)
    table[10:20] = table[:10]  # ties under every weighting
    weights = draw(None, 5, 200, 1)
    straight = rank_acceptability(table, weights=weights).ranks
    monkeypatch.setattr(blocks_module.np, "matmul", blocks_module.in_order)
    assert np.array_equal(rank_acceptability(table, weights=weights).ranks, straight)


def test_the_size_of_a_block_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = make.marks(9, 4, 2, missing=0.1)
    whole = rank_acceptability(table, samples=500, observer_error=5, seed=3)
    monkeypatch.setattr(blocks_module, "_BLOCK", 9 * 37)
    parts = rank_acceptability(table, samples=500, observer_error=5, seed=3)
    assert np.array_equal(whole.ranks, parts.ranks, equal_nan=True)


def test_the_same_seed_gives_the_same_and_another_gives_another() -> None:
    table = make.marks()
    one, same, other = (rank_acceptability(table, seed=s, observer_error=3) for s in (7, 7, 8))
    assert np.array_equal(one.ranks, same.ranks)
    assert not np.array_equal(one.ranks, other.ranks)
    assert np.abs(one.ranks - other.ranks).max() < 2 * one.noise


def test_the_order_of_the_services_does_not_matter() -> None:
    table = make.marks(15, 3)
    turned = rank_acceptability(table[::-1], seed=2)
    assert np.array_equal(rank_acceptability(table, seed=2).ranks, turned.ranks[::-1])


def test_central_weights_are_the_mean_of_those_that_make_it_first() -> None:
    found = rank_acceptability([[1, 0], [0, 1], [0.4, 0.4]], seed=1)
    assert found.central_weights[0] == pytest.approx([0.75, 0.25], abs=1e-3)
    assert found.central_weights[1] == pytest.approx([0.25, 0.75], abs=1e-3)
    assert np.isnan(found.central_weights[2]).all()
    assert found.top(1).tolist() == found.first.tolist()
    assert found.top(3) == pytest.approx([1, 1, 1])


def test_noise_in_marks_makes_a_close_order_less_sure_by_the_normal_law() -> None:
    found = rank_acceptability([[50, 50], [52, 52]], observer_error=2, weights=[0.5, 0.5], samples=20_000)
    # The difference of two means of two marks: deviation 2·√½·√2 = 2.
    assert found.first[1] == pytest.approx(0.5 * (1 + erf(1 / sqrt(2))), abs=found.noise)
    same = rank_acceptability(
        [[50, 50], [52, 52]], observer_error=[[2, 2], [2, 2]], weights=[[0.5, 0.5]] * 20_000
    )
    assert same.first.tolist() == found.first.tolist()
    sure = rank_acceptability([[50, 50], [52, 52]], observer_error=[0, 0])
    assert sure.first.tolist() == [0, 1]


def test_noise_with_a_missing_mark_counts_only_what_is_observed() -> None:
    rows, weights = [[50, 50, 50], [53, 53, np.nan]], [[0.4, 0.3, 0.3]] * 20_000
    found = rank_acceptability(rows, observer_error=[3, 3, 3], weights=weights)
    spread = 3 * sqrt((0.16 + 0.09 + 0.09) + (0.16 + 0.09) / 0.49)
    assert found.first[1] == pytest.approx(0.5 * (1 + erf(3 / spread / sqrt(2))), abs=found.noise)


def test_too_little_observed_gives_no_rank_and_takes_no_place() -> None:
    rows = [[9, 9, 9], [1, np.nan, 1], [8, np.nan, np.nan]]
    found = rank_acceptability(rows, pairwise=True)
    assert found.ranked.tolist() == [True, True, False]
    assert found.observed == pytest.approx([1, 2 / 3, 1 / 3])
    assert found.ranks[:2].tolist() == [[1, 0, 0], [0, 1, 0]]
    assert found.interval().tolist() == [[1, 1], [2, 2], [0, 0]]
    for numbers in (found.ranks[2], found.first[2], found.top(2)[2], found.pairwise[2], found.pairwise[:, 2]):
        assert np.isnan(numbers).all()


def test_small_and_empty_input_is_answered() -> None:
    alone = rank_acceptability([[3, 4]], samples=5)
    assert (alone.ranks.tolist(), alone.first.tolist(), alone.samples) == ([[1]], [1], 5)
    none = rank_acceptability(np.zeros((0, 3)), pairwise=True)
    assert (none.ranks.shape, none.first.shape, none.central_weights.shape) == ((0, 0), (0,), (0, 3))
    assert rank_acceptability([[2, 2], [2, 2]], samples=3).first.tolist() == [1, 1]
    assert rank_acceptability([[1], [2]], samples=3).first.tolist() == [0, 1]


def test_one_fixed_weighting_is_compared_once() -> None:
    found = rank_acceptability([[1, 0], [0, 1]], weights=[3, 1])
    assert (found.samples, found.first.tolist(), found.centre.tolist()) == (1, [1, 0], [0.75, 0.25])


def test_progress_ends_at_the_last_weighting() -> None:
    told: list[tuple[int, int, str]] = []
    rank_acceptability(make.marks(), samples=50, tell=lambda *one: told.append(one))
    assert told[-1] == (50, 50, "weightings")


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"marks": [[1, 2], [3]]}, "rows of equal length"),
        ({"marks": [1, 2]}, "shape any × any"),
        ({"marks": [[], []]}, "at least one criterion"),
        ({"marks": [[np.inf, 1]]}, "infinite"),
        ({"samples": 0}, "samples must be at least 1"),
        ({"seed": -1}, "seed must be at least 0"),
        ({"observer_error": -1}, "observer_error must be at least 0"),
        ({"observer_error": [1, 2, 3]}, "observer_error must have the shape 2"),
        ({"weights": [1, 2, 3]}, "weights must have the shape 2"),
        ({"weights": [[0, 0]]}, "must not be zero for every criterion"),
        ({"weights": [[-1, 2]]}, "weights must be at least 0"),
        ({"weights": np.zeros((0, 2))}, "at least one weighting"),
        ({"weights": ([0.6, 0.6], [1, 1])}, "least weights add up to 1.2, which is more than 1"),
        ({"weights": Weights(high=0.4)}, "greatest weights add up to 0.8, which is less than 1"),
        ({"weights": Weights([0.5, 0.1], [0.4, 1])}, "of criterion 0 is above its greatest"),
        ({"weights": Weights(order=[1])}, "order names 1 criteria of 2"),
        ({"weights": Weights(order=[1, 1])}, "twice"),
        ({"weights": Weights(0.1, order=[1, 0])}, "not by both"),
        ({"weights": ([0, 0],)}, "must be two"),
    ],
)
def test_wrong_input_is_refused_in_words(given_: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rank_acceptability(**{"marks": [[1, 2], [2, 1]]} | given_)


def test_places_and_shares_asked_wrongly_are_refused() -> None:
    found = rank_acceptability([[1, 2], [2, 1]], samples=10)
    with pytest.raises(ValueError, match="k must be at least 1"):
        found.top(0)
    with pytest.raises(ValueError, match="in order"):
        found.interval(0.9, 0.1)


def test_who_has_nothing_observed_under_a_weighting_comes_last_there() -> None:
    rows = [[np.nan, 9.0], [1.0, 1.0]]
    found = rank_acceptability(rows, weights=[[1, 0], [0, 1], [0, 1]], least_observed=0.5)
    assert found.first == pytest.approx([2 / 3, 1 / 3])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 0.3), st.booleans())
def test_the_best_in_everything_is_always_first(seed: int, missing: float, noisy: bool) -> None:
    table = make.marks(8, 4, seed, missing)
    table[3] = 101
    found = rank_acceptability(table, samples=50, seed=seed, observer_error=1e-9 if noisy else None)
    assert found.first[3] == 1
    ranked = found.ranks[found.ranked]
    assert ranked.sum(axis=1) == pytest.approx(np.ones(len(ranked)))


def test_blocks_sort_every_service_once() -> None:
    for _, who, place in Blocks(make.marks(7, 3), draw(None, 3, 11), None, 0):
        assert (np.sort(who, axis=1) == np.arange(7)).all()
        assert place.tolist() == list(range(7))


def test_a_gap_that_all_share_and_equal_errors_do_not_disturb_each_other():
    """All services lack the same mark and have the same error: one column of variances beside a whole table of weights."""
    table = [[4.0, math.nan], [3.0, math.nan], [2.0, math.nan]]
    found = rank_acceptability(table, observer_error=[0.5, 0.5], least_observed=0.4, samples=4000)
    alone = rank_acceptability([row[:1] for row in table], observer_error=0.5, samples=4000)
    assert np.allclose(found.first, alone.first, atol=0.02)
    exact = rank_acceptability(
        [[4.0, math.nan], [3.0, 3.0]], observer_error=0, least_observed=0.4, samples=100
    )
    assert exact.first.tolist() == [1.0, 0.0]
