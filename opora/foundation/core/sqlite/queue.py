"""A queue of writers across processes and threads, kept by the kernel.

SQLite lets one writer in and makes the others poll: with eight writers some wait for seconds. A ``flock`` on
a file beside the database wakes them in turn. Measured: bench/sqlite.py, docs/keeping.md.
"""

from __future__ import annotations

import fcntl
import os
import threading


class WriterQueue:
    """One place in line for one connection. Entering twice is entering once; leaving twice is harmless.

    After ``timeout`` seconds a waiter goes on without its turn and leaves the decision to SQLite's own lock,
    whose error then says that the database is locked.
    """

    def __init__(self, path: str, timeout: float) -> None:
        self.path = path
        self.timeout = timeout
        self._held: int | None = None

    def enter(self) -> None:
        """Wait for the turn."""
        if self._held is not None:
            return
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            # A full or read-only disk: SQLite will say so in its own words, or manage without the queue.
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._held = _Wait(descriptor).finish(self.timeout)
        else:
            self._held = descriptor

    def leave(self) -> None:
        """Let the next one in."""
        if self._held is not None:
            descriptor, self._held = self._held, None
            os.close(descriptor)


class _Wait:
    """Waiting in the kernel with an end: flock has no timeout, so a thread waits and may be abandoned."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._abandoned = False
        threading.Thread(target=self._wait, name="opora-writer-queue", daemon=True).start()

    def finish(self, timeout: float) -> int | None:
        """Give the locked descriptor, or ``None`` if the time ran out."""
        self._done.wait(timeout)
        with self._lock:
            self._abandoned = not self._done.is_set()
            return None if self._abandoned else self._descriptor

    def _wait(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._lock:
            self._done.set()
            if self._abandoned:
                os.close(self._descriptor)
