"""Who is chosen: the best set, by one stated rule, whatever the order of the input."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.selection import choose, select
from opora.engines.selection.tests import make


@st.composite
def cases(draw: st.DrawFn, people: int = 7, groups: int = 5) -> make.Case:
    size = draw(st.integers(1, people))
    points = draw(st.lists(st.integers(0, 5), min_size=size, max_size=size))
    quota = st.tuples(st.sets(st.integers(0, size - 1)).map(sorted), st.integers(0, 3), st.integers(0, 3))
    quotas = [
        (members, least, None if more == 3 else least + more)
        for members, least, more in draw(st.lists(quota, max_size=groups))
    ]
    return make.Case([one / 2 for one in points], draw(st.integers(0, size)), quotas)


@given(cases())
@settings(max_examples=80, deadline=None)
def test_the_set_is_the_best_of_all_and_of_equal_ones_the_first_in_the_ranking(case: make.Case) -> None:
    done = select(case.points, places=case.places, quotas=case.quotas, seed="жребий")
    place = {person: at for at, person in enumerate(done.ranking.tolist())}
    best = min(make.every_best(case), key=lambda one: sorted(place[i] for i in one))
    assert frozenset(done.chosen.tolist()) == best
    assert done.proven
    assert done.total == done.bound == sum(case.points[i] for i in best)


@given(cases(people=9), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_reordering_people_and_quotas_changes_nothing_for_anybody(case: make.Case, random: object) -> None:
    names = [f"№ {i}" for i in range(len(case.points))]
    order = list(range(len(names)))
    random.shuffle(order)  # type: ignore[attr-defined]
    at = {old: new for new, old in enumerate(order)}
    moved = [([at[i] for i in members], least, most) for members, least, most in reversed(case.quotas)]
    one = select(case.points, places=case.places, quotas=case.quotas, names=names)
    other = select(
        [case.points[i] for i in order],
        places=case.places,
        quotas=moved,
        names=[names[i] for i in order],
    )
    assert [names[i] for i in one.chosen] == [names[order[i]] for i in other.chosen]
    assert [names[i] for i in one.reserves] == [names[order[i]] for i in other.reserves]
    assert one.cut == other.cut


def test_without_names_different_points_are_enough_for_stability() -> None:
    # 9 + 6 = 8 + 7: equal totals, but of such sets the one with the higher person wins, not a lot by position.
    points, quotas = [9, 6, 8, 7], [([0, 1], 0, 2), ([2, 3], 0, 2), ([0, 2], 1, 1), ([0, 3], 1, 1)]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]):
        moved = [([order.index(i) for i in members], low, high) for members, low, high in quotas]
        done = select([points[i] for i in order], places=2, quotas=moved)
        assert sorted(points[order[i]] for i in done.chosen) == [6, 9]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_employees_get_the_optimum_of_an_independent_program(seed: int) -> None:
    case = make.employees(seed)
    done = select(case.points, places=case.places, quotas=case.quotas)
    assert done.total == pytest.approx(make.best_total(case), abs=1e-9)
    assert len(done.chosen) == 84
    assert not make.breach(case.quotas, done.chosen)
    assert not len(done.unmet)


@pytest.mark.parametrize("third", [False, True])
def test_nobody_chosen_can_be_exchanged_for_a_better_one_without_breaking_a_quota(third: bool) -> None:
    case = make.employees(5, people=90, places=25, regions=8, third=third)
    done = select(case.points, places=case.places, quotas=case.quotas)
    inside = set(done.chosen.tolist())
    for out in inside:
        for one in set(range(90)) - inside:
            if case.points[one] > case.points[out]:
                assert make.breach(case.quotas, inside - {out} | {one}) > 0


def test_without_quotas_the_highest_are_chosen_and_the_next_wait_in_order() -> None:
    done = select([50, 62.5, 70, 40, 61], places=2)
    assert done.chosen.tolist() == [2, 1]
    assert done.reserves.tolist() == [4, 0, 3]
    assert done.instead.tolist() == [4, 4]
    assert done.cut == 62.5
    assert done.basis == ("", "points", "points", "", "")


def test_whoever_withdraws_is_replaced_by_the_next_the_quotas_admit() -> None:
    # Two bodies, one place each at least: the reserve of the second body is lower, yet called for its own.
    done = select([90, 80, 70, 60, 50], places=3, quotas=[([0, 1, 2], 1, 2), ([3, 4], 1, 2)])
    assert done.chosen.tolist() == [0, 1, 3]
    assert done.reserves.tolist() == [2, 4]
    assert done.instead.tolist() == [2, 2, 4]
    assert done.cut == 80


def test_if_nobody_keeps_the_quota_the_best_left_is_called_and_nobody_if_none_is_left() -> None:
    done = select([90, 10, 20], places=2, quotas=[([1], 1, 1)])
    assert done.instead.tolist() == [2, 2]
    assert select([90, 10], places=2).instead.tolist() == [-1, -1]


def test_equal_decimals_are_equal_however_they_are_written() -> None:
    written = [0.1 + 0.2, 0.3, Decimal("0.3"), Fraction(3, 10), 0.3 + 1e-12]
    lots = {select(written, places=1, seed=seed).chosen.tolist()[0] for seed in range(60)}
    assert lots == {0, 1, 2, 3, 4}
    assert select([0.3, 0.300000002], places=1, seed=1).chosen.tolist() == [1]


def test_lists_arrays_whole_and_negative_points_do_alike() -> None:
    for points in ([-3, -1, -2], np.array([-3, -1, -2]), np.array([-3.0, -1.0, -2.0]), (-3, -1, -2)):
        assert select(points, places=2).chosen.tolist() == [1, 2]


def test_members_may_be_any_iterable_of_positions() -> None:
    for members in ([2], (2,), {2}, np.array([2]), range(2, 3), iter([2])):
        assert select([3, 2, 1], places=1, quotas=iter([(members, 1, float("inf"))])).chosen.tolist() == [2]


def test_nobody_and_no_places_are_answered() -> None:
    nobody = select([], places=3)
    assert (nobody.chosen.tolist(), nobody.cut, nobody.why) == ([], None, ())
    none = select([5, 6], places=0)
    assert (none.chosen.tolist(), none.reserves.tolist(), none.cut, none.total) == ([], [], None, 0)


def test_the_excluded_take_no_part_and_need_no_points() -> None:
    done = select([90, float("nan"), 70, 60], places=2, quotas=[([1, 3], 1, 2)], excluded=[1])
    assert done.chosen.tolist() == [0, 3]
    assert 1 not in done.reserves
    assert "не е допуснат" in str(done.why[1][0])


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("points of Ана are not a finite number", {"points": [float("nan"), 2, 3]}),
        ("points of Ана are not a finite number", {"points": [float("inf"), 2, 3]}),
        ("one number per person", {"points": ["a", 2, 3]}),
        ("one number per person", {"points": [[1, 2], [3, 4], [5, 6]]}),
        ("places must be at least 0", {"places": -1}),
        ("places must be a whole number", {"places": 1.5}),
        ("goes? from 0 to 2|go from 0 to 2", {"quotas": [([3], 0, 1)]}),
        ("names a place twice", {"quotas": [([1, 1], 0, 1)]}),
        ("at least 2 and at most 1", {"quotas": [([1, 2], 2, 1)]}),
        ("members, least, most", {"quotas": [([1, 2], 2)]}),
        ("least of quota 0 must be at least 0", {"quotas": [([1], -1, 1)]}),
        ("3 people and 1 names", {"names": ["Ана"]}),
        ("names must be different", {"names": ["Ана", "Ана", "Яна"]}),
        ("0 quotas and 1 labels", {"labels": ["а"]}),
        ("excluded names 7", {"excluded": [7]}),
        ("seed must be", {"seed": 1.5}),
        ("one number per person", {"points": 5}),
        ("one number per person", {"points": "123"}),
        ("time_limit must be", {"time_limit": 0}),
    ],
)
def test_wrong_input_is_said_in_a_sentence(words: str, change: dict[str, object]) -> None:
    asked: dict[str, object] = {"points": [1, 2, 3], "places": 1, "names": ["Ана", "Боян", "Вера"], **change}
    with pytest.raises(ValueError, match=words):
        select(asked.pop("points"), **asked)  # type: ignore[arg-type]


def test_a_quota_within_a_quota_counts_in_both() -> None:
    done = select([9, 8, 7, 6, 1], places=3, quotas=[([0, 1, 2, 3], 0, 2), ([0, 1], 0, 1)])
    assert done.chosen.tolist() == [0, 2, 4]


def test_the_integer_program_draws_the_same_lot() -> None:
    for seed in range(6):
        asked = {"places": 2, "quotas": [([0, 1], 1, 1)], "seed": seed}
        with mock.patch.object(choose, "split", return_value=None):
            drawn = select([5, 5, 5, 5], **asked)  # type: ignore[arg-type]
        assert drawn.chosen.tolist() == select([5, 5, 5, 5], **asked).chosen.tolist()  # type: ignore[arg-type]
