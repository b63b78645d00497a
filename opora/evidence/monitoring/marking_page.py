"""The page on which an observer marks: indicators with the words of every level, what stands, what is beside it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opora.evidence.monitoring import completeness, entries, norms, presenters, queries, queries_visit
from opora.evidence.monitoring.models import COMPLIANCE, Entry, Indicator, Observer, Photo, Visit
from opora.foundation.accounts.actors import Actor


@dataclass(frozen=True)
class Field:
    """One field as it stands: its value, and the keys of the entries a change is typed over."""

    slot: str
    value: str
    base: str
    clash: bool


@dataclass(frozen=True)
class Asked:
    """One indicator on the page."""

    indicator: Indicator
    options: tuple[tuple[str, str, str], ...]
    level: Field
    note: Field
    photos: tuple[Photo, ...]


@dataclass(frozen=True)
class Section:
    """One domain on the page."""

    title: str
    asked: tuple[Asked, ...]


def context(actor: Actor, visit: Visit, mine: Observer) -> dict[str, Any]:
    """Everything the template shows."""
    standing = list(mine.entries.standing().select_related("indicator"))
    slots = entries.by_slot(standing)
    indicators = queries.indicators_of(visit.round.version)
    photos = [photo for photo in queries_visit.photos_of(actor, visit) if photo.observer_id == mine.pk]
    return {
        "other": ", ".join(seat.user.name for seat in visit.observers.select_related("user") if seat.pk != mine.pk),
        "visit": visit, "sections": _sections(visit, indicators, slots, photos), "voices": _voices(slots),
        "new_voices": [f"voice:user-{uuid.uuid4()}"[:60], f"voice:family-{uuid.uuid4()}"[:60]],
        "photos": [photo for photo in photos if photo.indicator_id is None],
        "progress": completeness.of_observer(visit, mine, indicators, standing), "clashes": entries.clashing(standing),
        "before": queries_visit.rows_to_check(visit), "form": uuid.uuid4().hex, "me": actor.user_id,
        "compliance": visit.round.version.framework.kind == COMPLIANCE, "proven_from": norms.proven_from(),
    }  # fmt: skip


def _field(slots: dict[str, list[Entry]], slot: str) -> Field:
    rows = slots.get(slot, [])
    return Field(slot, entries.last(rows), ",".join(row.key for row in rows), len(rows) > 1)


def _sections(
    visit: Visit, indicators: list[Indicator], slots: dict[str, list[Entry]], photos: list[Photo]
) -> list[Section]:
    kind = visit.round.version.framework.kind
    found: dict[int, tuple[str, list[Asked]]] = {}
    for one in indicators:
        own = tuple(photo for photo in photos if photo.indicator_id == one.pk)
        level = _field(slots, entries.slot_of("level", one.code))
        note = _field(slots, entries.slot_of("note", one.code))
        _title, asked = found.setdefault(one.domain_id, (one.domain.name, []))
        asked.append(Asked(one, _options(one, kind), level, note, own))
    return [Section(title, tuple(asked)) for title, asked in found.values()]


def _options(one: Indicator, kind: str) -> tuple[tuple[str, str, str], ...]:
    """(value, short word, what it looks like)."""
    levels = [
        (str(anchor.level), presenters.level_words(kind, anchor.level), anchor.text)
        for anchor in one.anchors.all()
    ]
    return (*levels, (entries.NOT_APPLICABLE, _("Неприложимо"), ""))


def _voices(slots: dict[str, list[Entry]]) -> list[tuple[Field, str]]:
    """What was written down of people's words, and whose words they are."""
    found = [_field(slots, slot) for slot in slots if slot.startswith("voice:")]
    return [(one, who(one.slot)) for one in found if one.value]


def who(slot: str) -> str:
    """Whose words a field holds."""
    return _("Потребител") if slot.startswith("voice:user-") else _("Близък на потребител")
