"""Work around files: visits planned in a person's week, and the private address of their calendar."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.events import Event
from opora.care.casework.models.files import ClientFile
from opora.foundation.accounts.models import User


class MeetingQuerySet(models.QuerySet["Visit"]):
    """Visits by state."""

    def waiting(self) -> Self:
        """Neither written down nor called off."""
        return self.filter(event__isnull=True, dropped_at__isnull=True)


class Visit(models.Model):
    """A meeting planned with the person of a file; done when its note is written."""

    KINDS = [
        ("session", _("Сесия")),
        ("home_visit", _("Посещение в дома")),
        ("meeting", _("Среща")),
        ("call", _("Телефонен разговор")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="visits")
    user = models.ForeignKey(User, models.CASCADE, related_name="visits")
    kind = models.CharField(max_length=12, choices=KINDS)
    at = models.DateTimeField(db_index=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    event = models.OneToOneField(Event, models.PROTECT, null=True, blank=True, related_name="visit")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["user", "at"])]


class CalendarFeed(models.Model):
    """A person's private calendar address. Only a digest of it is kept; one works at a time."""

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_living_calendar"
            )
        ]
