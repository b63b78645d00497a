"""The database backend: ``ENGINE = "opora.foundation.core.sqlite"``.

What it adds to Django's own: the shipped pragmas unless the settings say otherwise (``synchronous=FULL``:
NORMAL loses acknowledged work at a power cut), Cyrillic ``LIKE``, ``lower``, ``upper`` and the collation
``bg-x-icu``, and a queue before every write. The database file is never opened but by SQLite: closing any
second descriptor of it would drop its locks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base

from opora.foundation.core.sqlite import cyrillic
from opora.foundation.core.sqlite.queue import WriterQueue

TIMEOUT_SECONDS = 5.0
SHIPPED: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": TIMEOUT_SECONDS,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
        "PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;"
    ),
}
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|REINDEX)\b", re.IGNORECASE)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions stand in line before they begin."""

    _queue: WriterQueue | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Fill in the shipped options where the settings are silent."""
        self.settings_dict["OPTIONS"] = SHIPPED | self.settings_dict["OPTIONS"]
        params: dict[str, Any] = super().get_connection_params()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the database with Bulgarian functions and, for a file, its queue."""
        connection = super().get_new_connection(conn_params)
        cyrillic.register(connection)
        if not self.is_in_memory_db():
            name = str(self.settings_dict["NAME"])
            self._queue = WriterQueue(f"{name}.queue", float(conn_params.get("timeout", TIMEOUT_SECONDS)))
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Give a cursor that queues for a write outside a transaction."""
        cursor = self.connection.cursor(factory=QueuedCursor)
        cursor.wrapper = self
        return cursor

    @contextmanager
    def queued(self) -> Iterator[None]:
        """Stand in line for one statement; a transaction already in line passes."""
        if self._queue is None or self.connection.in_transaction:
            yield
            return
        self._queue.enter()
        try:
            yield
        finally:
            self._queue.leave()

    def _start_transaction_under_autocommit(self) -> None:
        if self._queue is not None:
            self._queue.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave_if_ended()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_if_ended()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave_if_ended(self) -> None:
        # A commit refused (disk full) leaves the transaction open; Django rolls back next and comes again.
        if self.connection is None or not self.connection.in_transaction:
            self._leave()

    def _leave(self) -> None:
        if self._queue is not None:
            self._queue.leave()


class QueuedCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes outside a transaction take their turn like transactions do."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement, in line if it writes by itself."""
        if _WRITES.match(query) is None:
            return super().execute(query, params)
        with self.wrapper.queued():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Iterable[Any | Mapping[str, Any]]) -> Any:
        """Run a statement for many rows, in line if it writes by itself."""
        with self.wrapper.queued():
            return super().executemany(query, param_list)
