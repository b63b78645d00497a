"""What two observers settle on where their marks differ."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring import entries, norms, policies, results, stages, trail
from opora.evidence.monitoring.actions.moving import enter, locked
from opora.evidence.monitoring.models import Agreed, Indicator, Visit
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import ActionRefused, NotAllowed


@transaction.atomic
def agree_mark(
    actor: Actor, visit: Visit, indicator: Indicator, *, value: str, why: str, seen: str | None = None
) -> Agreed:
    """Write down what both agree on and why. When nothing is left to talk over, the report can be written.

    Raises NotAllowed, ActionRefused; Clash when the other wrote something else than the page had shown (`seen`).
    """
    kept = locked(visit)
    if not policies.settle(actor, kept):
        raise NotAllowed(_("Обсъждат двамата наблюдатели, след като и двамата са заключили."))
    level = _level(kept, value)
    if not why.strip():
        raise ActionRefused(_("Напишете какво решихте и защо: служи при следващото посещение."))
    final = next(
        (one for one in results.of_visits([kept])[0].marks if one.indicator_id == indicator.pk), None
    )
    if final is None or not final.differs(0):
        raise ActionRefused(_("По този показател двамата сте единодушни."))
    said = {"value": value, "why": why.strip()}
    shown.brought(said, agreed_now(kept, indicator), seen, _("Междувременно другият записа обща оценка."))
    facts = {
        "level": level,
        "applies": level is not None,
        "why": why.strip()[:500],
        "by": actor.name,
        "at": clock.now(),
    }
    row, _created = Agreed.objects.update_or_create(visit=kept, indicator=indicator, defaults=facts)
    trail.of_visit(actor, "mark_agreed", kept, indicator=indicator.code, level=level)
    if kept.stage == stages.LOCKED and not left(kept):
        enter(actor, kept, stages.CONSENSUS)
    return row


def agreed_now(visit: Visit, indicator: Indicator) -> dict[str, str]:
    """What both settled on so far, as the page shows it."""
    row = Agreed.objects.filter(visit=visit, indicator=indicator).first()
    return {"value": entries.value_of(row.level) if row else "", "why": row.why if row else ""}


def left(visit: Visit) -> list[results.Final]:
    """Indicators that still have to be talked over."""
    step = norms.step_of(visit)
    finals = results.of_visits([visit])[0].marks
    return [one for one in finals if one.differs(step) and not one.agreed]


def _level(visit: Visit, value: str) -> int | None:
    if value == entries.NOT_APPLICABLE:
        return None
    if value not in {str(level) for level in visit.round.version.framework.levels}:
        raise ActionRefused(_("Изберете степен от скалата."))
    return int(value)
