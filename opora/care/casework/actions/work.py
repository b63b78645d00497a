"""Visits in a person's week, their calendar address, and files handed over together."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from opora.care.casework import policies, queries
from opora.care.casework.actions.common import author_of, chain_of, locked
from opora.care.casework.actions.leading import hand_over
from opora.care.casework.actions.notes import add_note
from opora.care.casework.models import CalendarFeed, ClientFile, Event, Visit
from opora.care.casework.queries_work import digest_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages.actions import Letter, queue

TOKEN_BYTES = 32
"""256 bits: nobody guesses a calendar address."""


@transaction.atomic
def plan_visit(actor: Actor, file: ClientFile, *, kind: str, at: dt.datetime, minutes: int = 60) -> Visit:
    """A meeting in the actor's own week. NotAllowed; ActionRefused for an unknown kind or a moment that has passed."""
    kept = locked(file)
    user = author_of(actor)
    if user is None or not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if kind not in dict(Visit.KINDS) or not 5 <= minutes <= 600:
        raise ActionRefused(_("Изберете вид и продължителност от 5 до 600 минути."))
    if at < clock.now():
        raise ActionRefused(_("Часът е минал. За случило се запишете бележка."))
    visit, fresh = Visit.objects.get_or_create(
        file=kept, user=user, kind=kind, at=at, event=None, dropped_at=None, defaults={"minutes": minutes}
    )
    if fresh:
        _record(actor, visit, "case.visit_planned")
    return visit


@transaction.atomic
def write_visit(actor: Actor, visit: Visit, **note: Any) -> Event:
    """Its note; with it the visit is done. Sent twice it is written once. NotAllowed, ActionRefused."""
    kept = Visit.objects.select_for_update().get(pk=visit.pk)
    if kept.user_id != actor.user_id or kept.dropped_at is not None:
        raise NotAllowed(_("Тази среща е на друг човек или е отпаднала."))
    event = add_note(actor, kept.file, **note | {"key": f"visit-{kept.pk}"})
    Visit.objects.filter(pk=kept.pk).update(event=event)
    return event


@transaction.atomic
def drop_visit(actor: Actor, visit: Visit) -> None:
    """It does not take place; it leaves week and calendar. NotAllowed."""
    kept = Visit.objects.select_for_update().get(pk=visit.pk)
    if kept.user_id != actor.user_id or kept.event_id is not None:
        raise NotAllowed(_("Тази среща е на друг човек или вече е записана."))
    Visit.objects.filter(pk=kept.pk).update(dropped_at=clock.now())
    _record(actor, visit, "case.visit_dropped")


@transaction.atomic
def make_calendar(actor: Actor) -> str:
    """A new private address; the one before stops. Given once in clear, kept as a digest. NotAllowed."""
    user = User.objects.select_for_update().filter(pk=actor.user_id or 0).first()
    if user is None or not policies.works_with_files(actor):
        raise NotAllowed(_("Календар имат хората, които работят по досиета."))
    _end_feeds(user)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(user=user, digest=digest_of(token), made_at=clock.now())
    audit.record(actor, "case.calendar_made", f"user:{user.pk}")
    return token


@transaction.atomic
def revoke_calendar(actor: Actor) -> None:
    """The address stops at once, in whatever calendar it stands."""
    user = User.objects.select_for_update().filter(pk=actor.user_id or 0).first()
    if user is not None and _end_feeds(user):
        audit.record(actor, "case.calendar_revoked", f"user:{user.pk}")


@transaction.atomic
def hand_over_files(actor: Actor, files: Sequence[ClientFile], to: User, *, on: dt.date) -> int:
    """All or none of them to another lead from a day; who gives and who takes are told by number of file.

    NotAllowed; ActionRefused for no file, for one the other leads already, or who does not work in its service.
    """
    if not files:
        raise ActionRefused(_("Изберете поне едно досие."))
    before: dict[User, list[str]] = {}
    dropped: dict[User, list[str]] = {}
    for file in files:
        if to not in queries.workers_of(file.service):
            raise ActionRefused(
                _("%(name)s не работи в услугата на %(code)s.") % {"name": to.name, "code": file.code}
            )
        if file.lead_now is not None and file.lead_now != to:
            before.setdefault(file.lead_now, []).append(file.code)
        if file.lead_until is not None and file.next_lead is not None and file.next_lead != to:
            dropped.setdefault(file.next_lead, []).append(file.code)
        hand_over(actor, file, to, on=on)
    queue(actor, _letters(files, to, before, dropped, on))
    return len(files)


def _letters(
    files: Sequence[ClientFile], to: User, before: dict[User, list[str]], dropped: dict[User, list[str]], on: dt.date
) -> list[Letter]:  # fmt: skip
    with override("bg"):
        day, batch = f"{on:%d.%m.%Y}", secrets.token_hex(8)
        taken = _("От %(day)s водите досиета: %(codes)s.") % {"day": day, "codes": _codes(files)}
        told = [(to, taken)]
        for old, codes in before.items():
            said = {"day": day, "codes": ", ".join(sorted(codes)), "name": to.name}
            told.append(
                (old, _("От %(day)s досиета %(codes)s води %(name)s. Достъпът Ви спира предния ден.") % said)
            )
        off = _("Предаването на досиета %(codes)s към Вас отпада.")
        told += [(one, off % {"codes": ", ".join(sorted(codes))}) for one, codes in dropped.items()]
        subject = ngettext("Предадено е %(n)s досие", "Предадени са %(n)s досиета", len(files)) % {
            "n": len(files)
        }
    return [
        Letter(
            key=f"handover:{batch}:{person.pk}", to_email=person.email, to_name=person.name, subject=subject, body=body,
            path=files[0].path, about=files[0].code,
        )
        for person, body in told
    ]  # fmt: skip


def _codes(files: Sequence[ClientFile]) -> str:
    return ", ".join(sorted(file.code for file in files))


def _end_feeds(user: User) -> int:
    return CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=clock.now())


def _record(actor: Actor, visit: Visit, deed: str) -> None:
    file = visit.file
    audit.record(
        actor, deed, file.code, chain=chain_of(file), details={"visit": visit.pk, "kind": visit.kind}
    )
