"""Files that belong to things of other rooms, and where they lie."""

from __future__ import annotations

from django.db import models

from opora.foundation.core.models import Scoped
from opora.foundation.documents.gate.verdict import PICTURES, SOUNDS


class AttachmentQuerySet(Scoped):
    """Attachments by what they belong to."""

    def of(self, owner: str, owner_id: str) -> AttachmentQuerySet:
        """Those of one thing."""
        return self.filter(owner=owner, owner_id=owner_id)


class Attachment(models.Model):
    """A file that passed the gate. `owner` names the room and thing (`needs.analysis`), `owner_id` which one.

    It lies under `stored_as`, a random name that says nothing; `name` is what it was called when it came.
    """

    token = models.CharField(max_length=32, unique=True)
    owner = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=60)
    path = models.CharField(max_length=120, db_index=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("-added_at", "-id")
        indexes = [models.Index(fields=["owner", "owner_id"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """A page may show it."""
        return self.kind in PICTURES

    @property
    def is_sound(self) -> bool:
        """A page may play it."""
        return self.kind in SOUNDS
