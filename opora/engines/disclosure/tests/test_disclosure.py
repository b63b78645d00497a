"""No reader can compute a small number from a published table."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from opora.engines.disclosure import (
    Interval,
    Protected,
    Table,
    Unprotectable,
    audit,
    flat,
    join,
    leaks,
    protect,
    tabulate,
)
from opora.engines.disclosure.tests import make


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of one to three axes, flat and hierarchical, many small counts and zeros."""
    axes, codes = [], []
    for place in range(draw(st.integers(1, 3))):
        leaves = [f"{place}.{number}" for number in range(draw(st.integers(1, 4)))]
        split = draw(st.integers(0, len(leaves)))
        tree = (
            {f"{place}": [f"{place}a", f"{place}b"], f"{place}a": leaves[:split], f"{place}b": leaves[split:]}
            if 0 < split < len(leaves)
            else flat(f"{place}", leaves)
        )
        axes.append(tree)
        codes.append(leaves)
    keys = [tuple(key) for key in np.array(np.meshgrid(*codes)).T.reshape(-1, len(codes)).tolist()]
    value = st.integers(0, 8) | st.integers(0, 300)
    return tabulate({key: draw(value) for key in keys}, axes)


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(2, 6))
def test_the_interval_of_every_hidden_small_cell_contains_zero_and_the_threshold(
    table: Table, limit: int
) -> None:
    done = protect(table, limit)
    intervals = audit(done)
    assert leaks(done, intervals) == ()
    assert intervals.keys() == done.hidden
    for key, value in table.cells.items():
        if 0 < value < limit:
            assert intervals[key].low == 0
            assert intervals[key].high >= limit
        if key in done.hidden:
            assert intervals[key].low <= value <= intervals[key].high


@settings(max_examples=80, deadline=None)
@given(tables())
def test_printed_cells_are_true_and_nothing_is_hidden_without_need(table: Table) -> None:
    done = protect(table)
    for key, value in done.published.items():
        assert value is None or value == table.cells[key]
    if not any(0 < value < 5 for value in table.cells.values()):
        assert not done.hidden


@settings(max_examples=40, deadline=None)
@given(tables())
def test_the_attacker_agrees_with_another_solver(table: Table) -> None:
    done = protect(table)
    for key, interval in list(audit(done).items())[:4]:
        assert interval == pytest.approx(_by_scipy(done, key), abs=1e-5)


def _by_scipy(done: Protected, key: tuple[str, ...]) -> Interval:
    keys = list(done.table.cells)
    place = {key: number for number, key in enumerate(keys)}
    matrix = np.zeros((len(done.table.relations), len(keys)))
    for row, relation in enumerate(done.table.relations):
        matrix[row, place[relation.total]] = 1
        matrix[row, [place[part] for part in relation.parts]] = -1
    bounds = [(0, None) if value is None else (value, value) for value in done.published.values()]
    cost = np.zeros(len(keys))
    cost[place[key]] = 1
    low = linprog(cost, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=bounds)
    high = linprog(-cost, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=bounds)
    return Interval(low.fun, -high.fun if high.status == 0 else math.inf)


def test_the_reference_table_of_sdctable() -> None:
    leaves = {("A", "f"): 2, ("A", "m"): 18, ("B", "f"): 19, ("B", "m"): 14}
    leaves |= {("C", "f"): 10, ("C", "m"): 12, ("D", "f"): 14, ("D", "m"): 11}
    done = protect(tabulate(leaves, [flat("all", list("ABCD")), flat("both", ["f", "m"])]))
    assert done.primary == {("A", "f")}
    assert done.hidden == {("A", "f"), ("A", "m"), ("C", "f"), ("C", "m")}
    assert audit(done)[("A", "f")] == (0, 12)


def test_hiding_only_the_small_cells_would_leak() -> None:
    table = make.nation()
    small = frozenset(key for key, value in table.cells.items() if 0 < value < 5)
    naive = Protected(table, 5, small, frozenset())
    intervals = audit(naive)
    exact = [key for key in small if intervals[key].low == intervals[key].high]
    assert len(exact) > len(small) / 10
    assert len(leaks(naive, intervals)) > len(exact)


