"""What time it is. The only place that asks, so that tests, imports and the demonstration can be given another day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_told: ContextVar[dt.datetime | None] = ContextVar("told_time", default=None)


def now() -> dt.datetime:
    """The moment, with its zone."""
    return _told.get() or timezone.now()


def today() -> dt.date:
    """The calendar day in Bulgaria."""
    return timezone.localdate(now())


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Do something as of another moment; only this thread sees it."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
