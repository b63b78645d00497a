"""Cells of a spreadsheet as values: numbers typed as text, eaten zeros, dates in several forms."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from opora.foundation.core import words
from opora.foundation.core.cells import plain

FIRST_YEAR = 1900
MOST_PLACES = 5_000
_DMY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_EXCEL_DAYS = range(18_264, 73_051)  # 1950 to 2099 as a number without a date format
_EXCEL_START = dt.date(1899, 12, 30)


class UnreadableError(Exception):
    """The cell cannot be read; the text says what to write instead."""


def text(cell: Any) -> str:
    """The cell in words: 12.0 → „12“, dates in Bulgarian, spaces tidied."""
    if isinstance(cell, bool):
        return "да" if cell else "не"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d.%m.%Y}"
    return plain(words.normal(str(cell)))


def number(cell: Any) -> int | None:
    """A whole number of 0 or more; None for an empty cell. UnreadableError with advice otherwise."""
    value = decimal(cell)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise UnreadableError(_("Впишете цяло число вместо „%(cell)s“.") % {"cell": text(cell)})
    if value > MOST_PLACES:
        raise UnreadableError(_("Числото %(cell)s е твърде голямо. Проверете го.") % {"cell": text(cell)})
    return int(value)


def decimal(cell: Any) -> Decimal | None:
    """A number of 0 or more with comma or point; None for an empty cell."""
    bare = text(cell).replace(" ", "").replace(",", ".")
    if not bare or isinstance(cell, bool):
        return None if not bare else _unreadable_number(cell)
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return _unreadable_number(cell)
    if not value.is_finite() or value < 0 or "e" in bare.lower():
        return _unreadable_number(cell)
    return value


def _unreadable_number(cell: Any) -> Decimal:
    raise UnreadableError(_("Впишете само число вместо „%(cell)s“.") % {"cell": text(cell)})


def date(cell: Any, *, year_only: bool = False) -> tuple[dt.date | None, str]:
    """A day and what was assumed to get it („“ when nothing). `year_only` lets 2008 stand for 01.01.2008."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return _checked(cell), ""
    bare = re.sub(r"\s*г\.?$", "", text(cell))
    if not bare:
        return None, ""
    if bare.isdigit():
        return _from_digits(int(bare), cell, year_only)
    return _checked(_written(bare, cell)), ""


def _written(bare: str, cell: Any) -> dt.date:
    found = _DMY.match(bare)
    try:
        if found:
            day, month, year = (int(part) for part in found.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(bare[:10])
    except ValueError:
        raise UnreadableError(
            _("„%(cell)s“ не е дата. Впишете я като 30.05.2008.") % {"cell": text(cell)}
        ) from None


def _from_digits(digits: int, cell: Any, year_only: bool) -> tuple[dt.date, str]:
    if FIRST_YEAR <= digits <= 2100:
        if not year_only:
            raise UnreadableError(_("Впишете цялата дата, не само годината %(year)s.") % {"year": digits})
        return dt.date(digits, 1, 1), _("Посочена е само година: записва се 01.01.%(year)s.") % {
            "year": digits
        }
    if digits in _EXCEL_DAYS:
        day = _EXCEL_START + dt.timedelta(days=digits)
        return day, _("Числото %(cell)s е прочетено като дата %(day)s.") % {
            "cell": digits,
            "day": f"{day:%d.%m.%Y}",
        }
    raise UnreadableError(_("„%(cell)s“ не е дата. Впишете я като 30.05.2008.") % {"cell": text(cell)})


def _checked(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= 2100:
        raise UnreadableError(_("Годината %(year)s не е вероятна. Проверете я.") % {"year": day.year})
    return day


def digits(cell: Any, *lengths: int) -> tuple[str, bool]:
    """A code of digits and whether leading zeros were put back; other text comes back as it is."""
    bare = text(cell).replace(" ", "")
    if not (bare.isascii() and bare.isdigit()) or len(bare) in lengths or not lengths:
        return bare, False
    wanted = min((n for n in lengths if n > len(bare)), default=0)
    return (bare.zfill(wanted), True) if wanted and wanted - len(bare) <= 4 else (bare, False)


def listed(cell: Any) -> list[str]:
    """Parts of a list with „;“, each once."""
    return list(dict.fromkeys(part for part in map(words.normal, text(cell).split(";")) if part))
