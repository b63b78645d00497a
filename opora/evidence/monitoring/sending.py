"""What comes from a marking page or a device, read into entries."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from opora.evidence.monitoring.actions import Typed
from opora.foundation.core.errors import ActionRefused

MOST = 100
"""Entries in one sending."""
_NAMESPACE = uuid.UUID("6f3b7c1e-6f0e-4f7a-9a35-6a3c9f0d1b52")


def from_json(body: bytes) -> list[Typed]:
    """Entries of a device. Raises ActionRefused for anything else."""
    try:
        rows = json.loads(body)["entries"]
        if not isinstance(rows, list) or len(rows) > MOST:
            raise ValueError
        return [_typed(row) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ActionRefused(
            _("Изпратеното не може да се прочете. Записите остават на устройството.")
        ) from None


def _typed(row: Mapping[str, Any]) -> Typed:
    texts = {name: row[name] for name in ("key", "slot", "value")} | {"device": row.get("device", "")}
    base = row.get("base", [])
    if not all(isinstance(text, str) for text in (*texts.values(), *base)):
        raise ValueError
    return Typed(**texts, base=tuple(base)[:10], typed_at=_moment(row.get("typed_at")))


def _moment(text: Any) -> dt.datetime | None:
    found = parse_datetime(text) if isinstance(text, str) else None
    return found if found and found.tzinfo else None


def from_form(post: Mapping[str, str]) -> list[Typed]:
    """What the page sends without script: `v:<slot>` with `b:<slot>`, only where something changed.

    The key follows from the page's own number and the words, so the same form sent twice is written once.
    """
    form, found = post.get("form", ""), []
    for name in post:
        if not name.startswith("v:"):
            continue
        slot, value = name[2:], post[name].strip().replace("\r\n", "\n")
        if value != post.get(f"w:{slot}", "").strip().replace("\r\n", "\n"):
            key = str(uuid.uuid5(_NAMESPACE, f"{form}/{slot}/{value}"))
            base = tuple(part for part in post.get(f"b:{slot}", "").split(",") if part)
            found.append(Typed(key, slot, value, base))
    return found
