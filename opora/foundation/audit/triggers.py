"""Triggers that keep the audit append-only, for the migration and for tests that empty the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"
DEEDS = ("UPDATE", "DELETE")

SQLITE_SET = tuple(
    f"CREATE TRIGGER {TABLE}_no_{deed.lower()} BEFORE {deed} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    for deed in DEEDS
)
SQLITE_LIFT = tuple(f"DROP TRIGGER IF EXISTS {TABLE}_no_{deed.lower()}" for deed in DEEDS)
POSTGRESQL_SET = (
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RAISE EXCEPTION 'the audit is append-only'; END$$",
    f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
)
POSTGRESQL_LIFT = (
    f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
    f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}",
    f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
)


def put(connection: BaseDatabaseWrapper) -> None:
    """Make the audit append-only."""
    _run(connection, SQLITE_SET if connection.vendor == "sqlite" else POSTGRESQL_SET)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away; only a migration backwards and a test that empties the database may."""
    _run(connection, SQLITE_LIFT if connection.vendor == "sqlite" else POSTGRESQL_LIFT)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without triggers for a moment."""
    lift(connection)
    try:
        yield
    finally:
        put(connection)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
