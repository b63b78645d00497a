"""Papers that left a file: which, for whom, when and by whom. What they held is not kept, only its fingerprint."""

from __future__ import annotations

from django.db import models

from opora.care.casework.models.events import Relation
from opora.care.casework.models.files import ClientFile


class PaperTaken(models.Model):
    """One taking of a paper; append-only. An equal fingerprint taken again as PDF is a copy."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="papers_taken")
    kind = models.CharField(max_length=14)
    ending = models.CharField(max_length=4)
    recipient = models.CharField(max_length=8, help_text="service, parent or court")
    parent = models.ForeignKey(Relation, models.SET_NULL, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64)
    copy = models.BooleanField(default=False, help_text="it bears „КОПИЕ“")
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["file", "-at"])]
