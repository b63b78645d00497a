"""What is looked at on a visit: criteria, indicators, and words for every level."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MATURITY, COMPLIANCE = "maturity", "compliance"
KINDS = {MATURITY: _("Зрялост на практиката"), COMPLIANCE: _("Изпълнение на стандартите")}
LEVELS = {MATURITY: (0, 1, 2, 3, 4), COMPLIANCE: (0, 1, 2)}
"""The steps of each kind; what they mean for an indicator stands in its anchors."""
PROVEN_FROM = {MATURITY: 3, COMPLIANCE: 3}
"""The level from which evidence is asked for; never on the scale of compliance, where every finding is described."""
MAX_WEIGHT = 100
_weight = [MinValueValidator(0), MaxValueValidator(MAX_WEIGHT)]


class Framework(models.Model):
    """A family of versions of one way to look at services. Maturity and compliance are never one framework."""

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-kind", "title")

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """The title in the language of the page."""
        return self.title_en if (get_language() or "").startswith("en") and self.title_en else self.title

    @property
    def kind_label(self) -> str:
        """Maturity or compliance, in words."""
        return str(KINDS[self.kind])

    @property
    def levels(self) -> tuple[int, ...]:
        """Steps of its scale."""
        return LEVELS[self.kind]


class VersionQuerySet(models.QuerySet["FrameworkVersion"]):
    """Versions by state."""

    def published(self) -> Self:
        """Those a round may use."""
        return self.filter(published_at__isnull=False)


class FrameworkVersion(models.Model):
    """One version. Until it is published it may change; afterwards never."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)
    change = models.PositiveIntegerField(default=1, help_text="grows with every change of a draft")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("framework", "-number")
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="one_number_per_framework")
        ]

    def __str__(self) -> str:
        return f"{self.framework}, {self.number}"

    @property
    def is_published(self) -> bool:
        """Can be used by a round and no longer changes."""
        return self.published_at is not None


class Domain(models.Model):
    """A group of indicators: content, other sectors, community, transferability; or one direction of standards."""

    version = models.ForeignKey(FrameworkVersion, models.CASCADE, related_name="domains")
    code = models.SlugField(max_length=30)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, validators=_weight)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("version", "order")
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="one_domain_code_per_version")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """The title in the language of the page."""
        return self.title_en if (get_language() or "").startswith("en") and self.title_en else self.title


class Indicator(models.Model):
    """One thing that is marked. `evidence` says what is asked for high marks; `required` what the standard demands."""

    domain = models.ForeignKey(Domain, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=400, blank=True)
    evidence = models.CharField(max_length=400, blank=True)
    required = models.CharField(max_length=400, blank=True)
    legal_ref = models.CharField(max_length=120, blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=1, validators=_weight)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("domain__order", "order")
        constraints = [
            models.UniqueConstraint(fields=["domain", "code"], name="one_indicator_code_per_domain")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Anchor(models.Model):
    """What one level of an indicator looks like, so that two people see the same."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ("indicator", "level")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "level"], name="one_anchor_per_level"),
            models.CheckConstraint(condition=Q(level__lte=4), name="anchor_level_at_most_4"),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.text}"


class Upload(models.Model):
    """A spreadsheet brought to a draft: its differences are shown, then somebody accepts it. Its bytes go then."""

    version = models.ForeignKey(FrameworkVersion, models.CASCADE, related_name="uploads")
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    over = models.PositiveIntegerField(help_text="the state of the draft it was compared with")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=120)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.file_name
