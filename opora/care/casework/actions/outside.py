"""What a specialist without an account does behind the link: shows the code, writes, sends."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework.actions.common import chain_of, locked, write_event
from opora.care.casework.actions.opinion_terms import end_term, tell_of_lock
from opora.care.casework.models import ClientFile, Opinion, OpinionPart, OpinionRequest
from opora.care.casework.queries_opinions import OWNER, code_index, draft_key
from opora.foundation.accounts import limits
from opora.foundation.accounts.actors import Actor, Holding, system
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.actions import attach
from opora.foundation.drafts import actions as drafts
from opora.foundation.messages.actions import Letter, queue
from opora.foundation.rules import queries as rules

RIGHT, WRONG, WAIT, DEAD = "right", "wrong", "wait", "dead"


@dataclass(frozen=True)
class Said:
    """An opinion as it was written: the answer, and of each domain the level (or none) and why."""

    text: str
    domains: Mapping[str, tuple[int | None, str]] = field(default_factory=dict)
    document: tuple[str, bytes] | None = None
    """Name, as its sender called it, and bytes."""


def outsider(request: OpinionRequest) -> Actor:
    """The specialist as the audit names them: no account, one request."""
    held = (Holding("external_specialist", request.file.path),)
    return Actor(None, request.name, request.organisation, request.email, held)


@transaction.atomic
def try_code(request: OpinionRequest, code: str, *, address: str) -> str:
    """Whether this code opens it: right, wrong, wait (too many tries from there), dead. Each try is counted before it is
    compared; the last wrong one that the rule allows closes the link and the worker is told.
    """
    kept = _locked(request)
    if not kept.lives(clock.now()):
        return DEAD
    name, actor = f"opinion:{kept.pk}:{kept.code_index}", outsider(kept)
    if not limits.take(name, address):
        _audit(actor, kept, "case.opinion_code_refused")
        return WAIT
    given = "".join(sign for sign in code if sign.isdigit())
    if hmac.compare_digest(code_index(kept.file, kept.number, given), kept.code_index):
        limits.give_back(name, address)
        kept.wrong_codes, kept.opened_at = 0, kept.opened_at or clock.now()
        kept.save(update_fields=["wrong_codes", "opened_at"])
        _audit(actor, kept, "case.opinion_access")
        return RIGHT
    return _wrong(actor, kept)


@transaction.atomic
def keep_draft(request: OpinionRequest, typed: Mapping[str, str]) -> None:
    """What was typed so far, kept on the server. ActionRefused when the link died meanwhile."""
    kept = _alive(request)
    drafts.replace(outsider(kept), draft_key(kept), dict(typed))


@transaction.atomic
def answer_request(request: OpinionRequest, said: Said) -> Opinion:
    """The opinion enters the file and the link is dead. Sent twice it is written once. ActionRefused."""
    before = Opinion.objects.filter(request_id=request.pk).select_related("file").first()
    if before is not None:
        return before
    kept = _alive(request)
    if not said.text.strip() and said.document is None:
        raise ActionRefused(_("Напишете становището си или прикачете документ с него."))
    actor = outsider(kept)
    made = write_opinion(
        actor, kept.file, said, key=f"request:{kept.pk}", profession=kept.profession, request=kept
    )
    if said.document is not None:
        _attach(actor, kept.file, made, said.document)
    kept.answered_at = made.at
    kept.save(update_fields=["answered_at"])
    end_term(kept)
    drafts.discard(actor, draft_key(kept))
    queue(system(), _told(kept, "answered"))
    _audit(actor, kept, "case.opinion_received")
    return made


def write_opinion(
    actor: Actor, file: ClientFile, said: Said, *, key: str, profession: str, request: OpinionRequest | None = None,
    team_only: bool = False,
) -> Opinion:  # fmt: skip
    """The rows of an opinion and its line in the chronology; the caller holds the lock and has asked the policy."""
    made = Opinion.objects.create(
        file=file, assessment=request.assessment if request else file.assessments.first(), request=request,
        number=file.opinions.count() + 1, team_only=team_only, text=said.text.strip(), by_id=actor.user_id, by=actor.name,
        profession=profession, organisation=actor.organisation, at=clock.now(), digest=_digest(said), key=key,
    )  # fmt: skip
    OpinionPart.objects.bulk_create(
        OpinionPart(opinion=made, domain=domain, need=need, text=text.strip())
        for domain, (need, text) in said.domains.items()
        if need is not None or text.strip() or team_only
    )
    with override("bg"):  # it is kept, not shown in passing
        about = request.question if request else ""
        words = _("Отговор на въпроса „%(question)s“") % {"question": about} if about else _("Само за екипа")
    write_event(
        actor, file, kind="opinion", on=clock.today(), text=words, key=f"opinion:{made.number}",
        profession=profession, team_only=team_only,
    )  # fmt: skip
    return made


def _attach(actor: Actor, file: ClientFile, made: Opinion, document: tuple[str, bytes]) -> None:
    """The document under a name of ours: the sender's may hold the child's."""
    name, content = document
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    kept = attach(
        actor, content, name=f"{made.receipt}.{ending}", owner=OWNER, owner_id=str(made.pk), path=file.path
    )
    made.document = kept.token
    made.save(update_fields=["document"])


def _digest(said: Said) -> str:
    domains = sorted((code, need, text) for code, (need, text) in said.domains.items())
    found = hashlib.sha256(repr((said.text.strip(), domains)).encode())
    found.update(said.document[1] if said.document else b"")
    return found.hexdigest()


def _locked(request: OpinionRequest) -> OpinionRequest:
    file = locked(request.file)
    kept: OpinionRequest = file.opinion_requests.select_for_update().get(pk=request.pk)
    kept.file = file
    return kept


def _alive(request: OpinionRequest) -> OpinionRequest:
    """The request, ours until the transaction ends, through the very link that was opened."""
    kept = _locked(request)
    if not kept.lives(clock.now()) or kept.link_index != request.link_index:
        raise ActionRefused(_("Връзката вече не важи. Обадете се на човека, който Ви е писал."))
    return kept


def _wrong(actor: Actor, kept: OpinionRequest) -> str:
    kept.wrong_codes += 1
    most = rules.number("opinion_wrong_codes")
    if most is not None and kept.wrong_codes >= most:
        kept.locked_at = clock.now()
        tell_of_lock(kept)
        queue(system(), _told(kept, "locked"))
    kept.save(update_fields=["wrong_codes", "locked_at"])
    _audit(actor, kept, "case.opinion_link_locked" if kept.locked_at else "case.opinion_code_refused")
    return DEAD if kept.locked_at else WRONG


def _audit(actor: Actor, kept: OpinionRequest, deed: str) -> None:
    audit.record(actor, deed, kept.file.code, chain=chain_of(kept.file), details={"request": kept.number})


def _told(kept: OpinionRequest, what: str) -> list[Letter]:
    """A letter to who asked: the number of the file and nothing about people."""
    if not kept.by_email:
        return []
    with override("bg"):
        said = {"code": kept.file.code}
        subjects = {
            "answered": _("Получено е становище по досие %(code)s"),
            "locked": _("Връзката за становище по досие %(code)s е затворена"),
        }
        bodies = {
            "answered": _("Становището е в досие %(code)s, страница „Становища“ в Опора."),
            "locked": _(
                "Някой въведе грешен код твърде много пъти и връзката е затворена. Обадете се на специалиста. "
                "Нова връзка и нов код се дават от досие %(code)s, страница „Становища“ в Опора."
            ),
        }
        letter = Letter(
            key=f"opinion-{what}:{kept.pk}:{kept.link_index[:12]}", to_email=kept.by_email, to_name=kept.by,
            subject=subjects[what] % said, body=bodies[what] % said, path=kept.file.path, about=kept.file.code,
            urgent=what == "locked",
        )  # fmt: skip
        return [letter]
