"""Readers of drafts. Who may read one is decided by the room whose key it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.drafts import merge
from opora.foundation.drafts.models import Draft, DraftVersion, Held


@dataclass(frozen=True)
class Saved:
    """A draft as a value; version 0 means that nothing was saved yet."""

    key: str
    data: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    saved_at: dt.datetime | None = None
    saved_by: str = ""


@dataclass(frozen=True)
class Clashing:
    """What a person typed, what a colleague saved meanwhile, and where the two differ."""

    held_id: int
    merge: merge.Merge
    mine_at: dt.datetime
    mine_by: str
    theirs_at: dt.datetime
    theirs_by: str
    theirs_phone: str
    version: int


def kept_text(at: dt.datetime | None) -> str:
    """„Черновата е записана в 09:14:22“; nothing where nothing is kept."""
    return _("Черновата е записана в %(time)s") % {"time": f"{timezone.localtime(at):%H:%M:%S}"} if at else ""


def draft(actor: Actor, key: str) -> Saved:
    """The draft of that key, empty when there is none."""
    row = Draft.objects.filter(key=key).first()
    return as_value(row) if row else Saved(key)


def drafts(actor: Actor, keys: Iterable[str]) -> dict[str, Saved]:
    """Several drafts at once, by key; those not begun are left out."""
    return {row.key: as_value(row) for row in Draft.objects.filter(key__in=list(keys))}


def data_at(actor: Actor, key: str, version: int, *, first: dict[str, Any]) -> dict[str, Any]:
    """The data of a version; `first` before anything was saved, the newest where the version is forgotten."""
    row = Draft.objects.filter(key=key).first()
    if row is None or version == 0:
        return dict(first)
    return base_of(row, version) or dict(row.data)


def as_value(row: Draft) -> Saved:
    """The row as the upper room sees it."""
    return Saved(row.key, row.data, row.version, row.saved_at, row.saved_by)


def held(actor: Actor, key: str) -> Held | None:
    """What this person could not save, the newest first."""
    mine = Held.objects.filter(draft__key=key, held_by_id=actor.user_id)
    return mine.select_related("draft").order_by("-id").first()


def clash(actor: Actor, key: str) -> Clashing | None:
    """The clash this person has still to settle, or None."""
    row = held(actor, key)
    if row is None:
        return None
    found = merge.three_way(base_of(row.draft, row.base_version), row.data, row.draft.data)
    theirs = row.draft
    phone = User.objects.filter(pk=theirs.saved_by_id or 0).values_list("phone", flat=True).first() or ""
    return Clashing(
        held_id=row.pk,
        merge=found,
        mine_at=row.held_at,
        mine_by=row.held_by,
        theirs_at=theirs.saved_at,
        theirs_by=theirs.saved_by,
        theirs_phone=phone,
        version=theirs.version,
    )


def base_of(row: Draft, version: int) -> dict[str, Any]:
    """The data of a former version; of one forgotten long ago nothing is known, so every difference is a
    conflict.
    """
    if version == row.version:
        return dict(row.data)
    former = DraftVersion.objects.filter(draft=row, version=version).first()
    return dict(former.data) if former else {}
