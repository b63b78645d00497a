"""Needs assessment: twelve domains, each part with its author, profession and organisation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from opora.care.casework import domains
from opora.care.casework.models.brought import Brought
from opora.care.casework.models.files import ClientFile
from opora.foundation.core.models import Versioned


class Assessment(Brought):
    """One assessment of a person's needs; `number` counts within the file. Finished, it is never changed."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="assessments")
    number = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    began_by = models.CharField(max_length=120)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=120, blank=True)
    present = models.JSONField(default=list, help_text="who of the family took part")
    absent_why = models.CharField(max_length=300, blank=True, help_text="why nobody of the family took part")

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_assessment_number"),
            models.UniqueConstraint(
                fields=["file"], condition=Q(finished_at__isnull=True), name="one_open_assessment"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Still being written."""
        return self.finished_at is None


class AssessmentPart(Versioned):
    """What is known in one domain: situation, strengths, need from 0 to 4, where it is known from, and who says so."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="parts")
    domain = models.CharField(max_length=14, choices=list(domains.DOMAINS.items()))
    situation = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    need = models.PositiveSmallIntegerField(null=True, blank=True, choices=domains.LEVELS)
    source = models.CharField(max_length=12, choices=domains.SOURCES, blank=True)
    by = models.CharField(max_length=120, blank=True)
    profession = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["assessment", "domain"], name="one_part_per_domain"),
            models.CheckConstraint(condition=Q(need__isnull=True) | Q(need__lte=4), name="need_from_0_to_4"),
        ]

    @property
    def is_free(self) -> bool:
        """No need here, and nothing more to say of it."""
        return self.need == 0 and not (self.situation or self.strengths)

    @property
    def is_written(self) -> bool:
        """A level and words for it."""
        return self.need is not None and bool(self.situation.strip())
