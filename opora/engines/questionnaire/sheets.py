"""The spreadsheet of a card as plain rows, whatever file it came from.

``Sheets`` is what ``compile`` reads. Make it with ``sheets_from_tables`` (cells of an XLSX or CSV read
elsewhere), ``sheets_from_rows`` (dictionaries) or ``sheets_from_markdown`` (tables in a text, the form of
golden cases).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

NAMES = ("survey", "choices", "settings")


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its number as the author sees it (headings are row 1) and its cells by heading."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheets:
    """A card's sheets; ``external`` holds lists that come from files, by file name with or without
    ``.csv``.
    """

    survey: tuple[Row, ...]
    choices: tuple[Row, ...] = ()
    settings: tuple[Row, ...] = ()
    external: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


def sheets_from_tables(
    tables: Mapping[str, Sequence[Sequence[Any]]],
    external: Mapping[str, Sequence[Sequence[Any]]] | None = None,
) -> Sheets:
    """Sheets from cell tables (first row headings). Sheet names in any case; whole floats and dates become
    text.
    """
    named = {name.strip().lower(): table_rows(table) for name, table in tables.items()}
    survey, choices, settings = (named.get(name, ()) for name in NAMES)
    return Sheets(
        survey,
        choices,
        settings,
        external={name: table_rows(table) for name, table in (external or {}).items()},
    )


def sheets_from_rows(
    rows: Mapping[str, Iterable[Mapping[str, Any]]],
    external: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
) -> Sheets:
    """Sheets from dictionaries heading → cell, numbered from 2 in the order given."""
    survey, choices, settings = (dict_rows(rows.get(name, ())) for name in NAMES)
    return Sheets(
        survey,
        choices,
        settings,
        external={name: dict_rows(some) for name, some in (external or {}).items()},
    )


def sheets_from_markdown(text: str, external: Mapping[str, str] | None = None) -> Sheets:
    """Sheets from Markdown in pyxform's layout: ``| survey |`` alone on a line, its table indented by an
    empty cell.
    """
    return sheets_from_tables(
        tables_from_markdown(text), {name: flat_table(table) for name, table in (external or {}).items()}
    )


def tables_from_markdown(text: str) -> dict[str, list[list[str]]]:
    """The cells of each sheet of a Markdown form, headings first."""
    tables: dict[str, list[list[str]]] = {}
    current = ""
    for cells in map(markdown_cells, text.splitlines()):
        if cells and cells[0]:
            current = cells[0].strip().lower()
            tables[current] = []
        if len(cells) > 1 and current and not is_ruler(cells):
            tables[current].append(cells[1:])
    return tables


def markdown_cells(line: str) -> list[str]:
    """Cells of one Markdown line, ``\\|`` being a bar inside a cell; none when it is no table line."""
    line = line.strip()
    if not line.startswith("|"):
        return []
    cells = re.split(r"(?<!\\)\|", line[1:-1] if line.endswith("|") else line[1:])
    return [cell.strip().replace("\\|", "|") for cell in cells]


def is_ruler(cells: Sequence[str]) -> bool:
    """True for the line of dashes under headings and for a line with nothing in it."""
    return all(not cell.strip(":- ") for cell in cells)


def flat_table(text: str) -> list[list[str]]:
    """A Markdown table without the leading empty column."""
    rows = [markdown_cells(line) for line in text.splitlines()]
    return [cells for cells in rows if cells and not is_ruler(cells)]


def table_rows(table: Sequence[Sequence[Any]]) -> tuple[Row, ...]:
    """Rows below the headings that hold anything."""
    if not table:
        return ()
    headings = [cell_text(cell) for cell in table[0]]
    rows = (
        Row(number, {h: t for h, c in zip(headings, cells, strict=False) if h and (t := cell_text(c))})
        for number, cells in enumerate(table[1:], start=2)
    )
    return tuple(row for row in rows if row.cells)


def dict_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Rows of dictionaries that hold anything."""
    texts = ({str(h).strip(): cell_text(c) for h, c in row.items()} for row in rows)
    numbered = (
        Row(number, {h: t for h, t in cells.items() if h and t})
        for number, cells in enumerate(texts, start=2)
    )
    return tuple(row for row in numbered if row.cells)


def cell_text(cell: Any) -> str:
    """Text of a spreadsheet cell: ``3.0`` is ``3``, TRUE is ``true``, a date is ISO, no-break spaces are
    spaces.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).replace("\u00a0", " ").strip()
