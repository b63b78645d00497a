"""Siting with capacities: every small case by hand, the published optima, the whole model, errors in words."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy import sparse

from opora.engines.common.reasons import say
from opora.engines.siting.capacity import Capacitated, capacitated
from opora.engines.siting.tests import make_capacitated as make
from opora.engines.solver import Model, rows, solve


def held(given: make.Instance, found: Capacitated) -> None:
    """Everyone is served, nothing is overfull, and the cost is that of what is shown."""
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(len(given.demand)))
    assert (given.demand @ found.shares <= given.capacity + 1e-6).all()
    assert found.load == pytest.approx(given.demand @ found.shares)
    assert set(np.flatnonzero(found.shares.any(axis=0))) <= set(found.open.tolist())
    paid = (given.cost * found.shares).sum() + given.fixed_cost[found.open].sum()
    assert found.cost == pytest.approx(paid)
    assert found.bound <= found.cost


def whole_model(given: make.Instance, *, split: bool) -> float:
    """The optimum of the textbook model, given to the solver as it is."""
    n, m = given.cost.shape
    of, at = np.divmod(np.arange(n * m), m)
    pair, every = np.arange(n * m), n * m + m
    served = sparse.csr_array((np.ones(n * m), (of, pair)), shape=(n, every))
    room = sparse.csr_array(
        (np.r_[given.demand[of], -given.capacity], (np.r_[at, np.arange(m)], np.arange(every))),
        shape=(m, every),
    )
    linked = sparse.csr_array(
        (np.r_[np.ones(n * m), -np.ones(n * m)], (np.r_[pair, pair], np.r_[pair, n * m + at])),
        shape=(n * m, every),
    )
    matrix, low, high = rows([(served, 1.0, 1.0), (room, -np.inf, 0.0), (linked, -np.inf, 0.0)])
    whole = np.r_[np.full(n * m, not split), np.ones(m, dtype=bool)]
    return solve(Model(np.r_[given.cost.ravel(), given.fixed_cost], matrix, low, high, 0.0, 1.0, whole)).value


@pytest.mark.parametrize("seed", range(9))
def test_it_finds_the_best_of_all_plans(seed: int) -> None:
    given = make.instance(seed, spare=(1.1, 1.5, 2.5)[seed % 3], whole=seed % 2 == 0)
    best = make.every_plan(given)
    if np.isinf(best):
        with pytest.raises(ValueError, match="whole"):
            capacitated(*given)
        return
    found = capacitated(*given)
    held(given, found)
    assert found.proven
    assert found.cost == found.bound == pytest.approx(best)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("split", [False, True])
def test_it_agrees_with_the_whole_model(seed: int, split: bool) -> None:
    given = make.instance(100 + seed, 16, 5, spare=1.8)
    found = capacitated(*given, split=split)
    held(given, found)
    assert found.proven
    assert found.cost == pytest.approx(whole_model(given, split=split), rel=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
@pytest.mark.parametrize("split", [False, True])
def test_it_agrees_with_the_whole_model_on_a_hundred_cases(seed: int, split: bool) -> None:
    given = make.instance(1000 + seed, 18, 6, spare=1.5 + 0.02 * seed, whole=seed % 3 > 0)
    found = capacitated(*given, split=split)
    held(given, found)
    assert found.proven
    assert found.cost == pytest.approx(whole_model(given, split=split), rel=1e-7)


@pytest.mark.parametrize("name", ["p2", "p6", "p9", "p22", "cap72", "cap131"])
def test_published_optima_are_proven(name: str) -> None:
    given, optimum = make.published(name)
    found = capacitated(*given)
    held(given, found)
    assert found.proven
    assert found.cost == pytest.approx(optimum, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 25))
def test_every_published_optimum_of_holmberg_is_proven(number: int) -> None:
    given, optimum = make.published(f"p{number}")
    found = capacitated(*given)
    held(given, found)
    assert found.proven
    assert found.cost == optimum


@pytest.mark.parametrize("name", ["cap71", "cap102"])
def test_dividing_gains_nothing_where_capacities_do_not_bind(name: str) -> None:
    given, optimum = make.published(name)
    assert capacitated(*given, split=True).cost == pytest.approx(optimum, abs=1e-4)


def test_dividing_never_costs_more_and_may_be_the_only_way() -> None:
    cost = [[1, 5], [1, 5], [1, 5]]
    whole = capacitated(cost, [2, 2, 2], [3, 5], [0, 0])
    parted = capacitated(cost, [2, 2, 2], [3, 5], [0, 0], split=True)
    assert (whole.cost, parted.cost) == (11.0, 9.0)
    with pytest.raises(ValueError, match="whole"):
        capacitated(cost, [2, 2, 2], [3, 3], [0, 0])
    assert capacitated(cost, [2, 2, 2], [3, 3], [0, 0], split=True).cost == 9.0


def test_fixed_places_are_paid_for_and_forbidden_ones_stay_shut() -> None:
    given = make.instance(3, spare=3.0)
    free = capacitated(*given)
    spare = next(j for j in range(3) if j not in free.open)
    assert spare in capacitated(*given, fixed=[spare]).open
    assert capacitated(*given, fixed=[spare]).cost >= free.cost
    shut = int(free.open[0])
    without = capacitated(*given, forbidden=[shut])
    assert shut not in without.open
    assert without.cost >= free.cost


def test_the_order_of_customers_and_places_does_not_change_the_cost() -> None:
    given = make.instance(8, 12, 4, spare=2.5)
    turn, swap = np.random.default_rng(1).permutation(12), np.array([2, 0, 3, 1])
    moved = capacitated(
        given.cost[turn][:, swap], given.demand[turn], given.capacity[swap], given.fixed_cost[swap]
    )
    assert moved.cost == capacitated(*given).cost


def test_nobody_to_serve_opens_only_what_has_to_open() -> None:
    found = capacitated(np.zeros((0, 2)), [], [5, 5], [7, 9], fixed=[1])
    assert (found.open.tolist(), found.cost, found.proven) == ([1], 9.0, True)
    assert capacitated(np.zeros((0, 0)), [], [], []).cost == 0.0


def test_whoever_needs_nothing_is_still_served_from_an_open_place() -> None:
    found = capacitated([[3, 4], [5, 2]], [0, 0], [0, 0], [10, 10])
    assert (found.cost, found.serves.tolist()) == (16.0, [1, 1])


def test_a_pair_of_infinite_cost_is_never_used() -> None:
    found = capacitated([[np.inf, 4], [1, 2]], [1, 1], [2, np.inf], [0, 0])
    assert found.serves.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("given", "options", "says"),
    [
        (([[1]], [5], [4], [0]), {}, "capacity of 4, the demand is 5: 1 too few"),
        (([[1, 1]], [5], [4, 4], [0, 0]), {}, "customer 0 has a demand of 5, more than the 4"),
        (([[1, 1]], [5], [9, 4], [0, 0]), {"forbidden": [0]}, "capacity of 4, the demand is 5"),
        (([[np.inf, 1]], [1], [9, 4], [0, 0]), {"forbidden": [1]}, "customer 0 cannot be served"),
        (([[1, 1]], [1], [9, 4], [0, 0]), {"forbidden": [0], "fixed": [0]}, "both fixed and forbidden"),
        (([[np.nan]], [1], [4], [0]), {}, "not a number"),
        (([[1, 2]], [1], [4], [0]), {}, "shape"),
        (([[1]], [-1], [4], [0]), {}, "at least 0"),
        (([[1]], [1], [4], [0]), {"time_limit": 0}, "time_limit"),
        (([[1]], [1], [4], [0]), {"gap": -1}, "gap"),
        ((np.zeros((2, 0)), [0, 0], [], []), {}, "no place is allowed"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_words(given: tuple, options: dict, says: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(ValueError, match=says):
        capacitated(*given, **options)


def test_a_limit_of_time_gives_a_plan_with_its_bound() -> None:
    given = make.instance(5, 90, 20, spare=1.5)
    began = time.process_time()
    found = capacitated(*given, time_limit=0.6)
    assert time.process_time() - began < 6.0, "ten times the limit: it was not kept"
    held(given, found)
    assert 0 < found.bound <= found.cost
    assert found.proven or any(reason.kind == "unknown" for reason in found.why)


def test_a_plan_says_what_it_rests_on() -> None:
    said = [say(reason) for reason in capacitated([[1, 5]] * 3, [2, 2, 2], [3, 5], [0, 0]).why]
    assert said == [
        "Капацитетът на допустимите места е 8, а нуждата е 6.",
        "Отварят се 2 места.",
        "Доказано е, че няма по-евтин план.",
        "2 адреса не са изцяло при най-изгодното отворено място: там не достига капацитет.",
        "Най-запълнено е място 2: 4 от 5. Повече капацитет там би могъл да промени плана.",
    ]


def test_progress_is_told() -> None:
    told: list[tuple[int, int, str]] = []
    capacitated(*make.instance(1), tell=lambda *news: told.append(news))
    assert told
    assert all(done <= total for done, total, _ in told)
