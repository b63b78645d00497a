"""Whole files taken out to be kept for decades: who asked, what it was made of, until when it can be taken."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models

from opora.care.casework.models.files import ClientFile
from opora.foundation.accounts.models import User
from opora.foundation.documents.models import Attachment
from opora.foundation.jobs.models import Job


class FileArchiveQuerySet(models.QuerySet["FileArchive"]):
    """Archives by state."""

    def kept(self) -> Self:
        """Their bytes still lie here."""
        return self.filter(attachment__isnull=False)

    def past(self, at: dt.datetime) -> Self:
        """Their time is over, and their bytes are to go."""
        return self.kept().filter(until__lte=at)


class FileArchive(models.Model):
    """One archive of a file. Its bytes lie sealed for a time; that it was made, and its fingerprint, stay."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="archives")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    why = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True, help_text="until when it can be taken")
    attachment = models.ForeignKey(
        Attachment,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="the sealed bytes; empty once they are gone",
    )
    rows = models.PositiveIntegerField(default=0, help_text="rows of the file in it")
    parts = models.PositiveIntegerField(default=0, help_text="files in it")
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the archive")
    taken = models.PositiveSmallIntegerField(default=0, help_text="how often")

    objects = FileArchiveQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["file", "user"], condition=models.Q(made_at__isnull=True, job__isnull=False),
                name="one_archive_in_the_making",
            )
        ]  # fmt: skip
