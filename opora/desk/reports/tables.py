"""A release as people read it: titles, definitions, cells in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.desk.reports.models import Release
from opora.foundation.ui.formats import date
from opora.foundation.ui.tables import HIDDEN


@dataclass(frozen=True)
class Row:
    """One region with its cells: number, `:c`, or nothing."""

    code: str
    name: str
    cells: list[int | str | None]


@dataclass(frozen=True)
class Shown:
    """What page and files show alike."""

    release: Release
    title: str
    definition: str
    columns: list[tuple[str, str]]
    totals: list[int | str | None]
    rows: list[Row]

    @property
    def hides(self) -> bool:
        """Whether any cell is hidden."""
        return any(HIDDEN in row.cells for row in self.rows) or HIDDEN in self.totals

    @property
    def how_made(self) -> list[str]:
        """Where the numbers come from and what was done to them."""
        notes = [
            self.definition,
            _("Състояние към %(day)s. Източник: регистър на услугите в Опора, действащи услуги.")
            % {"day": date(self.release.as_of)},
        ]
        if self.hides:
            notes.append(
                _("„:c“ значи скрито малко число под %(n)s или число, от което то би се пресметнало.")
                % {"n": self.release.threshold}
            )
        return notes


def measures() -> list[tuple[str, str]]:
    """What can be counted, in words."""
    return [
        ("services", _("Услуги")),
        ("capacity", _("Места")),
        ("occupied", _("Заети места")),
        ("waiting", _("Чакащи")),
    ]


def _definition(measure: str) -> str:
    return {
        "services": _("Брой действащи услуги, всяка веднъж."),
        "capacity": _("Места по капацитет, без кризисните."),
        "occupied": _("Хора, които ползват услугата в деня на последното отбелязване."),
        "waiting": _("Хора в списъка на чакащите (чл. 79 от Закона за социалните услуги)."),
    }[measure]


def table(release: Release) -> Shown:
    """The release with names and words."""
    columns = [(code, name or _("Общо")) for code, name in release.columns]
    rows = [Row(code, name or _("Общо"), _cells(release, code)) for code, name in release.rows]
    title = dict(measures())[release.kind]
    return Shown(release, title, _definition(release.kind), columns, rows[0].cells, rows[1:])


def _cells(release: Release, row: str) -> list[int | str | None]:
    line = release.cells[row]
    return [HIDDEN if line[code] is None else (line[code] or None) for code, _name in release.columns]
