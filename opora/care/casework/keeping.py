"""Readers of how long files are kept: facts of files for `retention`, reasons to keep, the list of what may end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from opora.care.casework import retention, stages, wall
from opora.care.casework.models import ClientFile, Death, FileStage, Hold, Relation
from opora.foundation.rules import queries as rules

CODES = ("retention_after_closing", "retention_from_birth", "retention_from_death")


def periods() -> retention.Periods:
    """What the rules say today."""
    return retention.Periods(*rules.numbers(*CODES))


def holds_of(file: ClientFile, on: dt.date) -> list[Hold]:
    """Reasons that keep the file on a day."""
    return list(standing(on).filter(file=file))


def standing(on: dt.date) -> QuerySet[Hold]:
    """Holds that count on a day."""
    return Hold.objects.filter(Q(until__isnull=True) | Q(until__gte=on), lifted_at__isnull=True)


def may_end(file: ClientFile, on: dt.date) -> bool:
    """Whether the rules let the file be erased on a day."""
    return retention.may_end(file.code, facts([file]), periods(), on)


def ended(files: QuerySet[ClientFile], on: dt.date) -> list[tuple[ClientFile, dt.date]]:
    """Of these files, which may be erased by the rules, with the day their end came; the oldest end first."""
    said = periods()
    if said.after_closing is None:
        return []
    closed = list(files.filter(stage__in=stages.ENDED).select_related("service", "person"))
    known = facts(closed)
    found = [(file, retention.end(file.code, known, said)) for file in closed]
    due = [(file, day) for file, day in found if day and retention.may_end(file.code, known, said, on)]
    return sorted(due, key=lambda pair: (pair[1], pair[0].code))


@wall.across
def facts(files: Iterable[ClientFile]) -> dict[str, retention.Kept]:
    """What decides about these files and all their kin, in whatever service."""
    kin = _kin([file.pk for file in files])
    rows = ClientFile.objects.filter(pk__in=kin).select_related("person")
    closed, held, died = (
        _closed(kin),
        _held(kin),
        dict(Death.objects.filter(file__in=kin).values_list("file_id", "on")),
    )
    codes = {row.pk: row.code for row in rows}
    return {
        row.code: retention.Kept(
            row.code, closed.get(row.pk) if row.stage in stages.ENDED else None, row.person.born, died.get(row.pk),
            held[row.pk], frozenset(codes[one] for one in kin[row.pk] if one in codes),
        )
        for row in rows
    }  # fmt: skip


def _closed(keys: Iterable[int]) -> dict[int, dt.date]:
    """The later of the day it was closed and the day on which that was written."""
    found: dict[int, dt.date] = {}
    for file, on, at in FileStage.objects.filter(file__in=keys, stage__in=stages.ENDED).values_list(
        "file_id", "on", "at"
    ):
        found[file] = max(on, at.date(), found.get(file, on))
    return found


def _held(keys: Iterable[int]) -> dict[int, list[tuple[dt.date, dt.date | None]]]:
    found: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for hold in Hold.objects.filter(file__in=keys, lifted_at__isnull=True):
        found[hold.file_id].append((dt.date.min, hold.until))
    return found


def _kin(keys: list[int]) -> dict[int, set[int]]:
    """Files beside each, walked until nothing is new: they share a row of a person, or an identity number."""
    found: dict[int, set[int]] = {}
    waiting = set(keys)
    while waiting:
        beside = _beside(waiting)
        found |= {key: beside[key] for key in waiting}
        waiting = {one for others in beside.values() for one in others} - found.keys()
    return found


def _beside(keys: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for mark in ("pk", "identifier_index"):
        mine = _marks(mark, Q(file__in=keys), Q(pk__in=keys))
        theirs = _marks(
            mark, Q(**{f"person__{mark}__in": list(mine)}), Q(**{f"person__{mark}__in": list(mine)})
        )
        for value, files in mine.items():
            for file in files & keys:
                found[file] |= theirs[value] - {file}
    return found


def _marks(mark: str, near: Q, own: Q) -> dict[object, set[int]]:
    """Value of a person's column → files in which such a person stands."""
    found: dict[object, set[int]] = defaultdict(set)
    for value, file in Relation.objects.filter(near).values_list(f"person__{mark}", "file_id"):
        found[value].add(file)
    for value, file in ClientFile.objects.filter(own).values_list(f"person__{mark}", F("pk")):
        found[value].add(file)
    found.pop("", None)
    return found
