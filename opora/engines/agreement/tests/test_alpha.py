"""Alpha and AC2 against published values, an oracle's stored answers, and their own definitions."""

from itertools import permutations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import arrays

from opora.engines.agreement import ac2, alpha, disagreement, paired
from opora.engines.agreement.tests import make

MARKS = arrays(
    float, st.tuples(st.integers(2, 4), st.integers(1, 7)), elements=st.sampled_from([np.nan, 1, 2, 3, 5])
)


def by_definition(marks: np.ndarray, level: str) -> float:
    """Krippendorff's formulas mark by mark, without a coincidence matrix."""
    units = [unit[~np.isnan(unit)] for unit in marks.T]
    units = [unit for unit in units if len(unit) > 1]
    if not units:
        return np.nan
    every = np.concatenate(units)

    def apart(a: float, b: float) -> float:
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return (a - b) ** 2
        if level == "ratio":
            return ((a - b) / (a + b)) ** 2
        low, high = min(a, b), max(a, b)
        between = sum((every == g).sum() for g in np.unique(every) if low <= g <= high)
        return float(between - ((every == a).sum() + (every == b).sum()) / 2) ** 2 if a != b else 0.0

    seen = sum(sum(apart(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / len(
        every
    )
    expected = sum(apart(a, b) for a, b in permutations(every, 2)) / (len(every) * (len(every) - 1))
    return 1 - seen / expected if expected else np.nan


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorffs_published_table(level: str, published: float) -> None:
    assert alpha(make.KRIPPENDORFF, level) == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.691), ("ordinal", 0.807), ("interval", 0.811), ("ratio", 0.809)]
)
def test_the_table_of_the_encyclopedia(level: str, published: float) -> None:
    assert alpha(make.ENCYCLOPEDIA, level) == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(
    ("weights", "published"), [("identity", 0.77544), ("quadratic", 0.91400), ("ordinal", 0.89894)]
)
def test_gwets_coefficients_of_the_published_table(weights: str, published: float) -> None:
    assert ac2(make.KRIPPENDORFF, weights) == pytest.approx(published, abs=5e-6)


def test_the_package_krippendorff_gives_the_same_on_500_random_tables_with_gaps() -> None:
    tables, stored = make.tables(), make.stored()
    assert len(tables) == len(stored) == 500
    for level in make.LEVELS:
        ours = [alpha(table, level) for table in tables]
        theirs = [row[level] for row in stored]
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)
    known = [row["ordinal"] for row in stored if not np.isnan(row["ordinal"])]
    assert len(known) > 480
    assert min(known) < 0 < 0.9 < max(known)


@pytest.mark.parametrize("level", make.LEVELS)
@given(MARKS)
@settings(max_examples=30, deadline=None)
def test_alpha_is_what_its_definition_says_mark_by_mark(level: str, marks: np.ndarray) -> None:
    np.testing.assert_allclose(alpha(marks, level), by_definition(marks, level), atol=1e-9)


