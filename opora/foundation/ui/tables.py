"""What the table macros know about a column and a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.ui import addresses, formats

# A cell withheld because the number is small; Eurostat writes the same sign.
HIDDEN = ":c"

_FORMATS: dict[str, Callable[[Any], str]] = {
    "number": formats.number,
    "percent": formats.percent,
    "date": formats.date,
    "datetime": formats.datetime,
}


@dataclass(frozen=True)
class Column:
    """One column: its heading, kind (text, number, percent, date, datetime, state) and sort key."""

    label: str
    kind: str = "text"
    sort: str | None = None

    @property
    def numeric(self) -> bool:
        """Whether figures stand right-aligned in it."""
        return self.kind in ("number", "percent")


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
