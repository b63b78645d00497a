"""Makers for the audit's tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from opora.foundation.audit import actions, triggers
from opora.foundation.audit.models import Entry


@dataclass(frozen=True)
class Person:
    """Somebody who acts."""

    user_id: int | None = 7
    name: str = "Ива Колева"
    role_label: str = "Регионален координатор"
    organisation: str = "Областна администрация Ловеч"


def entries(count: int, chain: str = "system", kind: str = "change") -> list[Entry]:
    """Rows of one chain, one after another."""
    return [
        actions.record(Person(), kind, f"К-2026-{n:03d}", chain=chain, details={"n": n}) for n in range(count)
    ]


def tamper(statement: str, *values: object) -> None:
    """Do what an administrator of the database could: lift the triggers, write, put them back."""
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def no_heads() -> None:
    """Begin without heads outside."""
    for file in Path(settings.HEADS_DIR).glob("*"):
        file.unlink()
