"""Readers of the audit for the pages of rooms above; who may look is decided at their doors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from opora.foundation.audit.models import Entry, EntryQuerySet
from opora.foundation.audit.startup import startup_check
from opora.foundation.audit.verification import verify_all

__all__ = [
    "COLUMNS",
    "Filters",
    "chain_names",
    "entries",
    "headings",
    "last_for",
    "rows",
    "startup_check",
    "verify_all",
]


@dataclass(frozen=True)
class Filters:
    """What a reader of the log asks for; empty means all. Days are calendar days in Bulgaria, both
    included."""

    since: dt.date | None = None
    until: dt.date | None = None
    kind: str = ""
    actor_id: int | None = None
    chain: str = ""
    words: str = ""


COLUMNS = (
    "at",
    "actor_name",
    "role",
    "organisation",
    "kind",
    "deed",
    "subject",
    "ground",
    "address",
    "request_id",
    "chain",
    "seq",
)
"""Columns of the table and the CSV file, as names of the model."""


def entries(filters: Filters) -> EntryQuerySet:
    """Rows that fit, newest first."""
    found = Entry.objects.between(_midnight(filters.since), _midnight(_after(filters.until)))
    if filters.kind:
        found = found.of([filters.kind])
    if filters.actor_id is not None:
        found = found.by(filters.actor_id)
    if filters.chain:
        found = found.on_chain(filters.chain)
    for word in filters.words.split():
        found = found.filter(_mentions(word))
    return found.newest_first()


def rows(filters: Filters) -> Iterator[list[str]]:
    """Lines for a CSV file, headings first; streamed."""
    yield headings()
    for entry in entries(filters).iterator(chunk_size=2000):
        yield [_text(entry, name) for name in COLUMNS]


def headings() -> list[str]:
    """What the columns are called on screen."""
    names = {field.name: str(field.verbose_name) for field in Entry._meta.fields}
    return [names[name] for name in COLUMNS]


def last_for(subject: str, limit: int = 20) -> list[Entry]:
    """The newest rows about one thing."""
    return list(Entry.objects.about(subject).newest_first()[:limit])


def chain_names() -> list[str]:
    """Every chain there is, for a filter."""
    return sorted(Entry.objects.values_list("chain", flat=True).distinct())


def _mentions(word: str) -> Q:
    columns = ("actor_name", "subject", "deed", "organisation", "ground", "details_text")
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"{column}__icontains": word})
    return wanted


def _text(entry: Entry, name: str) -> str:
    if name == "at":
        return timezone.localtime(entry.at).strftime("%d.%m.%Y %H:%M:%S")
    if name == "kind":
        return str(entry.get_kind_display())
    return str(getattr(entry, name))


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _after(day: dt.date | None) -> dt.date | None:
    return None if day is None else day + dt.timedelta(days=1)
