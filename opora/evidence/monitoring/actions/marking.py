"""What observers enter, on the page or from a device that was without a network; photographs; locking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring import (
    completeness,
    entries,
    norms,
    policies,
    queries,
    results,
    stages,
    trail,
)
from opora.evidence.monitoring.actions.moving import enter, locked
from opora.evidence.monitoring.models import Entry, Indicator, Mark, Observer, Photo, Visit
from opora.evidence.monitoring.models.marks import LEVEL, NOTE, VOICE
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents.actions import attach, remove
from opora.foundation.documents.gate import EXTENSIONS

OWNER = "monitoring.photo"
LONGEST = 4_000
MOST_PHOTOS = 60
PICTURES = ("jpeg", "png")


@dataclass(frozen=True)
class Typed:
    """One entry as it comes: `key` from the device, `base` the keys of what it was typed over."""

    key: str
    slot: str
    value: str
    base: tuple[str, ...] = ()
    device: str = ""
    typed_at: dt.datetime | None = None


@transaction.atomic
def receive(actor: Actor, visit: Visit, typed: Sequence[Typed]) -> list[Entry]:
    """Keep what came, each once whatever how often it is sent. NotAllowed, ActionRefused.

    An entry replaces what it was typed over. Where something else stands there by now, both stay.
    """
    kept, mine = _marking(actor, visit)
    indicators = {one.code: one for one in queries.indicators_of(kept.round.version)}
    known = {row.key: row for row in mine.entries.filter(key__in=[one.key for one in typed])}
    made = _keep(mine, [one for one in typed if one.key not in known], indicators)
    known |= {row.key: row for row in made}
    _rebuild(mine, {row.indicator_id for row in made if row.indicator_id})
    if made and kept.stage == stages.PLANNED:
        enter(actor, kept, stages.MARKING)
    if made:
        trail.of_visit(actor, "marks_received", kept, count=len(made))
    return [known[one.key] for one in typed]


@transaction.atomic
def add_photo(
    actor: Actor, visit: Visit, data: bytes, *, name: str, key: str, code: str = "", caption: str = ""
) -> Photo:
    """Keep a photograph, without place and camera; sent twice it is the same one. NotAllowed, ActionRefused."""
    kept, mine = _marking(actor, visit)
    if found := mine.photos.filter(key=key).first():
        return found
    if EXTENSIONS.get(name.rsplit(".", 1)[-1].lower()) not in PICTURES:
        raise ActionRefused(_("Приложете снимка във формат JPG или PNG."))
    if mine.photos.count() >= MOST_PHOTOS:
        raise ActionRefused(_("Към едно посещение се пазят най-много %(n)s снимки.") % {"n": MOST_PHOTOS})
    indicator = _indicator(kept, code)
    row = attach(
        actor,
        data,
        name=f"{kept.code}.{name.rsplit('.', 1)[-1].lower()}",
        owner=OWNER,
        owner_id=f"{kept.code}:{mine.user_id}",
        path=kept.path,
    )
    made = Photo.objects.create(
        key=key,
        observer=mine,
        indicator=indicator,
        attachment=row,
        caption=caption.strip()[:200],
        at=clock.now(),
    )
    if kept.stage == stages.PLANNED:
        enter(actor, kept, stages.MARKING)
    trail.of_visit(actor, "photo_added", kept)
    return made


@transaction.atomic
def remove_photo(actor: Actor, photo: Photo) -> None:
    """Take one's own photograph away, before locking. NotAllowed."""
    kept, mine = _marking(actor, photo.observer.visit)
    if photo.observer_id != mine.pk:
        raise NotAllowed(_("Снимката е на другия наблюдател."))
    attachment = photo.attachment
    photo.delete()
    remove(attachment)
    trail.of_visit(actor, "photo_removed", kept)


