"""A workbook as tables of cells with their places, and what is wrong with its sheets and columns."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from opora.foundation.core import words
from opora.register.imports.findings import ERROR, NOTE, WARNING, Finding, letter
from opora.register.imports.layout import KNOWN_EXTRAS, POSTS, SERVICES, SHEETS, Column
from opora.register.imports.values import text

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Row:
    """One line of a sheet; `cells` by column key, only of columns that stand in the sheet."""

    sheet: str
    number: int
    cells: Mapping[str, Any]
    letters: Mapping[str, str]

    def finding(self, level: str, key: str, message: str) -> Finding:
        """A remark on one of its cells; a key that has no column means the row."""
        return Finding(level, message, self.sheet, self.number, self.letters.get(key, ""))

    def text(self, key: str) -> str:
        """The words of a cell, nothing when the column is not there."""
        return text(self.cells.get(key, ""))


@dataclass
class Book:
    """The sheets that could be read and the remarks about the rest."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_book(content: bytes) -> Book:
    """Sheets `services` and `posts` of an XLSX. What is wrong becomes a finding, never an exception."""
    book = Book()
    try:
        opened = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = {words.normal(name).casefold(): name for name in opened.sheet_names}
        for sheet in SHEETS:
            if sheet in names:
                cells = opened.get_sheet_by_name(names[sheet]).to_python(skip_empty_area=False)
                _take(book, sheet, cells)
    except (python_calamine.CalamineError, python_calamine.PasswordError, OSError, ValueError):
        book.findings.append(Finding(ERROR, _("Файлът не се отваря като таблица. Запишете го като XLSX.")))
        return book
    if SERVICES not in names:
        book.findings.append(Finding(ERROR, _("Няма лист „services“. Наименувайте така листа с услугите.")))
    book.findings += [_ignored(names[n]) for n in names if n not in SHEETS and n not in KNOWN_EXTRAS]
    return book


def _ignored(name: str) -> Finding:
    return Finding(NOTE, _("Листът „%(name)s“ не се чете.") % {"name": name}, name)


def _take(book: Book, sheet: str, cells: list[list[Any]]) -> None:
    found = _columns(book, sheet, cells[0] if cells else [])
    letters = {key: letter(index) for key, index in found.items()}
    first = 2 if len(cells) > 1 and _is_heading(sheet, found, cells[1]) else 1
    book.rows[sheet] = []
    for index, line in enumerate(cells[first : first + MOST_ROWS], first + 1):
        if any(text(cell) for cell in line):
            values = {key: line[at] if at < len(line) else "" for key, at in found.items()}
            book.rows[sheet].append(Row(sheet, index, values, letters))
    if len(cells) - first > MOST_ROWS:
        book.findings.append(Finding(ERROR, _("Редовете са твърде много. Разделете файла."), sheet))


def _columns(book: Book, sheet: str, line: list[Any]) -> dict[str, int]:
    by_name = {column.key: column.key for column in SHEETS[sheet]}
    by_name |= {column.heading.casefold(): column.key for column in SHEETS[sheet]}
    found: dict[str, int] = {}
    for index, cell in enumerate(line):
        name = text(cell).casefold()
        key = by_name.get(name, "")
        if key and key not in found:
            found[key] = index
        elif name:
            book.findings.append(_odd_column(sheet, index, text(cell), twice=bool(key)))
    book.findings += [_missing(sheet, column) for column in _needed(sheet, found)]
    return found


def _needed(sheet: str, found: Mapping[str, int]) -> Iterator[Column]:
    for column in SHEETS[sheet]:
        by_settlement = column.key == "municipality" and "settlement" in found
        if column.required and column.key not in found and not by_settlement:
            yield column


def _missing(sheet: str, column: Column) -> Finding:
    words_ = {"key": column.key, "label": column.heading}
    return Finding(
        ERROR, _("Липсва колоната „%(key)s“ (%(label)s). Добавете я в първия ред.") % words_, sheet, 1
    )


def _odd_column(sheet: str, index: int, name: str, *, twice: bool) -> Finding:
    if twice:
        said = _("Колоната „%(name)s“ стои два пъти. Оставете една.") % {"name": name}
        return Finding(ERROR, said, sheet, 1, letter(index))
    said = _("Колоната „%(name)s“ не е позната и не се чете.") % {"name": name}
    return Finding(WARNING, said, sheet, 1, letter(index))


def _is_heading(sheet: str, found: Mapping[str, int], line: list[Any]) -> bool:
    headings = {column.key: column.heading.casefold() for column in SHEETS[sheet]}
    said = {key: text(line[at]).casefold() for key, at in found.items() if at < len(line) and text(line[at])}
    same = sum(headings[key] == value for key, value in said.items())
    return same * 2 >= len(said) > 0


def posts_of(book: Book) -> list[Row]:
    """Lines of the sheet of posts."""
    return book.rows.get(POSTS, [])
