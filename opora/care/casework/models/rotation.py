"""Where the change of the key of sealed values stands."""

from __future__ import annotations

from django.db import models

from opora.care.casework.models.people import IDENTIFIER, NAMES

SEALED = ((IDENTIFIER, "identifier_sealed"), (NAMES, "names_sealed"))
"""Every sealed column of `Person`: its place in the associated data, and its field."""


class Rotation(models.Model):
    """One change of key: up to which row of which column (index in `SEALED`) values are sealed anew."""

    key = models.PositiveSmallIntegerField(unique=True)
    column = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-key",)
