"""Who may do what with award periods: the region's keepers run them, the panel votes, everybody may nominate."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.improvement.practice import stages
from opora.improvement.practice.models import PanelMember, Period
from opora.improvement.practice.policies import AREA, keeps_region
from opora.register.models import Service

NOMINATES = {
    "service_manager": "service",
    "municipality_expert": "municipality",
    "regional_coordinator": "coordinator",
}
"""Roles that nominate in their own name, and what their nomination is called; everybody else nominates as a user."""


def run_period(actor: Actor, path: str) -> bool:
    """Open, check, fix the list, name the panel, record the decision."""
    return keeps_region(actor, path)


def seat(actor: Actor, period: Period) -> PanelMember | None:
    """The actor's place on the panel."""
    if actor.user_id is None:
        return None
    return next((one for one in period.panel.all() if one.user_id == actor.user_id), None)


def read_period(actor: Actor, period: Period) -> bool:
    """Who runs it, who reads practices of the whole region, and its panel."""
    return (
        run_period(actor, period.path) or actor.may(AREA, "R", period.path) or seat(actor, period) is not None
    )


def read_minutes(actor: Actor, period: Period) -> bool:
    """Votes by name are for the panel and for who runs the period."""
    return run_period(actor, period.path) or seat(actor, period) is not None


def nominates_as(actor: Actor, service: Service) -> str:
    """Whose nomination it is: of the service, the municipality, the coordinators, or of somebody who uses services."""
    for role, kind in NOMINATES.items():
        if actor.holds_at(role, service.path) and any(actor.may(AREA, m, service.path) for m in "WP"):
            return kind
    return "user"


def change_period(actor: Actor, period: Period) -> bool:
    """Until it is decided."""
    return period.stage != stages.DECIDED and run_period(actor, period.path)


def vote(member: PanelMember, period: Period) -> bool:
    """Whoever has said whether there is a conflict, while the panel decides."""
    return period.stage == stages.PANEL and member.declared_at is not None
