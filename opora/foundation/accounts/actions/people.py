"""Roles given and ended, accounts blocked and opened again."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts import policies, queries, scopes
from opora.foundation.accounts.actions.sessions import end_all_sessions
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import CoordinatorPost, Grant, User
from opora.foundation.accounts.roles import ROLES
from opora.foundation.audit.actions import record
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed


@transaction.atomic
def grant_role(
    actor: Actor,
    person: User,
    *,
    role: str,
    scope: str,
    reason: str,
    since: dt.date | None = None,
    until: dt.date | None = None,
    post: CoordinatorPost | None = None,
) -> Grant:
    """Give a role in a place from a day (today if not said) to a day (open if not said)."""
    require_keeper(actor)
    since = since or clock.today()
    _check_grant(person, role, scope, since, until)
    grant = Grant.objects.create(
        user=person,
        role=role,
        scope=scope,
        since=since,
        until=until,
        given_by=actor.name,
        reason=reason,
        post=post,
    )
    details = {"role": role, "scope": scope, "since": str(since), "until": str(until or "")}
    record(
        actor, "accounts.role_given", f"account:{person.pk}:grant:{grant.pk}", ground=reason, details=details
    )
    return grant


@transaction.atomic
def end_grant(actor: Actor, grant: Grant, *, reason: str) -> None:
    """The role no longer counts, from the person's next request on. A post it filled becomes vacant."""
    require_keeper(actor)
    if grant.ended_at is not None or (grant.until is not None and grant.until < clock.today()):
        raise ActionRefused(_("Тази роля вече е прекратена."))
    if grant.role == "national_admin" and not queries.other_administrators(grant.user):
        raise ActionRefused(
            _("Това е последният национален администратор. Първо дайте ролята на друг човек.")
        )
    grant.ended_at, grant.ended_by, grant.ended_reason = clock.now(), actor.name, reason
    grant.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    filled = CoordinatorPost.objects.filter(pk=grant.post_id or 0, holder=grant.user_id)
    filled.update(holder=None, since=None)
    subject, details = f"account:{grant.user_id}:grant:{grant.pk}", {"role": grant.role, "scope": grant.scope}
    record(actor, "accounts.role_ended", subject, ground=reason, details=details)


@transaction.atomic
def block(actor: Actor, person: User, *, reason: str) -> None:
    """The person is out at once and cannot sign in; roles and history stay."""
    require_keeper(actor)
    if person.pk == actor.user_id:
        raise ActionRefused(_("Не можете да спрете собствения си профил."))
    if not person.is_active:
        raise ActionRefused(_("Профилът вече е спрян."))
    _set_active(actor, person, active=False, reason=reason)
    end_all_sessions(person)


@transaction.atomic
def unblock(actor: Actor, person: User, *, reason: str) -> None:
    """The person may sign in again with the password they had."""
    require_keeper(actor)
    if person.is_active:
        raise ActionRefused(_("Профилът не е спрян."))
    _set_active(actor, person, active=True, reason=reason)


@transaction.atomic
def forget_second_factor(actor: Actor, person: User, *, reason: str) -> None:
    """For a lost phone: factors and recovery codes go, sessions end; at the next sign-in new ones are set up."""
    require_keeper(actor)
    if person.pk == actor.user_id:
        raise ActionRefused(_("Своя втори фактор сменяте от „Моят профил“."))
    if not queries.second_factor_of(person):
        raise ActionRefused(_("Човекът няма втори фактор."))
    Authenticator.objects.filter(user=person).delete()
    end_all_sessions(person)
    record(actor, "accounts.second_factor_forgotten", f"account:{person.pk}", ground=reason)


def require_keeper(actor: Actor) -> None:
    """Refuse whoever may only look."""
    if not policies.keep_people(actor):
        raise NotAllowed(_("Само национален администратор променя хора и роли."))


def _set_active(actor: Actor, person: User, *, active: bool, reason: str) -> None:
    person.is_active = active
    person.save(update_fields=["is_active"])
    record(
        actor, "accounts.unblocked" if active else "accounts.blocked", f"account:{person.pk}", ground=reason
    )


def _check_grant(person: User, role: str, scope: str, since: dt.date, until: dt.date | None) -> None:
    if role not in ROLES or role == "public":
        raise ActionRefused(_("Няма такава роля."))
    if scope not in dict(scopes.choices_for(role)):
        raise ActionRefused(_("Тази роля не се дава за такова място."))
    if until is not None and until < since:
        raise ActionRefused(_("Последният ден е преди първия."))
    if Grant.objects.in_force(max(since, clock.today())).filter(user=person, role=role, scope=scope).exists():
        raise ActionRefused(_("Човекът вече има тази роля на това място."))
