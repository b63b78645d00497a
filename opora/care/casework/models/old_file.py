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

    def waiting(self, at: dt.datetime) -> Self:
        """Of sealed files: asked for within the last day and not yet answered by a second person."""
        return self.filter(answered_at__isnull=True, asked_at__gt=at - dt.timedelta(days=1))

    def opened(self) -> Self:
        """Those that became readings."""
        return self.filter(opened_at__isnull=False)


class ArchiveOpening(models.Model):
    """The head of the former service reads the file that went elsewhere, for a stated reason and a time; a sealed one only
    when a second person confirms it.
    """

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
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="empty: not sealed, opened by one person"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.PositiveBigIntegerField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="empty: not answered, or refused")
    until = models.DateTimeField(null=True, blank=True)

    objects = ArchiveOpeningQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["user", "file", "until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, until__isnull=True) | Q(until__gt=F("opened_at")),
                name="archive_opening_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True)
                | Q(opened_at__isnull=True)
                | (Q(answered_by_id__isnull=False) & ~Q(answered_by_id=F("user_id"))),
                name="sealed_archive_opened_by_two_persons",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="archive_opening_has_a_reason"),
        ]
