"""Sealed files (adoption, refuge from violence): opened by two persons, for a time."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.files import ClientFile
from opora.foundation.accounts.models import User


class Seal(models.Model):
    """Why a file is sealed. While it stands, `ClientFile.sealed` is true and its people bear no names."""

    KINDS = [
        ("adoption", _("осиновяване")),
        ("violence", _("закрила от насилие")),
        ("other", _("друга опасност, ако се узнае")),
    ]

    file = models.OneToOneField(ClientFile, models.CASCADE, related_name="seal")
    kind = models.CharField(max_length=10, choices=KINDS)
    why = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)


class SealOpeningQuerySet(models.QuerySet["SealOpening"]):
    """Openings by state."""

    def running(self, at: dt.datetime) -> Self:
        """Confirmed, and the time has not passed."""
        return self.filter(confirmed_at__lte=at, until__gt=at)

    def waiting(self, at: dt.datetime) -> Self:
        """Asked for within the last day and not yet answered."""
        return self.filter(answered_at__isnull=True, asked_at__gt=at - dt.timedelta(days=1))


class SealOpening(models.Model):
    """One person asks to open a sealed file, another confirms or refuses; one of the two is the head."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="seal_openings")
    user = models.ForeignKey(User, models.PROTECT, related_name="seal_openings")
    by = models.CharField(max_length=120)
    why = models.TextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.PositiveBigIntegerField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="empty: not answered, or refused")
    until = models.DateTimeField(null=True, blank=True)

    objects = SealOpeningQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = [models.Index(fields=["user", "file", "until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by_id__isnull=True) | ~Q(answered_by_id=F("user_id")),
                name="seal_opened_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(until__isnull=False, until__gt=F("confirmed_at"), answered_by_id__isnull=False),
                name="seal_opening_ends",
            ),
        ]
