"""What the writers of breaches share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from opora.care.protection import policies
from opora.care.protection.models import Breach, BreachChange, BreachEntry, BreachNumber
from opora.care.protection.numbers import holds_number
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

Change = tuple[str, str, str]


def hold_numbers(year: int) -> BreachNumber:
    """The numbers of the year, ours until the transaction ends: two breaches are told one after the other."""
    BreachNumber.objects.get_or_create(year=year)
    return BreachNumber.objects.select_for_update().get(year=year)


def next_code(number: BreachNumber) -> str:
    """„Н-2026-001“."""
    number.last += 1
    number.save(update_fields=["last"])
    return f"Н-{number.year}-{number.last:03d}"


def kept_by(actor: Actor, breach: Breach, *, closed: bool = False) -> Breach:
    """The breach as it stands now, ours until the transaction ends. NotAllowed; ActionRefused for a closed one."""
    rows = Breach.objects.select_for_update(of=("self",)).select_related("service")
    kept: Breach = rows.get(pk=breach.pk)
    if not policies.keep_breach(actor, kept):
        raise NotAllowed(_("Нарушението се води от ръководителя на услугата и длъжностното лице."))
    if not kept.is_open and not closed:
        raise ActionRefused(_("Нарушението е приключено. Отворете го отново, за да го допълните."))
    return kept


def nameless(*texts: str) -> None:
    """ActionRefused when a text holds an identity number: the register is read by people who may not see it."""
    if any(map(holds_number, texts)):
        raise ActionRefused(_("В текста има ЕГН или ЛНЧ. Опишете случая без лични номера и без имена."))


def past(moment: dt.datetime | None) -> None:
    """ActionRefused for a moment that has not come."""
    if moment is not None and moment > clock.now():
        raise ActionRefused(_("Часът е в бъдещето. Запишете кога се е случило."))


def note(
    actor: Actor,
    breach: Breach,
    deed: str,
    *,
    words: str = "",
    changes: Iterable[Change] = (),
    audit_deed: str,
) -> BreachEntry:
    """A line of the breach's own history, and the audit row that says there is one."""
    entry = BreachEntry.objects.create(
        breach=breach, number=breach.history.count() + 1, deed=deed, at=clock.now(), by_id=actor.user_id, by=actor.name,
        role=actor.role_label, organisation=actor.organisation, words=words,
    )  # fmt: skip
    BreachChange.objects.bulk_create(
        [BreachChange(entry=entry, field=name, before=old, after=new) for name, old, new in changes]
    )
    told = {"entry": entry.number, "fields": [name for name, _old, _new in changes]}
    audit.record(actor, f"breach.{audit_deed}", breach.code, chain=chain_of(breach), details=told)
    return entry


def chain_of(breach: Breach) -> str:
    """The audit chain of its service, or that of the system."""
    return f"svc:{breach.service.code}" if breach.service else "system"
