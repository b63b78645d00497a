"""Retention as a value (D8): no file ends before each single rule says so, in 10,000 histories."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.care.casework.retention import Kept, Periods, end, may_end

HISTORIES = 10_000
D = dt.date
days = st.dates(D(1990, 1, 1), D(2060, 12, 31))
years = st.none() | st.sampled_from([0, 0.5, 1, 5, 10, 15, 75])
NAMES = ("А", "Б", "В", "Г")


@st.composite
def histories(draw):
    """Up to four files with kinship said on either side, and periods."""
    names = NAMES[: draw(st.integers(1, 4))]
    files = {}
    for name in names:
        holds = draw(st.lists(st.tuples(days, st.none() | days), max_size=2))
        files[name] = Kept(
            name, draw(st.none() | days), draw(st.none() | days), draw(st.none() | days), holds,
            frozenset(draw(st.lists(st.sampled_from([*names, "друго"]), max_size=2))) - {name},
        )  # fmt: skip
    return files, Periods(draw(years), draw(years), draw(years)), draw(days)


def later(day, number):
    """So many years after a day, by another way than the program's: the same day of the month, or the first after it."""
    months = round(number * 12)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return D(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def must_stay(files, periods, on):
    """Why each file must stay, one rule at a time, and the files nobody keeps; kinship spreads the reasons."""
    stays = set()
    for name, file in files.items():
        if (
            periods.after_closing is None
            or file.closed_on is None
            or on <= later(file.closed_on, periods.after_closing)
        ):
            stays.add(name)
        if periods.from_birth is not None and (
            file.born is None or on <= later(file.born, periods.from_birth)
        ):
            stays.add(name)
        if periods.from_death is not None and file.died_on and on <= later(file.died_on, periods.from_death):
            stays.add(name)
        if any(a <= on and (b is None or on <= b) for a, b in file.holds):
            stays.add(name)
    for _round in files:
        for name, file in files.items():
            for other in file.kin & files.keys():
                if {name, other} & stays:
                    stays |= {name, other}
    return stays


@pytest.mark.slow
@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories())
def test_no_file_ends_early_and_none_is_kept_for_nothing(history):
    check(history)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories())
def test_some_of_them(history):
    check(history)


def check(history):
    files, periods, on = history
    stays = must_stay(files, periods, on)
    let_go = {name for name in files if may_end(name, files, periods, on)}
    assert let_go & stays == set(), "early"
    assert let_go | stays == set(files), "kept without a reason"


def test_the_day_itself_still_belongs_to_the_period():
    files = {"А": Kept("А", D(2020, 2, 29))}
    assert end("А", files, Periods(1)) == D(2021, 3, 1)
    assert not may_end("А", files, Periods(1), D(2021, 2, 28))
    assert may_end("А", files, Periods(1), D(2021, 3, 1))


def test_a_period_from_a_day_nobody_knows_has_no_end():
    assert end("А", {"А": Kept("А", D(2000, 1, 1))}, Periods(1, from_birth=75)) is None
