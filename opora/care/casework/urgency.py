"""What presses in a file, asked of the database together with the file itself: its running crisis and its risk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from opora.care.casework.models import Crisis, Risk, Signal

FIELDS = ("crisis_number", "crisis_waits", "crisis_due", "crisis_ref", "crisis_verified", "risk_level")


def with_urgency(files: Any) -> Any:
    """The same files, each with what `Urgency.of` reads; no further statement is sent for it."""
    running = Crisis.objects.running().filter(file=OuterRef("pk"))
    waiting = Signal.objects.filter(
        crisis__file=OuterRef("pk"), crisis__closed_at__isnull=True, assessed_at__isnull=True
    ).order_by(F("due").asc(nulls_last=True), "id")
    newer = Risk.objects.filter(file=OuterRef("file"), person=OuterRef("person"), pk__gt=OuterRef("pk"))
    present = Risk.objects.filter(~Exists(newer), file=OuterRef("pk")).order_by("-level")
    return files.annotate(
        crisis_number=Subquery(running.order_by().values("number")[:1]),
        crisis_waits=Exists(waiting),
        crisis_due=Subquery(waiting.values("due")[:1]),
        crisis_ref=Subquery(waiting.values("legal_ref")[:1]),
        crisis_verified=Subquery(waiting.values("verified")[:1]),
        risk_level=Subquery(present.values("level")[:1]),
    )


@dataclass(frozen=True)
class Urgency:
    """The crisis that runs (its number, and the signal whose clock ends first) and the greatest level of risk."""

    number: int | None = None
    waits: bool = False
    due: dt.datetime | None = None
    legal_ref: str = ""
    verified: bool = False
    level: int | None = None

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Urgency:
        """From a row of `with_urgency`."""
        number, waits, due, ref, verified, level = (facts.get(name) for name in FIELDS)
        return cls(number, bool(waits), due, ref or "", bool(verified), level)

    @property
    def signal(self) -> Signal | None:
        """The signal that waits, with its clock only."""
        return Signal(due=self.due, legal_ref=self.legal_ref, verified=self.verified) if self.waits else None
