"""What people write into the papers of data protection: parts of an impact assessment, editions of the written rules."""

from __future__ import annotations

from typing import Self

from django.db import models

from opora.register.models import Organisation


class ImpactTextQuerySet(models.QuerySet["ImpactText"]):
    """Texts by time."""

    def newest(self) -> Self:
        """Of each part the newest words."""
        later = ImpactText.objects.filter(
            organisation=models.OuterRef("organisation"),
            key=models.OuterRef("key"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.exclude(models.Exists(later))


class ImpactText(models.Model):
    """Words of a controller in one part of its impact assessment; new words are a new row, the newest counts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="impact_texts")
    key = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=120)

    objects = ImpactTextQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["organisation", "key", "-id"], name="impact_text_newest")]


class RulesEdition(models.Model):
    """The written rules as they were on a day, kept when somebody takes them for print."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return str(self.number)


class RulesLine(models.Model):
    """One sentence of an edition; `key` says which, so that editions can be compared."""

    edition = models.ForeignKey(RulesEdition, models.CASCADE, related_name="lines")
    part = models.CharField(max_length=200)
    key = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="one_line_of_a_key_an_edition")
        ]
