"""After rows are deleted their bytes still lie in the database file, its log and its search index. This takes them out."""

from __future__ import annotations

import time

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from opora.care.casework import wall

TRIES, PAUSE = 40, 0.25
ROOMS = ("casework", "documents", "drafts")
"""Rooms whose tables may hold what was erased."""


class Unswept(Exception):  # noqa: N818 - it names the state
    """The bytes are still there; the text says what to do."""


def sweep() -> None:
    """Rewrite the database without what was deleted. Outside any transaction; people may work meanwhile. Unswept."""
    if connection.vendor == "sqlite":
        _sweep_sqlite(connection)
    else:
        _sweep_postgresql()


def _sweep_sqlite(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%%fts%%'")
        for (index,) in cursor.fetchall():
            cursor.execute(f'INSERT INTO "{index}"("{index}") VALUES (\'optimize\')')  # noqa: S608 - our own table
        with database.queued():  # type: ignore[attr-defined]
            cursor.execute("VACUUM")
        for _try in range(TRIES):  # a reader of the moment holds the log; nobody reads for long
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(PAUSE)
    raise Unswept("the log of the database is being read all the time")


def _sweep_postgresql() -> None:
    if not wall.owns_tables():
        raise Unswept(
            "only the owner of the tables can rewrite them: run `opora files sweep` with the owner's address"
        )
    rooms = (apps.get_app_config(room) for room in ROOMS)
    tables = [m._meta.db_table for room in rooms for m in room.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
