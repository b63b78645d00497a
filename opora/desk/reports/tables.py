"""A release as people read it: titles, definitions, cells in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from opora.care.casework.queries_counts import AGES
from opora.desk.reports.models import Release
from opora.desk.reports.queries import FILES, type_names
from opora.foundation.ui.formats import date
from opora.foundation.ui.tables import HIDDEN


@dataclass(frozen=True)
class Row:
    """One region with its cells: number, `:c`, or nothing."""

    code: str
    name: str
    cells: list[int | str | None]
    layer: str = ""


@dataclass(frozen=True)
class Shown:
    """What page and files show alike."""

    release: Release
    title: str
    definition: str
    columns: list[tuple[str, str]]
    totals: list[int | str | None]
    rows: list[Row]
    layers: tuple[tuple[str, str], ...] = ()
    layer: str = ""

    @property
    def hides(self) -> bool:
        """Whether any cell is hidden."""
        return any(HIDDEN in row.cells for row in self.rows) or HIDDEN in self.totals

    @property
    def why_hidden(self) -> str:
        """What „:c“ stands for."""
        return (
            _("„:c“ значи скрито малко число под %(n)s или число, от което то би се пресметнало.")
            % {"n": self.release.threshold}
            + " "
            + _("Таблицата може да се изнася и публикува. Служебно числата на една услуга стоят в регистъра.")
        )

    @property
    def how_made(self) -> list[str]:
        """Where the numbers come from and what was done to them."""
        notes = [
            self.definition,
            _source(self.release.kind) % {"day": date(self.release.as_of)},
        ]
        if self.hides:
            notes.append(self.why_hidden)
        if short := type_names([code for code, _name in self.release.columns]):
            notes.append(
                _("Съкращения: %(names)s.") % {"names": "; ".join(f"{a} – {name}" for a, name in short)}
            )
        return notes


def measures() -> list[tuple[str, str]]:
    """What can be counted, in words."""
    return [
        ("services", _("Услуги")),
        ("capacity", _("Места")),
        ("occupied", _("Заети места")),
        ("waiting", _("Чакащи")),
        (FILES, _("Хора с открито досие")),
    ]


def _source(measure: str) -> str:
    if measure == FILES:
        return _("Състояние към %(day)s. Източник: открити досиета в Опора. Прави се наведнъж за страната и не се обновява всеки ден, за да не се познава човек от разликата.")  # fmt: skip
    return _("Състояние към %(day)s. Източник: регистър на услугите в Опора, действащи услуги.")


def _definition(measure: str) -> str:
    return {
        "services": _("Брой действащи услуги, всяка веднъж."),
        "capacity": _("Места по капацитет, без кризисните."),
        "occupied": _("Хора, които ползват услугата в деня на последното отбелязване."),
        FILES: _(
            "Открити досиета по област и вид на услугата и по възраст на човека в този ден. Човек с две досиета се брои два пъти."
        ),
        "waiting": _("Хора в списъка на чакащите (чл. 79 от Закона за социалните услуги)."),
    }[measure]


def table(release: Release, layer: str = "") -> Shown:
    """The release with names and words; of a third dimension the total, or one layer. KeyError for an unknown layer."""
    columns = [(code, name or _("Общо")) for code, name in release.columns]
    rows = _rows(release, layer)
    title = dict(measures())[release.kind]
    layers = tuple((code, str(AGES[code])) for code in release.layers)
    return Shown(release, title, _definition(release.kind), columns, rows[0].cells, rows[1:], layers, layer)


def whole(release: Release) -> Shown:
    """The same for a file: every layer, one after another."""
    shown = table(release)
    more = [row for code, _name in shown.layers for row in _rows(release, code)]
    return replace(shown, rows=shown.rows + more)


def _rows(release: Release, layer: str) -> list[Row]:
    words = str(AGES[layer]) if layer else ""
    return [
        Row(code, name or _("Общо"), _cells(release, f"{code}|{layer}" if layer else code), words)
        for code, name in release.rows
    ]


def _cells(release: Release, row: str) -> list[int | str | None]:
    line = release.cells[row]
    return [HIDDEN if line[code] is None else (line[code] or None) for code, _name in release.columns]
