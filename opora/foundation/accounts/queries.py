"""Readers of accounts. The actor comes first; whom the actor may not see does not exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from opora.foundation.accounts import policies, scopes
from opora.foundation.accounts.actors import VISITOR, Actor, Holding
from opora.foundation.accounts.models import CoordinatorPost, Grant, Invitation, Session, User
from opora.foundation.accounts.roles import ROLES
from opora.foundation.core import clock
from opora.foundation.core.places import under
from opora.foundation.core.prepared import Prepared

OPENING_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def actor_for(user: Any, *, second_factor: bool = False) -> Actor:
    """The actor behind a signed-in user, or the visitor. `second_factor`: it was shown in this session."""
    if not (isinstance(user, User) and user.is_authenticated and user.is_active):
        return VISITOR
    held = _HELD.rows(user=user.pk, today=clock.today())
    return Actor(
        user_id=user.pk,
        name=user.name,
        organisation=user.organisation,
        email=user.email,
        holdings=tuple(Holding(one["role"], one["scope"]) for one in held),
        second_factor=second_factor,
    )


def _held(user: int, today: dt.date) -> QuerySet[Any, Any]:
    return Grant.objects.in_force(today).filter(user_id=user).order_by("id").values("role", "scope")


_HELD = Prepared(_held, user=int, today=dt.date)
"""Asked at the head of every request."""


def second_factor_of(user: Any) -> str:
    """What is set up: totp (a code application), webauthn (a passkey) or nothing."""
    found = Authenticator.objects.filter(user_id=user.pk, type__in=OPENING_FACTORS).order_by("type")
    return str(found.values_list("type", flat=True).first() or "")


def has_or_needs_second_factor(user: Any) -> bool:
    """One is set up, or a role held asks for it."""
    if not (isinstance(user, User) and user.pk):
        return False
    roles = user.grants.in_force(clock.today()).values_list("role", flat=True)
    return policies.needs_second_factor(roles) or bool(second_factor_of(user))


def people_for(actor: Actor, *, text: str = "", role: str = "", place: str = "") -> QuerySet[User]:
    """Accounts the actor sees, by name; `text` looks in name, e-mail and organisation."""
    found = User.objects.filter(_seen(actor)).prefetch_related("grants").order_by("name", "id")
    if role or place:
        wanted = Grant.objects.in_force(clock.today()).filter(user=OuterRef("pk"))
        wanted = wanted.filter(role=role) if role else wanted
        wanted = wanted.filter(under([place], "scope")) if place else wanted
        found = found.filter(Exists(wanted))
    for word in text.split():
        found = found.filter(_mentions(word))
    return found


def person_for(actor: Actor, pk: int) -> User:
    """One account the actor sees; 404 otherwise."""
    person = people_for(actor).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def administrator_exists() -> bool:
    """Somebody real already administers the system."""
    held = Grant.objects.in_force(clock.today()).filter(role="national_admin")
    return held.filter(user__is_active=True, user__demonstration=False).exists()


def other_administrators(person: User) -> bool:
    """Whether another active account is a national administrator today."""
    held = Grant.objects.in_force(clock.today()).filter(role="national_admin", user__is_active=True)
    return held.exclude(user=person).exists()


def posts_for(actor: Actor) -> QuerySet[CoordinatorPost]:
    """All 56 posts by region: who holds them is public inside the system."""
    found = CoordinatorPost.objects.select_related("region", "holder")
    return found if actor.signed_in else found.none()


def post_for(actor: Actor, code: str, number: int) -> CoordinatorPost:
    """One post by region code and number; 404 when there is none."""
    post = posts_for(actor).filter(region__code=code, number=number).first()
    if post is None:
        raise Http404
    return post


def sessions_of(actor: Actor) -> QuerySet[Session]:
    """The actor's own sessions that still live, the last used first."""
    alive = Session.objects.filter(expire_date__gt=clock.now())
    return alive.filter(user_id=actor.user_id or 0).order_by("-seen_at")


def open_invitation(secret: str) -> Invitation | None:
    """The invitation behind the secret of a link, while it may still be used."""
    found = (
        Invitation.objects.select_related("user")
        .filter(digest=Invitation.digest_of(secret), used_at=None)
        .first()
    )
    if found is None or found.expires_at <= clock.now():
        return None
    if found.for_first_administrator:
        return None if administrator_exists() else found
    return found if found.user is not None and found.user.is_active else None


@dataclass(frozen=True)
class DemonstrationPerson:
    """Somebody the demonstration lets a visitor be. `key` stands in the address, `place` is in words."""

    key: str
    name: str
    role: str
    role_label: str
    scope: str
    place: str
    organisation: str
    profession: str


def demonstration_people() -> list[DemonstrationPerson]:
    """The people of the demonstration with the first role of each, in the order of the roles."""
    people = User.objects.filter(demonstration=True, is_active=True).prefetch_related("grants")
    held = [(person, grants[0]) for person in people if (grants := _current(person))]
    places = scopes.words_of([grant.scope for _, grant in held])
    made = [_demonstrated(person, grant, places) for person, grant in held]
    order = list(ROLES)
    return sorted(made, key=lambda one: (order.index(one.role), one.key))


def demonstration_user(key: str) -> User | None:
    """The account behind a key of `demonstration_people`."""
    return User.objects.filter(demonstration=True, is_active=True, email__startswith=f"{key}@").first()


def real_accounts_exist() -> bool:
    """Whether the database holds accounts that are not the demonstration's."""
    return User.objects.filter(demonstration=False).exists()


def _demonstrated(person: User, grant: Grant, places: dict[str, str]) -> DemonstrationPerson:
    return DemonstrationPerson(
        key=person.email.split("@")[0],
        name=person.name,
        role=grant.role,
        role_label=str(ROLES[grant.role]),
        scope=grant.scope,
        place=places[grant.scope],
        organisation=person.organisation,
        profession=person.profession,
    )


def _current(person: User) -> list[Grant]:
    today = clock.today()
    return sorted((g for g in person.grants.all() if g.counts(today)), key=lambda grant: grant.pk)


def current_grants(people: Sequence[User]) -> dict[int, list[Grant]]:
    """Person's id → grants in force today (reads what `people_for` fetched before)."""
    return {person.pk: _current(person) for person in people}


def _seen(actor: Actor) -> Q:
    places = policies.places_seen(actor)
    if "BG" in places:
        return Q()
    held = Grant.objects.in_force(clock.today()).filter(under(places, "scope"), user=OuterRef("pk"))
    return Q(Exists(held))


def _mentions(word: str) -> Q:
    return Q(email__icontains=word) | Q(name__icontains=word) | Q(organisation__icontains=word)
