"""Numbers that codes are made of."""

from __future__ import annotations

from django.db import models


class CodeNumber(models.Model):
    """The last number given in a series and year; the row is locked while a number is taken."""

    series = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_practice_series_a_year")]
