"""Workbooks as people make them, for tests."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

Rows = Sequence[Mapping[str, Any]]


def workbook(
    services: Rows = (), posts: Rows | None = None, *, headings: Sequence[str] = (), sheet: str = "services"
) -> bytes:
    """An XLSX with the sheets given; columns are the keys of the first rows, in order."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    ) as book:
        _write(book, sheet, services, headings)
        if posts is not None:
            _write(book, "posts", posts, ())
    return out.getvalue()


def _write(book: Any, name: str, rows: Rows, headings: Sequence[str]) -> None:
    page, day = book.add_worksheet(name), book.add_format({"num_format": "dd.mm.yyyy"})
    keys = list(dict.fromkeys(key for row in rows for key in row))
    page.write_row(0, 0, keys)
    first = 1
    if headings:
        page.write_row(1, 0, headings)
        first = 2
    for number, row in enumerate(rows, first):
        for column, key in enumerate(keys):
            value = row.get(key)
            if isinstance(value, dt.date):
                page.write_datetime(number, column, dt.datetime.combine(value, dt.time()), day)
            elif value is not None:
                page.write(number, column, value)


def line(code: str = "LOV-001", **cells: Any) -> dict[str, Any]:
    """A row of `services` that can be taken, changed by what the test says; None leaves a cell empty."""
    usual = {
        "code": code,
        "name": f"ЦСРИ {code}",
        "organisation": "Община Ловеч",
        "type": "ЦСРИ",
        "settlement": "Ловеч",
        "municipality": "Ловеч",
        "region": "Ловеч",
        "capacity": 30,
        "occupied": 24,
    }
    return usual | cells
