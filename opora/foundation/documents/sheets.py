"""Workbooks that people open in Excel: text stays text, numbers stay numbers, nothing runs."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from opora.foundation.core.cells import neutral

LINE_POINTS = 15.5
Cell = str | int | float | Decimal | dt.date | bool | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: name (≤ 31 characters), title, headings, rows, and the notes under the table (source,
    date, method).

    `total_rows` are numbers of rows (from 0) printed strong. `formats` by column number: Excel number
    formats.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    total_rows: Iterable[int] = ()
    formats: dict[int, str] = field(default_factory=dict)


def workbook(sheets: Iterable[Sheet], *, title: str = "", subject: str = "") -> bytes:
    """An XLSX with one table per sheet. Text never becomes a formula, an address or a number by itself."""
    import xlsxwriter  # needed by a download, not by the start of every process

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "subject": subject, "author": "Опора"})
        styles = _styles(book)
        taken: set[str] = set()
        for sheet in sheets:
            _write(book.add_worksheet(_free_name(sheet.name, taken)), book, sheet, styles)
    return out.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    font = {"font_name": "Sofia Sans", "font_size": 11}
    head = font | {"bold": True, "bg_color": "#e4efeb", "bottom": 1, "text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format(head),
        "head_of_numbers": book.add_format(head | {"align": "right"}),
        "title": book.add_format(font | {"bold": True, "font_size": 14}),
        "text": book.add_format(font | {"text_wrap": True, "valign": "top"}),
        "total": book.add_format(font | {"bold": True, "top": 1}),
        "note": book.add_format(font | {"font_color": "#51605b", "font_size": 10}),
        "date": book.add_format(font | {"num_format": "dd.mm.yyyy", "align": "left"}),
        "font": font,
        "made": {},
    }


def _write(page: Any, book: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    page.write_string(0, 0, neutral(sheet.title), styles["title"])
    for column, heading in enumerate(sheet.columns):
        numbers = any(isinstance(row[column], int | float | Decimal) for row in sheet.rows)
        page.write_string(2, column, neutral(heading), styles["head_of_numbers" if numbers else "head"])
    strong = set(sheet.total_rows)
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            _cell(
                page,
                3 + number,
                column,
                value,
                _style(book, styles, (sheet, column, number in strong), value),
            )
    for number, note in enumerate(sheet.notes):
        page.write_string(4 + len(sheet.rows) + number, 0, neutral(note), styles["note"])
    _layout(page, sheet)


def _layout(page: Any, sheet: Sheet) -> None:
    page.freeze_panes(3, 1)
    widths = [_width(sheet, column) for column in range(len(sheet.columns))]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for number, row in enumerate([sheet.columns, *sheet.rows], 2):
        lines = max((_lines(value, width) for value, width in zip(row, widths, strict=False)), default=1)
        if lines > 1:
            page.set_row(number, LINE_POINTS * lines)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    page.set_footer("&L&A&R&P / &N")


def _width(sheet: Sheet, column: int) -> float:
    """In signs: what the longest cell needs, within bounds; sentences get a wide column."""
    longest = max(len(str(row[column])) for row in [sheet.columns, *sheet.rows] if row[column] is not None)
    most = 90 if longest > 80 else 44 if column == 0 else 26
    return float(min(max(longest * 1.1 + 2, 9), most))


def _lines(value: Cell, width: float) -> int:
    """Lines a wrapped text takes; some programs do not make room by themselves."""
    return math.ceil(len(value) * 1.15 / width) if isinstance(value, str) else 1


def _style(book: Any, styles: dict[str, Any], place: tuple[Sheet, int, bool], value: Cell) -> Any:
    sheet, column, strong = place
    if isinstance(value, dt.date):
        return styles["date"]
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    key = (
        sheet.formats.get(column, "#,##0.0" if isinstance(value, float) else "#,##0") if number else "",
        strong,
    )
    if key not in styles["made"]:
        facts = (
            styles["font"] | {"valign": "top"} | ({"num_format": key[0]} if number else {"text_wrap": True})
        )
        styles["made"][key] = book.add_format(facts | ({"bold": True, "top": 1} if strong else {}))
    return styles["made"][key]


def _cell(page: Any, row: int, column: int, value: Cell, style: Any) -> None:
    if value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        page.write_string(row, column, "да" if value else "не", style)
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, column, float(value), style)
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), style)
    else:
        page.write_string(row, column, neutral(value), style)


def _free_name(wanted: str, taken: set[str]) -> str:
    """Sheet names are at most 31 characters, without some signs, and differ."""
    base = "".join(" " if sign in "[]:*?/\\" else sign for sign in wanted).strip("' ")[:31] or "1"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base[:27]} {number}", number + 1
    taken.add(name.casefold())
    return name
