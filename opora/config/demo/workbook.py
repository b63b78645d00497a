"""The demonstration's register as the very workbook a coordinator would bring, so that it enters by the same door."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import xlsxwriter

FACTS = Path(__file__).parent / "facts"
NUMBERS = {"capacity", "crisis_places", "occupied", "waiting", "funded", "posts", "filled"}


def rows(name: str) -> list[dict[str, str]]:
    """One table of facts."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def workbook(services: list[dict[str, str]], posts: list[dict[str, str]]) -> bytes:
    """Sheets `services` and `posts` with keys in the first row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        for name, table in (("services", services), ("posts", posts)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(table[0]))
            for at, row in enumerate(table, 1):
                for column, (key, value) in enumerate(row.items()):
                    if key in NUMBERS and value:
                        sheet.write_number(at, column, float(value))
                    elif value:
                        sheet.write_string(at, column, value)
    return out.getvalue()
