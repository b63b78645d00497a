"""A release as CSV (UTF-8 with BOM, `;`) and XLSX with a sheet on how it was made."""

from __future__ import annotations

import csv as writer
import io

from django.utils.translation import gettext as _

from opora.desk.reports.tables import Shown
from opora.foundation.core.cells import neutral


def csv(shown: Shown) -> bytes:
    """One table; definitions and source stand under it."""
    out = io.StringIO()
    sheet = writer.writer(out, delimiter=";", lineterminator="\r\n")
    sheet.writerow([_("Код"), _("Област"), *(neutral(name) for _code, name in shown.columns)])
    sheet.writerow(["", _("Общо"), *_plain(shown.totals)])
    for row in shown.rows:
        sheet.writerow([row.code, neutral(row.name), *_plain(row.cells)])
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
        heads = [_("Код"), _("Област"), *(name for _code, name in shown.columns)]
        sheet.write_row(0, 0, heads, bold)
        for at, line in enumerate(
            [
                ["", _("Общо"), *_plain(shown.totals)],
                *([r.code, r.name, *_plain(r.cells)] for r in shown.rows),
            ],
            1,
        ):
            sheet.write_row(at, 0, line, number)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 1, 26)
        sheet.freeze_panes(1, 2)
        notes = book.add_worksheet(_("Как е направено"))
        notes.write_column(0, 0, shown.how_made)
        notes.set_column(0, 0, 100)
    return out.getvalue()


def _plain(cells: list[int | str | None]) -> list[int | str]:
    return [0 if cell is None else cell for cell in cells]
