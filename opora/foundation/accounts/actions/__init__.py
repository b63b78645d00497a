"""The only writers of accounts: invitations, people and roles, posts, sessions."""

from opora.foundation.accounts.actions.invitations import (
    accept_invitation,
    first_administrator_link,
    invite,
    renew_invitation,
)
from opora.foundation.accounts.actions.people import (
    block,
    end_grant,
    forget_second_factor,
    grant_role,
    unblock,
)
from opora.foundation.accounts.actions.posts import appoint, make_posts, release
from opora.foundation.accounts.actions.sessions import (
    end_all_sessions,
    end_own_session,
    end_own_sessions_but,
    sweep_sessions,
)

__all__ = [
    "accept_invitation",
    "appoint",
    "block",
    "end_all_sessions",
    "end_grant",
    "end_own_session",
    "end_own_sessions_but",
    "first_administrator_link",
    "forget_second_factor",
    "grant_role",
    "invite",
    "make_posts",
    "release",
    "renew_invitation",
    "sweep_sessions",
    "unblock",
]
