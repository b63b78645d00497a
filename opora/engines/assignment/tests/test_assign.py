"""The plan is the best there is, keeps every rule, and says how sure that is."""

from __future__ import annotations

import csv
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.assignment import Assignment, assign
from opora.engines.assignment.tests import make
from opora.engines.common.reasons import say


def solved(asked: make.Question, **more: object) -> Assignment:
    return assign(asked.cost, asked.size, asked.capacity, **asked.options, **more)


@pytest.mark.parametrize("seed", range(40))
def test_the_best_plan_of_small_questions_with_every_option(seed: int) -> None:
    asked = make.question(seed)
    plan = solved(asked, gap=0)
    left, short, cost = make.best(asked)
    assert (plan.left_out, plan.short.sum()) == pytest.approx((left, short))
    assert plan.cost == pytest.approx(cost)
    assert plan.proven
    assert plan.bound == pytest.approx(cost)
    assert plan.unplaced.tolist() == np.flatnonzero(plan.home < 0).tolist()


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 2000, 100))
def test_the_best_plan_of_many_more(start: int) -> None:
    for seed in range(start, start + 100):
        asked = make.question(seed)
        plan = solved(asked, gap=0)
        assert (plan.left_out, plan.short.sum(), plan.cost) == pytest.approx(make.best(asked)), seed


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 3))
def test_everybody_has_a_place_when_there_is_one_and_no_home_is_too_full(seed: int, slack: int) -> None:
    asked = make.town(seed, people=24, homes=4, slack=slack)
    plan = solved(asked)
    assert not len(plan.unplaced)
    assert (np.bincount(plan.home, asked.size, 4) <= asked.capacity).all()
    assert plan.cost == pytest.approx(asked.cost[np.arange(24), plan.home].sum())
    assert plan.bound <= plan.cost
    assert plan.gap <= 1e-3


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6))
def test_groups_that_must_stay_together_are_never_split_and_friends_only_help(seed: int) -> None:
    asked = make.town(seed, people=20, homes=4, slack=4)
    alone = solved(asked, gap=0)
    chain = [(0, 1, None), (1, 2, None)]
    united = solved(make.Question(asked.cost, asked.size, asked.capacity, {"together": chain}), gap=0)
    assert len(set(united.home[:3].tolist())) == 1
    assert united.cost >= alone.cost - 1e-6 or united.left_out > alone.left_out
    friends = [(3, 4, 10.0), (4, 5, 10.0), (3, 5, 5.0)]
    fond = solved(make.Question(asked.cost, asked.size, asked.capacity, {"together": friends}), gap=0)
    assert alone.cost - 25 - 1e-6 <= fond.cost <= alone.cost + 1e-6


def test_pricing_column_by_column_gives_the_bound_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = make.town(3, people=50, homes=20, slack=10)
    asked.options["together"] = [(2 * i, 2 * i + 1, 20.0) for i in range(8)] + [(0, 5, 15.0), (5, 9, 15.0)]
    asked.options["apart"] = [(20, 21), (21, 22)]
    whole = solved(asked, gap=0)
    monkeypatch.setattr("opora.engines.assignment.relax.SMALL", 10)
    parts = solved(asked, gap=0)
    assert parts.proven
    assert whole.proven
    assert parts.cost == pytest.approx(whole.cost)


@pytest.mark.parametrize(
    "name",
    ["a05100", "a05200", "a10100", "a10200", "a20100", "a20200", "c0515_1", "c0520_1", "c0824_1", "c0832_1"],
)
def test_published_instances_are_solved_to_the_proven_optimum(name: str) -> None:
    _is_optimal(name)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["c0824_1", "c0832_1", "b05100", "b10100", "b20100", "c05100", "c10100", "c1040_1", "c1060_1"]
)
def test_harder_published_instances_are_solved_to_the_proven_optimum(name: str) -> None:
    _is_optimal(name)


def _is_optimal(name: str) -> None:
    if not make.SHARED.exists():
        pytest.skip("the published instances are not here")
    with (make.SHARED / "gap_optima.csv").open(encoding="utf-8") as file:
        known = {row["instance"]: float(row["best_known"]) for row in csv.DictReader(file)}
    plan = solved(make.published(name), gap=0)
    assert (plan.cost, plan.bound, plan.proven, len(plan.unplaced)) == (known[name], known[name], True, 0)


def test_the_same_question_has_the_same_answer() -> None:
    asked = make.town(7, people=40, homes=5)
    first, second = solved(asked), solved(asked)
    assert first.home.tolist() == second.home.tolist()
    assert (first.cost, first.bound) == (second.cost, second.bound)


def test_lists_and_whole_numbers_are_as_good_as_arrays() -> None:
    plan = assign([[1, 5], [1, 2]], [1, 1], [1, 1])
    assert plan.home.tolist() == [0, 1]
    assert (plan.cost, plan.proven) == (3.0, True)
    assert plan.home.dtype == np.int64


@pytest.mark.parametrize(
    ("cost", "size", "capacity"), [([], [], []), ([], [], [3, 4]), (np.zeros((0, 2)), [], [1, 1])]
)
def test_nobody_to_place_is_a_plan(cost: object, size: object, capacity: object) -> None:
    plan = assign(cost, size, capacity)
    assert plan.home.tolist() == []
    assert (plan.cost, plan.bound, plan.proven) == (0.0, 0.0, True)


