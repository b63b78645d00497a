"""One-time links: for the first administrator, printed in the terminal, and for everybody who is invited."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from opora.foundation.accounts import queries
from opora.foundation.accounts.actions.people import grant_role, require_keeper
from opora.foundation.accounts.actions.sessions import end_all_sessions
from opora.foundation.accounts.actors import Actor, system
from opora.foundation.accounts.models import Grant, Invitation, User
from opora.foundation.audit.actions import record
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused

LOCAL_ADDRESS = "http://127.0.0.1:8000"
FIRST_LINK_HOURS = 24
INVITATION_DAYS = 7
SECRET_BYTES = 32


@transaction.atomic
def first_administrator_link(base: str | None = None) -> str:
    """Address of the page where the first administrator sets name, e-mail and password.

    `base` is where Opora is reached, as https://opora.example. It works for 24 hours and once, only while nobody administers the system. A new link makes the former ones
    void.
    """
    if queries.administrator_exists():
        raise ActionRefused(_("Вече има национален администратор. Нови хора се канят от страницата „Хора“."))
    Invitation.objects.filter(user=None, used_at=None).delete()
    return (_own_address() if base is None else base.rstrip("/")) + _link(
        None, system(), dt.timedelta(hours=FIRST_LINK_HOURS)
    )


def _own_address() -> str:
    """Where this installation is reached, as far as the settings tell: the first of OPORA_ORIGINS."""
    return settings.CSRF_TRUSTED_ORIGINS[0].rstrip("/") if settings.CSRF_TRUSTED_ORIGINS else LOCAL_ADDRESS


@transaction.atomic
def invite(
    actor: Actor, *, email: str, name: str, organisation: str = "", profession: str = ""
) -> tuple[User, str]:
    """A new account without password, and the path of the link by which its owner sets one in seven days."""
    require_keeper(actor)
    if User.objects.filter(email__iexact=email).exists():
        raise ActionRefused(_("С тази поща вече има профил."))
    person = User.objects.create_user(
        email, None, name=name, organisation=organisation, profession=profession
    )
    record(actor, "accounts.invited", f"account:{person.pk}")
    return person, _link(person, actor, dt.timedelta(days=INVITATION_DAYS))


@transaction.atomic
def renew_invitation(actor: Actor, person: User) -> str:
    """A fresh link for somebody who has not set a password yet; the former link is void."""
    require_keeper(actor)
    if person.has_usable_password():
        raise ActionRefused(_("Човекът вече е влизал. Нова парола се иска от страницата за вход."))
    Invitation.objects.filter(user=person, used_at=None).delete()
    return _link(person, actor, dt.timedelta(days=INVITATION_DAYS))


@transaction.atomic
def accept_invitation(secret: str, *, password: str, name: str = "", email: str = "") -> User:
    """Set the password; the first administrator's account is made here. The link is spent."""
    invitation = queries.open_invitation(secret)
    if invitation is None:
        raise ActionRefused(_("Връзката вече не важи. Поискайте нова."))
    spent = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=clock.now())
    if not spent:
        raise ActionRefused(_("Връзката вече не важи. Поискайте нова."))
    person = invitation.user or _first_administrator(email, name)
    person.set_password(password)
    person.save(update_fields=["password"])
    end_all_sessions(person)
    record(system(), "accounts.password_set", f"account:{person.pk}", ground=_("еднократна връзка"))
    return person


def _first_administrator(email: str, name: str) -> User:
    if User.objects.filter(email__iexact=email).exists():
        raise ActionRefused(_("С тази поща вече има профил."))
    person = User.objects.create_user(email, None, name=name)
    reason = _("Първи администратор, с връзка от терминала")
    grant: Grant = grant_role(system(), person, role="national_admin", scope="BG", reason=reason)
    record(system(), "accounts.invited", f"account:{person.pk}", ground=grant.reason)
    return person


def _link(person: User | None, actor: Actor, lasts: dt.timedelta) -> str:
    secret, now = secrets.token_urlsafe(SECRET_BYTES), clock.now()
    Invitation.objects.create(
        user=person,
        digest=Invitation.digest_of(secret),
        made_at=now,
        made_by=actor.name,
        expires_at=now + lasts,
    )
    return reverse("accounts_join", args=[secret])
