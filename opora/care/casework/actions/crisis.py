"""A crisis: opened by a signal, its steps and people, closed with an outcome. Nothing of it goes into mail."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import policies_crisis, queries_crisis
from opora.care.casework.actions.common import author_of, chain_of, locked, write_event
from opora.care.casework.models import ClientFile, Crisis, CrisisPerson, CrisisStep, Signal
from opora.foundation.accounts.actors import Actor, system
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, terms
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages.actions import Letter, queue
from opora.foundation.rules import queries as rules

RULE = "signal_assessment"
TWICE = dt.timedelta(minutes=1)
"""Within which the same step is the same form sent again, not a second call."""


@transaction.atomic
def receive_signal(
    actor: Actor, file: ClientFile, *, source: str, what: str, received_at: dt.datetime, whom: str = ""
) -> Signal:
    """A signal opens a crisis, or joins the one that runs; its clock begins when it was received, not when written.

    NotAllowed; ActionRefused without words or for a moment that has not come.
    """
    kept = _writable(actor, file)
    if source not in dict(Signal.SOURCES) or not what.strip():
        raise ActionRefused(_("Изберете от кого е сигналът и напишете какво се съобщава."))
    if received_at > clock.now():
        raise ActionRefused(_("Часът е в бъдещето. Запишете кога е получен сигналът."))
    crisis = kept.crises.running().first()
    same = (
        crisis.signals.filter(source=source, what=what.strip(), received_at=received_at).first()
        if crisis
        else None
    )
    if same is not None:
        return same  # the same form sent twice
    crisis = crisis or _open(actor, kept)
    rule = rules.rule(RULE, received_at.astimezone(terms.SOFIA).date())
    counted = rule.number is not None and rule.unit in terms.UNITS
    signal = Signal.objects.create(
        crisis=crisis, source=source, whom=whom.strip(), what=what.strip(), received_at=received_at,
        due=terms.due(received_at, int(rule.number or 0), rule.unit) if counted else None,
        legal_ref=rule.legal_ref, verified=rule.verified, noted_by=actor.name,
    )  # fmt: skip
    _record(actor, crisis, "case.signal_received", signal=signal.pk)
    return signal


@transaction.atomic
def assess_signal(actor: Actor, signal: Signal, *, finding: str, danger: str) -> Signal:
    """What was found, and whether there is danger now; this stops its clock. NotAllowed; ActionRefused without either or
    for one assessed already.
    """
    crisis = _open_crisis(actor, signal.crisis)
    kept = crisis.signals.get(pk=signal.pk)
    if kept.assessed_at is not None:
        raise ActionRefused(_("Сигналът вече е оценен от %(name)s.") % {"name": kept.assessed_by})
    if not finding.strip():
        raise ActionRefused(_("Напишете какво установихте. С това се спира срокът."))
    if danger not in dict(Signal.DANGER):
        raise ActionRefused(_("Отбележете има ли опасност сега."))
    kept.assessed_at, kept.assessed_by, kept.finding = clock.now(), actor.name, finding.strip()
    kept.danger = danger
    kept.save(update_fields=["assessed_at", "assessed_by", "finding", "danger"])
    _record(actor, crisis, "case.signal_assessed", signal=kept.pk, danger=danger)
    return kept


@transaction.atomic
def name_helper(actor: Actor, crisis: Crisis, *, role: str, name: str, phone: str = "") -> CrisisPerson:
    """Somebody who acts, with their part. NotAllowed, ActionRefused."""
    kept = _open_crisis(actor, crisis)
    if role not in dict(CrisisPerson.ROLES) or not name.strip():
        raise ActionRefused(_("Напишете името на човека и изберете какво прави."))
    facts = {"role": role, "name": name.strip(), "phone": phone.strip()}
    made, fresh = CrisisPerson.objects.get_or_create(crisis=kept, **facts, defaults={"since": clock.now()})
    if not fresh:
        return made
    _record(actor, kept, "case.crisis_person", person=made.pk)
    return made


@transaction.atomic
def add_step(
    actor: Actor, crisis: Crisis, *, kind: str, text: str, who: str, until: dt.datetime | None = None,
    result: str = "",
) -> CrisisStep:  # fmt: skip
    """Something to be done; a call with a `result` is written as made now. NotAllowed, ActionRefused."""
    kept = _open_crisis(actor, crisis)
    if kind not in dict(CrisisStep.KINDS) or not text.strip() or not who.strip():
        raise ActionRefused(_("Напишете какво се прави и кой го прави."))
    made = CrisisStep(crisis=kept, kind=kind, text=text.strip(), who=who.strip(), until=until)
    same = kept.steps.filter(
        kind=kind, text=made.text, who=made.who, result=result.strip(), made_at__gt=clock.now() - TWICE
    ).first()
    if same is not None:
        return same  # the same form sent twice
    made.made_at = clock.now()
    if result.strip():
        made.done_at, made.done_by, made.result = made.made_at, actor.name, result.strip()
    made.save()
    _record(actor, kept, "case.crisis_step", step=made.pk)
    return made


@transaction.atomic
def end_step(actor: Actor, step: CrisisStep, *, done: bool, result: str = "") -> CrisisStep:
    """Done, or left out with the reason. NotAllowed; ActionRefused for one ended already, or left out without a reason."""
    crisis = _open_crisis(actor, step.crisis)
    kept = crisis.steps.get(pk=step.pk)
    if not kept.is_waiting:
        raise ActionRefused(_("Тази стъпка вече е отбелязана."))
    if not done and not result.strip():
        raise ActionRefused(_("Напишете защо стъпката отпада."))
    if done:
        kept.done_at = clock.now()
    kept.dropped, kept.done_by, kept.result = not done, actor.name, result.strip()
    kept.save(update_fields=["done_at", "done_by", "result", "dropped"])
    _record(actor, crisis, "case.crisis_step_ended", step=kept.pk, done=done)
    return kept


@transaction.atomic
def close_crisis(actor: Actor, crisis: Crisis, *, outcome: str, closing: str) -> Crisis:
    """End it. NotAllowed; ActionRefused while a signal is not assessed or a step waits, or without an outcome."""
    kept = _open_crisis(actor, crisis)
    if not policies_crisis.close_crisis(actor, kept):
        raise NotAllowed(_("Кризата закрива който я води, водещият на случая или ръководителят."))
    if kept.signals.filter(assessed_at__isnull=True).exists():
        raise ActionRefused(_("Има сигнал без оценка. Първо запишете какво установихте."))
    if any(step.is_waiting for step in kept.steps.all()):
        raise ActionRefused(_("Има стъпки, които чакат. Отбележете ги като направени или отпаднали."))
    if kept.acts_on_danger is False:
        raise ActionRefused(_("Отбелязана е опасност. Запишете поне едно направено действие или обаждане."))
    if outcome not in dict(Crisis.OUTCOMES) or not closing.strip():
        raise ActionRefused(_("Изберете как завърши кризата и напишете какво следва."))
    kept.outcome, kept.closing = outcome, closing.strip()
    kept.closed_at, kept.closed_by = clock.now(), actor.name
    kept.save()
    _write(actor, kept, _("Криза № %(n)s е закрита.") % {"n": kept.number})
    _record(actor, kept, "case.crisis_closed", outcome=outcome)
    return kept


def _open(actor: Actor, file: ClientFile) -> Crisis:
    crisis = Crisis.objects.create(
        file=file, number=file.crises.count() + 1, lead=author_of(actor), opened_at=clock.now(), opened_by=actor.name
    )  # fmt: skip
    _write(actor, crisis, _("Започната е криза № %(n)s.") % {"n": crisis.number})
    queue(system(), _notices(actor, crisis))
    return crisis


def _notices(actor: Actor, crisis: Crisis) -> list[Letter]:
    """To the lead and the heads: the number of the file, and not a word of what happened."""
    file = crisis.file
    with override("bg"):
        subject = _("Досие %(code)s Ви чака") % {"code": file.code}
        body = _("По досие %(code)s има работа, която не търпи отлагане. Отворете Опора.") % {
            "code": file.code
        }
    return [
        Letter(
            key=f"file-waits:{crisis.pk}:{person.pk}", to_email=person.email, to_name=person.name, subject=subject,
            body=body, path=file.path, about=file.code, urgent=True,
        )
        for person in queries_crisis.told_of(file)
        if person.pk != actor.user_id
    ]  # fmt: skip


def _writable(actor: Actor, file: ClientFile) -> ClientFile:
    kept = locked(file)
    if not policies_crisis.act(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    return kept


def _open_crisis(actor: Actor, crisis: Crisis) -> Crisis:
    """The crisis as it stands now, ours with its file until the transaction ends."""
    file = _writable(actor, crisis.file)
    kept = Crisis.objects.get(pk=crisis.pk, file=file)
    kept.file = file
    if not kept.is_open:
        raise ActionRefused(_("Кризата е закрита. При нов сигнал се открива нова."))
    return kept


def _write(actor: Actor, crisis: Crisis, text: str) -> None:
    """The chronology says that there was a crisis; who told and what stays on its own page, off papers for others."""
    write_event(actor, crisis.file, kind="crisis", on=clock.today(), text=text, key=secrets.token_hex(16))


def _record(actor: Actor, crisis: Crisis, deed: str, **details: object) -> None:
    told = {"crisis": crisis.number} | details
    audit.record(actor, deed, crisis.file.code, chain=chain_of(crisis.file), details=told)
