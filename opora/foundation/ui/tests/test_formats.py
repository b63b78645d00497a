"""Numbers, shares, dates and Latin letters as they stand on screen and paper."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.ui import formats

THIN = formats.THIN_SPACE
HARD = formats.NO_BREAK_SPACE


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (None, None, "–"),
        (float("nan"), None, "–"),
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, f"1{THIN}000"),
        (1234567.5, None, f"1{THIN}234{THIN}567,5"),
        (0.1 + 0.2, None, "0,3"),
        (2.0, None, "2"),
        (2, 1, "2,0"),
        (Decimal("2.345"), 2, "2,35"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-1234, None, f"−1{THIN}234"),
        (-0.001, None, "0"),
        (Decimal("1E+3"), None, f"1{THIN}000"),
    ],
)
def test_numbers(value, places, text):
    assert formats.number(value, places) == text


def test_english_writes_a_decimal_point():
    with translation.override("en"):
        assert formats.number(1234.5) == f"1{THIN}234.5"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_reads_back(value):
    text = formats.number(value).replace(THIN, "").replace(formats.MINUS, "-")
    assert int(text) == value


def test_percent():
    assert formats.percent(0.745) == f"75{HARD}%"
    assert formats.percent(0.1234, 1) == f"12,3{HARD}%"
    assert formats.percent(None) == "–"


def test_dates_and_times():
    moment = timezone.make_aware(dt.datetime(2026, 11, 22, 14, 5))
    utc = moment.astimezone(dt.UTC)
    assert formats.date(dt.date(2026, 11, 2)) == "02.11.2026"
    assert formats.datetime(utc) == "22.11.2026, 14:05"
    assert formats.time(utc) == "14:05"
    assert formats.date(utc) == "22.11.2026"
    assert [formats.date(None), formats.datetime(None), formats.time(None)] == ["–"] * 3


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 карта"), (2, "2 карти"), (0, "0 карти"), (21, "21 карти")]
)
def test_counted_words(count, text):
    assert formats.plural(count, "карта", "карти").replace(HARD, " ") == text


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("Ловеч", "Lovech"),
        ("София", "Sofia"),
        ("България", "Bulgaria"),
        ("Щъркелово", "Shtarkelovo"),
        ("Мария Янева", "Maria Yaneva"),
        ("ЦЮРИХ", "TSYURIH"),
        ("Жабляно 12", "Zhablyano 12"),
    ],
)
def test_transliteration(word, latin):
    assert formats.translit(word) == latin


@pytest.mark.parametrize(
    ("said", "shown"),
    [("„Искам“", "Искам"), (' "Искам" ', "Искам"), ("«Искам»", "Искам"), ("„Да“ и „не“", "„Да“ и „не“"), ("Искам", "Искам"), ("„", "„"), ("", "")],
)  # fmt: skip
def test_words_that_come_in_quotes_are_not_quoted_twice(said: str, shown: str) -> None:
    assert formats.unquoted(said) == shown