def test_without_homes_nobody_has_a_place() -> None:
    plan = assign(np.zeros((2, 0)), [1, 2], [])
    assert plan.unplaced.tolist() == [0, 1]
    assert plan.proven
    assert "Няма нито един дом." in say(plan.why[-2])


def test_a_group_too_large_for_any_home_is_left_whole_and_told_why() -> None:
    plan = assign(np.ones((3, 2)), [2, 2, 1], [3, 3], together=[(0, 1, None)])
    assert plan.unplaced.tolist() == [0, 1]
    told = [say(reason) for reason in plan.why]
    assert "Без място: 0, 1. Заедно са 4, а най-големият дом има 3 места." in told


def test_too_few_places_are_said_first_and_as_many_as_possible_are_placed() -> None:
    plan = assign(np.full((5, 2), 10.0), [1, 1, 1, 1, 1], [2, 2])
    assert (plan.left_out, plan.left_out_bound, plan.proven) == (1.0, 1.0, True)
    assert [say(reason) for reason in plan.why[:2]] == [
        "Хора: 5. Места: 4.",
        "Местата са с 1 по-малко от хората.",
    ]


def test_nobody_is_left_out_to_save_cost() -> None:
    plan = assign([[1e6, 1e6], [0, 1]], [1, 1], [1, 1])
    assert sorted(plan.home.tolist()) == [0, 1]


def test_a_large_group_is_left_out_rather_than_two_small_ones_of_more_people() -> None:
    plan = assign([[0.0], [9.0], [9.0]], [2, 2, 1], [3])
    assert plan.left_out == 2
    assert plan.home.tolist() == [0, -1, 0]


def test_a_home_reaches_its_least_or_the_answer_says_what_is_missing() -> None:
    plan = assign([[0.0, 50.0], [0.0, 60.0], [0.0, 70.0]], [1, 1, 1], [3, 3], least=[0, 2])
    assert plan.home.tolist() == [1, 1, 0]
    never = assign([[0.0, 50.0], [0.0, 60.0]], [1, 1], [2, 2], least=[0, 2], forbidden=[[0, 1], [0, 0]])
    assert never.short.tolist() == [0, 1]
    assert "Дом 1 ще има 1 от нужните най-малко 2." in [say(reason) for reason in never.why]


def test_a_bonus_keeps_people_where_they_are_among_equal_plans() -> None:
    now = [1, 0, 1, 0]
    plan = assign(np.ones((4, 2)), [1] * 4, [2, 2], stay=(now, 0.02), gap=0)
    assert plan.home.tolist() == now
    assert plan.cost == pytest.approx(4 - 0.08)


def test_a_short_time_still_gives_a_plan_with_a_true_bound() -> None:
    asked = make.of_class("d", 10, 80, 1)
    began = time.monotonic()
    plan = solved(asked, gap=0, time_limit=1.0)
    assert time.monotonic() - began < 3
    assert -np.inf < plan.bound <= plan.cost
    assert plan.gap == pytest.approx((plan.cost - plan.bound) / plan.cost)
    assert plan.proven == (plan.gap == 0)


def test_progress_is_told() -> None:
    heard: list[tuple[int, int, str]] = []
    asked = make.town(1, people=20, homes=4)
    solved(asked, gap=0, tell=lambda *said: heard.append(said))
    assert heard[0][:2] == (0, 3)


GOOD: dict[str, object] = {"cost": [[1.0, 2.0], [3.0, 4.0]], "size": [1, 1], "capacity": [1, 1]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"cost": [[1.0, float("nan")], [1, 1]]}, "cost holds a value that is not a number"),
        ({"cost": [[1.0, float("inf")], [1, 1]]}, "infinite"),
        ({"cost": [[1.0], [1, 2]]}, "rows of equal length"),
        ({"cost": [1.0, 2.0]}, "shape"),
        ({"size": [1, -1]}, "size must be at least 0"),
        ({"size": [1, 1, 1]}, "size must have the shape"),
        ({"size": [[1], [1]]}, "size must have the shape"),
        ({"capacity": [1, -1]}, "capacity must be at least 0"),
        ({"capacity": [1]}, "capacity must have the shape"),
        ({"forbidden": [[0, 1]]}, "forbidden must have the shape"),
        ({"forbidden": [[0, 2], [0, 0]]}, "only true and false"),
        ({"least": [2, 0]}, "at least 2 but has room for 1"),
        ({"least": [2, 1], "capacity": [2, 2]}, "at least 3 in all, but there are only 2"),
        ({"together": [(0, 0, None)]}, "with itself"),
        ({"together": [(0, 5, None)]}, "go from 0 to 1"),
        ({"together": [(0, 1)]}, "one, other, reward"),
        ({"together": [(0, 1, -3.0)]}, "zero or more"),
        ({"together": [(0, 1, None)], "apart": [(0, 1)]}, "must not be in one home"),
        ({"apart": [(0, 0.5)]}, "whole numbers"),
        ({"stay": ([0, 7], 1.0)}, "from −1 to 1"),
        ({"stay": ([0, 1], -1.0)}, "zero or more"),
        ({"stay": [0]}, "two things"),
        ({"gap": -1}, "gap"),
        ({"time_limit": 0}, "time_limit"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(wrong: dict[str, object], said: str) -> None:
    given_ = {**GOOD, **wrong}
    with pytest.raises(ValueError, match=said):
        assign(given_.pop("cost"), given_.pop("size"), given_.pop("capacity"), **given_)
