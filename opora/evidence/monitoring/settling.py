"""What the pages of consensus and report lay side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.evidence.monitoring import entries, norms, presenters, queries
from opora.evidence.monitoring.models import COMPLIANCE, Indicator, Visit
from opora.evidence.monitoring.results import Final, ServiceMarks
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import shown

MOST = 5


@dataclass(frozen=True)
class Difference:
    """One indicator on which the two differ: must it be talked over, and is it settled."""

    indicator: Indicator
    final: Final
    must: bool
    options: tuple[tuple[str, str], ...]
    seen: tuple[tuple[str, str, str], ...]

    @property
    def value(self) -> str:
        """What both settled on, as the form holds it; empty before."""
        return entries.value_of(self.final.level) if self.final.agreed else ""

    @property
    def marks(self) -> str:
        """Marks of what the form of this indicator shows."""
        return shown.marks({"value": self.value, "why": self.final.agreed})


def differences(actor: Actor, visit: Visit) -> list[Difference]:
    """Those that must be talked over first, then those one step apart; what is settled stays in sight."""
    told = queries.marks_of_visit(actor, visit)
    if told is None:
        return []
    step, kind = norms.step_of(visit), visit.round.version.framework.kind
    finals = {mark.indicator_id: mark for mark in told.marks}
    found = [
        _difference(one, finals[one.pk], step, kind)
        for one in queries.indicators_of(visit.round.version)
        if one.pk in finals and finals[one.pk].differs(0)
    ]
    return sorted(found, key=lambda one: not one.must)


def _difference(one: Indicator, final: Final, step: float, kind: str) -> Difference:
    options = [
        (str(anchor.level), f"{presenters.level_words(kind, anchor.level)}: {anchor.text}")
        for anchor in one.anchors.all()
    ]
    seen = tuple(
        (mark.observer, presenters.level_words(kind, mark.level, applies=mark.applies), mark.note)
        for mark in final.seen
    )
    return Difference(
        one, final, final.differs(step), (*options, (entries.NOT_APPLICABLE, _("Неприложимо"))), seen
    )


def left(visit: Visit) -> int:
    """How many still have to be talked over."""
    from opora.evidence.monitoring.actions.consensus import left as rest

    return len(rest(visit))


def indicator(visit: Visit, code: str) -> Indicator | None:
    """An indicator of the visit's framework."""
    return next((one for one in queries.indicators_of(visit.round.version) if one.code == code), None)


def high(told: ServiceMarks | None, kind: str) -> list[Final]:
    """The highest marks, to start the words about strengths from: level 3 and above, or standards that are met."""
    from_ = 2 if kind == COMPLIANCE else 3
    marks = [mark for mark in (told.marks if told else ()) if mark.level is not None and mark.level >= from_]
    return sorted(marks, key=lambda mark: -(mark.level or 0))[:MOST]


def low(told: ServiceMarks | None, kind: str) -> list[Final]:
    """The lowest marks, to start the advice from: below level 2, or every standard that is not wholly met."""
    marks = [mark for mark in (told.marks if told else ()) if mark.level is not None and mark.level < 2]
    found = sorted(marks, key=lambda mark: mark.level or 0)
    return found if kind == COMPLIANCE else found[:MOST]
