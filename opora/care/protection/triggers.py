"""Triggers that keep the history of breaches append-only, for the migration and for tests that empty the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("protection_breachentry", "protection_breachchange")
DEEDS = ("UPDATE", "DELETE")
REFUSAL = "the history of a breach is append-only"


def put(connection: BaseDatabaseWrapper) -> None:
    """Make it append-only."""
    _run(connection, _sqlite() if connection.vendor == "sqlite" else _postgresql())


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away; only a migration backwards and a test that empties the database may."""
    if connection.vendor == "sqlite":
        _run(
            connection,
            [f"DROP TRIGGER IF EXISTS {table}_no_{deed.lower()}" for table in TABLES for deed in DEEDS],
        )
    else:
        _run(
            connection,
            [
                f"DROP TRIGGER IF EXISTS {table}_{kind} ON {table}"
                for table in TABLES
                for kind in ("append_only", "no_truncate")
            ],
        )
        _run(connection, ["DROP FUNCTION IF EXISTS protection_history_refuse()"])


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without triggers for a moment."""
    lift(connection)
    try:
        yield
    finally:
        put(connection)


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES for deed in DEEDS
    ]  # fmt: skip


def _postgresql() -> list[str]:
    made = [
        "CREATE FUNCTION protection_history_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{REFUSAL}'; END$$"
    ]
    for table in TABLES:
        made += [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION protection_history_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION protection_history_refuse()",
        ]
    return made


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
