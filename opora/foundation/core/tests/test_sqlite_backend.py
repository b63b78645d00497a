"""The backend behind Django's own machinery: transactions, savepoints, the queue and its end."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from opora.foundation.core.sqlite.base import DatabaseWrapper
from opora.foundation.core.sqlite.queue import WriterQueue


def _count(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("SELECT count(*) FROM note").fetchone()[0])


def _add(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES (%s)", ["дума"])


def _queue(connection: BaseDatabaseWrapper) -> WriterQueue:
    assert isinstance(connection, DatabaseWrapper)
    assert connection._queue is not None
    return connection._queue


def test_the_shipped_pragmas_are_on(connection: BaseDatabaseWrapper) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 134217728}
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted


def test_savepoints_roll_back_alone(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using="own"):
        _add(connection)
        with suppress(ZeroDivisionError), transaction.atomic(using="own"):
            _add(connection)
            raise ZeroDivisionError
        assert _count(connection) == 1
    assert _count(connection) == 1


def test_the_turn_is_held_for_the_transaction_and_given_back(connection: BaseDatabaseWrapper) -> None:
    queue = _queue(connection)
    with transaction.atomic(using="own"):
        assert queue._held is not None
        with transaction.atomic(using="own"):
            _add(connection)
        assert queue._held is not None
    assert queue._held is None
    with pytest.raises(ZeroDivisionError), transaction.atomic(using="own"):
        raise ZeroDivisionError
    assert queue._held is None
    _add(connection)
    assert queue._held is None


def test_closing_in_a_transaction_gives_the_turn_back(connection: BaseDatabaseWrapper) -> None:
    queue = _queue(connection)
    with suppress(ZeroDivisionError), transaction.atomic(using="own"):
        _add(connection)
        connection.close()
        assert queue._held is None
        raise ZeroDivisionError
    assert _count(connection) == 0


def test_a_reader_does_not_queue(connection: BaseDatabaseWrapper) -> None:
    other = WriterQueue(_queue(connection).path, 1)
    other.enter()
    start = time.monotonic()
    assert _count(connection) == 0
    assert time.monotonic() - start < 0.2
    other.leave()


def test_the_next_writer_goes_on_as_soon_as_the_turn_is_free(connection: BaseDatabaseWrapper) -> None:
    connection.settings_dict["OPTIONS"]["timeout"] = 5
    other = WriterQueue(_queue(connection).path, 1)
    other.enter()
    threading.Timer(0.1, other.leave).start()
    _add(connection)
    assert _count(connection) == 1


def test_after_the_timeout_sqlite_decides(connection: BaseDatabaseWrapper) -> None:
    """A stuck holder of the queue does not stop the others for ever."""
    stuck = WriterQueue(_queue(connection).path, 1)
    stuck.enter()
    _add(connection)
    assert _count(connection) == 1
    stuck.leave()


def test_a_locked_database_is_said_after_the_timeout(connection: BaseDatabaseWrapper) -> None:
    other = DatabaseWrapper(connection.settings_dict, "other")
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            _add(connection)
        cursor.execute("ROLLBACK")
    other.close()
    _add(connection)


def test_an_abandoned_wait_hands_the_turn_on(tmp_path: Path) -> None:
    first, second, third = (WriterQueue(str(tmp_path / "queue"), 0.05) for _ in range(3))
    first.enter()
    second.enter()
    assert second._held is None
    first.leave()
    third.timeout = 5
    third.enter()
    assert third._held is not None
    third.leave()


def test_a_queue_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    queue = WriterQueue(str(tmp_path / "no such folder" / "queue"), 1)
    queue.enter()
    queue.leave()


def test_a_database_in_memory_has_no_queue(unblocked: None) -> None:
    wrapper = DatabaseWrapper(connections.settings["default"] | {"NAME": ":memory:", "OPTIONS": {}}, "memory")
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE note (words TEXT)")
    assert wrapper._queue is None
