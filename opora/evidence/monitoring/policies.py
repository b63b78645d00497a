"""Who may do what with visits: area surveys_visits of the permission table, and what being an observer brings.

Two things are stronger than any role: nobody sees another observer's marks until both have locked, and nobody marks
their own employer.
"""

from __future__ import annotations

from opora.evidence.monitoring import conflicts, stages
from opora.evidence.monitoring.models import Observer, Round, Visit
from opora.foundation.accounts.actors import Actor

AREA = "surveys_visits"
OBSERVES = ("regional_coordinator", "quality_inspector", "municipality_expert")
"""Roles whose holders may be sent as observers."""
ROLES = (
    "national_admin", "ministry_viewer", "quality_inspector", "regional_coordinator", "municipality_expert",
    "service_manager",
)  # fmt: skip
"""Who meets visits at all; what each sees of them stands below."""


def works_with_visits(actor: Actor | None) -> bool:
    """Whether visits concern the person at all."""
    return actor is not None and actor.signed_in and actor.holds(*ROLES)


def edit_frameworks(actor: Actor) -> bool:
    """Whoever approves cards and visits somewhere: administrator and coordinators."""
    return bool(actor.scopes(AREA, "A"))


def open_round(actor: Actor, path: str) -> bool:
    """Whoever approves visits in the whole place."""
    return actor.may(AREA, "A", path)


def run_round(actor: Actor, round_: Round) -> bool:
    """Plan, close, agree programmes: whoever approves visits in its whole place."""
    return actor.may(AREA, "A", round_.path)


def observes(actor: Actor, visit: Visit) -> Observer | None:
    """The actor's place at the visit, if they were sent there."""
    if actor.user_id is None or not actor.holds(*OBSERVES):
        return None
    return next((one for one in visit.observers.all() if one.user_id == actor.user_id), None)


def mark(actor: Actor, visit: Visit) -> bool:
    """One of the two, until they lock, and never at their own employer."""
    mine = observes(actor, visit)
    if mine is None or mine.locked_at or not visit.open_to_marks or not visit.round.is_open:
        return False
    return not conflicts.tie(mine.user, visit.service)


def tied(actor: Actor, visit: Visit) -> bool:
    """Sent there, and tied to it by what was declared or learnt since."""
    mine = observes(actor, visit)
    return mine is not None and bool(conflicts.tie(mine.user, visit.service))


def see_marks(actor: Actor, visit: Visit) -> bool:
    """After both have locked: observers and who runs the round; from the report on also who reads visits there."""
    if not visit.both_locked:
        return False
    if observes(actor, visit) or run_round(actor, visit.round):
        return True
    return visit.stage in stages.SEEN_BY_SERVICE and actor.may(AREA, "R", visit.path)


def settle(actor: Actor, visit: Visit) -> bool:
    """The two observers, while differences are talked over; their coordinator may write it down for them."""
    if visit.stage not in (stages.LOCKED, stages.CONSENSUS) or not visit.round.is_open:
        return False
    if not actor.holds(*OBSERVES):  # the administrator runs rounds and talks nothing over
        return False
    return observes(actor, visit) is not None or run_round(actor, visit.round)


def report(actor: Actor, visit: Visit) -> bool:
    """Whoever settles, once nothing is left to talk over."""
    return visit.stage == stages.CONSENSUS and settle(actor, visit)


def answers_for(actor: Actor, visit: Visit) -> bool:
    """The head of the visited service."""
    return actor.holds_at("service_manager", visit.path) and actor.may(AREA, "W", visit.path)


def answer(actor: Actor, visit: Visit) -> bool:
    """The head, once, after the report."""
    return visit.stage == stages.REPORTED and answers_for(actor, visit)


def write_programme(actor: Actor, visit: Visit) -> bool:
    """The head, after the answer, until it is agreed."""
    return visit.stage == stages.ANSWERED and answers_for(actor, visit)


def agree_programme(actor: Actor, visit: Visit) -> bool:
    """Whoever runs the round, when the service has offered it."""
    return visit.stage == stages.ANSWERED and run_round(actor, visit.round)


def see_agreement(actor: Actor, round_: Round) -> bool:
    """How far observers agree is for those who run the round and for those who read visits of the whole region."""
    return run_round(actor, round_) or actor.may(AREA, "R", round_.path)
