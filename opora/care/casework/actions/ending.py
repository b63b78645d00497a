"""Contract, review of the plan, closing with a summary."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_ending, queries, queries_ending, stages
from opora.care.casework.actions.assessments import family_or_reason
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future, write_event
from opora.care.casework.actions.files import move_on
from opora.care.casework.models import ClientFile, Closing, Contract, Review
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents.actions import attach

TERMS = ("starts_on", "until", "manner", "fee")
REVIEW_FIELDS = ("on", "present", "absent_why", "child_words", "family_words", "summary", "decision", "why")


@transaction.atomic
def set_contract(
    actor: Actor, file: ClientFile, said: Mapping[str, Any], *, seen: str | None = None, of: str | None = None
) -> Contract:
    """The terms of the contract that waits for signing; a new one where there is none; of a page (`seen`) only what its
    reader changed, and only if the contract it showed (`of`, a key or nothing) waits still. NotAllowed, ActionRefused; Clash
    when a colleague changed the same.
    """
    kept = locked(file)
    if not policies_ending.make_contract(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    plan = queries.approved_plan(kept)
    if plan is None:
        raise ActionRefused(_("Договорът стъпва на одобрен план. Първо одобрете плана."))
    found = kept.contracts.filter(signed_on__isnull=True).first()
    same_contract(found, of)
    now = {field: getattr(found, field) for field in TERMS} if found else {}
    said = now | shown.brought(
        said, now, seen if found else None, _("Колега записа договора, докато пишехте.")
    )
    if said["until"] < said["starts_on"]:
        raise ActionRefused(_("Краят на договора е преди началото му. Поправете една от двете дати."))
    number = kept.contracts.count() + 1
    made = found or Contract(file=kept, number=number, made_at=clock.now(), made_by=actor.name)
    made.plan = plan
    for field in TERMS:
        setattr(made, field, said[field])
    made.version += 1 if found else 0
    made.save()
    if kept.stage == stages.PLAN:
        move_on(actor, kept, stages.CONTRACT)
    _note(actor, kept, "case.contract_made", number=made.number)
    return made


def same_contract(waiting: Contract | None, of: str | None) -> None:
    """ActionRefused where the page showed another contract than the one that waits now."""
    if of is not None and of != str(waiting.pk if waiting else ""):
        raise ActionRefused(
            _(
                "Докато пишехте, колега подписа договора или направи нов. Вижте го и изпратете още веднъж, ако е нужно."
            )
        )


@transaction.atomic
def sign_contract(
    actor: Actor, contract: Contract, *, on: dt.date, name: str = "", content: bytes = b""
) -> Contract:
    """Record that it was signed on paper, with the scan if there is one. NotAllowed, ActionRefused."""
    kept = (
        Contract.objects.select_for_update(of=("self",)).select_related("file__service").get(pk=contract.pk)
    )
    if not policies_ending.change_contract(actor, kept):
        raise NotAllowed(_("Договорът вече е подписан или по досието работят други хора."))
    not_in_the_future(on)
    file = locked(kept.file)
    kept.signed_on, kept.signed_by = on, actor.name
    kept.version += 1
    kept.save(update_fields=["signed_on", "signed_by", "version"])
    if content:
        owner = queries_ending.CONTRACT_OWNER
        attach(actor, content, name=name, owner=owner, owner_id=str(kept.pk), path=file.path)
    words = _("Договор № %(number)s е подписан.") % {"number": kept.number}
    write_event(actor, file, kind="stage", on=on, text=words, key=secrets.token_hex(16))
    _note(actor, file, "case.contract_signed", number=kept.number, attached=bool(content))
    return kept


@transaction.atomic
def hold_review(actor: Actor, file: ClientFile, said: Mapping[str, Any]) -> Review:
    """A review of the plan in force, written once. Going on with the plan begins the next term. NotAllowed,
    ActionRefused without family or reason, without a summary, or without saying why the plan ends or changes.
    """
    kept = locked(file)
    plan = queries.approved_plan(kept)
    if plan is None or not policies_ending.review_plan(actor, kept, plan):
        raise NotAllowed(_("Прегледът се прави, докато се работи по одобрен план."))
    not_in_the_future(said["on"])
    family_or_reason(said["present"], said["absent_why"])
    if not said["summary"].strip():
        raise ActionRefused(_("Напишете какво показа прегледът."))
    if said["decision"] != Review.CONTINUE and not said["why"].strip():
        raise ActionRefused(_("Напишете защо. Причината остава при прегледа."))
    made = Review.objects.create(
        file=kept, plan=plan, number=kept.reviews.count() + 1, due=queries_ending.review_due(kept), at=clock.now(),
        by=actor.name, organisation=actor.organisation, **{field: said[field] for field in REVIEW_FIELDS},
    )  # fmt: skip
    if kept.stage == stages.WORK:
        move_on(actor, kept, stages.REVIEW, on=made.on, why=_("Преглед № %(n)s") % {"n": made.number})
    if made.decision == Review.CONTINUE:
        move_on(actor, kept, stages.WORK, on=made.on, why=_("Продължаваме по същия план."))
    _note(actor, kept, "case.reviewed", number=made.number, decision=made.decision)
    return made


@transaction.atomic
def close_file(actor: Actor, file: ClientFile, said: Mapping[str, Any]) -> Closing:
    """Close with a summary. NotAllowed; ActionRefused while another service is asked to take the file."""
    kept = locked(file)
    if not policies_ending.close_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if kept.transfers.waiting().exists():
        raise ActionRefused(_("Друга услуга е помолена да приеме досието. Първо оттеглете молбата."))
    not_in_the_future(said["on"])
    family_or_reason(said["present"], said["absent_why"])
    if not said["summary"].strip():
        raise ActionRefused(_("Напишете обобщение: какво беше, какво направихме, какво се промени."))
    fields = ("on", "reason", "summary", "after", "present", "absent_why", "child_words")
    made = Closing.objects.create(
        file=kept, at=clock.now(), by=actor.name, organisation=actor.organisation,
        **{field: said[field] for field in fields},
    )  # fmt: skip
    move_on(actor, kept, stages.CLOSED, on=made.on, why=made.get_reason_display())
    _note(actor, kept, "case.closed", reason=made.reason)
    return made


def _note(actor: Actor, file: ClientFile, deed: str, **details: Any) -> None:
    audit.record(actor, deed, file.code, chain=chain_of(file), details=details)
