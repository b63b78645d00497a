"""Numbers of this room that an expert may change: each is a rule record."""

from __future__ import annotations

import datetime as dt

from opora.evidence.monitoring.models import COMPLIANCE, Round, Visit
from opora.foundation.core import clock, terms
from opora.foundation.rules import queries as rules


def a_day() -> int:
    """Visits that fit into one day."""
    return int(rules.number("visits_a_day") or 1)


def step(round_: Round) -> float:
    """The largest difference between two marks that needs no talk."""
    compliance = round_.version.framework.kind == COMPLIANCE
    return rules.number("consensus_step_compliance" if compliance else "consensus_step") or 0


def step_of(visit: Visit) -> float:
    """The same for a visit."""
    return step(visit.round)


def answer_until() -> dt.date | None:
    """Until when the service answers a report issued today; None while the rule has no number."""
    days = rules.number("visit_answer_days")
    return None if days is None else terms.due(clock.now(), int(days), "days").date()


def proven_from() -> int:
    """The mark from which evidence is asked for."""
    return int(rules.number("proven_from") or 3)


def customs() -> tuple[float, float]:
    """Alpha from which agreement is called reliable, and tentative."""
    return rules.number("agreement_reliable") or 0.8, rules.number("agreement_tentative") or 0.667
