"""A table knows its sums and refuses what does not add up."""

import pytest

from opora.engines.disclosure import InconsistentTable, Relation, Table, flat, join, tabulate


def test_tabulate_adds_every_total_of_every_level() -> None:
    tree = {"BG": ["LOV", "KRZ"], "LOV": ["LOV18", "LOV19"], "KRZ": ["KRZ16"]}
    table = tabulate(
        {("LOV18", "f"): 3, ("LOV19", "m"): 4, ("KRZ16", "f"): 5}, [tree, flat("all", ["f", "m"])]
    )
    assert table.cells[("LOV", "all")] == 7
    assert table.cells[("BG", "f")] == 8
    assert table.cells[("KRZ16", "m")] == 0
    assert len(table.cells) == 6 * 3
    assert Relation(("BG", "all"), (("LOV", "all"), ("KRZ", "all"))) in table.relations


def test_a_table_of_one_axis() -> None:
    table = tabulate({("a",): 1, ("b",): 9}, [flat("all", ["a", "b"])])
    assert table.cells[("all",)] == 10
    assert table.relations == (Relation(("all",), (("a",), ("b",))),)


@pytest.mark.parametrize("count", [-1, 2.5, True])
def test_what_is_no_count_is_refused(count: object) -> None:
    with pytest.raises(InconsistentTable, match="no count"):
        Table({("a",): count}, ())  # type: ignore[dict-item]


def test_a_false_sum_is_refused() -> None:
    with pytest.raises(InconsistentTable, match="is 5, its parts add up to 3"):
        Table({("t",): 5, ("a",): 1, ("b",): 2}, (Relation(("t",), (("a",), ("b",))),))


def test_a_sum_over_a_missing_cell_is_refused() -> None:
    with pytest.raises(InconsistentTable, match="not in the table"):
        Table({("t",): 5}, (Relation(("t",), (("a",),)),))


def test_codes_outside_the_axes_are_refused() -> None:
    axes = [flat("all", ["a", "b"])]
    for key in [("c",), ("all",), ("a", "b")]:
        with pytest.raises(InconsistentTable):
            tabulate({key: 1}, axes)
    with pytest.raises(InconsistentTable, match="one root"):
        tabulate({}, [{"x": ["a"], "y": ["b"]}])
    with pytest.raises(InconsistentTable, match="twice"):
        tabulate({}, [flat("all", ["a", "a"])])


def test_joined_tables_share_their_equal_cells() -> None:
    first = tabulate({("a",): 1, ("b",): 9}, [flat("all", ["a", "b"])])
    second = tabulate({("a",): 1, ("c",): 7}, [flat("other", ["a", "c"])])
    both = join(first, second)
    assert len(both.cells) == 5
    assert len(both.relations) == 2
    with pytest.raises(InconsistentTable, match="in one table"):
        join(first, tabulate({("a",): 2}, [flat("all", ["a"])]))
