"""Terms as the law counts them: hours by the clock, months to the same day, the last day moved to a working one.

Sources: ЗЗД чл. 72 (месеци, последен неприсъствен ден) and КТ чл. 154 (почивни дни), both from memory, not verified:
the deadlines shown are marked so through their rule records.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

SOFIA = ZoneInfo("Europe/Sofia")
_FIXED = ((1, 1), (3, 3), (5, 1), (5, 6), (5, 24), (9, 6), (9, 22), (12, 24), (12, 25), (12, 26))
UNITS = ("hours", "days", "working_days", "weeks", "months", "years")


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the Orthodox Church (Meeus; right for 1900–2099)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(days=13)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[dt.date]:
    """Official holidays and the days given for those that fall on a weekend (КТ чл. 154)."""
    easter = orthodox_easter(year)
    around = {easter + dt.timedelta(days=days) for days in (-2, -1, 0, 1)}
    fixed = {dt.date(year, month, day) for month, day in _FIXED}
    return frozenset(around | fixed | _given_instead(sorted(fixed), around))


def _given_instead(fixed: list[dt.date], around: set[dt.date]) -> set[dt.date]:
    given: set[dt.date] = set()
    taken = set(fixed) | around
    for day in fixed:
        if day.weekday() >= 5:
            after = day + dt.timedelta(days=1)
            while after.weekday() >= 5 or after in taken | given:
                after += dt.timedelta(days=1)
            given.add(after)
    return given


def is_working(day: dt.date) -> bool:
    """Neither a weekend nor an official holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def next_working(day: dt.date) -> dt.date:
    """The day itself if people work on it, else the first one after on which they do."""
    while not is_working(day):
        day += dt.timedelta(days=1)
    return day


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month; the last day of it where there is no such day (31 January + 1 = 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_working_days(day: dt.date, count: int) -> dt.date:
    """So many working days after the day, which itself is not counted."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working(day)
    return day


def due(start: dt.datetime, amount: int, unit: str) -> dt.datetime:
    """When a term that begins at ``start`` ends.

    Hours run by the clock through nights, weekends and both clock changes. Every other unit ends with the last minute
    of its last day in Bulgaria, which is moved to the next working day. Raises ``ValueError`` for another unit.
    """
    if unit not in UNITS or amount < 0:
        raise ValueError(f"no term of {amount} {unit}")
    if unit == "hours":
        return (start.astimezone(dt.UTC) + dt.timedelta(hours=amount)).astimezone(SOFIA)
    return end_of(next_working(_last_day(start.astimezone(SOFIA).date(), amount, unit)))


def _last_day(day: dt.date, amount: int, unit: str) -> dt.date:
    if unit == "working_days":
        return add_working_days(day, amount)
    if unit in ("months", "years"):
        return add_months(day, amount * (12 if unit == "years" else 1))
    return day + dt.timedelta(days=amount * (7 if unit == "weeks" else 1))


def end_of(day: dt.date) -> dt.datetime:
    """The last minute of a day in Bulgaria."""
    return dt.datetime.combine(day, dt.time(23, 59), SOFIA)