@transaction.atomic
def lock_marks(actor: Actor, visit: Visit) -> Visit:
    """This observer is done. When both are, nobody is blind any more. ActionRefused while something is missing."""
    kept, mine = _marking(actor, visit)
    missing = completeness.of_observer(kept, mine).missing
    if missing:
        raise ActionRefused(
            _("Още не може да се заключи: %(what)s.") % {"what": "; ".join(m.text for m in missing[:3])}
        )
    mine.locked_at = clock.now()
    mine.save(update_fields=["locked_at"])
    trail.of_visit(actor, "marks_locked", kept, place=mine.place)
    if not kept.observers.filter(locked_at__isnull=True).exists():
        finals = results.of_visits([kept])[0].marks
        apart = any(final.differs(norms.step_of(kept)) for final in finals)
        enter(actor, kept, stages.LOCKED if apart else stages.CONSENSUS)
    return kept


def _marking(actor: Actor, visit: Visit) -> tuple[Visit, Observer]:
    kept = locked(visit)
    if not policies.mark(actor, kept):
        raise NotAllowed(_("Оценява само изпратеният наблюдател, докато не е заключил."))
    mine: Observer = kept.observers.select_for_update().get(user_id=actor.user_id or 0)
    return kept, mine


def _indicator(visit: Visit, code: str) -> Indicator | None:
    if not code:
        return None
    found = Indicator.objects.filter(domain__version=visit.round.version, code=code).first()
    if found is None:
        raise ActionRefused(_("Такъв показател няма в рамката."))
    return found


def _keep(mine: Observer, typed: Sequence[Typed], indicators: dict[str, Indicator]) -> list[Entry]:
    """Write what is new, each key once, in the order it was typed; what it was typed over gives way."""
    levels = {str(level) for level in mine.visit.round.version.framework.levels}
    rows = {one.key: _entry(mine, one, indicators, levels) for one in typed}
    made = Entry.objects.bulk_create(rows.values())
    slots = {row.slot for row in made}
    standing = entries.by_slot(mine.entries.standing().filter(slot__in=slots).exclude(key__in=rows))
    replaced = []
    for row in made:
        rest = standing.setdefault(row.slot, [])
        over = [old for old in rest if old.key in row.base.split(",") or old.value == row.value]
        for old in over:
            old.replaced_by = row
            rest.remove(old)
        replaced += over
        rest.append(row)
    Entry.objects.bulk_update(replaced, ["replaced_by"])
    return made


def _entry(mine: Observer, one: Typed, indicators: dict[str, Indicator], levels: set[str]) -> Entry:
    field, _colon, code = one.slot.partition(":")
    indicator = indicators.get(code) if field != VOICE else None
    _sound(field, code, one, indicator, levels)
    now = clock.now()
    return Entry(
        key=one.key, observer=mine, field=field, indicator=indicator, slot=one.slot, value=one.value.strip(),
        base=",".join(one.base), device=one.device, typed_at=min(one.typed_at or now, now), received_at=now,
    )  # fmt: skip


def _sound(field: str, code: str, one: Typed, indicator: Indicator | None, levels: set[str]) -> None:
    if not (0 < len(one.key) <= 36 and len(one.slot) <= 60 and code and len(one.device) <= 36):
        raise ActionRefused(_("Записът няма ключ или поле."))
    if field not in (LEVEL, NOTE, VOICE) or (field != VOICE and indicator is None):
        raise ActionRefused(_("Такъв показател няма в рамката."))
    if len(one.value) > LONGEST:
        raise ActionRefused(_("Бележката е по-дълга от %(n)s знака. Разделете я.") % {"n": LONGEST})
    if field == LEVEL and one.value.strip() not in levels | {entries.NOT_APPLICABLE, ""}:
        raise ActionRefused(_("Такава степен няма на скалата."))


def _rebuild(mine: Observer, indicators: Iterable[int]) -> None:
    """Marks follow from the entries that stand."""
    pks = set(indicators)
    rows = mine.entries.standing().filter(indicator__in=pks).select_related("indicator")
    slots = entries.by_slot(rows)
    marks = []
    for indicator in Indicator.objects.filter(pk__in=pks):
        level, applies, note = entries.mark_of(slots, indicator.code)
        marks.append(
            Mark(observer=mine, indicator=indicator, level=level, applies=applies, note=note, at=clock.now())
        )
    Mark.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["observer", "indicator"],
        update_fields=["level", "applies", "note", "at"],
    )  # fmt: skip
