"""Keys of sealed values changed by somebody who is killed: every value is readable at every moment."""

from __future__ import annotations

import os
import random
import time
from collections import Counter

from django.db import connection

from opora.care.casework import actions, seals
from opora.care.casework.actions.rotation import values_by_key
from opora.care.casework.models import IDENTIFIER, Person, Rotation
from opora.care.casework.models.people import NAMES
from opora.care.casework.tests.killing import child, kill, refuse_wrong
from opora.foundation.accounts.actors import system
from opora.foundation.audit.models import Entry
from opora.foundation.audit.queries import verify_all
from opora.foundation.core import sealing

PEOPLE, BATCH = 600, 25
NAMES_EVERY = 5
STEPS = PEOPLE // BATCH + PEOPLE // BATCH // NAMES_EVERY + 2
SLOWED = 0.004
"""Seconds after every batch, so that kills fall anywhere among them."""


def trial(kills: int, seed: int, careless: bool) -> Counter[str]:
    """Change the key again and again, killed on the way, until enough kills met a change that was unfinished."""
    _fill()
    chance = random.Random(seed)
    met: Counter[str] = Counter()
    while sum(met.values()) < kills:
        met[_one_run(chance, careless)] += 1
        met.pop("done before", None)
        check()
    actions.rotate_keys(system(), drop=True, batch=BATCH)
    check()
    _at_the_end()
    return met


def _fill() -> None:
    """People with identity numbers, each fifth one with sealed names too."""
    everybody = [
        Person(
            pk=number, first_name="Име", last_name=f"Фамилия{number}", sort_name="име",
            identifier_index=sealing.blind(str(number), column=IDENTIFIER),
            identifier_sealed=sealing.seal(f"{number:010d}", column=IDENTIFIER, row=number),
        )
        for number in range(1, PEOPLE + 1)
    ]  # fmt: skip
    for one in everybody[::NAMES_EVERY]:
        seals.hide(one, "Запечатано досие")
    Person.objects.bulk_create(everybody)


def _one_run(chance: random.Random, careless: bool) -> str:
    """Start or go on, kill after some batches; gives in which column the kill met it."""
    reading, writing = os.pipe()

    def run() -> None:
        def said(_done: int) -> None:
            os.write(writing, b".")
            time.sleep(SLOWED)
            if careless:
                for number in sealing.key_numbers()[:-1]:
                    sealing.drop_key(number)

        actions.rotate_keys(system(), drop=True, batch=BATCH, said=said)

    victim = child(run)
    os.close(writing)
    for _batch in range(chance.randint(1, STEPS // 3)):
        if not os.read(reading, 1):
            break
    time.sleep(chance.uniform(0, 2 * SLOWED))
    at_work = kill(victim)
    os.close(reading)
    unfinished = Rotation.objects.filter(finished_at__isnull=True).first()
    connection.close()
    return (
        ("identity numbers", "names", "counting")[unfinished.column]
        if at_work and unfinished
        else "done before"
    )


def check() -> None:
    """After every kill: every value opens to what it was, the keys in use are here, one change at most is under way."""
    sealing._key.cache_clear()
    refuse_wrong({
        "unreadable": _unreadable(),
        "keys missing": set(values_by_key()) - set(sealing.key_numbers()),
        "changes under way": Rotation.objects.filter(finished_at__isnull=True).count() > 1,
        "audit": Entry.objects.filter(deed="case.keys_rotated").count() - Rotation.objects.filter(finished_at__isnull=False).count(),
    })  # fmt: skip
    connection.close()


def _unreadable() -> list[int]:
    found = []
    for one in Person.objects.all():
        try:
            seals.reveal(one)
            well = one.identifier == f"{one.pk:010d}" and one.last_name == f"Фамилия{one.pk}"
        except sealing.Unreadable:
            well = False
        if not well:
            found.append(one.pk)
    return found


def _at_the_end() -> None:
    """All under one key, and no other key is left."""
    names = Person.objects.filter(names_sealed__isnull=False).count()
    newest = Rotation.objects.latest("pk").key
    refuse_wrong({
        "values": values_by_key() != {newest: PEOPLE + names},
        "keys": sealing.key_numbers() != [newest],
        "names": names != PEOPLE // NAMES_EVERY,
        "audit broken": not verify_all().ok,
        "column": NAMES == IDENTIFIER,
    })  # fmt: skip
    print(f"{Rotation.objects.count()} changes of key")
