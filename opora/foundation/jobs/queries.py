"""Readers of jobs."""

from __future__ import annotations

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.foundation.jobs import policies
from opora.foundation.jobs.models import Job, JobQuerySet


def jobs_for(actor: Actor) -> JobQuerySet:
    """The actor's own jobs, newest first; the national administrator's also those of the program."""
    seen = Q(pk__in=[])
    if actor.user_id is not None:
        seen |= Q(owner_id=actor.user_id)
    if actor.holds("national_admin"):
        seen |= Q(owner_id=None)
    return Job.objects.filter(seen).newest_first()


def job_for(actor: Actor, number: int) -> Job:
    """One job; raises ``Job.DoesNotExist`` for another person's."""
    found = Job.objects.get(pk=number)
    if not policies.see(actor, found):
        raise Job.DoesNotExist
    return found


def running_for(actor: Actor) -> int:
    """How many of the actor's jobs are not finished, for a bell."""
    return jobs_for(actor).unfinished().count()


def state_of(number: int) -> Job:
    """A job by its number, for the program itself."""
    return Job.objects.get(pk=number)
