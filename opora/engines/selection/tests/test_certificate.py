"""How firmly each place stands, against every set tried and against forced programs."""

from __future__ import annotations

import itertools
import math
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings

from opora.engines.selection import certificate, certify, choose, select
from opora.engines.selection.tests import make
from opora.engines.selection.tests.test_select import cases


def _proved(case: make.Case) -> None:
    """Compare with all sets of the fewest breaches."""
    found = certificate(case.points, places=case.places, quotas=case.quotas)
    best = make.every_best(case)
    size = len(case.points)
    assert found.always.tolist() == sorted(frozenset.intersection(*best))
    assert found.tied.tolist() == sorted(frozenset.union(*best) - frozenset.intersection(*best))
    assert found.never.tolist() == sorted(set(range(size)) - frozenset.union(*best))
    assert found.proven
    least = make.breach(case.quotas, best[0])
    kept = [
        frozenset(one)
        for one in itertools.combinations(range(size), min(case.places, size))
        if make.breach(case.quotas, one) == least
    ]
    top = sum(case.points[i] for i in best[0])
    for one in range(size):
        inside = [sum(case.points[i] for i in each) for each in kept if one in each]
        assert found.missing[one] == (top - max(inside) if inside else math.inf)
        if one in found.always:
            outside = [sum(case.points[i] for i in each) for each in kept if one not in each]
            assert found.margin[one] == (top - max(outside) if outside else math.inf)


@given(cases())
@settings(max_examples=60, deadline=None)
def test_always_tied_never_and_the_missing_points_are_those_of_all_sets(case: make.Case) -> None:
    _proved(case)


@given(cases(people=6, groups=4))
@settings(max_examples=12, deadline=None)
def test_the_integer_program_certifies_the_same(case: make.Case) -> None:
    with mock.patch.object(certify, "split", return_value=None):
        _proved(case)


@pytest.mark.slow
def test_three_families_of_quotas_are_certified_as_by_a_forced_program() -> None:
    case = make.employees(4, people=60, places=16, regions=6, third=True)
    found = certificate(case.points, places=case.places, quotas=case.quotas)
    top = make.best_total(case)
    assert found.total == pytest.approx(top)
    for one in range(60):
        forced = case._replace(quotas=[*case.quotas, ([one], 1, 1)])
        assert found.missing[one] == pytest.approx(top - make.best_total(forced), abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_flow_and_integer_program_choose_alike(seed: int) -> None:
    case = make.employees(seed)
    one = select(case.points, places=84, quotas=case.quotas)
    with mock.patch.object(choose, "split", return_value=None):
        other = select(case.points, places=84, quotas=case.quotas)
    assert one.chosen.tolist() == other.chosen.tolist()
    with mock.patch.object(certify, "split", return_value=None):
        slow = certificate(case.points, places=84, quotas=case.quotas)
    quick = certificate(case.points, places=84, quotas=case.quotas)
    assert np.array_equal(slow.missing, quick.missing)
    assert np.array_equal(slow.margin, quick.margin)


@pytest.mark.slow
def test_three_families_reach_the_optimum_of_an_independent_program() -> None:
    for seed in range(8):
        case = make.employees(seed, third=True)
        done = select(case.points, places=84, quotas=case.quotas)
        assert done.proven
        assert done.total == pytest.approx(make.best_total(case), abs=1e-6)
        assert not make.breach(case.quotas, done.chosen)


def test_the_missing_points_would_bring_a_person_into_a_tie() -> None:
    case = make.employees(1, people=60, places=16, regions=6)
    found = certificate(case.points, places=16, quotas=case.quotas)
    for one in found.never.tolist()[:12]:
        assert 0 < found.missing[one] < math.inf
        raised = list(case.points)
        raised[one] += found.missing[one]
        assert one in certificate(raised, places=16, quotas=case.quotas).tied


def test_where_only_a_quota_decides_the_numbers_are_infinite() -> None:
    found = certificate([9, 8, 1], places=2, quotas=[([2], 1, 1), ([1], 0, 0)])
    assert found.always.tolist() == [0, 2]
    assert found.margin.tolist() == [math.inf, 0, math.inf]
    assert found.missing.tolist() == [0, math.inf, 0]


def test_the_excluded_are_never_in_and_nobody_is_a_certificate_too() -> None:
    found = certificate([9, 8, float("nan")], places=1, excluded=[2])
    assert (found.always.tolist(), found.never.tolist()) == ([0], [1, 2])
    assert found.missing.tolist() == [0, 1, math.inf]
    assert certificate([], places=2).missing.shape == (0,)


def test_out_of_time_the_numbers_are_lower_bounds_and_say_so() -> None:
    case = make.employees(6, people=40, places=12, regions=4, third=True)
    full = certificate(case.points, places=12, quotas=case.quotas)
    cut = certificate(case.points, places=12, quotas=case.quotas, time_limit=1e-6)
    assert full.proven
    assert not cut.proven
    assert len(cut.unsettled)
    assert cut.total <= full.total


def test_progress_is_told_for_the_integer_program() -> None:
    told: list[tuple[int, int, str]] = []
    with mock.patch.object(certify, "split", return_value=None):
        certificate([3, 2, 1], places=1, tell=lambda *said: told.append(said))
    assert [one[:2] for one in told] == [(1, 3), (2, 3), (3, 3)]
