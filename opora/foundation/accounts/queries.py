"""Readers of accounts."""

from __future__ import annotations

from typing import Any

from opora.foundation.accounts.actors import VISITOR, Actor, Holding
from opora.foundation.accounts.models import User
from opora.foundation.core import clock


def actor_for(user: Any) -> Actor:
    """The actor behind a signed-in user, or the visitor."""
    if not (isinstance(user, User) and user.is_authenticated and user.is_active):
        return VISITOR
    held = user.grants.in_force(clock.today()).order_by("id").values_list("role", "scope")
    return Actor(
        user_id=user.pk,
        name=user.name,
        organisation=user.organisation,
        email=user.email,
        holdings=tuple(Holding(role, scope) for role, scope in held),
    )
