"""The process (or thread) that does the long work: ``opora worker``."""

from __future__ import annotations

import logging
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.db import OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from opora.foundation.jobs import actions
from opora.foundation.jobs.progress import stop_when

log = logging.getLogger("opora.jobs")
TIDY_EVERY = 3600.0
NAME = f"opora-{secrets.token_hex(4)}"


def run_worker(
    *,
    once: bool = False,
    stop_event: threading.Event | None = None,
    between: Callable[[], object] | None = None,
    pause: float = 1.0,
) -> None:
    """Do what waits in the queue, and take up what dead workers left.

    ``once``: end when nothing waits. ``stop_event``: when it is set (in the main thread also by SIGINT or
    SIGTERM), the present job is given back at its next step and the worker ends. ``between`` is called
    between two looks into the queue (mail, heads of the audit); what it raises is logged and forgotten.
    """
    stopping = stop_event or threading.Event()
    with _signals(stopping), stop_when(stopping):
        _work(stopping, once, between, pause)


def _work(stopping: threading.Event, once: bool, between: Callable[[], object] | None, pause: float) -> None:
    tidied = time.monotonic()
    while not stopping.is_set():
        worked = _look()
        if once and not worked:
            return
        if between is not None:
            _quietly(between)
        if time.monotonic() - tidied > TIDY_EVERY:
            tidied = time.monotonic()
            _quietly(actions.tidy)
        if not worked:
            stopping.wait(pause)


@contextmanager
def _signals(stopping: threading.Event) -> Iterator[None]:
    """End in good order at SIGINT and SIGTERM; the second one ends at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _look() -> bool:
    """Do one waiting task; ``False`` if there was none or the database was busy."""
    if not connection.in_atomic_block:
        close_old_connections()
    try:
        actions.rescue()
        task = _taken()
        if task is not None:
            _hand().run_task(task)
    except OperationalError as error:
        # A locked or full database: the work waits, the worker does not die of it.
        log.warning("the queue cannot be read or written: %s", error)
        return False
    return task is not None


def _taken() -> DBTaskResult[Any, Any] | None:
    """Take the next task from the queue; the empty queue is read without a lock."""
    ready = DBTaskResult.objects.ready()
    if not ready.exists():
        return None
    with exclusive_transaction(ready.db):
        task: DBTaskResult[Any, Any] | None = ready.get_locked()
        if task is not None:
            task.claim(NAME)
    return task


def _hand() -> Worker:
    """The library's worker, for the part that runs a task and writes down how it ended."""
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=NAME,
        excluded_queue_names=[],
    )


def _quietly(deed: Callable[[], object]) -> None:
    try:
        deed()
    except Exception:
        log.exception("periodic work failed")
