"""A file opened in an emergency by somebody who does not work on it: when, why, until when, and who looked at it after."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.files import ClientFile
from opora.foundation.accounts.models import User


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    """Openings by time."""

    def running(self, at: dt.datetime) -> Self:
        """Those whose hour has not passed."""
        return self.filter(opened_at__lte=at, until__gt=at)

    def to_review(self) -> Self:
        """Those no head has looked at."""
        return self.filter(reviewed_at__isnull=True)


class Emergency(models.Model):
    """One opening, for reading only; it ends by itself at `until`. Never changed but by its review."""

    REASONS = [
        ("danger", _("непосредствена опасност за живота или здравето")),
        ("violence", _("сигнал за насилие, който се проверява сега")),
        ("missing", _("изчезнало дете")),
        ("hospital", _("детето е в болница или при лекар")),
        ("night", _("настаняване или полиция извън работно време")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="emergencies")
    user = models.ForeignKey(User, models.PROTECT, related_name="emergencies")
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=10, choices=REASONS)
    why = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    review_due = models.DateTimeField(null=True, blank=True, help_text="empty: the rule has no number")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True)
    review = models.TextField(blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        indexes = [models.Index(fields=["user", "file", "until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at")), name="emergency_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True) | ~Q(review=""), name="emergency_review_has_words"
            ),
        ]
