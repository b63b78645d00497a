"""Cohorts: limits kept, most people placed, cheapest, as when every plan is tried."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from opora.engines.selection import cohorts


def _best(
    allowed: np.ndarray, size: int, service: list[int], week: list[int], most: int, cost: np.ndarray
) -> tuple[int, float]:
    """Fewest unplaced and their least cost, by trying every plan."""
    best = (len(allowed) + 1, 0.0)
    for plan in itertools.product(range(-1, allowed.shape[1]), repeat=len(allowed)):
        placed = [(i, c) for i, c in enumerate(plan) if c >= 0]
        away = [(service[i], week[c]) for i, c in placed]
        if (
            all(allowed[i, c] for i, c in placed)
            and all(plan.count(c) <= size for c in range(allowed.shape[1]))
            and all(away.count(one) <= most for one in away)
        ):
            best = min(best, (plan.count(-1), float(sum(cost[i, c] for i, c in placed))))
    return best


@pytest.mark.parametrize("seed", range(8))
def test_most_are_placed_at_the_least_cost_of_all_plans(seed: int) -> None:
    random = np.random.default_rng(seed)
    allowed, cost = random.random((6, 3)) < 0.6, random.integers(0, 50, (6, 3))
    service, week = random.integers(0, 2, 6).tolist(), [1, 1, 2]
    done = cohorts(allowed, size=2, service=service, week=week, per_service=2, cost=cost)
    assert (len(done.unplaced), done.cost) == _best(allowed, 2, service, week, 2, cost)
    assert done.proven
    assert done.bound == pytest.approx(done.cost)
    assert all(allowed[i, c] for i, c in enumerate(done.cohort) if c >= 0)


def test_a_service_is_not_left_without_people_in_a_week() -> None:
    done = cohorts(np.ones((5, 3)), service=["а"] * 5, week=[1, 1, 2], per_service=2)
    assert len(done.unplaced) == 1
    assert "от услугата вече отиват 2" in str(done.why[done.unplaced[0]][0])


def test_people_without_dates_and_places_too_few_are_said() -> None:
    done = cohorts([[1, 0], [1, 0], [0, 0]], size=1)
    assert str(done.why[2][0]) == "Няма група с възможни дати."
    assert str(done.notes[0]) == "Хора: 3, места в групите: 1."
    assert sorted(done.cohort.tolist()) == [-1, -1, 0]


def test_nobody_and_no_cohorts_are_answered() -> None:
    assert cohorts(np.zeros((0, 2))).cohort.tolist() == []
    assert cohorts(np.zeros((2, 0))).unplaced.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("allowed must", {"allowed": [1, 2]}),
        ("cost must have the shape", {"cost": [[1.0]]}),
        ("service must have 2", {"service": [1]}),
        ("week must have 1", {"week": [1, 2]}),
        ("size must be at least 0", {"size": -1}),
    ],
)
def test_wrong_input_is_said_in_a_sentence(words: str, change: dict[str, object]) -> None:
    asked: dict[str, object] = {"allowed": [[1], [1]], **change}
    with pytest.raises(ValueError, match=words):
        cohorts(asked.pop("allowed"), **asked)  # type: ignore[arg-type]


def test_eighty_four_go_in_four_cohorts() -> None:
    random = np.random.default_rng(3)
    allowed, cost = random.random((84, 5)) < 0.7, random.integers(5, 300, (84, 5))
    allowed[np.arange(84), np.arange(84) % 5] = True
    service = (np.arange(84) // 2).tolist()
    done = cohorts(allowed, service=service, week=[1, 1, 2, 2, 3], cost=cost)
    assert done.proven
    assert not len(done.unplaced)
    assert np.bincount(done.cohort).max() <= 21
