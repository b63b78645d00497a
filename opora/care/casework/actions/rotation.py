"""A new key for sealed values: every value sealed anew in batches, from where the last run stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from opora.care.casework import wall
from opora.care.casework.models import Person
from opora.care.casework.models.rotation import SEALED, Rotation
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, sealing
from opora.foundation.drafts import unsent
from opora.foundation.messages import queries as letters

BATCH = 2_000
ROUNDS = 3
"""How often to go over the rows again for values that somebody sealed with the old key meanwhile."""


@dataclass(frozen=True)
class Rotated:
    """What stands after a run: values by the number of their key, and keys thrown away."""

    key: int
    values: dict[int, int]
    dropped: tuple[int, ...]

    @property
    def left(self) -> int:
        """Values that no run could open; they keep their key."""
        return sum(count for number, count in self.values.items() if number != self.key)


def rotate_keys(
    actor: Actor, *, drop: bool = False, batch: int = BATCH, said: Callable[[int], None] = lambda _done: None
) -> Rotated:
    """Make a new key and seal everything with it; a run that was stopped goes on with its key instead.

    With `drop` keys under which nothing is sealed any more are deleted: older backups then lose their sealed values. What
    lies sealed for days only (words not sent yet, letters that have not left) is not sealed anew: its key waits for it.
    """
    rotation = Rotation.objects.filter(finished_at__isnull=True).first() or _begin()
    for _round in range(ROUNDS):
        while _step(rotation.pk, batch):
            rotation.refresh_from_db()
            said(rotation.done)
        if set(values_by_key()) <= {rotation.key}:
            break
        Rotation.objects.filter(pk=rotation.pk).update(column=0, last=0)
    with transaction.atomic():
        Rotation.objects.filter(pk=rotation.pk).update(finished_at=clock.now())
        counted = values_by_key()
        used = {*counted, *unsent.key_numbers(), *letters.key_numbers()}
        unused = [n for n in sealing.key_numbers() if n < rotation.key and n not in used] if drop else []
        details = {"key": rotation.key, "values": sum(counted.values()), "dropped": unused}
        audit.record(actor, "case.keys_rotated", "sealed", details=details)
    for number in unused:
        sealing.drop_key(number)
    return Rotated(rotation.key, counted, tuple(unused))


@wall.across
def values_by_key() -> dict[int, int]:
    """How many values are sealed with each key."""
    found: Counter[int] = Counter()
    for _place, field in SEALED:
        rows = Person.objects.filter(**{f"{field}__isnull": False}).order_by().values_list(field, flat=True)
        found.update(sealing.key_of(value) for value in rows.iterator(chunk_size=5_000))
    return dict(found)


def _begin() -> Rotation:
    return Rotation.objects.create(key=sealing.next_key(), began_at=clock.now())


@wall.across
@transaction.atomic
def _step(pk: int, batch: int) -> bool:
    """One batch and its mark in one transaction; False when nothing is left to walk over."""
    kept = Rotation.objects.select_for_update().get(pk=pk)
    if kept.column >= len(SEALED):
        return False
    place, field = SEALED[kept.column]
    rows = (
        Person.objects.select_for_update()
        .filter(pk__gt=kept.last, **{f"{field}__isnull": False})
        .order_by("pk")
    )
    found = list(rows.values_list("pk", field)[:batch])
    changed = [(new, row) for row, old in found if (new := _anew(bytes(old), place, row, kept.key))]
    if changed:
        names = connection.ops.quote_name
        table, column = names(Person._meta.db_table), names(field)
        with connection.cursor() as cursor:  # one statement for many rows; the names are our own
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", changed)  # noqa: S608
    kept.done += len(changed)
    kept.column, kept.last = (kept.column, found[-1][0]) if found else (kept.column + 1, 0)
    kept.save(update_fields=["column", "last", "done"])
    return True


def _anew(value: bytes, place: str, row: int, key: int) -> bytes | None:
    """The value under the new key; none where it has it already, or cannot be opened."""
    if sealing.key_of(value) == key:
        return None
    try:
        text = sealing.unseal(value, column=place, row=row)
    except sealing.Unreadable:
        return None
    return sealing.seal(text, column=place, row=row)
