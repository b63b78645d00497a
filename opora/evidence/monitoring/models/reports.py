"""The report a service gets, its answer, and the improvement programme both agree on."""

from __future__ import annotations

from django.db import models

from opora.evidence.monitoring.models.frameworks import Indicator
from opora.evidence.monitoring.models.rounds import Visit
from opora.foundation.core import shown
from opora.foundation.core.models import Versioned


class Report(models.Model):
    """What the observers tell the service beside the marks. Issued once; a change after that is a new visit."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="report")
    strengths = models.TextField()
    advice = models.TextField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    answer_until = models.DateField(null=True, blank=True)


class Answer(models.Model):
    """The service's own words to the report."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="answer")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)


class Programme(Versioned):
    """The improvement programme of a service after a visit; agreed when both sides have said yes."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="programme")
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.CharField(max_length=120, blank=True)
    returned = models.TextField(blank=True, help_text="what the coordinator asks to be changed")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.CharField(max_length=120, blank=True)


class ImprovementRow(models.Model):
    """One step of the programme: what, who, by when. `found` is what the next visit saw of it."""

    FOUND = [("done", "done"), ("partly", "partly"), ("not", "not")]

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="rows")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    due = models.DateField()
    found = models.CharField(max_length=6, choices=FOUND, blank=True)
    found_note = models.CharField(max_length=300, blank=True)
    found_in = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="checked_rows")
    found_at = models.DateTimeField(null=True, blank=True)
    found_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("due", "id")

    @property
    def as_checked(self) -> dict[str, str]:
        """What was seen of it so far."""
        return {"found": self.found, "note": self.found_note}

    @property
    def as_shown(self) -> str:
        """Marks of what its form shows."""
        return shown.marks(self.as_checked)
