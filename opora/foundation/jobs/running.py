"""One job, from taking it to its end, with a sign of life beside it."""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from opora.foundation.core.errors import ActionRefused
from opora.foundation.jobs import actions, registry
from opora.foundation.jobs.models import Job, State
from opora.foundation.jobs.progress import Cancelled, LeaseLost, Progress, Stopped

log = logging.getLogger("opora.jobs")


def carry_out(number: int) -> None:
    """Take the job if it is free and do it; what the work raises ends the job and goes on to the queue's
    record.
    """
    worker = f"{os.getpid()}-{secrets.token_hex(4)}"
    job = actions.claim(number, worker)
    if job is None:
        return
    with _alive(number, worker), translation.override(job.language):
        try:
            _do(job)
        except Cancelled:
            actions.finish(number, worker, State.CANCELLED)
        except Stopped:
            actions.give_back(number, worker)
        except LeaseLost:
            log.warning("job %s went to another worker", number)
        except ActionRefused as refused:
            actions.finish(number, worker, State.FAILED, error=str(refused))
        except Exception:
            words = _(
                "Работата спря заради грешка в програмата. Опитайте отново или съобщете номер %(number)s."
            )
            actions.finish(number, worker, State.FAILED, error=words % {"number": number})
            raise


def _do(job: Job) -> None:
    """Run the function; its last writing and the end of the job need not be one transaction, both may be
    repeated.
    """
    function = registry.function_of(job.kind)
    result = function(Progress(job), dict(job.params))
    if not actions.finish(job.pk, job.worker, State.DONE, result=result):
        raise LeaseLost


@contextmanager
def _alive(number: int, worker: str) -> Iterator[None]:
    """Prolong the lease from a thread with its own connection, so that one long step is not taken for
    death.
    """
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield  # one connection only: tests
        return
    ended = threading.Event()
    beating = threading.Thread(
        target=_beat, args=(number, worker, ended), name="opora-heartbeat", daemon=True
    )
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join(5)


def _beat(number: int, worker: str, ended: threading.Event) -> None:
    pause = actions.LEASE.total_seconds() / 4
    try:
        while not ended.wait(pause):
            try:
                with transaction.atomic():
                    if not actions.keep(number, worker):
                        return
            except DatabaseError:
                log.warning("no sign of life of job %s could be written", number)
    finally:
        connection.close()
