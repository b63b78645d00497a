"""What a page had shown when somebody began to write on it. A form sends back every field, also those nobody touched; by
short marks of what was shown it is known which ones were, so that a colleague's text is never overwritten unseen (R12).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote, unquote

from django.db.models import Model, QuerySet

from opora.foundation.core.errors import Clash

Values = Mapping[str, Any]
MARK = 10
LONGEST = 60_000
"""Characters of the marks of one page, at most."""


def marks(now: Values) -> str:
    """One short mark a field; the page carries them."""
    return " ".join(f"{quote(name)}:{mark(value)}" for name, value in now.items())


def touched(said: Values, seen: str) -> set[str]:
    """Fields that are not what the page showed; what it did not tell of was empty."""
    shown = _by_field(seen)
    return {name for name, value in said.items() if mark(value) != shown.get(name, NOTHING)}


def met(said: Values, now: Values, seen: str) -> set[str]:
    """Fields that both changed, each to something else."""
    shown, mine = _by_field(seen), touched(said, seen)
    theirs = {name: mark(value) for name, value in now.items()}
    return {
        name
        for name in mine
        if name in theirs and theirs[name] not in (shown.get(name, NOTHING), mark(said[name]))
    }


def brought(said: Values, now: Values, seen: str | None, words: str, *, version: int = 0) -> dict[str, Any]:
    """Of what was said only what its writer changed, to be written over `now`. Clash where a colleague changed the same.

    Without `seen` the writer is no page but the program itself, which has just looked.
    """
    if seen is None:
        return dict(said)
    if met(said, now, seen):
        raise Clash(words, theirs=dict(now), version=version)
    mine = touched(said, seen)
    return {name: value for name, value in said.items() if name in mine}


def mark(value: Any) -> str:
    """Line ends and spaces around do not count: browsers change them."""
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:MARK]


def _plain(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, list | tuple | set | QuerySet):
        return "\n".join(sorted(_plain(one) for one in value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(dt.UTC):%Y-%m-%d %H:%M}"  # a page shows no seconds
    return "\n".join(line.rstrip() for line in str(value).strip().splitlines())


def _by_field(seen: str) -> dict[str, str]:
    pairs = (part.rpartition(":") for part in seen.split(" "))
    return {unquote(name): found for name, _colon, found in pairs if name}


NOTHING = mark("")
