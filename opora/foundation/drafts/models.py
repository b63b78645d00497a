"""Drafts kept on the server, the versions before them, and text that could not be saved because of a clash."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """What somebody is writing, by a key the upper room chooses (`card:К-2026-014`). `version` grows by one a
    save.
    """

    key = models.CharField(max_length=120, unique=True)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120, blank=True)
    saved_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.key


class DraftVersion(models.Model):
    """A former state of a draft: the common ground when two people saved."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    data = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120, blank=True)
    saved_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-version",)
        constraints = [models.UniqueConstraint(fields=["draft", "version"], name="one_row_per_draft_version")]


class Held(models.Model):
    """What a person typed and could not save because a colleague had changed the same fields. Kept until
    merged.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="held")
    data = models.JSONField()
    base_version = models.PositiveIntegerField()
    held_at = models.DateTimeField()
    held_by = models.CharField(max_length=120, blank=True)
    held_by_id = models.BigIntegerField(null=True)


class Unsent(models.Model):
    """Words somebody typed into a form and has not sent, one row each time a page is opened (`sitting`, chosen by the page).

    `address` is of the page, `form` says which of its forms, `sealed` the fields under a key (`foundation/core/sealing.py`):
    what will be a file may hold an identity number. A row without them says that this sitting was sent: a saving that was
    still on its way must not bring its words back.
    """

    sitting = models.CharField(max_length=36, unique=True)
    user_id = models.BigIntegerField()
    address = models.CharField(max_length=300)
    form = models.CharField(max_length=40)
    sealed = models.BinaryField(null=True)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["user_id", "address"], name="unsent_of_a_page")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.address}"
