"""Who leads a file on a day: the lead, until the day from which another one was named."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, F, Q, When


def led_by(user_id: int, on: dt.date) -> Q:
    """Files this person leads on that day."""
    stays = Q(next_lead_on__isnull=True) | Q(next_lead_on__gt=on)
    return Q(next_lead_on__lte=on, next_lead_id=user_id) | (stays & Q(lead_id=user_id))


def lead_on(on: dt.date, column: str = "_id") -> Case:
    """The lead of that day in a statement: their key, or another column of theirs (`__name`)."""
    return Case(When(next_lead_on__lte=on, then=F(f"next_lead{column}")), default=F(f"lead{column}"))
