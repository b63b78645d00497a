"""Field by field: what stands and what a row would put in its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opora.foundation.core import words
from opora.register.imports.drafts import Draft
from opora.register.imports.layout import LABELS
from opora.register.models import Service
from opora.register.staff import Staff


@dataclass(frozen=True)
class Difference:
    """One field: what stands and what would stand, in words."""

    key: str
    old: str
    new: str

    @property
    def label(self) -> str:
        """The field in words."""
        return str(LABELS.get(self.key, self.key))


_ORDER = {key: number for number, key in enumerate(LABELS)}


def of_fields(made: Draft) -> list[Difference]:
    standing = made.existing
    found = []
    for key, new in made.values.items():
        old = current(standing, key) if standing else None
        if _compared(key, old) != _compared(key, new):
            found.append(Difference(key, said(old), said(new)))
    if made.provider and (standing is None or made.provider.pk != standing.organisation_id):
        found.append(
            Difference("organisation", said(standing.organisation if standing else None), made.provider.name)
        )
    if made.provider and made.provider.fills_eik:
        found.append(Difference("organisation_eik", "–", made.provider.eik))
    return sorted(found, key=lambda difference: _ORDER[difference.key])


def current(service: Service, key: str) -> Any:
    """What stands under a column."""
    if key == "managed_with":
        return service.management.name if service.management else ""
    if key == "complex":
        return service.complex.name if service.complex else ""
    return list(service.target_groups.all()) if key == "target_groups" else getattr(service, key)


def _compared(key: str, value: Any) -> Any:
    """What two values are compared by; a file never tells of spaces alone."""
    if isinstance(value, str):
        value = words.normal(value)
    if key == "target_groups":
        return {group.pk for group in value or ()}
    return value.pk if hasattr(value, "pk") else value or (value if value == 0 else None)


def said(value: Any) -> str:
    """A value in words; nothing is „–“."""
    if isinstance(value, list):
        return "; ".join(str(part) for part in value) or "–"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return "–" if value is None or value == "" else str(value)


def of_staff(standing: Service | None, staff: list[Staff] | None) -> list[Difference]:
    if staff is None:
        return []
    old = {p.profession: (p.posts, p.filled) for p in standing.posts.all()} if standing else {}
    new = {row.profession: (row.posts, row.filled) for row in staff}
    return [] if old == new else [Difference("posts", _staff_text(old), _staff_text(new))]


def _staff_text(rows: Mapping[str, tuple[Decimal, Decimal]]) -> str:
    parts = (f"{name} {posts.normalize():f}/{filled.normalize():f}" for name, (posts, filled) in rows.items())
    return "; ".join(parts).replace(".", ",") or "–"
