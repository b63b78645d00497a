"""What observers typed, what of it stands, photographs, and what both agreed on."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from opora.evidence.monitoring.models.frameworks import Indicator
from opora.evidence.monitoring.models.rounds import Observer, Visit
from opora.foundation.documents.models import Attachment

LEVEL, NOTE, VOICE = "level", "note", "voice"
FIELDS = [(LEVEL, LEVEL), (NOTE, NOTE), (VOICE, VOICE)]


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries by state."""

    def standing(self) -> Self:
        """Not replaced by a later one that was typed over it."""
        return self.filter(replaced_by__isnull=True)


class Entry(models.Model):
    """One thing an observer entered, kept as it came. `key` is made on the device: sent twice it is the same entry.

    `slot` names the field (`level:1.1`, `note:1.1`, `voice:…`), `base` the entries that stood there when it was typed.
    Typed over something older than what stands now, it replaces nothing: both stand until the observer chooses.
    """

    key = models.CharField(max_length=36)
    observer = models.ForeignKey(Observer, models.CASCADE, related_name="entries")
    field = models.CharField(max_length=5, choices=FIELDS)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    slot = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    base = models.CharField(max_length=400, blank=True, help_text="keys it was typed over, with commas")
    device = models.CharField(max_length=36, blank=True)
    typed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("received_at", "id")
        constraints = [models.UniqueConstraint(fields=["observer", "key"], name="one_entry_per_key")]
        indexes = [models.Index(fields=["observer", "slot"])]


class Mark(models.Model):
    """An observer's mark of one indicator as it stands now, from the entries; `level` is empty where it does not apply."""

    observer = models.ForeignKey(Observer, models.CASCADE, related_name="marks")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="marks")
    level = models.PositiveSmallIntegerField(null=True)
    applies = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["observer", "indicator"], name="one_mark_per_observer"),
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(level__lte=4), name="mark_at_most_4"),
        ]

    @property
    def is_given(self) -> bool:
        """Marked, or said not to apply."""
        return self.level is not None or not self.applies


class Photo(models.Model):
    """A photograph beside an indicator or the whole visit; place and camera are gone before it is kept."""

    key = models.CharField(max_length=36)
    observer = models.ForeignKey(Observer, models.CASCADE, related_name="photos")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = [models.UniqueConstraint(fields=["observer", "key"], name="one_photo_per_key")]


class Agreed(models.Model):
    """What both observers settled on where they differed, and why."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="agreed")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    applies = models.BooleanField(default=True)
    why = models.CharField(max_length=500)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "agreed"
        constraints = [
            models.UniqueConstraint(fields=["visit", "indicator"], name="one_agreed_mark_per_indicator")
        ]
