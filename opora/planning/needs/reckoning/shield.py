"""The published version: figures behind which stand one to four people are hidden, and whatever would give
them back.

For every measure (people in services, people waiting, users who need a specialist …) one system is
protected as a
whole: the rows it is made from and every printed sum of them, in whatever table it stands. The rows
themselves are
treated as if they were printed, which only hides more. A figure that follows from people (occupancy, hours,
free
places) is hidden exactly where the people behind it are.
"""

from __future__ import annotations

from dataclasses import replace

from opora.engines.disclosure import Key, Protected, Relation
from opora.engines.disclosure import Table as Counts
from opora.planning.needs.reckoning.facts import Facts
from opora.planning.needs.reckoning.reckon import retell
from opora.planning.needs.reckoning.result import Cell, Column, Ref, Result, Table, with_cells

THRESHOLD = 5


def published(facts: Facts, result: Result, threshold: int = THRESHOLD) -> Result:
    """The analysis as everybody may read it: hidden cells hold nothing, open answers are left out."""
    from opora.engines.disclosure import protect  # it brings numpy and the solver

    shields = {measure: protect(counts, threshold) for measure, counts in measures(result).items()}
    tables = {table.key: _shielded(table, shields) for table in result.tables if not table.internal}
    return retell(facts, tables, published=True)


def measures(result: Result) -> dict[str, Counts]:
    """Per measure the whole system of counts that its tables print, rows included."""
    guards: dict[str, set[tuple[Ref, ...]]] = {}
    for table, _row, column, cell in result.cells():
        if column.measure and cell.guard and not table.internal:
            guards.setdefault(column.measure, set()).add(_sorted(cell.guard))
    return {measure: _system(found) for measure, found in guards.items()}


def _system(guards: set[tuple[Ref, ...]]) -> Counts:
    cells: dict[Key, int] = {}
    relations: list[Relation] = []
    for guard in sorted(guards):
        for ref, amount in guard:
            cells[("row", ref)] = _people(amount)
        if len(guard) > 1:
            total: Key = ("sum", *(ref for ref, _ in guard))
            cells[total] = sum(_people(amount) for _, amount in guard)
            relations.append(Relation(total, tuple(("row", ref) for ref, _ in guard)))
    return Counts(cells, tuple(relations))


def key_of(guard: tuple[Ref, ...]) -> Key:
    """The count a guard stands for."""
    ordered = _sorted(guard)
    return ("row", ordered[0][0]) if len(ordered) == 1 else ("sum", *(ref for ref, _ in ordered))


def _sorted(guard: tuple[Ref, ...]) -> tuple[Ref, ...]:
    return tuple(sorted(guard))


def _people(amount: float) -> int:
    """People are counted whole; a part of a person is one."""
    return int(amount) if amount == int(amount) else int(amount) + 1


def _shielded(table: Table, shields: dict[str, Protected]) -> Table:
    lines = [
        [_cell(column, cell, shields) for column, cell in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
    ]
    hidden = any(cell.hidden for line in lines for cell in line)
    note = " ".join(part for part in (table.note, _note(hidden)) if part)
    return replace(with_cells(table, lines), note=note)


def _cell(column: Column, cell: Cell, shields: dict[str, Protected]) -> Cell:
    """What may be printed, without the rows behind it."""
    if column.measure and cell.guard and key_of(cell.guard) in shields[column.measure].hidden:
        return Cell(hidden=True)
    return Cell(cell.value)


def _note(hidden: bool) -> str:
    return (
        "„:c“: скрито, за да не се разпознаят хора: от 1 до 4 души или число, от което те се изчисляват."
        if hidden
        else ""
    )
