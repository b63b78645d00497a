"""A file goes to another service: offered by one head, accepted by the other, its history copied as far as chosen."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_ending, stages, wall
from opora.care.casework.actions.common import chain_of, locked, write_event
from opora.care.casework.actions.files import copy_of, move_on, new_file_number
from opora.care.casework.models import (
    Activity,
    AssessmentPart,
    ClientFile,
    Event,
    FileStage,
    GoalMark,
    Member,
    Plan,
    Transfer,
)
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.register.models import Service


@transaction.atomic
def offer_file(
    actor: Actor, file: ClientFile, to: Service, *, parts: Sequence[str], why: str, ends_on: dt.date
) -> Transfer:
    """Ask another service to take the file over. NotAllowed, ActionRefused; asked twice is refused."""
    kept = locked(file)
    if not policies_ending.transfer_file(actor, kept):
        raise NotAllowed(_("Досие прехвърля ръководителят на услугата, докато то е отворено и без печат."))
    if kept.transfers.waiting().exists():
        raise ActionRefused(_("Друга услуга вече е помолена да приеме досието. Първо оттеглете молбата."))
    if to.pk == kept.service_id:
        raise ActionRefused(_("Изберете друга услуга."))
    if ends_on < clock.today():
        raise ActionRefused(_("Последният ден за четене е минал. Изберете днешния или по-късен."))
    if not why.strip():
        raise ActionRefused(_("Напишете защо. Новата услуга ще прочете причината."))
    made = Transfer.objects.create(
        file=kept, to=to, parts=whole(parts), why=why.strip(), ends_on=ends_on, asked_at=clock.now(),
        asked_by=actor.name,
    )  # fmt: skip
    _note(actor, kept, "case.transfer_asked", to=to.code, parts=made.parts)
    return made


def whole(parts: Iterable[str]) -> list[str]:
    """The parts in their order; a plan stands on its assessment, so that goes along."""
    chosen = set(parts) | ({"assessment"} if "plan" in parts else set())
    return [code for code, _words in Transfer.PARTS if code in chosen]


@wall.across
@transaction.atomic
def accept_transfer(actor: Actor, offered: Transfer, *, lead: User | None = None) -> ClientFile:
    """A file in the receiving service. The old one is written no more; its team reads it to the last day. NotAllowed."""
    kept = _waiting(actor, offered)
    old = locked(kept.file)
    if not old.is_open:
        raise ActionRefused(_("Междувременно досието е закрито. Свържете се с другата услуга."))
    new = _new_file(actor, kept, old, lead)
    _copy(kept, old, new)
    words = {"service": old.service.name}
    move_on(actor, new, stages.INTAKE, why=_("Прието от %(service)s.") % words)
    _end_access(old, kept.ends_on)
    move_on(actor, old, stages.TRANSFERRED, why=_("Прието от %(service)s.") % {"service": kept.to.name})
    kept.answered_at, kept.answered_by, kept.made = clock.now(), actor.name, new
    kept.save(update_fields=["answered_at", "answered_by", "made"])
    audit.record(
        actor, "case.opened", new.code, chain=chain_of(new), ground=new.ground, details={"from": old.code}
    )
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
    now = clock.now()
    new = ClientFile.objects.create(
        code=new_file_number(), service=offered.to, path=offered.to.path, person=copy_of(old.person), lead=lead,
        asked_by="service", ground=old.ground, wish=old.wish, wished_on=clock.today(), opened_at=now,
        opened_by=actor.name, last_event_at=now,
    )  # fmt: skip
    FileStage.objects.create(
        file=new,
        stage=stages.CONTACT,
        on=clock.today(),
        at=now,
        by=actor.name,
        organisation=actor.organisation,
    )
    if lead is not None:
        Member.objects.create(file=new, user=lead, part="lead", since=clock.today(), given_by=actor.name)
    return new


def _copy(offered: Transfer, old: ClientFile, new: ClientFile) -> None:
    """What the sending head chose, with its authors and days; nothing is taken from the old file."""
    if "family" in offered.parts:
        for one in old.relations.select_related("person"):
            _again(one, file=new, person=copy_of(one.person))
    if "chronology" in offered.parts:
        _copy_events(old, new)
    if "assessment" in offered.parts:
        _copy_assessment(old, new, with_plan="plan" in offered.parts)


def _copy_events(old: ClientFile, new: ClientFile) -> None:
    made: dict[int, Event] = {}
    for event in Event.objects.filter(file=old, team_only=False).order_by("at", "id"):
        made[event.pk] = _again(event, file=new, corrects=made.get(event.corrects_id or 0))


def _copy_assessment(old: ClientFile, new: ClientFile, *, with_plan: bool) -> None:
    plan = old.plans.filter(state=Plan.APPROVED).first() if with_plan else None
    found = plan.assessment if plan else old.assessments.filter(finished_at__isnull=False).first()
    if found is None:
        return
    parts = list(AssessmentPart.objects.filter(assessment=found).order_by("id"))
    copy = _again(found, file=new, number=1)
    for part in parts:
        _again(part, assessment=copy)
    if plan is not None:
        _copy_plan(plan, file=new, assessment=copy)


def _copy_plan(plan: Plan, **there: Any) -> None:
    goals = list(plan.goals.order_by("id"))
    copy = _again(plan, number=1, **there)
    for goal in goals:
        activities, marks = list(Activity.objects.filter(goal=goal)), list(GoalMark.objects.filter(goal=goal))
        made = _again(goal, plan=copy, before=None)
        for row in (*activities, *marks):
            _again(row, goal=made)


def _again(row: Any, **changed: Any) -> Any:
    """The row once more with these fields changed."""
    model: type[models.Model] = type(row)
    facts = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    for name, value in changed.items():
        facts.pop(f"{name}_id", None)
        facts[name] = value
    return model._default_manager.create(**facts)


def _end_access(old: ClientFile, last: dt.date) -> None:
    """Nobody of the old team reads it after the last day; a membership that ends earlier stays as it is."""
    longer = models.Q(until__isnull=True) | models.Q(until__gt=last)
    old.members.filter(longer, since__lte=last).update(until=last)
    old.members.filter(since__gt=last).delete()


def _note(actor: Actor, file: ClientFile, deed: str, **details: Any) -> None:
    audit.record(actor, deed, file.code, chain=chain_of(file), details=details)
