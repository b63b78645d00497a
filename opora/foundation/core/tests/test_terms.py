"""Terms end when the law says: R16."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.foundation.core import terms
from opora.foundation.core.terms import SOFIA, due

moments = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2090, 1, 1)).map(
    lambda at: at.replace(tzinfo=SOFIA)
)


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2024, dt.date(2024, 5, 5)),
        (2025, dt.date(2025, 4, 20)),
        (2026, dt.date(2026, 4, 12)),
        (2027, dt.date(2027, 5, 2)),
    ],
)
def test_orthodox_easter(year: int, easter: dt.date) -> None:
    assert terms.orthodox_easter(year) == easter


def test_a_holiday_on_a_weekend_gives_the_next_working_day() -> None:
    assert dt.date(2026, 5, 24).weekday() == 6
    assert not terms.is_working(dt.date(2026, 5, 25))
    assert not terms.is_working(dt.date(2022, 12, 27))
    assert not terms.is_working(dt.date(2022, 12, 28))
    assert terms.is_working(dt.date(2022, 12, 29))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 5), 1, dt.date(2027, 1, 5)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: dt.date, months: int, end: dt.date) -> None:
    assert terms.add_months(start, months) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.datetime(2026, 10, 24, 22, 0), dt.datetime(2026, 10, 25, 21, 0)),
        (dt.datetime(2027, 3, 27, 22, 0), dt.datetime(2027, 3, 28, 23, 0)),
        (dt.datetime(2026, 11, 22, 9, 15), dt.datetime(2026, 11, 23, 9, 15)),
    ],
)
def test_24_hours_run_through_both_clock_changes(start: dt.datetime, end: dt.datetime) -> None:
    assert due(start.replace(tzinfo=SOFIA), 24, "hours") == end.replace(tzinfo=SOFIA)


def test_20_days_that_end_on_a_saturday_end_on_monday() -> None:
    start = dt.datetime(2026, 11, 8, 23, 30, tzinfo=SOFIA)
    assert due(start, 20, "days") == dt.datetime(2026, 11, 30, 23, 59, tzinfo=SOFIA)


def test_the_day_is_the_one_in_bulgaria() -> None:
    late = dt.datetime(2026, 11, 8, 22, 30, tzinfo=dt.UTC)
    assert due(late, 1, "days").date() == dt.date(2026, 11, 10)


def test_ten_working_days_leave_out_weekends_and_holidays() -> None:
    assert terms.add_working_days(dt.date(2026, 12, 18), 5) == dt.date(2026, 12, 30)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="no term of 3 moons"):
        due(dt.datetime(2026, 1, 1, tzinfo=SOFIA), 3, "moons")


@settings(max_examples=300, deadline=None)
@given(moments, st.integers(0, 400), st.sampled_from(terms.UNITS))
def test_a_term_never_ends_before_it_began_or_on_a_day_of_rest(
    start: dt.datetime, amount: int, unit: str
) -> None:
    end = due(start, amount, unit)
    assert end >= start.replace(second=0, microsecond=0)
    if unit == "hours":
        assert end - start.astimezone(dt.UTC) == dt.timedelta(hours=amount)
    else:
        assert terms.is_working(end.date())
        assert (end.hour, end.minute) == (23, 59)


@settings(max_examples=200, deadline=None)
@given(moments, st.integers(0, 100), st.sampled_from(terms.UNITS))
def test_a_longer_term_never_ends_earlier(start: dt.datetime, amount: int, unit: str) -> None:
    assert due(start, amount + 1, unit) >= due(start, amount, unit)
