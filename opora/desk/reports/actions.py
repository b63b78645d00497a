"""Releases a table: hides small numbers of people so that they cannot be computed back either."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction

from opora.desk.reports.models import Release
from opora.desk.reports.queries import PEOPLE, TOTAL, Counts, counts, release
from opora.engines import disclosure
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.rules.queries import number


def released(actor: Actor, measure: str) -> Release:
    """Today's table of one measure; computed once for the same counts."""
    given = counts(measure)
    threshold = int(number("small_number_below") or 5)
    digest = _digest(given, threshold)
    return release(digest) or _release(actor, given, threshold, digest)


def _digest(given: Counts, threshold: int) -> str:
    leaves = sorted((*at, n) for at, n in given.leaves.items())
    words = json.dumps([given.measure, threshold, leaves, given.regions, given.types], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


@transaction.atomic
def _release(actor: Actor, given: Counts, threshold: int, digest: str) -> Release:
    rows, columns = [[TOTAL, ""], *map(list, given.regions)], [[TOTAL, ""], *map(list, given.types)]
    published = _published(given, threshold)
    cells = {r: {c: published.get((r, c), 0) for c, _ in columns} for r, _ in rows}
    made, _created = Release.objects.get_or_create(
        digest=digest,
        defaults={
            "kind": given.measure, "threshold": threshold, "rows": rows, "columns": columns, "cells": cells,
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
    ]
    table = disclosure.tabulate(given.leaves, axes, known=_known_zeros(given))
    if given.measure not in PEOPLE:
        return dict(table.cells)
    return dict(disclosure.protect(table, threshold).published)


def _known_zeros(given: Counts) -> list[tuple[str, str]]:
    """Where no such service stands everybody knows there is nobody in it."""
    return [(r, t) for r, _ in given.regions for t, _ in given.types if (r, t) not in given.leaves]
