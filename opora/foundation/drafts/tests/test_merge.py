"""Merging: values in, values out."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.drafts.merge import choose, get, put, three_way

NAMES = st.sampled_from("abcd")
LEAF = st.one_of(
    st.integers(0, 3), st.sampled_from(["да", "не", ""]), st.lists(st.sampled_from("xyz"), max_size=2)
)
DATA: Any = st.dictionaries(
    NAMES,
    st.one_of(
        LEAF,
        st.dictionaries(NAMES, LEAF, max_size=3),
        st.lists(st.dictionaries(NAMES, LEAF, max_size=2), max_size=2),
    ),
    max_size=4,
)


def test_changes_in_different_fields_both_stay():
    base = {"a": 1, "g": {"b": 2, "c": 3}}
    found = three_way(base, {"a": 9, "g": {"b": 2, "c": 3}}, {"a": 1, "g": {"b": 2, "c": 7}})
    assert found.data == {"a": 9, "g": {"b": 2, "c": 7}}
    assert found.conflicts == ()
    assert found.taken == ("a",)


def test_one_field_changed_by_both_is_a_conflict_with_both_texts():
    found = three_way({"t": "преди"}, {"t": "мое"}, {"t": "нейно"})
    (one,) = found.conflicts
    assert (one.path, one.base, one.mine, one.theirs) == ("t", "преди", "мое", "нейно")
    assert choose(found, {"t"}) == {"t": "мое"}
    assert choose(found, set()) == {"t": "нейно"}


def test_a_field_emptied_by_one_and_changed_by_the_other_is_a_conflict():
    assert three_way({"t": "x"}, {}, {"t": "y"}).conflicts[0].mine is None


def test_rows_merge_leaf_by_leaf_while_their_number_is_the_same():
    base = {"r": [{"n": 1, "m": 1}, {"n": 2}]}
    found = three_way(base, {"r": [{"n": 5, "m": 1}, {"n": 2}]}, {"r": [{"n": 1, "m": 8}, {"n": 2}]})
    assert found.data == {"r": [{"n": 5, "m": 8}, {"n": 2}]}


def test_rows_added_by_one_and_changed_by_the_other_are_one_question():
    base = {"r": [{"n": 1}]}
    found = three_way(base, {"r": [{"n": 1}, {"n": 2}]}, {"r": [{"n": 9}]})
    assert [c.path for c in found.conflicts] == ["r"]


@given(DATA, DATA)
def test_who_changed_alone_wins(base, mine):
    assert three_way(base, mine, base).conflicts == ()
    assert flat(three_way(base, mine, base).data) == flat(mine)
    assert flat(three_way(base, base, mine).data) == flat(mine)


@given(DATA, DATA, DATA)
def test_every_change_of_both_is_in_the_result_or_asked_about(base, mine, theirs):
    found = three_way(base, mine, theirs)
    asked = {c.path for c in found.conflicts}
    for path in found.taken:
        assert path not in asked
        assert empty(get(found.data, path)) == empty(get(mine, path))
    for side, take in ((mine, asked), (theirs, set())):
        result = choose(found, take)
        for conflict in found.conflicts:
            assert empty(get(result, conflict.path)) == empty(get(side, conflict.path))


@given(DATA, DATA)
def test_the_same_change_twice_is_no_question(base, both):
    assert three_way(base, both, both).conflicts == ()


def test_put_makes_what_is_missing_on_the_way():
    data: dict[str, Any] = {}
    put(data, "g.rows[1].n", 5)
    assert data == {"g": {"rows": [{}, {"n": 5}]}}
    put(data, "g.rows[1].n", None)
    assert get(data, "g.rows[1].n") is None
    assert get(data, "g.rows[7].n") is None


def empty(value: Any) -> Any:
    return None if value in ("", [], {}) else flat(value) if isinstance(value, dict) else value


def flat(data: Any, prefix: str = "") -> dict[str, Any]:
    """Leaves that hold something: an empty group is nothing."""
    if isinstance(data, dict):
        return {p: v for name, value in data.items() for p, v in flat(value, f"{prefix}.{name}").items()}
    if isinstance(data, list) and any(isinstance(row, dict) for row in data):
        return {p: v for n, row in enumerate(data) for p, v in flat(row, f"{prefix}[{n}]").items()}
    return {} if data in ("", [], None) else {prefix: data}
