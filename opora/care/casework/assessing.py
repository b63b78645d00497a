"""A part of an assessment that two people have open: which fields each touched, by short marks of what their page showed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from opora.care.casework.models import AssessmentPart

FIELDS = ("situation", "strengths", "need", "source")


def values(part: AssessmentPart) -> dict[str, Any]:
    """What stands in it."""
    return {field: getattr(part, field) for field in FIELDS}


def marks(said: Mapping[str, Any]) -> str:
    """One short mark a field; a page carries them so that it is known what its reader changed."""
    return "-".join(_mark(said[field]) for field in FIELDS)


def touched(said: Mapping[str, Any], seen: str) -> set[str]:
    """Fields that are not what the page showed; all of them where the page did not say."""
    return {field for field, mark in _by_field(seen).items() if mark != _mark(said[field])}


def met(said: Mapping[str, Any], now: Mapping[str, Any], seen: str) -> set[str]:
    """Fields that both changed, each to another text."""
    shown = _by_field(seen)
    mine = touched(said, seen)
    return {f for f in mine if _mark(now[f]) != shown[f] and _mark(now[f]) != _mark(said[f])}


def _by_field(seen: str) -> dict[str, str]:
    found = seen.split("-")
    return dict(zip(FIELDS, found if len(found) == len(FIELDS) else [""] * len(FIELDS), strict=True))


def _mark(value: Any) -> str:
    """Line ends and spaces around do not count: browsers change them."""
    plain = "" if value is None else "\n".join(str(value).strip().splitlines())
    return hashlib.sha256(plain.encode()).hexdigest()[:10]
