"""Most people within a radius: equal to trying every choice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.siting import max_cover
from opora.engines.siting.tests import make


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 25), st.sampled_from([0.0, 0.4]))
def test_covers_as_many_as_the_best_of_all_choices(seed, radius, gaps):
    far, people, p = make.median(seed, gaps=gaps)
    found = max_cover(far, people, p, radius)
    assert found.proven
    assert found.cost == found.bound == make.best_cover(far, people, p, radius)
    assert len(found.open) == p
    assert found.cost == people[found.serves >= 0].sum()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_fixed_and_forbidden_sites_are_kept(seed):
    far, people, p = make.median(seed)
    sites = np.random.default_rng(seed).permutation(far.shape[1])
    fixed, forbidden = sites[: p - 1].tolist(), sites[p:].tolist()
    found = max_cover(far, people, p, 6, fixed=fixed, forbidden=forbidden)
    assert found.open.tolist() == sorted(sites[:p].tolist())
    assert found.cost == make.best_cover(far, people, p, 6, fixed, forbidden)


def test_fractions_of_people_are_proven_too():
    far, people = make.plane(40, 14, 3)
    found = max_cover(far, people / 7, 3, 20.0)
    assert found.proven
    assert found.cost == pytest.approx(make.best_cover(far, people / 7, 3, 20.0))


def test_the_edge_of_the_radius_is_inside_and_the_far_are_served_by_nobody():
    found = max_cover([[5.0], [5.1]], [1, 1], 1, 5)
    assert (found.cost, found.serves.tolist()) == (1.0, [0, -1])


def test_nobody_in_reach_is_an_answer():
    found = max_cover([[9.0, 9.0]], [3], 1, 2)
    assert (found.cost, found.bound, found.proven, found.serves.tolist()) == (0.0, 0.0, True, [-1])


@pytest.mark.parametrize("radius", [-1, np.inf, np.nan, "far"])
def test_a_radius_must_be_a_number(radius):
    with pytest.raises(ValueError, match="radius"):
        max_cover([[1.0]], [1], 1, radius)


def test_too_many_sites_are_refused():
    with pytest.raises(ValueError, match="at most 1"):
        max_cover([[1.0]], [1], 2, 1)
