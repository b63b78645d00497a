"""Groups under one management: found by likeness of target groups, compared with separate services."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.register import sharing
from opora.register.sharing import Facts

ONE = frozenset({("management", "1")})


def facts(code, groups="ab", bonds=ONE, provider=1, **more):
    return Facts(
        code,
        code,
        "csri",
        provider,
        bonds,
        frozenset(groups),
        **{"capacity": 10, "occupied": 5, "filled": 2.0} | more,
    )


def codes(found):
    return [[member.code for member in bundle.members] for bundle in found]


def test_same_provider_management_and_groups_belong_together():
    assert codes(sharing.bundles([facts("A"), facts("B")], threshold=0.5)) == [["A", "B"]]


@pytest.mark.parametrize(
    "other",
    [
        facts("B", provider=2),
        facts("B", bonds=frozenset()),
        facts("B", groups="cd"),
        facts("B", groups=""),
        facts("B", bonds=frozenset({("management", "2")})),
    ],
)
def test_what_differs_in_provider_management_or_people_does_not(other):
    assert sharing.bundles([facts("A"), other], threshold=0.5) == []


def test_the_threshold_is_the_jaccard_index_and_counts_itself():
    pair = [facts("A", "ab"), facts("B", "abc")]
    assert sharing.likeness(*pair) == pytest.approx(2 / 3)
    assert sharing.bundles(pair, threshold=2 / 3)
    assert not sharing.bundles(pair, threshold=0.7)


def test_a_bundle_says_what_it_shares():
    both = frozenset({("management", "1"), ("head", "вера петкова")})
    (bundle,) = sharing.bundles(
        [facts("A", "ab", both), facts("B", "abc", both), facts("C", "ab")], threshold=0.5
    )
    assert bundle.common_groups == ("a", "b")
    assert bundle.bonds == (("head", "вера петкова"), ("management", "1"))
    assert bundle.likeness == pytest.approx(2 / 3)


def test_comparison_uses_sums_and_only_known_numbers():
    together = [
        facts("A", capacity=10, occupied=10, filled=5.0),
        facts("B", capacity=30, occupied=20, filled=None),
    ]
    apart = [
        facts("C", bonds=frozenset(), capacity=20, occupied=10, filled=2.0),
        facts("D", bonds=frozenset(), capacity=None),
    ]
    found = sharing.bundles(together + apart, threshold=0.5)
    (one,) = sharing.compare(found[0], together + apart, found)
    assert (one.together.occupancy, one.together.staff_per_place) == (0.75, 0.5)
    assert (one.separately.services, one.separately.occupancy, one.separately.staff_per_place) == (
        2,
        0.5,
        0.1,
    )
    assert one.separately.occupancy_of == 1


some = st.builds(
    lambda n, groups, bond, provider: facts(
        f"S{n}", groups, frozenset({("management", str(bond))}), provider
    ),
    st.integers(0, 40),
    st.text("abcd", max_size=4),
    st.integers(1, 3),
    st.integers(1, 3),
)


@given(st.lists(some, max_size=20, unique_by=lambda f: f.code), st.floats(0.1, 1))
def test_bundles_are_disjoint_bound_and_independent_of_order(rows, threshold):
    found = sharing.bundles(rows, threshold=threshold)
    members = [member.code for bundle in found for member in bundle.members]
    assert len(members) == len(set(members))
    assert codes(found) == codes(sharing.bundles(rows[::-1], threshold=threshold))
    for bundle in found:
        assert len({member.provider for member in bundle.members}) == 1
        for member in bundle.members:
            assert any(
                sharing.likeness(member, other) >= threshold
                for other in bundle.members
                if other is not member
            )
