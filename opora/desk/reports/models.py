"""Released reports: once computed, a release never changes, so that no two of them differ by one person."""

from __future__ import annotations

from django.db import models


class Release(models.Model):
    """One table as it was released. `cells` is {row: {column: number or null}}; null is a hidden small number."""

    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the counts it was made from")
    threshold = models.PositiveSmallIntegerField()
    rows = models.JSONField(help_text="[[code, name], …]")
    columns = models.JSONField(help_text="[[code, name], …]")
    layers = models.JSONField(
        default=list, help_text="[code, …] of a third dimension; its rows are „LOV|7-13“"
    )
    cells = models.JSONField()
    as_of = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("-made_at",)
