"""Values of rules as they are read: dates, months, parts and lists in the reader's language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.foundation.ui import formats

_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")
WORDS = {
    "census": gettext_lazy("преброяване"),
    "criteria_change": gettext_lazy("промяна на критериите"),
    "indicator_change": gettext_lazy("промяна на показателите"),
    "unforeseen": gettext_lazy("непредвидени обстоятелства"),
    "fulfilled": gettext_lazy("изпълнява се"),
    "partly": gettext_lazy("отчасти"),
    "not_fulfilled": gettext_lazy("не се изпълнява"),
    "not_applicable": gettext_lazy("неприложимо"),
}


def said(value: str, unit: str) -> str:
    """The value in words; as it stands where it is none of our forms, „–“ where there is none."""
    if not value:
        return "–"
    try:
        return _WAYS.get(unit, _several)(value)
    except (ValueError, KeyError):
        return value


def _several(value: str) -> str:
    """`1;3;6` → 1, 3 и 6."""
    parts = [_one(part.strip()) for part in value.split(";")]
    if len(parts) == 1:
        return parts[0]
    return _("%(first)s и %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _one(part: str) -> str:
    """`0.667` → 0,667; a word of a list in the reader's language."""
    number = _NUMBER.fullmatch(part)
    if number is None:
        return str(WORDS.get(part, part))
    return formats.number(Decimal(part), len(number[1] or ""))


def _date(value: str) -> str:
    return formats.date(dt.date.fromisoformat(value))


def _day(value: str) -> str:
    """`08-31` → 31.08."""
    month, day = value.split("-")
    return f"{int(day):02d}.{int(month):02d}."


def _month(value: str) -> str:
    """`02` → февруари, as within a sentence; February."""
    name = str(MONTHS[int(value)])
    return name.lower() if translation.get_language() == "bg" else name


def _from_to(of: Callable[[str], str]) -> Callable[[str], str]:
    """`02-13/03-14` → 13.02.–14.03."""
    return lambda value: "–".join(of(part) for part in value.split("/", 1))


_WAYS: dict[str, Callable[[str], str]] = {
    "date": _date, "month_day": _day, "day_window": _from_to(_day), "range": _from_to(_one),
    "month_window": _from_to(_month),
}  # fmt: skip
WITHOUT_UNIT = frozenset({*_WAYS, "list"})
"""Units whose values say by themselves what they are."""
