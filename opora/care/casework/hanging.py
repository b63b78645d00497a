"""What hangs on a client file, found by the tables themselves: what a person is given a copy of, and what is erased.

A room or table added later is found by its foreign key. A row that points at a file and may live without it
(`Erasure.file`) is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from opora.care.casework.models import ClientFile, Person


@dataclass(frozen=True)
class Hanging:
    """A table, and by which steps its rows lead to the file."""

    model: type[models.Model]
    steps: str

    @property
    def name(self) -> str:
        """Its name in copies: `casework.event`."""
        return str(self.model._meta.label_lower)

    def rows(self, file: ClientFile) -> models.QuerySet[Any]:
        """Its rows of this file."""
        return self.model._default_manager.filter(**{self.steps: file.pk}).order_by("pk")


@cache
def hanging() -> tuple[Hanging, ...]:
    """Every table of client files that hangs on a file, what hangs deepest first."""
    found: dict[type[models.Model], str] = {}
    every = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("opora.")]
    known = {ClientFile: ""}
    while fresh := {m: s for m in every if m not in found | known and (s := _steps(m, known | found))}:
        found |= fresh
    return tuple(Hanging(model, steps) for model, steps in reversed(found.items()))


def _steps(model: type[models.Model], known: dict[type[models.Model], str]) -> str:
    ties = [
        f for f in model._meta.concrete_fields if f.is_relation and not f.null and f.related_model in known
    ]
    if not ties or model is Person:
        return ""
    chosen = next((field for field in ties if field.related_model is ClientFile), ties[0])
    after = known[chosen.related_model]  # type: ignore[index]
    return f"{chosen.name}__{after}" if after else chosen.attname


def people_of(file: ClientFile) -> list[Person]:
    """The person of the file and those around them."""
    near = Q(pk=file.person_id) | Q(relations__file=file)
    return list(Person.objects.filter(near).distinct().order_by("pk"))


def only_here(file: ClientFile) -> list[Person]:
    """Of these, who stands in no other file."""
    elsewhere = Q(files__isnull=False) & ~Q(files=file) | Q(relations__isnull=False) & ~Q(
        relations__file=file
    )
    others = set(
        Person.objects.filter(pk__in=[p.pk for p in people_of(file)])
        .filter(elsewhere)
        .values_list("pk", flat=True)
    )
    return [person for person in people_of(file) if person.pk not in others]


def counted(file: ClientFile) -> dict[str, int]:
    """Rows by table; with the file itself and its people."""
    found = {one.name: one.rows(file).count() for one in hanging()}
    return {k: n for k, n in found.items() if n} | {
        "casework.clientfile": 1,
        "casework.person": len(people_of(file)),
    }


def every_row(file: ClientFile) -> Iterator[tuple[str, models.Model]]:
    """Every row of the file with the name of its table, the file and its people first."""
    yield "casework.clientfile", file
    for person in people_of(file):
        yield "casework.person", person
    for one in reversed(hanging()):
        for row in one.rows(file):
            yield one.name, row
