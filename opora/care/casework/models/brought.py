"""What came with a file from another service keeps the name of that service."""

from __future__ import annotations

from django.db import models


class Brought(models.Model):
    """A row that may have come with a transferred file. What was finished or signed is history; a plan in force, an open
    assessment or form goes on with the new team.
    """

    origin = models.CharField(
        max_length=200, blank=True, help_text="the service that wrote it; empty: this one"
    )

    class Meta:
        abstract = True
