"""Releases a table: hides small numbers of people so that they cannot be computed back either."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction

from opora.desk.reports.models import Release
from opora.desk.reports.queries import FILES, PEOPLE, TOTAL, Counts, counts, newest, release
from opora.engines import disclosure
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.rules.queries import number


def released(actor: Actor, measure: str) -> Release | None:
    """Today's table of one measure, computed once for the same counts; of client files the last one, None before the first."""
    if measure == FILES:
        return newest(FILES)
    given = counts(measure)
    threshold = int(number("small_number_below") or 5)
    digest = _digest(given, threshold)
    return release(digest) or _release(actor, given, threshold, digest)


def release_files(actor: Actor) -> Release | None:
    """A new table of client files when the last one is old enough, else None.

    Not for every change: of two tables that differ by one file, the difference is a person. Takes seconds for the
    country, so the worker does it and no page.
    """
    last, days = newest(FILES), int(number("files_table_days") or 30)
    if last is not None and (clock.today() - last.as_of).days < days:
        return None
    given, threshold = counts(FILES), int(number("small_number_below") or 5)
    digest = _digest(given, threshold)
    return None if not any(given.leaves.values()) else _release(actor, given, threshold, digest)


def _digest(given: Counts, threshold: int) -> str:
    leaves = sorted((*at, n) for at, n in given.leaves.items())
    words = json.dumps([given.measure, threshold, leaves, given.regions, given.types], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


@transaction.atomic
def _release(actor: Actor, given: Counts, threshold: int, digest: str) -> Release:
    rows, columns = [[TOTAL, ""], *map(list, given.regions)], [[TOTAL, ""], *map(list, given.types)]
    published = _published(given, threshold)
    cells = {
        _row(r, layer): {c: published.get((r, c, *layer), 0) for c, _ in columns}
        for layer in _layers(given)
        for r, _ in rows
    }
    made, _created = Release.objects.get_or_create(
        digest=digest,
        defaults={
            "kind": given.measure, "threshold": threshold, "rows": rows, "columns": columns, "cells": cells,
            "layers": list(given.layers),
            "as_of": given.as_of, "made_at": clock.now(), "made_by": actor.name,
        },
    )  # fmt: skip
    return made


def _published(given: Counts, threshold: int) -> dict[tuple[str, ...], int | None]:
    if not given.leaves:
        return {}
    axes = [
        disclosure.flat(TOTAL, [r for r, _ in given.regions]),
        disclosure.flat(TOTAL, [t for t, _ in given.types]),
        *([disclosure.flat(TOTAL, list(given.layers))] if given.layers else []),
    ]
    table = disclosure.tabulate(given.leaves, axes, known=_known_zeros(given))
    if given.measure not in PEOPLE:
        return dict(table.cells)
    return dict(disclosure.protect(table, threshold).published)


def _layers(given: Counts) -> list[tuple[str, ...]]:
    """The third part of a cell's key: none for two dimensions, else the total and each layer."""
    return [(TOTAL,), *((code,) for code in given.layers)] if given.layers else [()]


def _row(region: str, layer: tuple[str, ...]) -> str:
    return region if not layer or layer == (TOTAL,) else f"{region}|{layer[0]}"


def _known_zeros(given: Counts) -> list[tuple[str, ...]]:
    """Where no such service stands everybody knows there is nobody in it."""
    there = {key[:2] for key in given.leaves}
    empty = [(r, t) for r, _ in given.regions for t, _ in given.types if (r, t) not in there]
    return [(*key, *layer) for key in empty for layer in _layers(given)]
