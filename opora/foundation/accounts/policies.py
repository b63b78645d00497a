"""Who may do what with people, roles and posts."""

from __future__ import annotations

from collections.abc import Iterable

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import NEEDS_SECOND_FACTOR

KEEPERS = frozenset({"national_admin"})
"""Roles that invite people, give and end roles, block accounts, fill posts."""
SEERS = KEEPERS | {"regional_coordinator"}
"""Roles that see who works in their place."""


def see_people(actor: Actor) -> bool:
    """National administrators see everybody, regional coordinators the people of their region."""
    return actor.holds(*SEERS)


def keep_people(actor: Actor) -> bool:
    """Invite, give and end roles, block, fill posts."""
    return actor.holds(*KEEPERS)


def see_posts(actor: Actor) -> bool:
    """Every signed-in person may see who coordinates which region; the menu offers it to those who work with
    it.
    """
    return actor.holds("national_admin", "ministry_viewer", "regional_coordinator")


def places_seen(actor: Actor) -> tuple[str, ...]:
    """Paths at or below which the actor sees who works there."""
    return tuple(h.scope if h.role not in KEEPERS else "BG" for h in actor.holdings if h.role in SEERS)


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Who sees files, and national administrators, sign in with a second factor."""
    return bool(NEEDS_SECOND_FACTOR & set(roles))


def read_audit(actor: Actor) -> bool:
    """Read the whole log of who read and who changed what."""
    return bool(actor.scopes("audit_log", "R"))
