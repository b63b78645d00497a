"""Several processes that write to one SQLite database through Opora's backend, until told or killed.

Run: python -m opora.foundation.core.tests.herd DATABASE ACKS --seconds 2 [--writers 8] [--no-queue]
[--synchronous NORMAL]. Every writer appends one line per acknowledged transaction to ACKS/<writer>:
its number and how many milliseconds it took from asking to commit.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path


def configure(database: Path, synchronous: str = "FULL") -> None:
    """Set Django up with nothing but the backend."""
    import django
    from django.conf import settings

    options = {}
    if synchronous != "FULL":
        options["init_command"] = f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};"
    default = {"ENGINE": "opora.foundation.core.sqlite", "NAME": str(database), "OPTIONS": options}
    settings.configure(DATABASES={"default": default}, USE_TZ=True, INSTALLED_APPS=[])
    django.setup()


def prepare() -> None:
    """Make the table, then let the connection go: none may be carried over a fork."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS work (writer INT, number INT, words TEXT)")
    connection.close()


def write(writer: int, acks: Path, seconds: float) -> None:
    """Write numbered rows and note each acknowledged one."""
    from django.db import connection, transaction

    log = os.open(acks / str(writer), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    number = os.path.getsize(acks / str(writer)) and _last(acks / str(writer))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        number += 1
        start = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM work WHERE number = %s", [number])
            cursor.execute("INSERT INTO work VALUES (%s, %s, %s)", [writer, number, "дума " * 40])
        os.write(log, f"{number} {(time.perf_counter() - start) * 1000:.3f}\n".encode())


def _last(log: Path) -> int:
    return int(log.read_text().split("\n")[-2].split()[0])


def main(arguments: list[str] | None = None) -> None:
    """Fork the writers and wait for them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("acks", type=Path)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--no-queue", action="store_true")
    parser.add_argument("--synchronous", default="FULL")
    given = parser.parse_args(arguments)
    configure(given.database, given.synchronous)
    if given.no_queue:
        from opora.foundation.core.sqlite.queue import WriterQueue

        WriterQueue.enter = lambda self: None  # type: ignore[method-assign]
    prepare()
    children = [_fork(writer, given.acks, given.seconds) for writer in range(given.writers)]
    print("ready", flush=True)
    sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))


def _fork(writer: int, acks: Path, seconds: float) -> int:
    child = os.fork()
    if child:
        return child
    try:
        write(writer, acks, seconds)
    except BaseException as error:
        print(f"writer {writer}: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
