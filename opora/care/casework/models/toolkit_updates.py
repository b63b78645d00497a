"""A newer version of a toolkit that came from outside and waits for the head to compare it with the service's own."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from opora.care.casework.models.toolkits import Toolkit, ToolkitVersion


class UpdateQuerySet(models.QuerySet["ToolkitUpdate"]):
    """Updates by state."""

    def waiting(self) -> Self:
        """Neither taken nor set aside."""
        return self.filter(answered_at__isnull=True)


class ToolkitUpdate(models.Model):
    """A package as it came. Taken, it is what the next one is compared with; nothing is overwritten by its coming."""

    toolkit = models.ForeignKey(Toolkit, models.CASCADE, related_name="updates")
    number = models.PositiveSmallIntegerField(help_text="its number where it was made")
    organisation = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(help_text="the package file")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    taken = models.ForeignKey(
        ToolkitVersion, models.SET_NULL, null=True, blank=True, related_name="+", help_text="empty: set aside"
    )

    objects = UpdateQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["toolkit"], condition=Q(answered_at__isnull=True), name="one_waiting_update"
            )
        ]
