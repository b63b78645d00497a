"""How values are written on screen and paper: numbers, shares, dates, counted words, Latin letters."""

from __future__ import annotations

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone, translation

NONE = "–"
THIN_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

Number = int | float | Decimal
_QUOTES = {("„", "“"), ("„", "”"), ("“", "”"), ("«", "»"), ('"', '"')}


def number(value: Number | None, places: int | None = None) -> str:
    """`1234.5` → `1 234,5` (thin space, decimal comma; decimal point in English); None → `–`.

    `places` fixes the decimals; without it whole values show none and others at most two, with no
    trailing zeros. Not-a-number counts as nothing.
    """
    if value is None or math.isnan(value):
        return NONE
    text = _rounded(value, places)
    sign = MINUS if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", THIN_SPACE)
    return sign + grouped + (_point() + fraction if fraction else "")


def _rounded(value: Number, places: int | None) -> str:
    """Halves go up, as in school and in Excel; a rounded zero has no sign."""
    if type(value) is int and places is None:
        return str(value)
    exact = Decimal(str(value))
    kept = 2 if places is None else places
    text = f"{exact.quantize(Decimal(1).scaleb(-kept), ROUND_HALF_UP):f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.lstrip("-") if Decimal(text) == 0 else text


def _point() -> str:
    return "." if (translation.get_language() or "bg").startswith("en") else ","


def percent(value: Number | None, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage: `0.745` → `75 %` (no-break space); None → `–`."""
    if value is None or math.isnan(value):
        return NONE
    return number(Decimal(str(value)) * 100, places) + NO_BREAK_SPACE + "%"


def date(value: dt.date | dt.datetime | None) -> str:
    """`22.11.2026`; aware times are first moved to the local zone; None → `–`."""
    if value is None:
        return NONE
    return f"{_local(value):%d.%m.%Y}"


def datetime(value: dt.datetime | None) -> str:
    """`22.11.2026, 14:05`; None → `–`."""
    if value is None:
        return NONE
    return f"{_local(value):%d.%m.%Y, %H:%M}"


def time(value: dt.datetime | dt.time | None) -> str:
    """`14:05`; None → `–`."""
    if value is None:
        return NONE
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).time() if timezone.is_aware(value) else value.time()
    return f"{value:%H:%M}"


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def plural(count: Number | None, one: str, many: str) -> str:
    """A count with its word: `1 карта`, `2 карти`; the Bulgarian rule is n ≠ 1; None → `–`."""
    if count is None:
        return NONE
    return number(count) + NO_BREAK_SPACE + (one if count == 1 else many)


# fmt: off
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya",
}
# fmt: on


def unquoted(text: str) -> str:
    """Somebody's words without the quotation marks around all of them: the page writes its own."""
    said = text.strip()
    whole = len(said) > 1 and (said[0], said[-1]) in _QUOTES and not set(said[1:-1]) & {said[0], said[-1]}
    return said[1:-1].strip() if whole else said


def translit(text: str) -> str:
    """Bulgarian in Latin letters by the Transliteration Act of 2009 (`София` → `Sofia`)."""
    words = "".join(_latin_letter(text, i) for i in range(len(text)))
    return "Bulgaria" if text == "България" else words


def _latin_letter(text: str, i: int) -> str:
    letter = text[i]
    latin = _LATIN.get(letter.lower(), letter)
    if letter.lower() == "я" and _ends_in_iya(text, i):
        latin = "a"
    if letter == letter.lower():
        return latin
    shout = text[i + 1 : i + 2].isupper() or text[i - 1 : i].isupper()
    return latin.upper() if shout else latin.capitalize()


def _ends_in_iya(text: str, i: int) -> bool:
    return text[i - 1 : i].lower() == "и" and not text[i + 1 : i + 2].isalpha()
