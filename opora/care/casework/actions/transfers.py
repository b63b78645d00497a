"""A file goes to another service: offered by one head, accepted by the other, with all that belongs to the case."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import policies_ending, stages, wall
from opora.care.casework.actions.common import chain_of, locked, write_event
from opora.care.casework.actions.files import copy_of, move_on, new_file_number, sealed_copy_of
from opora.care.casework.actions.transfer_copy import copy_parts
from opora.care.casework.models import Arrival, ClientFile, FileStage, Member, Seal, Transfer
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.register.models import Service


@transaction.atomic
def offer_file(
    actor: Actor, file: ClientFile, to: Service, *, parts: Sequence[str], why: str, ends_on: dt.date, left_why: str = ""
) -> Transfer:  # fmt: skip
    """Ask another service to take the file over; of a sealed one nobody hears before a second person confirms.

    NotAllowed; ActionRefused when asked twice, or when a part stays behind without a reason.
    """
    kept = locked(file)
    if not policies_ending.transfer_file(actor, kept):
        raise NotAllowed(_("Досие прехвърля ръководителят на услугата, докато то е отворено за него."))
    if kept.transfers.waiting().exists():
        raise ActionRefused(_("Друга услуга вече е помолена да приеме досието. Първо оттеглете молбата."))
    if to.pk == kept.service_id:
        raise ActionRefused(_("Изберете друга услуга."))
    if ends_on < clock.today():
        raise ActionRefused(_("Последният ден за четене е минал. Изберете днешния или по-късен."))
    if not why.strip():
        raise ActionRefused(_("Напишете защо. Новата услуга ще прочете причината."))
    going = whole(parts)
    if set(going) != set(Transfer.WHOLE) and not left_why.strip():
        raise ActionRefused(_("Част от историята остава тук. Напишете защо: новият екип ще го прочете."))
    made = Transfer.objects.create(
        file=kept, to=to, parts=going, left_why=left_why.strip(), why=why.strip(), ends_on=ends_on, asked_at=clock.now(),
        asked_by=actor.name, asked_by_id=actor.user_id,
    )  # fmt: skip
    _note(actor, kept, "case.transfer_asked", to=to.code, parts=made.parts)
    return made


def whole(parts: Iterable[str]) -> list[str]:
    """The parts in their order, each with what it cannot stand without."""
    chosen = set(parts) | {needed for part, needed in Transfer.NEEDS.items() if part in parts}
    return [code for code in Transfer.WHOLE if code in chosen]


@transaction.atomic
def confirm_transfer(actor: Actor, offered: Transfer, *, confirm: bool) -> Transfer:
    """The second person lets a sealed file be offered, or says no. NotAllowed."""
    kept = _locked(offered)
    if not policies_ending.confirm_transfer(actor, kept):
        raise NotAllowed(_("Предложението потвърждава друг човек, който работи по досието."))
    if not confirm:
        return _answered(actor, kept, "case.transfer_refused", _("Не е потвърдено от втори човек."))
    kept.confirmed_at, kept.confirmed_by, kept.confirmed_by_id = clock.now(), actor.name, actor.user_id
    kept.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_by_id"])
    _note(actor, kept.file, "case.transfer_confirmed", to=kept.to.code, asked_by=kept.asked_by_id)
    return kept


@wall.across
@transaction.atomic
def accept_transfer(actor: Actor, offered: Transfer, *, lead: User | None = None) -> ClientFile:
    """A file in the receiving service with the whole history. The old one is written no more, and after the last day
    of its team it is read only with a stated reason. NotAllowed, ActionRefused.
    """
    kept = _waiting(actor, offered)
    old = locked(kept.file)
    if not old.is_open:
        raise ActionRefused(_("Междувременно досието е закрито. Свържете се с другата услуга."))
    new = _new_file(actor, kept, old, lead)
    rows = copy_parts(old, new, kept.parts)
    _tell_where_from(kept, old, new)
    move_on(actor, new, stages.INTAKE, why=_("Прието от %(service)s.") % {"service": old.service.name})
    _leave(actor, kept, old)
    kept.answered_at, kept.answered_by, kept.made = clock.now(), actor.name, new
    kept.save(update_fields=["answered_at", "answered_by", "made"])
    details = {"from": old.code, "rows": rows}
    audit.record(actor, "case.opened", new.code, chain=chain_of(new), ground=new.ground, details=details)
    _note(actor, old, "case.transferred", to=new.code, until=kept.ends_on.isoformat())
    return new


@wall.across
@transaction.atomic
def refuse_transfer(actor: Actor, offered: Transfer, *, why: str) -> Transfer:
    """The receiving head says no and why; the file stays as it was. NotAllowed, ActionRefused."""
    kept = _waiting(actor, offered)
    if not why.strip():
        raise ActionRefused(_("Напишете защо. Другата услуга ще прочете причината."))
    return _answered(actor, kept, "case.transfer_refused", why)


@transaction.atomic
def take_back_transfer(actor: Actor, offered: Transfer) -> Transfer:
    """The offering head changes their mind before the answer. NotAllowed."""
    kept = _locked(offered)
    if not policies_ending.take_back_transfer(actor, kept):
        raise NotAllowed(_("Молбата вече има отговор."))
    return _answered(actor, kept, "case.transfer_taken_back", _("Оттеглена от услугата."))


def _locked(offered: Transfer) -> Transfer:
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("file__service", "to")
    return rows.get(pk=offered.pk)


def _waiting(actor: Actor, offered: Transfer) -> Transfer:
    kept = _locked(offered)
    if not policies_ending.answer_transfer(actor, kept):
        raise NotAllowed(_("Отговаря ръководителят на услугата, която е помолена, и само веднъж."))
    return kept


def _answered(actor: Actor, kept: Transfer, deed: str, why: str) -> Transfer:
    kept.answered_at, kept.answered_by, kept.answer = clock.now(), actor.name, why.strip()
    kept.save(update_fields=["answered_at", "answered_by", "answer"])
    text = _("%(service)s: %(why)s") % {"service": kept.to.name, "why": kept.answer}
    write_event(actor, kept.file, kind="stage", on=clock.today(), text=text, key=secrets.token_hex(16))
    _note(actor, kept.file, deed, to=kept.to.code)
    return kept


def _new_file(actor: Actor, offered: Transfer, old: ClientFile, lead: User | None) -> ClientFile:
    """The file as it begins there, sealed when the old one is."""
    now, today = clock.now(), clock.today()
    with override("bg"):
        person = sealed_copy_of(old.person, _("Запечатано досие")) if old.sealed else copy_of(old.person)
    new = ClientFile.objects.create(
        code=new_file_number(), service=offered.to, path=offered.to.path, person=person, lead=lead, asked_by="service",
        ground=old.ground, wish=old.wish, wished_on=today, opened_at=now, opened_by=actor.name, last_event_at=now,
        sealed=old.sealed,
    )  # fmt: skip
    if old.sealed:
        Seal.objects.create(file=new, kind=old.seal.kind, why=old.seal.why, at=now, by=old.seal.by)
    FileStage.objects.create(
        file=new, stage=stages.CONTACT, on=today, at=now, by=actor.name, organisation=actor.organisation
    )
    if lead is not None:
        Member.objects.create(file=new, user=lead, part="lead", since=today, given_by=actor.name)
    return new


def _tell_where_from(offered: Transfer, old: ClientFile, new: ClientFile) -> None:
    service = old.service
    Arrival.objects.create(
        file=new, service=service.name, place=service.municipality.name, phone=service.phone, code=old.code,
        on=clock.today(), offered_by=offered.asked_by, why=offered.why, left_why=offered.left_why,
        left=[code for code in Transfer.WHOLE if code not in offered.parts], former_team_until=offered.ends_on,
    )  # fmt: skip


def _leave(actor: Actor, offered: Transfer, old: ClientFile) -> None:
    """The old file ends: its team reads to the last day, planned meetings fall away, a crisis goes on at the new place, and
    who reads it in an emergency is led there too.
    """
    words = _("Прието от %(service)s.") % {"service": offered.to.name}
    _end_access(old, offered.ends_on)
    now = clock.now()
    old.emergencies.running(now).update(until=now)
    old.visits.waiting().update(dropped_at=now)
    old.crises.running().update(closed_at=now, closed_by=actor.name, outcome="handed", closing=words)
    move_on(actor, old, stages.TRANSFERRED, why=words)
    old.read_until, old.lead = offered.ends_on, old.lead_now
    old.next_lead = old.next_lead_on = None
    old.save(update_fields=["read_until", "lead", "next_lead", "next_lead_on"])


def _end_access(old: ClientFile, last: dt.date) -> None:
    """Nobody of the old team reads it after the last day; a membership that ends earlier stays as it is."""
    longer = models.Q(until__isnull=True) | models.Q(until__gt=last)
    old.members.filter(longer, since__lte=last).update(until=last)
    old.members.filter(since__gt=last).delete()


def _note(actor: Actor, file: ClientFile, deed: str, **details: Any) -> None:
    audit.record(actor, deed, file.code, chain=chain_of(file), details=details)
