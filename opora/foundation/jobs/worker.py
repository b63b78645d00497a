"""The process (or thread) that does the long work: ``opora worker``."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable

from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from opora.foundation.jobs import actions

log = logging.getLogger("opora.jobs")
TIDY_EVERY = 3600.0


def run_worker(
    *,
    once: bool = False,
    stop_event: threading.Event | None = None,
    between: Callable[[], object] | None = None,
    pause: float = 1.0,
) -> None:
    """Do what waits in the queue, and take up what dead workers left.

    ``once``: end when nothing waits. ``stop_event``: end after the present job when it is set. ``between``
    is called between two looks into the queue (mail, heads of the audit); what it raises is logged and
    forgotten.
    """
    stopping = stop_event or threading.Event()
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


def _look() -> bool:
    """Do one waiting task; ``False`` if there was none or the database was busy."""
    close_old_connections()
    try:
        actions.rescue()
        if not DBTaskResult.objects.ready().exists():
            return False
        _one_task().run()
    except OperationalError as error:
        # A locked or full database: the work waits, the worker does not die of it.
        log.warning("the queue cannot be read: %s", error)
        return False
    return True


def _one_task() -> Worker:
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=f"{os.getpid()}-{secrets.token_hex(4)}",
        excluded_queue_names=[],
    )


def _quietly(deed: Callable[[], object]) -> None:
    try:
        deed()
    except Exception:
        log.exception("periodic work failed")
