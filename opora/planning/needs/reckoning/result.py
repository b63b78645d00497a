"""What an analysis says: chapters of sentences, tables and pictures. Every cell knows the rows it came
from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

Ref = tuple[str, float]
Value = float | str | None
HIDDEN = ":c"


@dataclass(frozen=True)
class Cell:
    """A figure, or words. `refs`: rows it was made from and what each gave to it.

    `guard`: how many people of which row stand behind the figure, whatever it measures itself; where they
    are few,
    the published version hides the cell. `hidden` marks that this was done.
    """

    value: Value = None
    refs: tuple[Ref, ...] = ()
    guard: tuple[Ref, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Column:
    """A column of figures. `measure` names whom the guard counts; columns of one measure are protected
    together.
    """

    key: str
    title: str
    unit: str = ""
    decimals: int = 0
    measure: str = ""
    words: bool = False
    percent: bool = False


@dataclass(frozen=True)
class Row:
    """A row with its heading; `code` is the municipality, type … it is about."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its number-free title and the notes that stand under it. `internal`: never published."""

    key: str
    title: str
    heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    internal: bool = False

    def cell(self, row: str, column: str) -> Cell:
        """One cell; an empty one when the table has no such row or column."""
        place = next((i for i, found in enumerate(self.columns) if found.key == column), None)
        line = next((found for found in self.rows if found.key == row), None)
        return line.cells[place] if line is not None and place is not None else Cell()

    def column(self, key: str) -> list[tuple[Row, Cell]]:
        """One column without totals."""
        place = [column.key for column in self.columns].index(key)
        return [(row, row.cells[place]) for row in self.rows if not row.total]

    def has(self, key: str) -> bool:
        """Whether there is such a column."""
        return any(column.key == key for column in self.columns)


@dataclass(frozen=True)
class PictureSpec:
    """A chart or map to be drawn from a table: `kind` bars, stacked or map; `title` is its message."""

    key: str
    kind: str
    title: str
    table: str
    columns: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Chapter:
    """A chapter: sentences that follow from the figures, then tables and pictures by key, in order."""

    key: str
    title: str
    text: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """A whole analysis. `published` tells that small numbers are hidden."""

    title: str
    region: str
    date: str
    chapters: tuple[Chapter, ...]
    tables: tuple[Table, ...]
    pictures: tuple[PictureSpec, ...]
    published: bool = False

    def table(self, key: str) -> Table | None:
        """A table by key."""
        return next((table for table in self.tables if table.key == key), None)

    def picture(self, key: str) -> PictureSpec | None:
        """A picture by key."""
        return next((picture for picture in self.pictures if picture.key == key), None)

    def cells(self) -> Iterator[tuple[Table, Row, Column, Cell]]:
        """Every cell with its place."""
        for table in self.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    yield table, row, column, cell


def with_cells(table: Table, cells: Iterable[Iterable[Cell]]) -> Table:
    """The same table with other cells, row by row."""
    rows = tuple(replace(row, cells=tuple(line)) for row, line in zip(table.rows, cells, strict=True))
    return replace(table, rows=rows)


def as_json(result: Result) -> dict[str, Any]:
    """Plain lists and dictionaries, rows of cells as short objects."""
    return {
        "title": result.title,
        "region": result.region,
        "date": result.date,
        "published": result.published,
        "chapters": [
            {"key": c.key, "title": c.title, "text": list(c.text), "blocks": list(c.blocks)}
            for c in result.chapters
        ],
        "tables": [_table(table) for table in result.tables],
        "pictures": [{**vars(picture), "columns": list(picture.columns)} for picture in result.pictures],
    }


def _table(table: Table) -> dict[str, Any]:
    rows = [
        {"key": r.key, "label": r.label, "total": r.total, "cells": [_cell(cell) for cell in r.cells]}
        for r in table.rows
    ]
    columns = [dict(vars(column)) for column in table.columns]
    return {**vars(table), "columns": columns, "rows": rows}


def _cell(cell: Cell) -> dict[str, Any]:
    if cell.hidden:
        return {"hidden": True}
    plain: dict[str, Any] = {"value": cell.value}
    if cell.refs:
        plain["refs"] = [list(ref) for ref in cell.refs]
    if cell.guard:
        plain["guard"] = [list(ref) for ref in cell.guard]
    return plain


def from_json(plain: dict[str, Any]) -> Result:
    """The inverse of `as_json`."""
    return Result(
        title=plain["title"],
        region=plain["region"],
        date=plain["date"],
        published=plain["published"],
        chapters=tuple(
            Chapter(c["key"], c["title"], tuple(c["text"]), tuple(c["blocks"])) for c in plain["chapters"]
        ),
        tables=tuple(_read_table(table) for table in plain["tables"]),
        pictures=tuple(PictureSpec(**(p | {"columns": tuple(p["columns"])})) for p in plain["pictures"]),
    )


def _read_table(plain: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in plain["columns"])
    rows = tuple(
        Row(row["key"], row["label"], tuple(_read_cell(cell) for cell in row["cells"]), row["total"])
        for row in plain["rows"]
    )
    return Table(**(plain | {"columns": columns, "rows": rows}))


def _read_cell(plain: dict[str, Any]) -> Cell:
    if plain.get("hidden"):
        return Cell(hidden=True)
    refs, guard = plain.get("refs", ()), plain.get("guard", ())
    return Cell(plain["value"], tuple((r, n) for r, n in refs), tuple((r, n) for r, n in guard))
