"""A part of an assessment that two people have open: what of it is written and compared (`foundation/core/shown.py`)."""

from __future__ import annotations

from typing import Any

from opora.care.casework.models import AssessmentPart

FIELDS = ("situation", "strengths", "need", "source")


def values(part: AssessmentPart) -> dict[str, Any]:
    """What stands in it."""
    return {field: getattr(part, field) for field in FIELDS}
