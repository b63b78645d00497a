"""Answers as they come (JSON) → typed values. What does not fit is marked, never refused."""

import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from .model import Question
from .values import BLANK, LARGEST, Value, parse_moment, parse_number, parse_time

Answer = tuple[Value, str]
LONGEST_TEXT = 20_000
SPACES = re.compile(r"[\u00a0\u202f\s]")
GROUPED = re.compile(r"-?\d{1,3}(\s\d{3})+([.,]\d+)?\Z")


def read_answer(question: Question, raw: Any) -> Answer:
    """Typed value and the code of what is wrong with it (blank when nothing is)."""
    if raw is None or raw == [] or (isinstance(raw, str) and not raw.strip()):
        return BLANK, ""
    return READERS.get(question.type, read_text)(raw)


def read_text(raw: Any) -> Answer:
    """Text; a whole number given for a text (a postal code out of a spreadsheet) is its digits."""
    if isinstance(raw, str):
        return raw.strip(), ""
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < LARGEST:
        return str(raw), ""
    return BLANK, "text"


def number_of(raw: Any) -> Decimal | None:
    """A number from JSON or from text with a decimal comma or point and spaces between thousands."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        return None
    if isinstance(raw, str):
        text = raw.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-")
        text = SPACES.sub("", text) if GROUPED.match(text) else text
        found = parse_number(text.replace(",", "."))
    elif isinstance(raw, int):
        found = Decimal(raw) if abs(raw) < LARGEST else Decimal("NaN")
    else:
        found = Decimal(repr(raw)) if isinstance(raw, float) and math.isfinite(raw) else Decimal("NaN")
    return (
        found
        if found.is_finite() and abs(found) < LARGEST and found.adjusted() > -15
        else zero_or_none(found)
    )


def zero_or_none(found: Decimal) -> Decimal | None:
    """Zero stays zero; what is too big, too small or no number is None."""
    return Decimal(0) if found.is_finite() and not found else None


def read_decimal(raw: Any) -> Answer:
    """A number."""
    found = number_of(raw)
    return (BLANK, "decimal") if found is None else (found, "")


def read_integer(raw: Any) -> Answer:
    """A whole number."""
    found = number_of(raw)
    if found is None or found != found.to_integral_value():
        return BLANK, "integer"
    return found.to_integral_value(), ""


def read_one(raw: Any) -> Answer:
    """The name of one choice."""
    if isinstance(raw, str) and not SPACES.search(raw.strip()):
        return raw.strip(), ""
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < LARGEST:
        return str(raw), ""
    return BLANK, "one"


def read_several(raw: Any) -> Answer:
    """Names of choices: a list, or a text with spaces between them; a name given twice counts once."""
    parts = raw.split() if isinstance(raw, str) else raw
    if not isinstance(parts, list | tuple):
        return BLANK, "several"
    read = [read_one(one) for one in parts if one not in (None, "")]
    if any(wrong for _, wrong in read):
        return BLANK, "several"
    return tuple(dict.fromkeys(value for value, _ in read)) or BLANK, ""


def read_date(raw: Any) -> Answer:
    """An ISO date."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw, ""
    try:
        return (
            (date.fromisoformat(raw.strip()), "")
            if re.fullmatch(r"\s*\d{4}-\d\d-\d\d\s*", raw)
            else (BLANK, "date")
        )
    except (TypeError, ValueError):
        return BLANK, "date"


def read_moment(raw: Any) -> Answer:
    """An ISO date-time."""
    if isinstance(raw, datetime):
        return raw, ""
    found = parse_moment(raw.strip()) if isinstance(raw, str) else None
    return (BLANK, "dateTime") if found is None else (found, "")


def read_time(raw: Any) -> Answer:
    """An ISO time of day."""
    if isinstance(raw, time):
        return raw, ""
    found = parse_time(raw.strip()) if isinstance(raw, str) else None
    return (BLANK, "time") if found is None else (found, "")


def read_point(raw: Any) -> Answer:
    """Latitude and longitude, then altitude and accuracy if known: text with spaces or a list of numbers."""
    parts = raw.split() if isinstance(raw, str) else raw
    numbers = [number_of(one) for one in parts] if isinstance(parts, list) and 2 <= len(parts) <= 4 else []
    known = [one for one in numbers if one is not None]
    if len(known) < 2 or len(known) != len(numbers) or abs(known[0]) > 90 or abs(known[1]) > 180:
        return BLANK, "geopoint"
    return " ".join(format(one, "f") for one in known), ""


def read_file(raw: Any) -> Answer:
    """The plain name of a file."""
    if isinstance(raw, str) and not re.search(r"[/\\\x00]|^\.\.?$", raw.strip()):
        return raw.strip(), ""
    return BLANK, "file"


def read_tick(raw: Any) -> Answer:
    """A tick: ``OK`` or true; false is no answer."""
    if raw is False:
        return BLANK, ""
    return ("OK", "") if raw is True or raw == "OK" else (BLANK, "acknowledge")


def read_note(raw: Any) -> Answer:
    """A note takes no answer."""
    return BLANK, "note"


def read_any(raw: Any) -> Answer:
    """Whatever a calculation held before: only ``once()`` looks at it."""
    if isinstance(raw, bool):
        return raw, ""
    found = number_of(raw) if not isinstance(raw, str) else None
    return (found, "") if found is not None else (raw.strip() if isinstance(raw, str) else BLANK, "")


READERS = {
    "integer": read_integer,
    "decimal": read_decimal,
    "range": read_decimal,
    "select_one": read_one,
    "select_multiple": read_several,
    "date": read_date,
    "dateTime": read_moment,
    "time": read_time,
    "geopoint": read_point,
    "image": read_file,
    "file": read_file,
    "audio": read_file,
    "video": read_file,
    "acknowledge": read_tick,
    "note": read_note,
    "calculate": read_any,
    "today": read_date,
    "start": read_moment,
    "end": read_moment,
}
