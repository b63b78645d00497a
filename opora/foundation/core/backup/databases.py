"""Copying, checking and putting back a database: SQLite by itself, PostgreSQL by its own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _

from opora.foundation.core.backup.package import BackupError, Check, sync
from opora.foundation.core.sqlite import cyrillic

COPY = "backup_copy"
"""Alias under which a copy is looked into."""
EVERYTHING = {"PGOPTIONS": "-c opora.whole=on"}
"""Behind row-level security a copy would hold no row; this says that all are meant."""


def copy(using: str, target: Path) -> None:
    """Copy a running database whole, as of one moment."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    else:
        options = ("--format=custom", "--no-owner", "--enable-row-security", f"--file={target}")
        _run("pg_dump", connection.settings_dict, *options)
    sync(target)


def check_copy(vendor: str, file: Path, check: Check) -> None:
    """Look into a copy before it is trusted; raises :class:`BackupError`."""
    if vendor == "sqlite":
        check_sqlite(file)
        with _opened(file) as alias:
            _checked(check, alias)
    elif shutil.which("pg_restore"):
        _run("pg_restore", {}, "--list", str(file))


def check_sqlite(file: Path) -> None:
    """Integrity and foreign keys; raises :class:`BackupError`."""
    with closing(sqlite3.connect(file)) as opened:
        cyrillic.register(opened)
        try:
            found = [row[0] for row in opened.execute("PRAGMA integrity_check(3)")]
            broken = opened.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise BackupError(_("Копието на базата е повредено: %(why)s") % {"why": error}) from error
    if found != ["ok"]:
        raise BackupError(_("Копието на базата е повредено: %(why)s") % {"why": "; ".join(found)})
    if broken:
        raise BackupError(_("В таблица %(table)s има ред, който сочи към липсващ.") % {"table": broken[0]})


@contextmanager
def _opened(file: Path) -> Iterator[str]:
    """The copy under an alias; nothing is written to it."""
    connections.databases[COPY] = connections.databases["default"] | {
        "ENGINE": "opora.foundation.core.sqlite",
        "NAME": str(file),
        "OPTIONS": {"init_command": "PRAGMA query_only=ON"},
    }
    try:
        yield COPY
    finally:
        connections[COPY].close()
        del connections[COPY]
        del connections.databases[COPY]


def _checked(check: Check, alias: str) -> None:
    if not check(alias):
        raise BackupError(_("Дневникът в копието е променен. Изпълнете „opora audit verify“."))


def put_back(using: str, vendor: str, file: Path, check: Check, aside: str) -> None:
    """Make a checked copy the database; the former one stays beside with the ending ``aside`` (SQLite)."""
    connection = connections[using]
    if vendor != connection.vendor:
        words = _("Архивът е от %(there)s, а тази система работи с %(here)s.")
        raise BackupError(words % {"there": vendor, "here": connection.vendor})
    if vendor == "sqlite":
        _replace(Path(str(connection.settings_dict["NAME"])), file, connection, aside)
        return
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    database = str(connection.settings_dict["NAME"])
    connection.close()
    _run("pg_restore", connection.settings_dict, *options, f"--dbname={database}", str(file))
    # An archive carries rows, not what the planner knows of them: until autovacuum has counted, a page of many joins takes minutes.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    _checked(check, using)


def _replace(database: Path, file: Path, connection: Any, aside: str) -> None:
    connection.close()
    for ending in ("", "-wal", "-shm"):
        former = database.with_name(database.name + ending)
        if former.exists():
            former.rename(f"{former}.{aside}")
    database.parent.mkdir(parents=True, exist_ok=True)
    sync(file)
    file.replace(database)
    sync(database.parent)


def has_rows(using: str) -> bool:
    """Whether there is a database somebody worked in: it knows migrations."""
    connection = connections[using]
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return False
    return "django_migrations" in connection.introspection.table_names()


def newest_migrations(using: str) -> dict[str, str]:
    """Name of the newest migration of every room that has any."""
    connection = connections[using]
    if "django_migrations" not in connection.introspection.table_names():
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app")
        return dict(cursor.fetchall())


def _run(program: str, database: dict[str, Any], *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes through the environment, not the command line."""
    found = shutil.which(program)
    if found is None:
        raise BackupError(
            _("Програмата %(program)s липсва. Инсталирайте postgresql-client.") % {"program": program}
        )
    names = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",  # pragma: allowlist secret
        "NAME": "PGDATABASE",
    }
    given = {there: str(database[here]) for here, there in names.items() if database.get(here)}
    ran = subprocess.run(
        [found, *arguments], env=os.environ | given | EVERYTHING, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        words = _("%(program)s спря с грешка: %(why)s")
        raise BackupError(words % {"program": program, "why": ran.stderr.strip()[-500:]})
