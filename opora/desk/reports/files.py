"""A release as CSV (UTF-8 with BOM, `;`) and XLSX with a sheet on how it was made."""

from __future__ import annotations

import csv as writer
import io

from django.utils.translation import gettext as _

from opora.desk.reports.queries import TOTAL
from opora.desk.reports.tables import Row, Shown
from opora.foundation.core.cells import neutral


def csv(shown: Shown) -> bytes:
    """One table; definitions and source stand under it."""
    out = io.StringIO()
    sheet = writer.writer(out, delimiter=";", lineterminator="\r\n")
    for line in _lines(shown):
        sheet.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in line])
    sheet.writerow([])
    for note in shown.how_made:
        sheet.writerow([note])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx(shown: Shown) -> bytes:
    """Table and „Как е направено“ as two sheets."""
    import xlsxwriter  # needed by a download, not by the start of every process

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold, number = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "# ##0", "align": "right"}),
        )
        sheet = book.add_worksheet(shown.title[:31])
        for at, line in enumerate(_lines(shown)):
            sheet.write_row(at, 0, line, number if at else bold)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 1, 26)
        sheet.freeze_panes(1, 2)
        notes = book.add_worksheet(_("Как е направено"))
        notes.write_column(0, 0, shown.how_made)
        notes.set_column(0, 0, 100)
    return out.getvalue()


def _lines(shown: Shown) -> list[list[int | str]]:
    """Heads, totals and rows; with a third dimension a column names the layer."""
    every = [Row("", _("Общо"), shown.totals), *shown.rows]
    heads: list[int | str] = [
        _("Код"),
        _("Област"),
        *_layer(shown, _("Възраст")),
        *(n for _c, n in shown.columns),
    ]
    return [
        heads,
        *(
            [_code(row), row.name, *_layer(shown, row.layer or _("Общо")), *_plain(row.cells)]
            for row in every
        ),
    ]


def _layer(shown: Shown, words: str) -> list[str]:
    return [words] if shown.layers else []


def _code(row: Row) -> str:
    return "" if row.code == TOTAL else row.code


def _plain(cells: list[int | str | None]) -> list[int | str]:
    return [0 if cell is None else cell for cell in cells]
