"""Base of every table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models

from opora.foundation.core.places import under


class Scoped(models.QuerySet[Any]):
    """Rows that stand somewhere in the tree BG/LOV/LOV18/org:…/svc:… by their column `path`."""

    path_field = "path"

    def within(self, scopes: Iterable[str]) -> Self:
        """Only rows at or below one of the scopes; no scope, no rows."""
        return self.filter(under(scopes, self.path_field))


class Versioned(models.Model):
    """A record that several people edit: `version` grows by one at each save."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
