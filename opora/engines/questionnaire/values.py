"""Values of a card and the way they turn into one another.

A value is one of: ``str`` (blank is the empty string, never zero), ``Decimal`` (every number, so 0.1 + 0.2
is 0.3), ``bool``, ``date``, ``datetime``, ``time``, ``tuple[str, ...]`` (several choices) or a ``list`` of
values (node set). Meaning follows the ODK XForms specification, https://getodk.github.io/xforms-spec/.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, DecimalException
from typing import Any

Value = Any
BLANK = ""
NAN = Decimal("NaN")
ONE = Decimal(1)
ZERO = Decimal(0)
EPOCH = date(1970, 1, 1)
LARGEST = Decimal(10) ** 15
NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*\Z", re.ASCII)
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
SECONDS = Decimal(86400)
SHOWN = Context(prec=16, rounding=ROUND_HALF_UP)


def is_blank(value: Value) -> bool:
    """True for an empty answer: empty text, no choice taken, an empty node set."""
    return not value and isinstance(value, str | tuple | list)


def parse_number(text: str) -> Decimal:
    """The number a text spells with a decimal point, else NaN (blank is NaN, never zero)."""
    if len(text) > 40 or not NUMBER.match(text):
        return NAN
    return Decimal(text.strip())


def parse_date(text: str) -> date | None:
    """The calendar date at the head of an ISO date or date-time, else None."""
    if not ISO_DATE.match(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """An ISO date-time; a bare date is its midnight; None when it is neither."""
    if not ISO_DATE.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """An ISO time of day such as ``14:30`` or ``14:30:00.000+02:00``, else None."""
    try:
        return time.fromisoformat(text) if len(text) >= 5 and text[2] == ":" else None
    except ValueError:
        return None


def day_fraction(value: time | datetime) -> Decimal:
    """Part of the day gone by, from 0 to 1."""
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return (Decimal(seconds) + Decimal(value.microsecond) / 1_000_000) / SECONDS


def days(value: date | datetime) -> Decimal:
    """Days since 1970-01-01, with the fraction of the day for a date-time (clock time as written, no zone
    shift).
    """
    if isinstance(value, datetime):
        return Decimal((value.date() - EPOCH).days) + day_fraction(value)
    return Decimal((value - EPOCH).days)


def to_date(value: Value) -> date | None:
    """The calendar date a value stands for (date, date-time, ISO text or days since 1970-01-01), else
    None.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, Decimal):
        return date_from_days(value)
    return parse_date(to_string(value))


def date_from_days(value: Decimal) -> date | None:
    """Date that many whole days after 1970-01-01; None when it is no number or outside the calendar."""
    if not value.is_finite() or abs(value) > 3_000_000:
        return None
    try:
        return EPOCH + timedelta(days=int(value.to_integral_value(ROUND_FLOOR)))
    except OverflowError:
        return None


def to_moment(value: Value) -> datetime | None:
    """The date-time a value stands for, else None."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, Decimal):
        day = date_from_days(value)
        return (
            None
            if day is None or day == date.max
            else datetime(day.year, day.month, day.day) + part_of_day(value)
        )
    return parse_moment(to_string(value))


def part_of_day(value: Decimal) -> timedelta:
    """Fraction of a day count as a time span, to the millisecond."""
    fraction = value - value.to_integral_value(ROUND_FLOOR)
    return timedelta(milliseconds=int((fraction * SECONDS * 1000).to_integral_value(ROUND_HALF_UP)))


def snap(value: Decimal) -> Decimal:
    """The number to 16 digits. Arithmetic keeps 28, so that ``1 div 3 * 3`` is 1 where it is looked at."""
    return SHOWN.plus(value)


def number_text(value: Decimal) -> str:
    """Plain digits without exponent or needless zeros; ``NaN`` and ``Infinity`` as XPath writes them."""
    value = snap(value)
    if not value.is_finite():
        return "NaN" if value.is_nan() else ("-Infinity" if value < 0 else "Infinity")
    if value == value.to_integral_value():
        return str(int(value)) if abs(value) < Decimal(10) ** 30 else str(value)
    return format(value.normalize(), "f") if value.adjusted() > -40 else "0"


def to_string(value: Value) -> str:
    """Text of a value as ODK would store it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, list):
        return to_string(value[0]) if value else BLANK
    return moment_text(value)


def moment_text(value: date | datetime | time) -> str:
    """ISO text; clock times to the millisecond."""
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat()


def to_number(value: Value) -> Decimal:
    """Number of a value: blank and foreign text are NaN, a date is its days since 1970-01-01."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        return parse_number(value)
    if isinstance(value, bool):
        return ONE if value else ZERO
    if isinstance(value, date):
        return days(value)
    if isinstance(value, time):
        return day_fraction(value)
    return (
        parse_number(to_string(value))
        if isinstance(value, tuple)
        else (to_number(value[0]) if value else NAN)
    )


def to_boolean(value: Value) -> bool:
    """XPath truth: a number that is neither 0 nor NaN, a text or node set that is not empty."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return bool(value) and not value.is_nan()
    return not is_blank(value)


def calculate(operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal:
    """One arithmetic step; what has no result (0 div 0, overflow) is NaN or an infinity, never an
    exception.
    """
    try:
        return operation(left, right)
    except ZeroDivisionError:
        return NAN if not left else Decimal("Infinity").copy_sign(left)
    except DecimalException:
        return NAN


def cut(value: Decimal) -> Decimal:
    """Integer part, towards zero (``int(-2.7)`` is -2)."""
    return snap(value).to_integral_value(ROUND_DOWN) if value.is_finite() else value


def round_half_up(value: Decimal, places: Decimal = ZERO) -> Decimal:
    """Nearest number with so many decimals, halves away from zero, on decimal digits (2.675 to 2 places is
    2.68).
    """
    if not value.is_finite() or not places.is_finite() or abs(places) > 15:
        return value if places.is_finite() else NAN
    step = Decimal(1).scaleb(-int(places))
    return calculate(lambda a, b: (a / b).to_integral_value(ROUND_HALF_UP) * b, snap(value), step)


def modulo(left: Decimal, right: Decimal) -> Decimal:
    """Remainder with the sign of the left side."""
    return snap(left) % snap(right)


def add(left: Decimal, right: Decimal) -> Decimal:
    """Sum; what is left when two equal numbers cancel is zero."""
    total = left + right
    small = total and total.is_finite() and total.adjusted() < max(left.adjusted(), right.adjusted()) - 20
    return ZERO if small else total


def subtract(left: Decimal, right: Decimal) -> Decimal:
    """Difference, as ``add``."""
    return add(left, -right)


def plain(value: Value) -> Value:
    """The value as JSON holds it: whole numbers as int, other numbers as float, NaN as None, dates as ISO
    text.
    """
    if isinstance(value, Decimal):
        value = snap(value)
        if not value.is_finite():
            return None
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bool | str):
        return value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return moment_text(value)