@pytest.mark.parametrize("made", [make.two_way])
def test_published_tables_of_the_size_of_the_field_hold(made: type) -> None:
    done = protect(made())
    assert leaks(done) == ()
    assert len(done.secondary) < len(done.primary)


@pytest.mark.parametrize("seed", range(200))
def test_two_hundred_random_tables_with_margins_hold(seed: int) -> None:
    done = protect(make.margins(seed))
    intervals = audit(done)
    assert done.primary
    for key in done.primary:
        assert intervals[key].low == 0
        assert intervals[key].high >= 5


def test_the_country_hides_no_more_than_the_prototype_did() -> None:
    done = protect(make.nation())
    assert len(done.table.cells) == 2646
    assert len(done.secondary) <= 190
    intervals = audit(done)
    assert all(intervals[key].low == 0 and intervals[key].high >= 5 for key in done.primary)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_large_table_of_three_axes_holds(seed: int) -> None:
    assert leaks(protect(make.three_way(seed))) == ()


def test_the_same_table_is_always_protected_the_same_way() -> None:
    assert protect(make.two_way(3)) == protect(make.two_way(3))


def test_a_lonely_small_cell_is_hidden_and_tells_nothing() -> None:
    done = protect(Table({("a",): 3}, ()))
    assert audit(done) == {("a",): Interval(0, math.inf)}


def test_a_small_total_is_hidden_with_its_parts() -> None:
    done = protect(tabulate({("a",): 3, ("b",): 0}, [flat("all", ["a", "b"])]))
    assert done.primary == {("a",), ("all",)}
    assert leaks(done) == ()


def test_zeros_are_printed_unless_nothing_else_covers() -> None:
    table = tabulate({("a",): 3, ("b",): 0, ("c",): 40}, [flat("all", ["a", "b", "c"])])
    assert protect(table).hidden == {("a",), ("c",)}


def test_a_structural_zero_covers_nothing() -> None:
    leaves = {("a", "x"): 3, ("a", "y"): 0, ("b", "x"): 9, ("b", "y"): 9}
    axes = [flat("all", ["a", "b"]), flat("both", ["x", "y"])]
    known = {("a", "y")}
    done = protect(tabulate(leaves, axes, known=known))
    assert ("a", "y") not in done.hidden
    assert leaks(done) == ()


def test_a_small_cell_that_follows_from_known_ones_is_refused() -> None:
    table = tabulate({("a",): 3, ("b",): 9}, [flat("all", ["a", "b"])], known=[("all",), ("b",)])
    with pytest.raises(Unprotectable, match="'a'"):
        protect(table)


def test_a_figure_published_before_stays_published() -> None:
    table = tabulate({("a",): 3, ("b",): 9}, [flat("all", ["a", "b"])], known=[("a",)])
    assert not protect(table).hidden


def test_tables_joined_are_protected_against_subtraction() -> None:
    """Children under and over 7, then all children with and without disability: the same total seen twice."""
    leaves = {("a",): 3, ("b",): 30, ("c",): 30}
    first = tabulate(leaves, [flat("all", ["a", "b", "c"])])
    second = tabulate({("a",): 3, ("b+c",): 60}, [flat("all", ["a", "b+c"])])
    done = protect(join(first, second))
    assert leaks(done) == ()
    assert ("b+c",) in done.hidden or ("all",) in done.hidden


def test_a_threshold_below_two_is_refused() -> None:
    with pytest.raises(ValueError, match="protects nobody"):
        protect(Table({("a",): 3}, ()), threshold=1)


def test_the_solver_writes_nothing_on_the_screen() -> None:
    code = (
        "from opora.engines.disclosure import *;"
        "print(len(protect(tabulate({('a',): 3, ('b',): 9}, [flat('all', ['a', 'b'])])).hidden))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("2\n", "")
