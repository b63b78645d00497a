"""A template's spreadsheet: XLSX ⇄ tables ⇄ compiled form. Needs no Django."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import python_calamine

from opora.engines import questionnaire
from opora.engines.questionnaire import Form
from opora.engines.questionnaire.sheets import cell_text

Tables = dict[str, list[list[str]]]
SHEETS = ("survey", "choices", "settings")
MAX_CELLS = 400_000


class UnreadableFileError(ValueError):
    """The file is no spreadsheet that can be read."""


def read_xlsx(content: bytes) -> Tables:
    """Sheets survey, choices and settings (and external lists, `*.csv`) of a workbook as cell texts."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except Exception as error:  # calamine raises many kinds for a broken file
        raise UnreadableFileError(str(error)) from error
    if sum(len(row) for rows in found.values() for row in rows) > MAX_CELLS:
        raise UnreadableFileError("too many cells")
    return {name.strip().lower(): _texts(rows) for name, rows in found.items() if _wanted(name)}


def _wanted(name: str) -> bool:
    name = name.strip().lower()
    return name in SHEETS or name.endswith(".csv")


def _texts(rows: list[list[Any]]) -> list[list[str]]:
    table = [[cell_text(cell) for cell in row] for row in rows]
    width = max((n + 1 for row in table for n, cell in enumerate(row) if cell), default=0)
    while table and not any(table[-1]):
        table.pop()
    return [row[:width] for row in table]


def fingerprint(tables: Tables) -> str:
    """SHA-256 of the content, whatever program wrote the file."""
    text = json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def compile_tables(tables: Tables) -> Form:
    """The form. Raises `questionnaire.FormError` with every problem by sheet and row."""
    main = {name: rows for name, rows in tables.items() if name in SHEETS}
    external = {name: rows for name, rows in tables.items() if name not in SHEETS}
    return questionnaire.compile(questionnaire.sheets_from_tables(main, external))


def write_xlsx(tables: Tables) -> bytes:
    """The workbook again: text cells only, bold headings, wide columns."""
    import xlsxwriter  # needed by a download, not by the start of every process

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        head, plain = (
            book.add_format({"bold": True, "bg_color": "#e4efeb"}),
            book.add_format({"text_wrap": True}),
        )
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 30, 24, plain)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell, head if number == 0 else plain)
    return out.getvalue()
