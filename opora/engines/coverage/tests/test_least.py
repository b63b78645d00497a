"""The least team is the cheapest that covers every need."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.coverage import least_team


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_the_cost_is_that_of_brute_force(seed: int) -> None:
    chance = np.random.default_rng(seed)
    gives = chance.integers(0, 6, (3, 2)) + np.array([[1, 0], [0, 1], [0, 0]])
    need, cost = chance.integers(0, 12, 2), chance.integers(1, 5, 3)
    done = least_team(need, gives, cost=cost)
    tried = (n for n in product(range(13), repeat=3) if (np.array(n) @ gives >= need).all())
    assert done.cost == min(float(cost @ np.array(n)) for n in tried)
    assert done.proven
    assert (done.spare >= 0).all()


def test_the_hours_missed_with_one_fewer_are_counted() -> None:
    done = least_team([100, 40], [[30, 0], [0, 25]], kinds=("психолог", "логопед"))
    assert done.count.tolist() == [4, 2]
    assert done.missed.tolist() == [10, 15]
    assert str(done.why[0]) == "психолог: 4. С един по-малко остават непокрити 10 часа."


def test_a_need_that_cannot_be_covered_is_named() -> None:
    with pytest.raises(ValueError, match="говор needs 40 hours; all who may be taken give 25"):
        least_team([40], [[25]], most=[1], needs=("говор",))
    with pytest.raises(ValueError, match="нужда 1 needs 40 hours; all who may be taken give 0"):
        least_team([40], [])


def test_nothing_to_cover_needs_nobody() -> None:
    assert least_team([], []).cost == 0
    assert least_team([0], [[5]]).count.tolist() == [0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"need": [-1]}, "need must be at least 0"),
        ({"gives": [[1, 2]]}, "gives must have the shape"),
        ({"cost": [1, 2]}, "cost must have the shape"),
        ({"kinds": ("а", "б")}, "kinds must be 1 names"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(change: dict[str, Any], words: str) -> None:
    case: dict[str, Any] = {"need": [1], "gives": [[1]]}
    with pytest.raises(ValueError, match=words):
        least_team(**(case | change))
