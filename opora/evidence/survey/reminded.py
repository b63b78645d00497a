"""Reminders of one click that have not left yet: kept in the session, counted at each answer."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest

from opora.evidence.survey.models import Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.messages import queries as letters

KEPT = "survey_undo"
MINUTE = 60
"""Up to so many seconds the time left is counted in them; later than that it is said by the clock."""


def keep(request: HttpRequest, round_: Round, batch: str) -> None:
    """Remember what the last click in this round wrote."""
    request.session[KEPT] = [round_.code, batch]


def undo(request: HttpRequest, actor: Actor, round_: Round) -> dict[str, Any] | None:
    """What the last click in this round wrote and has not left yet: until when it may be taken back, counted now."""
    of, batch = request.session.get(KEPT) or ("", "")
    if of != round_.code:
        return None
    leaves = letters.leaves_at(actor, batch)
    if leaves is None:
        del request.session[KEPT]
        return None
    left = max(0, math.ceil((leaves - clock.now()).total_seconds()))
    return {"batch": batch, "leaves": leaves, "seconds": left if left <= MINUTE else None}
