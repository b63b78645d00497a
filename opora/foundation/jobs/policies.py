"""Who may see and stop a job."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.foundation.jobs.models import Job


def see(actor: Actor, job: Job) -> bool:
    """Its owner; those of the program itself, the national administrator."""
    if job.owner_id is None:
        return actor.holds("national_admin")
    return job.owner_id == actor.user_id


def cancel(actor: Actor, job: Job) -> bool:
    """Who sees it, while it is not finished."""
    return see(actor, job) and job.unfinished
