"""The p-median: equal to trying every choice, the same for any order of looking, plain about what cannot be."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.common.reasons import say
from opora.engines.siting import alternatives, core, dual, lists, median, p_median, spread
from opora.engines.siting.tests import make

PMED = Path(__file__).resolve().parents[5] / "shared" / "benchmarks"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.2, 0.6]), st.booleans())
def test_is_the_least_of_all_choices(seed, gaps, whole):
    far, people, p = make.median(seed, gaps=gaps, whole=whole)
    best = make.best_median(far, people, p)
    if np.isinf(best):
        with pytest.raises(ValueError, match=r"reach everybody|can serve"):
            p_median(far, people, p)
        return
    found = p_median(far, people, p)
    assert found.proven
    assert found.cost == found.bound == pytest.approx(best, abs=1e-9)
    assert len(found.open) == p


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.data())
def test_fixed_sites_open_and_forbidden_ones_do_not(seed, data):
    far, people, p = make.median(seed)
    order = data.draw(st.permutations(range(far.shape[1])))
    fixed = order[: data.draw(st.integers(0, p))]
    forbidden = order[p : data.draw(st.integers(p, far.shape[1]))]
    found = p_median(far, people, p, fixed=fixed, forbidden=forbidden)
    assert set(fixed) <= set(found.open.tolist())
    assert not set(forbidden) & set(found.open.tolist())
    assert found.cost == pytest.approx(make.best_median(far, people, p, fixed, forbidden), abs=1e-9)


@pytest.mark.parametrize("nodes", [0, 2, 40])
@pytest.mark.parametrize("k", [2, 5, 100])
def test_short_lists_a_weak_bound_and_either_end_give_the_same_optimum(monkeypatch, nodes, k):
    monkeypatch.setattr(core, "FEW_NODES", nodes)
    monkeypatch.setattr(core, "MANY_PAIRS", 10**9 if nodes else -1)
    monkeypatch.setattr(median, "length", lambda n, m, p: min(m, k))
    monkeypatch.setattr(median, "ROOT", dual.Pace(8))
    for seed in range(3):
        far, people = make.plane(20, 12, seed)
        assert p_median(far, people, 3).cost == pytest.approx(make.best_median(far, people, 3), rel=1e-9)


def test_the_bound_from_short_lists_holds_for_the_whole_matrix():
    far, people = make.plane(40, 30, 3)
    problem = median.posed(far, people, 4, (), ())
    best = p_median(far, people, 4).cost
    for k in (1, 3, 10, 30):
        entries = lists.flat(lists.nearest(problem, k))
        sites = dual.Sites(4, problem.fixed, problem.allowed)
        found = dual.climb(
            entries, people * 9.0, sites, weight=people, target=1e9, pace=dual.ROOT, deadline=1e18
        )
        assert found.value <= best * (1 + 1e-9)


def test_everybody_is_served_by_the_nearest_open_site_the_lowest_of_equals():
    found = p_median([[1, 1, 9], [9, 9, 0], [2, 2, 5]], [1, 1, 1], 3)
    assert found.serves.tolist() == [0, 2, 0]


def test_more_than_one_site_may_stand_where_nobody_needs_it():
    found = p_median(np.zeros((2, 4)), [1, 1], 4)
    assert (found.open.tolist(), found.cost, found.proven) == ([0, 1, 2, 3], 0.0, True)


def test_nobody_and_nothing_are_answered():
    assert p_median(np.zeros((0, 3)), [], 2).open.tolist() == [0, 1]
    assert p_median([[7]], [2], 1).cost == 14.0
    assert p_median([[5, np.inf], [np.inf, np.inf]], [0, 0], 1, fixed=[1]).serves.tolist() == [-1, -1]


def test_a_demand_of_no_weight_may_stay_unserved():
    found = p_median([[1, np.inf], [np.inf, 3]], [4, 0], 1)
    assert (found.cost, found.serves.tolist()) == (4.0, [0, -1])


def test_the_scale_of_weights_changes_nothing_but_the_scale():
    far, people = make.plane(60, 40, 5)
    one, other = p_median(far, people, 6), p_median(far, people * 1e-7, 6)
    assert one.open.tolist() == other.open.tolist()
    assert other.cost == pytest.approx(one.cost * 1e-7)


def test_the_same_input_gives_the_same_answer_and_is_not_changed():
    far, people = make.plane(80, 80, 6)
    before = far.copy()
    one, other = p_median(far, people, 9, forbidden=[3]), p_median(far, people, 9, forbidden=[3])
    assert one.open.tolist() == other.open.tolist()
    assert np.array_equal(far, before)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"p": 0}, "p must be at least 1"),
        ({"p": 4}, "at most 3"),
        ({"p": 1.5}, "whole number"),
        ({"weight": [1, -1]}, "weight must be at least 0"),
        ({"weight": [1]}, "shape 2"),
        ({"distance": [[1, 2, np.nan], [1, 2, 3]]}, "not a number, at 0, 2"),
        ({"distance": [1, 2]}, "shape any × any"),
        ({"fixed": [0, 1]}, "2 sites are fixed, but only 1"),
        ({"fixed": [0], "forbidden": [0]}, "both fixed and forbidden"),
        ({"forbidden": [0, 1, 2]}, "only 0 are not forbidden"),
        ({"fixed": [7]}, "names 7"),
        ({"time_limit": 0}, "time_limit"),
        ({"distance": [[1, 2, 3], [np.inf, np.inf, np.inf]]}, "can serve the demands 1"),
        ({"distance": [[1, np.inf, np.inf], [np.inf, 2, np.inf]]}, "at least 2 are needed"),
    ],
)
def test_wrong_input_is_told_in_a_sentence(change, says):
    with pytest.raises(ValueError, match=says):
        p_median(**{"distance": [[1, 2, 3], [3, 2, 1]], "weight": [1, 1], "p": 1, **change})


def test_a_time_limit_gives_a_plan_with_a_bound_that_holds():
    far, people = make.plane(150, 150, 2)
    hurried, calm = p_median(far, people, 8, time_limit=1e-6), p_median(far, people, 8)
    assert hurried.bound <= calm.cost <= hurried.cost
    assert len(hurried.open) == 8
    assert hurried.proven == (hurried.gap == 0)


def test_progress_is_told_to_the_end():
    news: list[tuple[int, int, str]] = []
    p_median(*make.plane(30, 30), 3, tell=lambda *one: news.append(one))
    assert news[-1][:2] == (3, 3)


def test_the_far_ones_stand_beside_the_mean():
    far = np.array([[0.0], [10.0], [100.0]])
    measured = spread(far, [94, 5, 1], [0, 0, 0])
    assert (measured.p95, measured.worst, measured.worst_at) == (10.0, 100.0, 2)
    assert measured.mean == pytest.approx(1.5)
    said = " ".join(say(one) for one in p_median(far, [94, 5, 1], 1).why)
    assert "Средното разстояние за човек е 1,5" in said
    assert "Доказано е" in said


def test_the_price_of_forbidding_a_site_is_exact_when_chosen_anew_and_never_more_than_one_exchange():
    far, people = make.plane(30, 12, 4)
    plan = p_median(far, people, 3)
    quick, anew = alternatives(far, people, plan), alternatives(far, people, plan, anew=True)
    assert [one.site for one in quick] == plan.open.tolist()
    assert sum(one.people for one in quick) == pytest.approx(people.sum())
    for one, other in zip(quick, anew, strict=True):
        best = make.best_median(far, people, 3, forbidden=[one.site])
        assert other.proven
        assert other.price == pytest.approx(best - plan.cost)
        assert other.price <= one.price * (1 + 1e-9)


def test_a_site_that_nothing_can_replace_says_so():
    plan = p_median([[1, 5], [np.inf, 2]], [1, 1], 2)
    assert all(np.isinf(one.price) for one in alternatives([[1, 5], [np.inf, 2]], [1, 1], plan))


def test_a_graph_as_in_the_published_family_is_proven():
    far = make.graph(120, 1)
    found = p_median(far, np.ones(120), 24)
    assert found.proven
    assert found.cost == far[:, found.open].min(axis=1).sum()
    assert dataclasses.replace(found, proven=False).gap == 0.0


@pytest.mark.slow
@pytest.mark.skipif(not PMED.exists(), reason="the published instances are not carried with the project")
@pytest.mark.parametrize("name", [f"pmed{k}" for k in range(1, 26)])
def test_every_published_optimum_is_found_and_proven(name):
    from bench.engines.siting import published

    optima = dict(csv.reader((PMED / "pmed_optima.csv").open(encoding="utf-8")))
    far, p = published(PMED / "pmed" / f"{name}.txt")
    found = p_median(far, np.ones(len(far)), p)
    assert found.proven
    assert found.cost == float(optima[name])


def test_every_public_name_is_what_it_says_whatever_is_asked_first():
    import opora.engines.siting as siting

    assert all(callable(getattr(siting, name)) for name in sorted(siting.__all__))
