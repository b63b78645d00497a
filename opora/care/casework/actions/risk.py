"""Risk as a person finds it, and safety plans; both are added, never changed."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_crisis
from opora.care.casework.actions.common import author_of, chain_of, locked, write_event
from opora.care.casework.models import ClientFile, Person, Risk, RiskFactor, SafetyLine, SafetyPlan
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import ActionRefused, NotAllowed


@transaction.atomic
def set_risk(
    actor: Actor, file: ClientFile, person: Person, *, level: int, why: str, factors: Mapping[str, Sequence[str]],
    review_on: dt.date | None = None,
) -> Risk:  # fmt: skip
    """The level this person sets, with the reason and what speaks for and against. NotAllowed, ActionRefused.

    `factors` maps „for“ and „against“ to lines. Nothing is computed from them.
    """
    kept = _writable(actor, file)
    around = kept.relations.values_list("person_id", flat=True)
    if person.pk not in {kept.person_id, *around} or level not in dict(Risk.LEVELS):
        raise ActionRefused(_("Изберете за кого е оценката и степен на риска."))
    if not why.strip():
        raise ActionRefused(_("Напишете защо. Степента стои с Вашето име и Вашата причина."))
    if level > Risk.LOW and review_on is None:
        raise ActionRefused(_("При висок риск посочете кога ще го прегледате отново."))
    author = author_of(actor)
    risk = Risk.objects.create(
        file=kept, person=person, level=level, why=why.strip(), review_on=review_on, at=clock.now(), by_id=actor.user_id,
        by=actor.name, profession=author.profession if author else "", organisation=actor.organisation,
    )  # fmt: skip
    RiskFactor.objects.bulk_create(
        RiskFactor(risk=risk, side=side, text=text.strip())
        for side, lines in factors.items()
        for text in lines
        if text.strip()
    )
    _write(actor, kept, _("Прегледан е рискът."))
    audit.record(
        actor, "case.risk_set", kept.code, chain=chain_of(kept), details={"risk": risk.pk, "level": level}
    )
    return risk


@transaction.atomic
def write_safety_plan(
    actor: Actor,
    file: ClientFile,
    *,
    lines: Mapping[str, Sequence[str]],
    agreed_with: str,
    review_on: dt.date,
    seen: str | None = None,
) -> SafetyPlan:
    """A new version; of a page (`seen`) what its reader changed in the one before. NotAllowed; ActionRefused without a
    sign, somebody to call and a step, or with whom it was agreed; Clash when a colleague changed the same.
    """
    kept = _writable(actor, file)
    said: dict[str, Any] = {kind: "\n".join(lines.get(kind, ())) for kind, _label in SafetyLine.KINDS}
    said |= {"agreed_with": agreed_with, "review_on": review_on}
    if seen is not None and (before := kept.safety_plans.first()) is not None:
        words = _("Колега договори нов план за безопасност, докато пишехте.")
        said = before.as_written() | shown.brought(said, before.as_written(), seen, words)
    agreed_with, review_on = said["agreed_with"], said["review_on"]
    given = {
        kind: [text.strip() for text in said[kind].splitlines() if text.strip()]
        for kind, _label in SafetyLine.KINDS
    }
    if not (given["sign"] and given["call"] and given["step"]):
        raise ActionRefused(_("Планът има поне един знак, един човек, на когото да се обади, и една стъпка."))
    if not agreed_with.strip():
        raise ActionRefused(_("Напишете с кого е договорен планът."))
    if review_on < clock.today():
        raise ActionRefused(_("Денят за преглед е минал. Посочете бъдещ ден."))
    author = author_of(actor)
    plan = SafetyPlan.objects.create(
        file=kept, number=kept.safety_plans.count() + 1, review_on=review_on, agreed_with=agreed_with.strip(),
        at=clock.now(), by=actor.name, profession=author.profession if author else "",
    )  # fmt: skip
    SafetyLine.objects.bulk_create(
        SafetyLine(plan=plan, kind=kind, text=text) for kind, texts in given.items() for text in texts
    )
    _write(actor, kept, _("Договорен е план за безопасност № %(n)s.") % {"n": plan.number})
    audit.record(actor, "case.safety_plan", kept.code, chain=chain_of(kept), details={"number": plan.number})
    return plan


def _writable(actor: Actor, file: ClientFile) -> ClientFile:
    kept = locked(file)
    if not policies_crisis.act(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    return kept


def _write(actor: Actor, file: ClientFile, text: str) -> None:
    write_event(actor, file, kind="crisis", on=clock.today(), text=text, key=secrets.token_hex(16))
