"""What the table macros know about a column and a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from opora.foundation.ui import addresses, formats

# A cell withheld because the number is small; Eurostat writes the same sign.
HIDDEN = ":c"

_FORMATS: dict[str, Callable[[Any], str]] = {
    "number": formats.number,
    "percent": formats.percent,
    "date": formats.date,
    "datetime": formats.datetime,
}


@dataclass
class Column:
    """One column: its heading, kind (text, number, percent, date, datetime, state) and sort key."""

    label: str
    kind: str = "text"
    sort: str | None = None

    @property
    def numeric(self) -> bool:
        """Whether figures stand right-aligned in it."""
        return self.kind in ("number", "percent")

    @cached_property
    def cell_start(self) -> str:
        """The opening tag of its cells; drawn once a table, because rows are the cost of a list page."""
        css = "op-number" if self.numeric else "op-date" if self.kind in ("date", "datetime") else ""
        return f'<td role="cell" data-label="{escape(self.label)}"' + (f' class="{css}">' if css else ">")


@dataclass(frozen=True)
class SortLink:
    """Where a sortable heading leads and how the table is sorted by it now."""

    href: str
    direction: str


def col(label: object, kind: str = "text", sort: str | None = None) -> Column:
    """A column for `tables.table`; `sort` is the value of the `sort` parameter, e.g. `name`."""
    return Column(str(label), kind, sort)


def sort_link(request: HttpRequest, key: str, default: str | None = None) -> SortLink:
    """Link of a heading: first ascending, then descending; page goes back to the first one."""
    current = request.GET.get("sort") or default
    direction = {key: "ascending", f"-{key}": "descending"}.get(current or "", "none")
    wanted = f"-{key}" if direction == "ascending" else key
    return SortLink(addresses.query(request, sort=wanted, page=None), direction)


def shown(value: Any, kind: str = "text") -> Any:
    """The text of a cell: formatted by kind, `–` for nothing, `:c` with its explanation for hidden."""
    if value is None or value == "":
        return formats.NONE
    if isinstance(value, str) and value == HIDDEN and not isinstance(value, Markup):
        return _hidden()
    write = _FORMATS.get(kind)
    return write(value) if write and not isinstance(value, str) else value


def _hidden() -> str:
    why = _("Скрито: числото е малко и би могло да посочи човек")
    return Markup('<abbr class="op-hidden-cell" title="{}">{}</abbr>').format(why, HIDDEN)


def drawn_row(
    columns: Sequence[Column],
    values: Sequence[Any],
    href: str | None,
    current: bool,
    attrs: Mapping[str, Any],
) -> Markup:
    """One row; the first value names it and, with `href`, is its link."""
    names = (("op-table__row--link", href), ("op-table__row--current", current))
    css = " ".join(name for name, on in names if on)
    given = flatatt({"class": css or False, "role": "row", **attrs})
    cells = [drawn_cell(value, column) for value, column in zip(values[1:], columns[1:], strict=True)]
    parts = [f"<tr{given}>", _row_name(columns[0], values[0], href), *cells, "</tr>\n"]
    return Markup("".join(parts))  # noqa: S704 (every part is escaped where it is drawn)


def _row_name(column: Column, value: Any, href: str | None) -> str:
    words = escape(shown(value, column.kind))
    inside = f'<a class="op-table__link" href="{escape(href)}">{words}</a>' if href else words
    return f'<th role="rowheader" scope="row">{inside}</th>'


def drawn_cell(value: Any, column: Column, empty: str | None = None) -> Markup:
    """One cell; `empty` replaces the dash of nothing."""
    text = empty if value is None and empty is not None else shown(value, column.kind)
    return Markup(f"{column.cell_start}{escape(text)}</td>")  # noqa: S704 (escaped here)
