"""Makers of people with roles: `make.user("regional_coordinator", "BG/LOV")`, `make.client_for(…)`,
`make.actor(…)`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
from typing import Any

from django.test import Client

from opora.foundation.accounts.actors import VISITOR, Actor, Holding
from opora.foundation.accounts.models import Grant, User
from opora.foundation.accounts.roles import ROLES

ALL_ROLES = tuple(ROLES)
"""The twelve roles, „public“ (a visitor without account) among them."""
ACCOUNT_ROLES = tuple(role for role in ROLES if role != "public")
"""The eleven roles that people with an account hold."""
DEFAULT_SCOPES = {
    "regional_coordinator": "BG/LOV",
    "municipality_expert": "BG/LOV/LOV18",
    "service_manager": "BG/LOV/LOV18/org:1/svc:A",
    "case_manager": "BG/LOV/LOV18/org:1/svc:A",
    "specialist": "BG/LOV/LOV18/org:1/svc:A",
    "external_specialist": "BG/LOV/LOV18/org:1/svc:A",
}
"""Where a role is held when the test does not say; the others hold theirs in the whole country."""
PASSWORD = "светулка над Осъм 47"
NOBODY = 1_000_000
"""Actors made as values have ids above this, which no account has."""
SINCE = dt.date(2020, 1, 1)
_numbers = itertools.count(1)


def scope_of(role: str, scope: str | None = None) -> str:
    """The given scope, or the usual one of the role."""
    return scope or DEFAULT_SCOPES.get(role, "BG")


def user(role: str | None = None, scope: str | None = None, **fields: Any) -> User:
    """A person with an account and, if given, one role. Without `password` nobody can sign in by the page."""
    number = next(_numbers)
    password = fields.pop("password", None)
    values = {"email": f"person{number}@example.bg", "name": f"Елица Примерова {number}"} | fields
    made = User.objects.create_user(values.pop("email"), password, **values)
    if role:
        grant(made, role, scope)
    return made


def grant(person: User, role: str, scope: str | None = None, **fields: Any) -> Grant:
    """A role in a place, held since 2020 unless said otherwise."""
    return Grant.objects.create(
        user=person, role=role, scope=scope_of(role, scope), **({"since": SINCE} | fields)
    )


def client_of(person: User, **options: Any) -> Client:
    """A browser in which this person is signed in, with a second factor already shown."""
    client = Client(**options)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def client_for(role: str | None = None, scope: str | None = None, **fields: Any) -> Client:
    """A browser signed in as a new person with the role; `public` (or nothing) is a visitor's browser."""
    if role in (None, "public"):
        return Client()
    return client_of(user(role, scope, **fields))


def actor(role: str = "public", scope: str | None = None, **fields: Any) -> Actor:
    """An actor as a value, without any database."""
    if role == "public":
        return VISITOR
    values = {"user_id": NOBODY + next(_numbers), "name": "Елица Примерова", "second_factor": True} | fields
    return Actor(holdings=(Holding(role, scope_of(role, scope)),), **values)
