"""Rows as links: which columns a digest covers, and the key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from opora.engines.chain import GENESIS, canonical
from opora.foundation.core import crypto

COVERED = (
    "chain",
    "seq",
    "at",
    "actor_id",
    "actor_name",
    "role",
    "organisation",
    "service",
    "kind",
    "deed",
    "subject",
    "ground",
    "address",
    "request_id",
    "details_text",
)
"""Every column but the two digests."""
BEGINNING = GENESIS.hex()
KEY = "audit"


def payload(values: Sequence[Any]) -> bytes:
    """The bytes of the covered columns, in their order."""
    chain, seq, at, *rest = values
    moment: dt.datetime = at
    return canonical([chain, seq, moment.astimezone(dt.UTC).isoformat(timespec="microseconds"), *rest])


def key(*, make: bool = False) -> bytes:
    """The audit's key; raises :class:`~opora.foundation.core.crypto.KeyMissing` if it may not be made."""
    return crypto.key(Path(settings.KEY_DIR), KEY, make=make)
