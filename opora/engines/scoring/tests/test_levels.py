"""From raw data to the index."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.scoring import Framework, scores
from opora.engines.scoring.tests import make
from opora.engines.scoring.treatment import moments, treat


def test_asem_comes_out_as_published() -> None:
    raw, framework, units = make.asem()
    done = scores(raw, framework, fill="EurAsia_group")
    for code in framework.indicators:
        np.testing.assert_allclose(done.treated[code], make.published("treated", code, units), rtol=1e-9)
        np.testing.assert_allclose(
            done.normalised[code], make.published("normalised", code, units), rtol=0, atol=1e-9
        )
    for code, found in done.aggregates.items():
        np.testing.assert_allclose(found, make.published("aggregates", code, units), rtol=0, atol=1e-9)
    index = make.published("aggregates", "Index", units)
    assert done.ranks["Index"].tolist() == (1 + (index[None] > index[:, None]).sum(axis=1)).tolist()
    assert sorted(dict(zip(units, done.index.round(3), strict=True)).items(), key=lambda one: -one[1])[:3] == [
        ("CHE", 68.384), ("NLD", 64.820), ("DNK", 64.804),
    ]  # fmt: skip


def test_a_small_tree_by_hand() -> None:
    done = scores(make.columns(), make.tree(directions={"b": -1}, weights={"c": 3, "P": 2}))
    assert done.normalised["b"].tolist() == [0, 25, 50, 75, 100]
    assert done.aggregates["P"].tolist() == [0, 25, 50, 75, 100]
    assert done.aggregates["Q"].tolist() == [0, 68.75, 25, 100, 56.25]
    assert done.index == pytest.approx([0, (50 + 68.75) / 3, (100 + 25) / 3, 250 / 3, (200 + 56.25) / 3])
    assert done.ranks["I"].tolist() == [5, 4, 3, 2, 1]
    assert done.framework.levels == (("P", "Q"), ("I",))
    assert done.table().tolist() == np.column_stack([done.aggregates["P"], done.aggregates["Q"]]).tolist()


def test_a_missing_value_leaves_its_weight_to_the_others_and_is_never_guessed() -> None:
    done = scores(make.columns(a=[1, 2, 3, 4, None]), make.tree(weights={"a": 3}))
    assert done.aggregates["P"][4] == done.normalised["b"][4] == 0
    assert done.coverage["P"].tolist() == [1, 1, 1, 1, 0.25]
    assert done.coverage["I"].tolist() == [1, 1, 1, 1, 0.625]
    assert done.ranks["P"][4] == done.ranks["I"][4] == 0
    assert sorted(done.ranks["I"][:4]) == [1, 2, 3, 4]
    assert done.filled["a"] == 0


def test_a_gap_is_filled_by_its_group_only_when_asked_and_is_still_not_observed() -> None:
    raw = {**make.columns(a=[1, 2, 3, 4, np.nan]), "town": ["x", "x", "y", "y", "y"]}
    done = scores(raw, make.tree(), fill="town")
    assert done.treated["a"].tolist() == [1, 2, 3, 4, 3.5]
    assert (done.filled["a"], done.coverage["P"][4]) == (1, 0.5)
    assert scores(raw, make.tree(), fill=raw["town"]).index.tolist() == done.index.tolist()


def test_a_denominator_divides_before_anything_else() -> None:
    raw = make.columns(a=[10, 20, 30, 40, 50], people=[10, 10, 10, 10, 100])
    done = scores(raw, make.tree(denominators={"a": "people"}))
    assert done.treated["a"].tolist() == [1, 2, 3, 4, 0.5]
    with pytest.raises(ValueError, match="people divides a and must be above zero; for service 2 it is 0"):
        scores(raw | {"people": [1, 1, 0, 1, 1]}, make.tree(denominators={"a": "people"}))


def test_bounds_make_a_score_independent_of_who_else_is_there() -> None:
    bounds = {"a": (0, 10), "b": (0, 10), "c": (0, 100), "d": (0, 10)}
    alone = scores({c: v[:1] for c, v in make.columns().items()}, make.tree(bounds=bounds))
    assert alone.index[0] == scores(make.columns(), make.tree(bounds=bounds)).index[0] == 20
    with pytest.raises(ValueError, match="a has a value outside its bounds 0 to 4"):
        scores(make.columns(), make.tree(bounds={"a": (0, 4)}))


def test_an_indicator_equal_for_all_is_left_out_and_said_so() -> None:
    done = scores(make.columns(a=[7, 7, 7, 7, 7]), make.tree())
    assert done.treatment["a"].how == "constant"
    assert done.aggregates["P"].tolist() == done.normalised["b"].tolist()
    assert done.coverage["I"].tolist() == [1] * 5


def test_one_service_alone_has_no_scale_and_no_rank() -> None:
    done = scores({code: [3.0] for code in "abcd"}, make.tree())
    assert np.isnan(done.index[0])
    assert done.ranks["I"].tolist() == [0]


def test_ties_share_a_place() -> None:
    done = scores({"a": [1, 3, 3, 5]}, Framework(["a"], {"a": "I"}))
    assert done.ranks["I"].tolist() == [4, 2, 2, 1]


def test_the_second_opinion_flags_who_hides_a_weak_side() -> None:
    strong = {"a": [*range(40, 60), 100.0], "b": [*range(40, 60), 0.0]}
    done = scores(strong, Framework(["a", "b"], {"a": "I", "b": "I"}, bounds={"a": (0, 100), "b": (0, 100)}))
    assert (done.ranks["I"][20], done.geometric_ranks["I"][20]) == (10, 21)
    assert np.flatnonzero(done.flagged).tolist() == [20]
    assert done.geometric["I"][20] == pytest.approx(10)


def test_raw_data_may_be_rows_columns_or_an_array() -> None:
    raw = make.columns()
    want = scores(raw, make.tree()).index.tolist()
    rows = [dict(zip(raw, values, strict=True)) for values in zip(*raw.values(), strict=True)]
    assert scores(rows, make.tree()).index.tolist() == want
    assert scores(np.array(list(raw.values())).T, make.tree()).index.tolist() == want


def test_lists_in_the_order_of_the_indicators_say_the_same() -> None:
    listed = Framework(
        ["a", "b", "c", "d"], [("P", "I"), ("P", "I"), ("Q", "I"), "Q"], [1, -1, 1, 1], [1, 1, 3, 1]
    )
    named = make.tree(directions={"b": -1}, weights={"c": 3})
    assert scores(make.columns(), listed).index.tolist() == scores(make.columns(), named).index.tolist()


@pytest.mark.parametrize(
    ("parents", "other", "words"),
    [
        ({"a": "I", "b": "J"}, {}, "must end in one index, not in I and J"),
        ({"a": "I"}, {}, "indicator b has nothing above it"),
        ({"a": "I", "b": "I", "I": "J", "J": "I"}, {}, "round in a circle"),
        ({"a": "b", "b": "I"}, {}, "b is an indicator and stands above a"),
        ({"a": "I", "b": "I", "X": "I"}, {}, "X is no indicator and none stands under it"),
        ({"a": "I", "b": "I"}, {"directions": {"a": 2}}, "direction of a must be 1 or −1"),
        ({"a": "I", "b": "I"}, {"weights": {"a": -1}}, "weight of a must be"),
        ({"a": "I", "b": "I"}, {"weights": {"a": 0, "b": 0}}, "all weights under I are zero"),
        ({"a": "I", "b": "I"}, {"weights": {"z": 1}}, "weights names z"),
        ({"a": "I", "b": "I"}, {"weights": ["x", 1]}, "must be numbers"),
        ({"a": "I", "b": "I"}, {"directions": [1]}, "directions must be one for each of 2"),
        ({"a": "I", "b": "I"}, {"bounds": {"a": (3, 1)}}, "the lower first"),
        ([("P", "I"), ("P", "J")], {}, "P stands under I and under J"),
    ],
)
def test_a_framework_that_is_no_tree_is_refused_in_words(parents, other, words) -> None:
    with pytest.raises(ValueError, match=words):
        Framework(["a", "b"], parents, **other)


def test_a_framework_names_each_indicator_once() -> None:
    with pytest.raises(ValueError, match="no indicators"):
        Framework([], {})
    with pytest.raises(ValueError, match="twice"):
        Framework(["a", "a"], {"a": "I"})


def test_raw_data_that_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="no column d"):
        scores({c: [1, 2] for c in "abc"}, make.tree())
    with pytest.raises(ValueError, match="column b must have the shape 5"):
        scores(make.columns(b=[1, 2]), make.tree())
    with pytest.raises(ValueError, match="no column town"):
        scores(make.columns(), make.tree(), fill="town")
    with pytest.raises(ValueError, match="one group for each of 5"):
        scores(make.columns(), make.tree(), fill=["x"])
    with pytest.raises(ValueError, match="infinite"):
        scores(make.columns(a=[1, 2, 3, 4, np.inf]), make.tree())


def test_far_values_are_capped_one_by_one() -> None:
    values = np.array([*range(1, 11), 30.0, 100.0, np.nan])
    treated, done = treat(values)
    assert (done.how, done.high, done.low) == ("capped", (11,), ())
    assert treated[[10, 11]].tolist() == [30, 30]
    assert np.isnan(treated[12])
    low, done = treat(-values)
    assert (done.low, low[11]) == ((11,), -30)


def test_what_capping_cannot_mend_is_bent_by_a_logarithm() -> None:
    values = np.exp(np.linspace(0, 30, 300))
    bent, done = treat(values)
    assert done.how == "logarithm"
    assert (np.diff(bent) > 0).all()
    spread = values.max() - values.min()
    assert bent[0] == pytest.approx(np.log(0.01 * spread))
    assert bent[-1] == pytest.approx(np.log(1.01 * spread))


def test_a_rare_yes_is_not_capped_away() -> None:
    values = np.zeros(40)
    values[3] = 1.0
    treated, done = treat(values)
    assert done.how == "logarithm"
    assert (treated[3] - treated.min()) / np.ptp(treated) == 1


def test_moments_are_those_of_a_spreadsheet() -> None:
    # SKEW and KURT of 3, 4, 5, 2, 3, 4, 5, 6, 4, 7 in the manual of a spreadsheet.
    skew, kurtosis = moments(np.array([3, 4, 5, 2, 3, 4, 5, 6, 4, 7.0]))
    assert (skew, kurtosis) == (pytest.approx(0.359543071), pytest.approx(-0.151799637))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_treatment_keeps_the_order_and_caps_few(values: list[float]) -> None:
    column = np.array(values)
    treated, done = treat(column)
    order = np.argsort(column, kind="stable")
    assert (np.diff(treated[order]) >= 0).all()
    for places in (done.high, done.low):
        assert len({treated[i] for i in places}) <= 1
    if done.how in ("none", "constant"):
        assert treated.tolist() == values


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.1, 9), st.floats(-5, 5))
def test_units_of_measure_do_not_matter(seed: int, factor: float, shift: float) -> None:
    table = make.marks(12, 4, seed)
    one = scores(table, make.tree())
    other = scores(table * factor + shift, make.tree())
    np.testing.assert_allclose(one.index, other.index, rtol=0, atol=1e-8)
