"""What the files say together, before it is checked against itself and kept."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from opora.foundation.territory.imports.report import Report

Row = dict[str, Any]


@dataclass
class Gathered:
    """Rows by code from all files.

    `origin` says in which file and row a code stands; `shapes` are boundaries by file and level,
    of which `boundaries` keeps one file a level.
    """

    report: Report
    regions: dict[str, Row] = field(default_factory=dict)
    municipalities: dict[str, Row] = field(default_factory=dict)
    settlements: dict[str, Row] = field(default_factory=dict)
    shapes: dict[tuple[str, str], dict[str, Row]] = field(default_factory=dict)
    boundaries: dict[str, Row] = field(default_factory=dict)
    population: dict[tuple[str, str, dt.date, str], Row] = field(default_factory=dict)
    sources: dict[str, Row] = field(default_factory=dict)
    origin: dict[str, tuple[str, int]] = field(default_factory=dict)

    def put(self, table: dict[str, Row], code: str, row: Row, file: str, number: int) -> None:
        """Add what a row knows about a code; what an earlier file said stays."""
        here = self.origin.get(code)
        if here and here[0] == file:
            self.report.error(
                file,
                number,
                _("кодът {code} стои и на ред {other}.").format(code=code, other=here[1]),
                _("Оставете само единия ред."),
            )
            return
        known = table.setdefault(code, {})
        self._compare(code, known, row, file, number)
        table[code] = {**row, **known}
        self.origin.setdefault(code, (file, number))

    def _compare(self, code: str, known: Row, row: Row, file: str, number: int) -> None:
        for column in ("name", "municipality"):
            if column in known and column in row and known[column] != row[column]:
                said = _("за {code} пише „{other}“, а в {file} – „{name}“; взето е второто.").format(
                    code=code, other=row[column], name=known[column], file=self.origin[code][0]
                )
                self.report.note(file, number, said)
