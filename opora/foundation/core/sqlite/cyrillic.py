"""Functions and an order for SQLite that know Cyrillic; its own LIKE, lower, upper and NOCASE do not."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from functools import lru_cache, partial

COLLATION = "bg-x-icu"
"""The name PostgreSQL gives to the same order."""

_ANY, _ONE = object(), object()


def register(connection: sqlite3.Connection) -> None:
    """Add ``like`` (2 and 3 arguments), ``lower``, ``upper`` and the collation to a connection."""
    add = partial(connection.create_function, deterministic=True)
    add("like", 2, like)
    add("like", 3, like)
    add("lower", 1, lambda value: value.lower() if isinstance(value, str) else value)
    add("upper", 1, lambda value: value.upper() if isinstance(value, str) else value)
    connection.create_collation(COLLATION, compare)


def like(pattern: object, value: object, escape: str | None = None) -> bool | None:
    """SQL's LIKE without regard to case, NULL for NULL, numbers as their text."""
    if pattern is None or value is None:
        return None
    return _matcher(str(pattern), escape)(str(value))


@lru_cache(maxsize=512)
def _matcher(pattern: str, escape: str | None) -> Callable[[str], bool]:
    """Compile a pattern; the forms of Django's contains, startswith, endswith and iexact need no regex."""
    pieces = _pieces(pattern, escape)
    opened, closed = pieces[:1] == [_ANY], pieces[1:][-1:] == [_ANY]
    inner = pieces[opened : len(pieces) - closed]
    if any(piece in (_ANY, _ONE) for piece in inner):
        return _regex(pieces)
    wanted = "".join(map(str, inner)).casefold()
    if opened and closed:
        return lambda value: wanted in value.casefold()
    if opened:
        return lambda value: value.casefold().endswith(wanted)
    if closed:
        return lambda value: value.casefold().startswith(wanted)
    return lambda value: value.casefold() == wanted


def _pieces(pattern: str, escape: str | None) -> list[str | object]:
    pieces: list[str | object] = []
    letters = iter(pattern)
    for letter in letters:
        wild = {"%": _ANY, "_": _ONE}.get(letter, letter)
        pieces.append(next(letters, "") if letter == escape else wild)
    return pieces


def _regex(pieces: list[str | object]) -> Callable[[str], bool]:
    parts = [".*" if piece is _ANY else "." if piece is _ONE else re.escape(str(piece)) for piece in pieces]
    found = re.compile("".join(parts), re.IGNORECASE | re.DOTALL)
    return lambda value: found.fullmatch(value) is not None


def compare(first: str, second: str) -> int:
    """Order as the Bulgarian alphabet does, as ICU does: Cyrillic before Latin, small before capital."""
    one, other = _sort_key(first), _sort_key(second)
    return (one > other) - (one < other)


@lru_cache(maxsize=20_000)
def _sort_key(text: str) -> tuple[str, str]:
    folded = text.casefold().replace("ѝ", "и")
    # Digits stay first; Latin letters move behind the Cyrillic block.
    return "".join(chr(ord(c) + 0x2000) if "a" <= c <= "z" else c for c in folded), text.swapcase()
