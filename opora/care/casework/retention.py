"""How long a file is kept, as a value of facts and rules: no table, no clock.

The periods are rule records. While `after_closing` has no number nothing ever ends; every other period only keeps
longer. A file is kept as long as any file of its brothers and sisters, since one child's story is told in the other's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opora.foundation.core import terms


@dataclass(frozen=True)
class Periods:
    """Years to keep: after closing, from birth, from death. None: no number was set."""

    after_closing: float | None = None
    from_birth: float | None = None
    from_death: float | None = None


@dataclass(frozen=True)
class Kept:
    """What decides about one file. `holds` are (first day, last day or None while it stands)."""

    code: str
    closed_on: dt.date | None
    born: dt.date | None = None
    died_on: dt.date | None = None
    holds: Sequence[tuple[dt.date, dt.date | None]] = ()
    kin: frozenset[str] = field(default_factory=frozenset)


def own_end(file: Kept, periods: Periods) -> dt.date | None:
    """The first day on which the file itself need not be kept; None for never, as things stand."""
    if periods.after_closing is None or file.closed_on is None:
        return None
    ends = [_years(file.closed_on, periods.after_closing)]
    if periods.from_birth is not None:
        if file.born is None:
            return None  # the period runs from a day nobody knows
        ends.append(_years(file.born, periods.from_birth))
    if periods.from_death is not None and file.died_on is not None:
        ends.append(_years(file.died_on, periods.from_death))
    return max(ends)


def end(code: str, files: Mapping[str, Kept], periods: Periods) -> dt.date | None:
    """The first day on which the file and every file of its kin need not be kept."""
    ends = [own_end(files[one], periods) for one in family(code, files)]
    return None if None in ends else max(day for day in ends if day is not None)


def family(code: str, files: Mapping[str, Kept]) -> set[str]:
    """The file, its kin, their kin, and so on; kinship said on one side holds on both."""
    beside: dict[str, set[str]] = {one: set() for one in files}
    for one, file in files.items():
        for other in file.kin & files.keys():
            beside[one].add(other)
            beside[other].add(one)
    found, waiting = {code}, [code]
    while waiting:
        fresh = beside[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return found


def held(file: Kept, on: dt.date) -> bool:
    """Whether somebody said that the file must stay."""
    return any(since <= on and (until is None or on <= until) for since, until in file.holds)


def may_end(code: str, files: Mapping[str, Kept], periods: Periods, on: dt.date) -> bool:
    """Whether the file may be erased on a day: its end has come, and neither it nor its kin is held."""
    ends = end(code, files, periods)
    if ends is None or on < ends:
        return False
    return not any(held(files[one], on) for one in family(code, files))


def _years(day: dt.date, years: float) -> dt.date:
    """The day after the same day so many years on; part of a year counts in months, rounded up."""
    months = -int(-years * 12 // 1)
    return terms.add_months(day, months) + dt.timedelta(days=1)
