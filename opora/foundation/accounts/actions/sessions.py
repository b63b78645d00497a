"""Ending sessions: the row goes, and the next request of that browser is a visitor's."""

from __future__ import annotations

from opora.foundation.accounts import limits
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Session, User
from opora.foundation.accounts.sessions import public_key
from opora.foundation.audit.actions import record
from opora.foundation.core import clock


def end_all_sessions(person: User) -> int:
    """Every session of this person; gives their number. For block and for a new password."""
    return Session.objects.filter(user=person).delete()[0]


def end_own_session(actor: Actor, key: str) -> bool:
    """One of the actor's own sessions by its public key; False when it is gone already."""
    for session in Session.objects.filter(user_id=actor.user_id or 0):
        if public_key(session.session_key) == key:
            session.delete()
            record(actor, "accounts.session", f"account:{actor.user_id}", details={"ended": 1})
            return True
    return False


def end_own_sessions_but(actor: Actor, session_key: str | None) -> int:
    """All the actor's sessions but the one in use; gives their number."""
    ended = Session.objects.filter(user_id=actor.user_id or 0).exclude(session_key=session_key).delete()[0]
    record(actor, "accounts.session", f"account:{actor.user_id}", details={"ended": ended})
    return ended


def sweep_sessions() -> int:
    """Remove sessions past their time and old counts of wrong sign-ins; gives the number of sessions. For the
    periodic tick.
    """
    limits.sweep()
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
