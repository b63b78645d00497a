"""SQLite finds and orders Bulgarian words as PostgreSQL does."""

import sqlite3
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.core.sqlite import cyrillic


@pytest.fixture
def connection() -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:")
    cyrillic.register(opened)
    return opened


@pytest.mark.parametrize(
    ("value", "pattern", "expected"),
    [
        ("Ловеч", "ловеч", 1),
        ("ЦСРИ Ловеч", "%ЛОВЕЧ%", 1),
        ("Ловеч", "лов%", 1),
        ("Ловеч", "%ЕЧ", 1),
        ("Ловеч", "л_в_ч", 1),
        ("Ловеч", "л_ч", 0),
        ("Летница", "%ловеч%", 0),
        ("", "%", 1),
        ("%", "%%", 1),
        (None, "%", None),
        (42, "4%", 1),
    ],
)
def test_like_without_regard_to_case(
    connection: sqlite3.Connection, value: object, pattern: str, expected: object
) -> None:
    assert connection.execute("SELECT ? LIKE ?", (value, pattern)).fetchone()[0] == expected


def test_like_with_an_escape_as_django_writes_it(connection: sqlite3.Connection) -> None:
    def found(value: str, pattern: str) -> int:
        return int(connection.execute(r"SELECT ? LIKE ? ESCAPE '\'", (value, pattern)).fetchone()[0])

    assert found("100%", r"%100\%%")
    assert not found("1000", r"%100\%%")
    assert found("a_b", r"A\_B")
    assert not found("axb", r"A\_B")


@given(st.text(alphabet="абАБ%_x", max_size=6), st.text(alphabet="абАБ%_", max_size=5))
def test_like_agrees_with_sqlite_on_folded_text(value: str, pattern: str) -> None:
    """SQLite's own LIKE is right once both sides are small letters."""
    own = sqlite3.connect(":memory:")
    expected = own.execute("SELECT ? LIKE ?", (value.lower(), pattern.lower())).fetchone()[0]
    assert cyrillic.like(pattern, value) == bool(expected)


def test_lower_and_upper(connection: sqlite3.Connection) -> None:
    row = connection.execute("SELECT lower('ЛОВЕЧ'), upper('Ѝ щъ'), lower(NULL), upper(7)").fetchone()
    assert row == ("ловеч", "Ѝ ЩЪ", None, 7)


def test_the_order_is_the_bulgarian_alphabet(connection: sqlite3.Connection) -> None:
    words = ["Яблоково", "Zona", "абланица", "Априлци", "3 март", "Ъглен", "Ямбол", "ѝ", "Иваново", "abba"]
    marks = ",".join(["(?)"] * len(words))
    ordered = connection.execute(
        f'SELECT column1 FROM (VALUES {marks}) ORDER BY column1 COLLATE "bg-x-icu"', words
    )
    assert [row[0] for row in ordered] == [
        "3 март",
        "абланица",
        "Априлци",
        "ѝ",
        "Иваново",
        "Ъглен",
        "Яблоково",
        "Ямбол",
        "abba",
        "Zona",
    ]


def test_a_scan_of_a_hundred_thousand_rows_is_quick_enough(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE place (name TEXT)")
    connection.executemany("INSERT INTO place VALUES (?)", ((f"Дневен център {n}",) for n in range(100_000)))
    start = time.process_time()
    found = connection.execute("SELECT count(*) FROM place WHERE name LIKE '%ЦЕНТЪР 99%'").fetchone()[0]
    assert found == 1111
    assert time.process_time() - start < 1