@given(MARKS, st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_observers_and_units_is_irrelevant(marks: np.ndarray, chance: object) -> None:
    rows, columns = list(range(marks.shape[0])), list(range(marks.shape[1]))
    chance.shuffle(rows)
    chance.shuffle(columns)
    other = marks[np.ix_(rows, columns)]
    for level in make.LEVELS:
        np.testing.assert_allclose(alpha(other, level), alpha(marks, level), atol=1e-12)
    np.testing.assert_allclose(ac2(other), ac2(marks), atol=1e-12)


def test_ordinal_alpha_sees_only_the_order_and_interval_alpha_only_the_distances() -> None:
    stretched = make.KRIPPENDORFF**3
    assert alpha(stretched, "ordinal") == pytest.approx(alpha(make.KRIPPENDORFF, "ordinal"), abs=1e-12)
    assert alpha(stretched, "interval") != pytest.approx(alpha(make.KRIPPENDORFF, "interval"), abs=1e-3)
    moved = make.KRIPPENDORFF * 0.1 + 1e6
    assert alpha(moved, "interval") == pytest.approx(alpha(make.KRIPPENDORFF, "interval"), abs=1e-9)


def test_a_large_table_is_kept_sparse_and_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    dense = [
        disagreement.recipe(disagreement.prepared(make.KRIPPENDORFF, level), level) for level in make.LEVELS
    ]
    monkeypatch.setattr(paired, "DENSE", 0)
    for level, one in zip(make.LEVELS, dense, strict=True):
        made = disagreement.recipe(disagreement.prepared(make.KRIPPENDORFF, level), level)
        sums = np.ones((1, 11)) @ made.table
        np.testing.assert_allclose(made.finish(sums), one.finish(np.ones((1, 11)) @ one.table), atol=1e-12)


@pytest.mark.parametrize("level", make.LEVELS)
@pytest.mark.parametrize(
    "marks",
    [[[2, 2, 2], [2, 2, 2]], [[0, 0], [0, 0]], [[1, 2, 3]], [[1, np.nan], [np.nan, 2]], [[None], [None]]],
)
def test_alpha_of_equal_marks_of_one_observer_and_of_nothing_shared_is_not_defined(
    marks: list, level: str
) -> None:
    assert np.isnan(alpha(marks, level))


def test_ac2_of_equal_marks_is_full_agreement_and_of_nothing_shared_not_defined() -> None:
    assert ac2([[2, 2, 2], [2, 2, 2]]) == 1
    assert ac2([[2, 2, 2], [2, 2, 2]], categories=[1, 2, 3]) == 1
    assert np.isnan(ac2([[1, np.nan], [np.nan, 2]]))
    assert np.isnan(ac2([[1, 2, 3]]))


def test_alpha_collapses_where_ac2_stays_when_nearly_all_marks_are_equal() -> None:
    marks = np.full((2, 100), 3.0)
    marks[1, 0] = 2
    assert alpha(marks, "nominal") == pytest.approx(0, abs=1e-9)
    assert ac2(marks, "identity") > 0.98


def test_categories_nobody_used_change_the_chance_of_ac2() -> None:
    assert ac2(make.KRIPPENDORFF, "identity", [1, 2, 3, 4, 5]) == ac2(make.KRIPPENDORFF, "identity")
    assert ac2(make.KRIPPENDORFF, "identity", range(1, 10)) > ac2(make.KRIPPENDORFF, "identity")


def test_weights_may_be_given_as_a_matrix() -> None:
    steps = np.abs(np.subtract.outer(range(5), range(5)))
    assert ac2(make.KRIPPENDORFF, 1 - (steps / 4) ** 2) == pytest.approx(ac2(make.KRIPPENDORFF, "quadratic"))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: alpha([[1, 2], [1]]), "rows of equal length"),
        (lambda: alpha([1, 2, 3]), "must have the shape any × any"),
        (lambda: alpha([]), "must have the shape"),
        (lambda: alpha(np.zeros((0, 3))), "at least one observer"),
        (lambda: alpha([[1, np.inf], [1, 2]]), "infinite value"),
        (lambda: alpha([["a", "b"], ["a", "b"]]), "must be numbers"),
        (lambda: alpha([[1, 2], [1, 2]], "degree"), "level must be one of"),
        (lambda: alpha([[-1, 2], [1, 2]], "ratio"), "must not be negative"),
        (lambda: ac2([[1, 2], [1, 2]], "cubic"), "weights must be one of"),
        (lambda: ac2([[1, 2], [1, 2]], [[1, 0.5], [0, 1]]), "symmetric"),
        (lambda: ac2([[1, 2], [1, 2]], [[1, 0, 0]] * 3), "shape 2 × 2"),
        (lambda: ac2([[1, 4], [1, 2]], categories=[1, 2, 3]), "hold 4, which is not among"),
    ],
)
def test_wrong_input_is_refused_in_words(call: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
