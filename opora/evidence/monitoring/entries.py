"""From entries to marks: what stands in a field, and where two devices left two versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opora.evidence.monitoring.models import Entry
from opora.evidence.monitoring.models.marks import LEVEL, NOTE

NOT_APPLICABLE = "na"


@dataclass(frozen=True)
class Clashing:
    """A field in which more than one version stands, the older first."""

    slot: str
    code: str
    field: str
    versions: tuple[Entry, ...]


def value_of(level: float | None) -> str:
    """A level as it stands in a form; none is "not applicable"."""
    return NOT_APPLICABLE if level is None else str(int(level))


def slot_of(field: str, code: str) -> str:
    """The name of an indicator's field."""
    return f"{field}:{code}"


def by_slot(standing: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Standing entries by field, each in the order they came."""
    found: dict[str, list[Entry]] = {}
    for entry in standing:
        found.setdefault(entry.slot, []).append(entry)
    return found


def clashing(standing: Iterable[Entry]) -> list[Clashing]:
    """Fields that hold two versions."""
    return [
        Clashing(slot, rows[0].indicator.code if rows[0].indicator else "", rows[0].field, tuple(rows))
        for slot, rows in by_slot(standing).items()
        if len(rows) > 1
    ]


def last(rows: list[Entry]) -> str:
    """What a field shows while it has several versions: the one typed last."""
    return max(rows, key=lambda row: (row.typed_at, row.pk)).value if rows else ""


def mark_of(slots: dict[str, list[Entry]], code: str) -> tuple[int | None, bool, str]:
    """Level, whether it applies, and the note of an indicator."""
    level = last(slots.get(slot_of(LEVEL, code), []))
    note = last(slots.get(slot_of(NOTE, code), []))
    if level == NOT_APPLICABLE:
        return None, False, note
    return (int(level) if level else None), True, note
