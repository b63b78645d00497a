"""Writers of drafts: save with an optimistic lock, merge what does not collide, hold what does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import Clash
from opora.foundation.drafts import merge, queries
from opora.foundation.drafts.models import Draft, DraftVersion, Held
from opora.foundation.drafts.queries import Saved

KEPT_VERSIONS = 200


def save(
    actor: Actor, key: str, data: dict[str, Any], *, base_version: int, first: dict[str, Any] | None = None
) -> Saved:
    """Save what was typed on top of `base_version`; version 0 is `first`, what stood on the page before any
    save.

    When somebody saved meanwhile, changes in different fields are merged. Where both changed one field
    nothing is
    overwritten: the text is held for the merge page and `Clash` is raised (`theirs` is a `queries.Clashing`).
    """
    with transaction.atomic():
        row = _locked(actor, key, first)
        found = merge.three_way(queries.base_of(row, base_version), data, row.data)
        if not found.conflicts:
            return _write(actor, row, data if base_version == row.version else found.data)
        if _only_own_since(actor, row, base_version):
            return _write(actor, row, merge.choose(found, {one.path for one in found.conflicts}))
        _hold(actor, row, data, base_version)
    raise Clash(
        _("Колега промени същите полета, докато пишехте. Изберете кое да остане."),
        theirs=queries.clash(actor, key),
        version=row.version,
    )


def settle(actor: Actor, key: str, *, mine: set[str], version: int, held_id: int | None = None) -> Saved:
    """End a clash: my value at the paths named, theirs at the others.

    A newer save by a colleague asks again, and so does text of mine newer than the page (`held_id`)."""
    with transaction.atomic():
        row = _locked(actor, key)
        clash = queries.clash(actor, key)
        if clash is None:
            return queries.as_value(row)
        if version != row.version or held_id not in (None, clash.held_id):
            raise Clash(
                _("Междувременно има още промени. Прегледайте разликите отново."),
                theirs=clash,
                version=row.version,
            )
        saved = _write(actor, row, merge.choose(clash.merge, mine))
        Held.objects.filter(draft=row, held_by_id=actor.user_id).delete()
    return saved


def replace(actor: Actor, key: str, data: dict[str, Any]) -> Saved:
    """Write without asking what stood there: for a first filling and for imports that have compared already."""
    with transaction.atomic():
        return _write(actor, _locked(actor, key), data)


def change(actor: Actor, key: str, how: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Saved:
    """Write what `how` makes of what stands there, nobody else writing meanwhile; where it makes nothing, remove it."""
    with transaction.atomic():
        row = Draft.objects.select_for_update().filter(key=key).first()
        if row is None and how({}) is None:
            return Saved(key)
        row = row or _locked(actor, key)
        data = how(dict(row.data))
        if data is not None:
            return _write(actor, row, data)
        row.delete()
    return Saved(key)


def discard(actor: Actor, key: str) -> None:
    """Remove a draft with its versions."""
    Draft.objects.filter(key=key).delete()


def _locked(actor: Actor, key: str, first: dict[str, Any] | None = None) -> Draft:
    rows = Draft.objects.select_for_update().filter(key=key)
    if (row := rows.first()) is None:
        fresh = {"saved_at": clock.now(), "saved_by": actor.name, "data": first or {}}
        Draft.objects.get_or_create(key=key, defaults=fresh)
        row = rows.get()
    return row


def _only_own_since(actor: Actor, row: Draft, version: int) -> bool:
    """The person met herself: a second tab, or an answer of the server that never arrived."""
    later = DraftVersion.objects.filter(draft=row, version__gt=version).values_list("saved_by_id", flat=True)
    return actor.user_id is not None and {row.saved_by_id, *later} == {actor.user_id}


def _write(actor: Actor, row: Draft, data: dict[str, Any]) -> Saved:
    if row.version and data == row.data:
        return queries.as_value(row)
    DraftVersion.objects.create(
        draft=row,
        version=row.version,
        data=row.data,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        saved_by_id=row.saved_by_id,
    )
    DraftVersion.objects.filter(draft=row, version__lt=row.version - KEPT_VERSIONS).delete()
    row.data, row.version = data, row.version + 1
    row.saved_at, row.saved_by, row.saved_by_id = clock.now(), actor.name, actor.user_id
    row.save()
    return queries.as_value(row)


def _hold(actor: Actor, row: Draft, data: dict[str, Any], base_version: int) -> None:
    Held.objects.filter(draft=row, held_by_id=actor.user_id).delete()
    Held.objects.create(
        draft=row,
        data=data,
        base_version=base_version,
        held_at=clock.now(),
        held_by=actor.name,
        held_by_id=actor.user_id,
    )
