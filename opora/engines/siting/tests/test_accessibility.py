"""What people can reach: the supply is shared out whole, and what nobody reaches is named."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.engines.siting import accessibility
from opora.engines.siting.tests import make

ZONES = ((10, 1.0), (20, 0.68), (30, 0.22))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 60), st.integers(1, 20))
def test_the_supply_that_somebody_reaches_is_shared_out_whole(seed, n, m):
    far, people = make.plane(n, m, seed)
    supply = np.random.default_rng(seed).integers(0, 50, m).astype(float)
    found = accessibility(far, people, supply, ZONES)
    assert people @ found.score == pytest.approx(found.reached, rel=1e-9, abs=1e-9)
    assert found.reached + found.unreached == pytest.approx(supply.sum())


def test_a_hand_worked_case():
    found = accessibility([[5, 25], [15, 40]], [100, 50], [12, 6], ZONES)
    first, second = 12 / (100 + 0.68 * 50), 6 / (0.22 * 100)
    assert found.ratio == pytest.approx([first, second])
    assert found.score == pytest.approx([first + 0.22 * second, 0.68 * first])


def test_supply_with_nobody_near_is_unreached_and_told():
    found = accessibility([[5.0, 99.0]], [10], [4, 7], ZONES)
    assert (found.reached, found.unreached, found.ratio.tolist()) == (4.0, 7.0, [0.4, 0.0])
    assert any("7" in str(one) for one in found.why)


def test_the_radius_itself_is_inside_and_no_way_is_outside():
    assert accessibility([[10.0], [np.inf]], [1, 1], [3], [(10, 1)]).score.tolist() == [3.0, 0.0]


def test_nobody_at_all_reaches_nothing():
    found = accessibility(np.zeros((0, 2)), [], [1, 2], ZONES)
    assert (found.reached, found.unreached) == (0.0, 3.0)


@pytest.mark.parametrize(
    ("zones", "says"),
    [
        ([], "at least one"),
        ([(1, 2, 3)], "pairs"),
        ([(10, 1), (5, 0.5)], "outwards"),
        ([(10, 0.5), (20, 0.9)], "outwards"),
        ([(10, 2)], "at most 1"),
        ([(-1, 1)], "radius"),
    ],
)
def test_zones_must_go_outwards(zones, says):
    with pytest.raises(ValueError, match=says):
        accessibility([[1.0]], [1], [1], zones)
