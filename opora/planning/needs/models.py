"""Regional analyses: each version frozen with everything it was made from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.evidence.survey.models import Round
from opora.foundation.core.models import Scoped, Versioned
from opora.foundation.territory.models import Region

DRAFT, PUBLISHED = "draft", "published"
STATES = {DRAFT: _("Чернова"), PUBLISHED: _("Публикуван")}


class AnalysisQuerySet(Scoped):
    """Analyses by state."""

    def published(self) -> AnalysisQuerySet:
        """Those everybody may read."""
        return self.filter(state=PUBLISHED)


class Analysis(models.Model):
    """One version of a region's analysis. `facts` and `result` never change; the words of a chapter may.

    `public` is the result with small numbers hidden, made at publication and fixed from then on. `path` is
    BG/LOV.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="analyses")
    round = models.ForeignKey(Round, models.PROTECT, related_name="analyses")
    path = models.CharField(max_length=120, db_index=True)
    number = models.PositiveIntegerField()
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next")
    facts = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    result = models.JSONField()
    public = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=DRAFT, db_index=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name_plural = "analyses"
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="one_analysis_number_per_region")
        ]

    def __str__(self) -> str:
        return f"{self.region.code}/{self.number}"

    @property
    def is_published(self) -> bool:
        """Open to everybody and closed to changes."""
        return self.state == PUBLISHED

    @property
    def code(self) -> str:
        """LOV-3: used in file names and the audit."""
        return f"{self.region.code}-{self.number}"


class ChapterText(Versioned):
    """The words of one chapter as a person wrote them; what the program wrote stays in the result."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="texts")
    chapter = models.CharField(max_length=20)
    text = models.TextField()
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["analysis", "chapter"], name="one_text_per_chapter")]

    def __str__(self) -> str:
        return f"{self.analysis}: {self.chapter}"
