"""Asking a specialist outside: one question by a link that dies and a code told by telephone; reminding, withdrawing."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import policies
from opora.care.casework.actions.common import author_of, chain_of, locked
from opora.care.casework.actions.opinion_terms import begin_term, end_term
from opora.care.casework.models import Assessment, AssessmentPart, ClientFile, Event, OpinionRequest
from opora.care.casework.queries_opinions import code_index, draft_key, link_index
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, terms
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.drafts import actions as drafts
from opora.foundation.messages.actions import Letter, queue
from opora.foundation.messages.models import KEPT_BACK
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats

LINK_BYTES = 32
CODE_DIGITS = 8
A_DAY = dt.timedelta(days=1)
Link = Callable[[str], str]
"""The whole address of the page for the secret in it."""


@dataclass(frozen=True)
class Question:
    """Who is asked what, what of the file is shown to them, and until when an answer is wanted."""

    name: str
    profession: str
    organisation: str
    email: str
    question: str
    due: dt.date
    parts: Sequence[AssessmentPart]
    events: Sequence[Event] = ()
    by_name: bool = False


@dataclass(frozen=True)
class Asked:
    """The request, and the code that nobody sees again; empty when the form had been sent before."""

    request: OpinionRequest
    code: str = ""


@transaction.atomic
def ask_specialist(actor: Actor, assessment: Assessment, said: Question, *, link: Link, key: str) -> Asked:
    """A request with its link in the outbox. NotAllowed; ActionRefused for a sealed file or a day the link does not reach."""
    kept = locked(assessment.file)
    _may(actor, kept)
    before = kept.opinion_requests.filter(key=key).first()
    if before is not None:
        return Asked(before)
    expires = _expiry()
    _checked(kept, assessment, said, expires)
    author, secret, code = author_of(actor), secrets.token_urlsafe(LINK_BYTES), _code()
    number = kept.opinion_requests.count() + 1
    made = OpinionRequest.objects.create(
        file=kept, assessment=assessment, number=number, name=said.name, profession=said.profession,
        organisation=said.organisation, email=said.email, question=said.question.strip(), by_name=said.by_name,
        due=said.due, asked_at=clock.now(), by_id=actor.user_id, by=actor.name, by_phone=author.phone if author else "",
        by_email=actor.email, organisation_of_by=actor.organisation, link_index=link_index(secret),
        code_index=code_index(kept, number, code), expires_at=expires, key=key,
    )  # fmt: skip
    made.parts.set(said.parts)
    made.events.set(said.events)
    begin_term(made)
    queue(actor, [_letter(made, link(secret), again=False)])
    details = {"request": number, "domains": [part.domain for part in said.parts], "events": len(said.events)}
    audit.record(actor, "case.question_shared", kept.code, chain=chain_of(kept), details=details)
    return Asked(made, code)


@transaction.atomic
def remind_specialist(actor: Actor, request: OpinionRequest, *, link: Link) -> OpinionRequest:
    """A new letter with a new link; the one before is dead, the code stays. Once a day. NotAllowed, ActionRefused."""
    kept = _waiting(actor, request)
    now = clock.now()
    if kept.locked_at:
        raise ActionRefused(_("Връзката е затворена след грешни кодове. Дайте нова връзка и нов код."))
    if now - kept.last_letter_at < A_DAY:
        raise ActionRefused(_("Последното писмо е от преди по-малко от ден. Обадете се, ако е спешно."))
    kept.reminded_at = now
    _renew(actor, kept, link)
    audit.record(
        actor, "case.opinion_reminded", kept.file.code, chain=chain_of(kept.file), details={"request": kept.number}
    )  # fmt: skip
    return kept


@transaction.atomic
def renew_request(actor: Actor, request: OpinionRequest, *, link: Link) -> Asked:
    """A new link and a new code: the code was lost, or wrong codes closed the link. NotAllowed, ActionRefused."""
    kept, code = _waiting(actor, request), _code()
    kept.code_index = code_index(kept.file, kept.number, code)
    kept.locked_at, kept.wrong_codes = None, 0
    begin_term(kept)
    _renew(actor, kept, link)
    audit.record(
        actor, "case.opinion_link_renewed", kept.file.code, chain=chain_of(kept.file), details={"request": kept.number}
    )  # fmt: skip
    return Asked(kept, code)


@transaction.atomic
def revoke_request(actor: Actor, request: OpinionRequest) -> OpinionRequest:
    """The link is dead at once, and what was begun behind it is gone. NotAllowed, ActionRefused."""
    kept = _waiting(actor, request)
    kept.revoked_at = clock.now()
    kept.save(update_fields=["revoked_at"])
    end_term(kept)
    drafts.discard(actor, draft_key(kept))
    audit.record(
        actor, "case.opinion_revoked", kept.file.code, chain=chain_of(kept.file), details={"request": kept.number}
    )  # fmt: skip
    return kept


def _may(actor: Actor, file: ClientFile) -> None:
    if not policies.write_file(actor, file):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if file.sealed:
        raise ActionRefused(_("Досието е запечатано. За него не се дава връзка навън."))


def _waiting(actor: Actor, request: OpinionRequest) -> OpinionRequest:
    """The request, ours until the transaction ends, while it waits for an answer."""
    file = locked(request.file)
    _may(actor, file)
    kept: OpinionRequest = file.opinion_requests.select_for_update().get(pk=request.pk)
    kept.file = file
    if kept.answered_at or kept.revoked_at:
        raise ActionRefused(_("Запитването вече е приключило."))
    return kept


def _checked(file: ClientFile, assessment: Assessment, said: Question, expires: dt.datetime) -> None:
    if not said.parts or any(part.assessment_id != assessment.pk for part in said.parts):
        raise ActionRefused(_("Изберете поне една област от оценката, за която питате."))
    if any(event.file_id != file.pk or event.team_only for event in said.events):
        raise ActionRefused(_("Изберете бележки от хронологията на това досие."))
    if not said.question.strip():
        raise ActionRefused(_("Напишете въпроса."))
    last = expires.astimezone(terms.SOFIA).date()
    if not clock.today() <= said.due <= last:
        raise ActionRefused(
            _("Връзката важи до %(day)s. Изберете ден дотогава.") % {"day": formats.date(last)}
        )


def _expiry() -> dt.datetime:
    days = rules.number("opinion_link_days")
    if not days:
        raise ActionRefused(_("Правилото за дните на връзката няма стойност. Поправете го в „Правила“."))
    return clock.now() + dt.timedelta(days=days)


def _renew(actor: Actor, kept: OpinionRequest, link: Link) -> None:
    secret = secrets.token_urlsafe(LINK_BYTES)
    kept.link_index, kept.expires_at = link_index(secret), _expiry()
    kept.save()
    queue(actor, [_letter(kept, link(secret), again=True)])


def _code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def _letter(request: OpinionRequest, address: str, *, again: bool) -> Letter:
    """Who asks and until when; nothing about the child, nor what kind of service it is. The link is kept sealed."""
    with override("bg"):
        words = {
            "name": request.name, "by": request.by, "phone": request.by_phone or "–", "link": KEPT_BACK,
            "due": formats.date(request.due), "until": formats.date(request.expires_at.astimezone(terms.SOFIA)),
        }  # fmt: skip
        subject = _("Напомняне за писмено становище") if again else _("Молба за писмено становище")
        body = _(
            "Здравейте, %(name)s,\n\n%(by)s моли за Вашето становище до %(due)s. Въпросът е тук:\n\n%(link)s\n\n"
            "Страницата иска код. Кодът се казва по телефона и не се изпраща с писмо. Връзката важи до %(until)s "
            "и само за един отговор.\n\nАко не очаквате това писмо, не отваряйте връзката и се обадете на %(by)s, "
            "тел. %(phone)s."
        )
        return Letter(
            key=f"opinion:{request.pk}:{request.link_index[:12]}", to_email=request.email, to_name=request.name,
            subject=subject, body=body % words, path=request.file.path, about=request.file.code, secret=address,
        )  # fmt: skip
