"""What a work function tells and asks while it runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from django.db import transaction

from opora.foundation.accounts.actors import Actor, system
from opora.foundation.accounts.models import User
from opora.foundation.accounts.queries import actor_for
from opora.foundation.jobs import actions, queries
from opora.foundation.jobs.models import Job

NOTED_EVERY = 0.2


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The owner asked the job to stop."""


class LeaseLost(Exception):  # noqa: N818 - it names the state
    """Another worker was given this job; whatever this one is doing must not count."""


class Stopped(Exception):  # noqa: N818 - it is no error
    """The worker is to end; the job goes back into the queue."""


_stopping: ContextVar[threading.Event | None] = ContextVar("jobs_stopping", default=None)


@contextmanager
def stop_when(event: threading.Event) -> Iterator[None]:
    """Let the work done inside stop at its next step once the event is set."""
    token = _stopping.set(event)
    try:
        yield
    finally:
        _stopping.reset(token)


class Progress:
    """The job from the inside. Every call may raise :class:`Cancelled` or :class:`LeaseLost`; let them
    through.

    Work that writes goes through :meth:`transaction`: the writing and the mark are committed together, so
    a job taken up again after a dead worker neither repeats nor omits anything.
    """

    def __init__(self, job: Job) -> None:
        self.job_id = job.pk
        self.mark: Any = job.mark
        """Where the last transaction ended, or ``None`` at the beginning: go on after it."""
        self.done = job.done
        self._worker = job.worker
        self._owner_id = job.owner_id
        self._owner_name = job.owner_name
        self._noted = 0.0

    @cached_property
    def actor(self) -> Actor:
        """Who started the work, with the roles held now."""
        if self._owner_id is None:
            return system(self._owner_name)
        return actor_for(User.objects.filter(pk=self._owner_id).first(), second_factor=True)

    def total(self, count: int) -> None:
        """Say how many steps there are."""
        self._advance(total=count)

    def step(self, done: int | None = None, note: str = "") -> None:
        """Say how far the work is; without a number, one step further. Written at most five times a
        second.
        """
        self.done = self.done + 1 if done is None else done
        if time.monotonic() - self._noted >= NOTED_EVERY:
            self.check_cancelled()
            self._advance(done=self.done, **({"note": note[:300]} if note else {}))
            self._noted = time.monotonic()

    @contextmanager
    def transaction(self, mark: Any, *, done: int | None = None, note: str = "") -> Iterator[None]:
        """Write one piece of the work and its mark in one transaction."""
        self.check_cancelled()
        reached = self.done + 1 if done is None else done
        facts: dict[str, Any] = {"mark": mark, "done": reached} | ({"note": note[:300]} if note else {})
        with transaction.atomic():
            yield
            self._advance(**facts)
        self.mark, self.done = mark, reached

    def check_cancelled(self) -> None:
        """Stop here if the owner asked to, the worker is to end, or the job is another's by now."""
        event = _stopping.get()
        if event is not None and event.is_set():
            raise Stopped
        now = queries.state_of(self.job_id)
        if now.cancel_requested:
            raise Cancelled
        if now.worker != self._worker:
            raise LeaseLost

    def _advance(self, **facts: Any) -> None:
        if not actions.advance(self.job_id, self._worker, **facts):
            raise LeaseLost
