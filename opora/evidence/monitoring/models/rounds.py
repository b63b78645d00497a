"""A round of visits, the visits of its services, who observes, and whom they are tied to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Q

from opora.evidence.monitoring import stages
from opora.evidence.monitoring.models.frameworks import FrameworkVersion
from opora.foundation.accounts.models import User
from opora.foundation.core.models import Scoped, Versioned
from opora.foundation.territory.models import Region
from opora.register.models import Organisation, Service


class VisitRoundQuerySet(Scoped):
    """Rounds by place and state."""

    def open(self) -> Self:
        """Still visiting."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> Self:
        """Finished: an award may read them."""
        return self.filter(closed_at__isnull=False)


class Round(models.Model):
    """Visits to every service of a region in a period, with one framework. `path` is BG/KRZ, code KRZ-2026-1."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    version = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="rounds")
    region = models.ForeignKey(Region, models.PROTECT, related_name="visit_rounds")
    path = models.CharField(max_length=120, db_index=True)
    starts = models.DateField()
    ends = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)

    objects = VisitRoundQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="round_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Visits still change."""
        return self.closed_at is None


class VisitQuerySet(Scoped):
    """Visits by state."""

    def visited(self) -> Self:
        """Both observers have locked their marks."""
        return self.filter(stage__in=stages.VISITED)

    def reported(self) -> Self:
        """With a report the service may read."""
        return self.filter(stage__in=stages.SEEN_BY_SERVICE)

    def of_observer(self, user_id: int | None) -> Self:
        """Those this person observes."""
        return self.filter(observers__user_id=user_id) if user_id is not None else self.none()

    def seen_by(self, scopes: Iterable[str], user_id: int | None) -> Self:
        """At or below a scope, or assigned to this person."""
        rows = type(self)(self.model)
        return self.filter(
            Q(pk__in=rows.within(scopes).values("pk")) | Q(pk__in=rows.of_observer(user_id).values("pk"))
        )


class Visit(Versioned):
    """The visit to one service in one round. `stage` repeats the newest `VisitStage`; `path` is the service's scope."""

    code = models.CharField(max_length=30, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="visits")
    service = models.ForeignKey(Service, models.PROTECT, related_name="visits")
    path = models.CharField(max_length=120, db_index=True)
    on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0, help_text="place in the day's route")
    stage = models.CharField(
        max_length=12, choices=list(stages.STAGES.items()), default=stages.PLANNED, db_index=True
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("on", "order", "code")
        constraints = [
            models.UniqueConstraint(fields=["round", "service"], name="one_visit_per_service_and_round")
        ]
        indexes = [models.Index(fields=["round", "stage"])]

    def __str__(self) -> str:
        return self.code

    @property
    def open_to_marks(self) -> bool:
        """Somebody still marks."""
        return self.stage in stages.OPEN_TO_MARKS

    @property
    def both_locked(self) -> bool:
        """Nobody is blind any more."""
        return self.stage in stages.BOTH_LOCKED

    def is_late(self, on: dt.date) -> bool:
        """Its day has passed and somebody still marks."""
        return self.open_to_marks and self.on is not None and self.on < on


class VisitStage(models.Model):
    """A state the visit entered: when, by whom, with what note."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=12, choices=list(stages.STAGES.items()))
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")


class Observer(models.Model):
    """One of the two people who mark a visit; blind to the other until both have locked."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="observers")
    place = models.PositiveSmallIntegerField(choices=[(1, "1"), (2, "2")])
    user = models.ForeignKey(User, models.PROTECT, related_name="observed_visits")
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("visit", "place")
        constraints = [
            models.UniqueConstraint(fields=["visit", "place"], name="two_observers_a_visit"),
            models.UniqueConstraint(fields=["visit", "user"], name="one_place_per_observer"),
        ]

    def __str__(self) -> str:
        return self.user.name


class Tie(models.Model):
    """Somebody said that they are tied to a provider or a service, and do not mark there while it lasts."""

    user = models.ForeignKey(User, models.CASCADE, related_name="ties")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-declared_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) ^ Q(service__isnull=False),
                name="tie_to_a_provider_or_a_service",
            )
        ]
