"""Starting and stopping long work, and how a worker takes, keeps and ends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.actions import record
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.jobs import policies, registry
from opora.foundation.jobs.models import Job, State

LEASE = dt.timedelta(seconds=20)
"""How long a worker is believed to live after its last sign."""
ATTEMPTS = 5
"""How often a job may kill its worker without a step forward."""
KEPT = dt.timedelta(days=7)
"""How long the queue keeps what it has handed out."""


def start(actor: Actor, kind: str, params: Mapping[str, Any], *, title: str, key: str | None = None) -> Job:
    """Put a piece of work in the queue and give its job; the page is ``/jobs/<pk>/``.

    ``params`` are plain JSON. With a ``key`` the same request sent twice gives the same job. Raises
    ``LookupError`` for a kind nobody declared.
    """
    registry.function_of(kind)
    job = Job(kind=kind, title=title[:200], params=dict(params), key=key or "")
    job.language = get_language() or "bg"
    job.owner_id, job.owner_name = actor.user_id, actor.name[:200]
    job.created_at = job.queued_at = clock.now()
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            _enqueue(job)
            record(actor, "job.started", f"{kind} № {job.pk}", details={"title": job.title})
    except IntegrityError:
        return Job.objects.get(kind=kind, key=key)
    return job


def cancel(actor: Actor, job: Job) -> Job:
    """Ask a job to stop: at once if it waits, at its next step if it runs. What it has done stays."""
    with transaction.atomic():
        held = Job.objects.select_for_update().get(pk=job.pk)
        if not policies.see(actor, held):
            raise NotAllowed(_("Тази работа не е Ваша."))
        if not policies.cancel(actor, held):
            raise ActionRefused(_("Работата вече е приключила."))
        held.cancel_requested = True
        if held.state == State.WAITING:
            held.state, held.finished_at = State.CANCELLED, clock.now()
        held.save(update_fields=["cancel_requested", "state", "finished_at"])
        record(actor, "job.cancelled", f"{held.kind} № {held.pk}")
    return held


@task()
def carry_out(number: int) -> None:
    """What the queue calls; a job somebody else has already taken is left alone."""
    from opora.foundation.jobs.running import carry_out as run

    run(number)


def _enqueue(job: Job) -> None:
    queued = carry_out.enqueue(job.pk)
    Job.objects.filter(pk=job.pk).update(task_id=str(queued.id), queued_at=clock.now())


def claim(number: int, worker: str) -> Job | None:
    """Take a free job under a lease, or give ``None``."""
    with transaction.atomic():
        job = Job.objects.select_for_update().free(clock.now()).filter(pk=number).first()
        if job is None:
            return None
        job.state, job.worker, job.lease_until = State.RUNNING, worker, clock.now() + LEASE
        job.attempts += 1
        job.started_at = job.started_at or clock.now()
        job.save(update_fields=["state", "worker", "lease_until", "attempts", "started_at"])
    return job


def keep(number: int, worker: str) -> bool:
    """Sign of life: prolong the lease; ``False`` if it is no longer ours."""
    mine = Job.objects.filter(pk=number, worker=worker, state=State.RUNNING)
    return bool(mine.update(lease_until=clock.now() + LEASE))


def advance(number: int, worker: str, **facts: Any) -> bool:
    """Note a step, in the caller's transaction; ``False`` if the job is no longer ours: then roll back."""
    mine = Job.objects.filter(pk=number, worker=worker, state=State.RUNNING)
    return bool(mine.update(lease_until=clock.now() + LEASE, attempts=1, **facts))


def finish(number: int, worker: str, state: State, **facts: Any) -> bool:
    """End a job that is ours; another's is left alone."""
    mine = Job.objects.filter(pk=number, worker=worker, state=State.RUNNING)
    return bool(mine.update(state=state, finished_at=clock.now(), lease_until=None, worker="", **facts))


def give_back(number: int, worker: str) -> None:
    """Put a job that is ours back into the queue: the worker ends, the work goes on from its mark."""
    with transaction.atomic():
        job = Job.objects.filter(pk=number, worker=worker, state=State.RUNNING).first()
        if job is not None and finish(number, worker, State.WAITING, queued_at=clock.now()):
            Job.objects.filter(pk=number).update(finished_at=None, attempts=0)
            _enqueue(job)


def rescue() -> int:
    """Queue again what dead workers left: running without a sign of life, or waiting with nobody called."""
    now = clock.now()
    rescued = sum(_requeue(job) for job in Job.objects.abandoned(now))
    lost = Job.objects.filter(state=State.WAITING, queued_at__lt=now - LEASE)
    return rescued + sum(_requeue(job) for job in lost if not _still_queued(job))


def _requeue(job: Job) -> bool:
    with transaction.atomic():
        same = Job.objects.filter(pk=job.pk, state=job.state, worker=job.worker, queued_at=job.queued_at)
        if job.state == State.RUNNING and job.attempts >= ATTEMPTS:
            words = _("Работата прекъсна %(count)s пъти подред и беше спряна.") % {"count": ATTEMPTS}
            same.update(state=State.FAILED, error=words, finished_at=clock.now(), lease_until=None, worker="")
            return False
        if not same.update(state=State.WAITING, worker="", lease_until=None, queued_at=clock.now()):
            return False
        _enqueue(job)
    return True


def _still_queued(job: Job) -> bool:
    return DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.READY).exists()


def tidy() -> int:
    """Forget what the queue handed out long ago; the jobs themselves stay."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - KEPT)
    return int(old.delete()[0])
