"""The two ends of a transfer: what the new file knows of the one before, and who read the old file afterwards and why."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.files import ClientFile
from opora.foundation.accounts.models import User


class Arrival(models.Model):
    """Where a file came from. Plain words, since the new service never reads the old file."""

    file = models.OneToOneField(ClientFile, models.CASCADE, related_name="arrival")
    service = models.CharField(max_length=200)
    place = models.CharField(max_length=120)
    phone = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=20, help_text="number of the old file")
    on = models.DateField()
    offered_by = models.CharField(max_length=120)
    why = models.TextField()
    left = models.JSONField(default=list, help_text="codes of Transfer.PARTS that stayed behind")
    left_why = models.TextField(blank=True)
    former_team_until = models.DateField()


class ArchiveOpeningQuerySet(models.QuerySet["ArchiveOpening"]):
    """Openings by time."""

    def running(self, at: dt.datetime) -> Self:
        """Those whose time has not passed."""
        return self.filter(opened_at__lte=at, until__gt=at)


class ArchiveOpening(models.Model):
    """The head of the former service reads the file that went elsewhere, for a stated reason and a time; append-only."""

    REASONS = [
        ("person", _("искане на човека или на неговия представител")),
        ("court", _("искане на съд, прокуратура или полиция")),
        ("check", _("проверка или инспекция")),
        ("service", _("въпрос от услугата, която води досието сега")),
        ("complaint", _("жалба срещу работата на услугата")),
        ("keeping", _("преценка дали да се пази или заличи")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="archive_openings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=10, choices=REASONS)
    why = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    objects = ArchiveOpeningQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        indexes = [models.Index(fields=["user", "file", "until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at")), name="archive_opening_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="archive_opening_has_a_reason"),
        ]
