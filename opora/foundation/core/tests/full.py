"""A disk that fails under a running process and is mended. Run with disk.c: DATABASE FLAG ERRNO."""

from __future__ import annotations

import sys
from pathlib import Path

from opora.foundation.core.tests.herd import configure, prepare


def main(database: Path, flag: Path, errno: str) -> None:
    """Write until the disk fails, read on, write again after it is mended."""
    configure(database)
    prepare()
    acknowledged = sum(_written(number) for number in range(50))
    flag.write_text(errno)
    acknowledged += sum(_written(number) for number in range(50, 80))
    _expect(acknowledged == 50, "nothing is acknowledged while the disk fails")
    _expect(_count() == 50, "reading goes on")
    flag.unlink()
    acknowledged += sum(_written(number) for number in range(80, 100))
    _expect(acknowledged == 70 == _count(), f"writing resumes without a restart: {acknowledged}, {_count()}")


def _written(number: int) -> bool:
    from django.db import DatabaseError, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO work VALUES (0, %s, %s)", [number, "дума " * 2000])
    except DatabaseError:
        return False
    return True


def _count() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        return int(cursor.execute("SELECT count(*) FROM work").fetchone()[0])


def _expect(true: bool, words: str) -> None:
    if not true:
        raise SystemExit(words)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
