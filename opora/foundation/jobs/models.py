"""A piece of long work: what was asked, how far it is, where it can be taken up again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What a job is now."""

    WAITING = "waiting", _("Чака")
    RUNNING = "running", _("Работи")
    DONE = "done", _("Готово")
    FAILED = "failed", _("Спряло с грешка")
    CANCELLED = "cancelled", _("Отменено")


UNFINISHED = (State.WAITING, State.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by what they are now."""

    def unfinished(self) -> JobQuerySet:
        """Waiting or running."""
        return self.filter(state__in=UNFINISHED)

    def abandoned(self, at: dt.datetime) -> JobQuerySet:
        """Running, but whoever ran them has not been heard of in time."""
        return self.filter(state=State.RUNNING, lease_until__lt=at)

    def free(self, at: dt.datetime) -> JobQuerySet:
        """May be taken by a worker."""
        return self.filter(Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=at))

    def newest_first(self) -> JobQuerySet:
        """As a person looks for them."""
        return self.order_by("-id")


class Job(models.Model):
    """One run of a kind of work. `mark` is where it goes on after its worker died; written with the work
    itself.
    """

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    key = models.CharField(max_length=120, blank=True, help_text="the same request sent twice is one job")
    language = models.CharField(max_length=10, default="bg")
    owner_id = models.BigIntegerField(null=True, help_text="null: started by the program or its operator")
    owner_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    mark = models.JSONField(null=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True, help_text="words for the owner")
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="without a step forward")
    cancel_requested = models.BooleanField(default=False)
    task_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=~Q(key=""), name="jobs_job_key"),
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="jobs_job_state"),
            models.Index(fields=["owner_id"], name="jobs_job_owner"),
        ]

    def __str__(self) -> str:
        return f"№{self.pk} {self.title}"

    @property
    def unfinished(self) -> bool:
        """Still waiting or running."""
        return self.state in UNFINISHED

    @property
    def outcome(self) -> dict[str, Any]:
        """What the work gave back."""
        return self.result or {}
