"""Taking a practice over: request, answer, plan, changes, measurements, end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import actions as messages
from opora.improvement.practice import conditions, letters, policies, stages
from opora.improvement.practice.actions.common import next_code, note, wanted
from opora.improvement.practice.models import (
    Adaptation,
    AdaptationStage,
    Change,
    ConditionSeen,
    ElementMark,
    Measurement,
    OutcomeValue,
    Practice,
)
from opora.register.models import Service

LIVING = (stages.ASKED, stages.AGREED, stages.RUNNING, stages.FINISHED)


@transaction.atomic
def ask_to_adapt(
    actor: Actor,
    card: Practice,
    service: Service,
    *,
    why: str,
    learnt_from: Adaptation | None = None,
    plans: Mapping[int, str] | None = None,
    address: str = "",
) -> Adaptation:
    """Ask in the name of a service; how each condition stands today is kept, and the origin is written to.

    `plans`: what will be done about a condition, by its number. `address`: of this Opora. NotAllowed, ActionRefused.
    """
    if not card.is_published or not policies.write_for(actor, service):
        raise NotAllowed(_("Практика се иска за услуга, за която отговаряте."))
    if service.pk == card.service_id:
        raise ActionRefused(_("Практиката е на тази услуга. Изберете друга."))
    if card.adaptations.filter(service=service, stage__in=LIVING).exists():
        raise ActionRefused(_("Тази услуга вече е поискала практиката."))
    if learnt_from is not None and learnt_from.practice_id != card.pk:
        raise ActionRefused(_("Изберете услуга, която прилага същата практика."))
    made = Adaptation.objects.create(
        code=next_code("А"), practice=card, service=service, path=service.path, learnt_from=learnt_from,
        why=wanted(why, _("Напишете какво искате да промените за хората.")), asked_at=clock.now(), asked_by=actor.name,
    )  # fmt: skip
    _keep_conditions(made, plans or {})
    _enter(actor, made, stages.ASKED, made.why)
    messages.queue(actor, letters.of_request(made, address))
    return made


def _keep_conditions(adaptation: Adaptation, plans: Mapping[int, str]) -> None:
    for condition in adaptation.practice.conditions.select_related("group", "type"):
        seen = conditions.check(condition, adaptation.service)
        ConditionSeen.objects.create(
            adaptation=adaptation, text=seen.text, state=seen.state, found=seen.found[:300],
            plan=plans.get(condition.pk, "").strip(),
        )  # fmt: skip


@transaction.atomic
def answer_request(
    actor: Actor, adaptation: Adaptation, *, agree: bool, words: str, address: str = ""
) -> Adaptation:
    """The origin agrees and says how it will help, or says why not; who asked is written to. NotAllowed, ActionRefused."""
    kept = _locked(adaptation)
    if not policies.answer_request(actor, kept):
        raise NotAllowed(_("На искането отговаря услугата, от която е практиката."))
    refusal = _("Напишете как ще помогнете.") if agree else _("Напишете защо отказвате.")
    _move(actor, kept, stages.AGREED if agree else stages.DECLINED, wanted(words, refusal))
    messages.queue(actor, letters.of_answer(kept, address))
    return kept


@transaction.atomic
def add_change(actor: Actor, adaptation: Adaptation, *, part: str, what: str, why: str) -> Change:
    """Something done otherwise than at the origin, and why. NotAllowed, ActionRefused."""
    kept = writable(actor, adaptation)
    change = Change.objects.create(
        adaptation=kept, part=part, what=wanted(what, _("Напишете какво променяте.")),
        why=wanted(why, _("Напишете защо.")), at=clock.now(), by=actor.name,
    )  # fmt: skip
    note(actor, "practice.change_added", kept.code, kept.service, part=part)
    return change


@transaction.atomic
def start(actor: Actor, adaptation: Adaptation, *, on: dt.date) -> Adaptation:
    """The work with people begins. ActionRefused without a step or without what it was like before."""
    kept = writable(actor, adaptation)
    if kept.stage != stages.AGREED:
        raise ActionRefused(_("Адаптацията вече е започнала."))
    if on > clock.today():
        raise ActionRefused(_("Датата е в бъдещето. Запишете деня, в който сте започнали."))
    if not kept.steps.exists():
        raise ActionRefused(_("Планът още няма стъпки. Добавете поне една."))
    if not kept.measurements.filter(moment=0).exists():
        raise ActionRefused(_("Първо измерете как е преди, иначе няма с какво да сравните."))
    kept.started_on = on
    return _move(actor, kept, stages.RUNNING)


@transaction.atomic
def measure(
    actor: Actor,
    adaptation: Adaptation,
    moment: int,
    *,
    on: dt.date,
    values: Mapping[int, Decimal],
    levels: Mapping[int, int] | None = None,
    people: int | None = None,
    words: str = "",
) -> Measurement:
    """Values by outcome and fidelity by element at one moment; once. NotAllowed, ActionRefused."""
    kept = writable(actor, adaptation)
    if on > clock.today():
        raise ActionRefused(_("Датата е в бъдещето. Запишете деня на измерването."))
    if moment and kept.stage != stages.RUNNING:
        raise ActionRefused(_("Измерва се след начало. Първо отбележете, че сте започнали."))
    if moment and kept.started_on and on < kept.started_on:
        raise ActionRefused(_("Измерването е преди началото на практиката. Проверете датата."))
    if kept.measurements.filter(moment=moment).exists():
        raise ActionRefused(_("Това измерване вече е записано."))
    if not values and not levels:
        raise ActionRefused(_("Запишете поне една стойност."))
    made = Measurement.objects.create(
        adaptation=kept,
        moment=moment,
        on=on,
        people=people,
        note=words.strip(),
        at=clock.now(),
        by=actor.name,
    )
    OutcomeValue.objects.bulk_create(
        OutcomeValue(measurement=made, outcome_id=pk, value=value) for pk, value in values.items()
    )
    ElementMark.objects.bulk_create(
        ElementMark(measurement=made, element_id=pk, level=level) for pk, level in (levels or {}).items()
    )
    note(actor, "practice.measured", kept.code, kept.service, moment=moment)
    return made


@transaction.atomic
def finish(actor: Actor, adaptation: Adaptation, *, stopped: bool, words: str) -> Adaptation:
    """The end, with what came of it; stopping is a result too. NotAllowed, ActionRefused."""
    kept = writable(actor, adaptation)
    if not stopped and not kept.measurements.filter(moment=2).exists():
        raise ActionRefused(
            _("Приключва се след второто измерване. Дотогава може да спрете и да напишете защо.")
        )
    kept.result = wanted(words, _("Напишете какво излезе от адаптацията."))
    return _move(actor, kept, stages.STOPPED if stopped else stages.FINISHED, kept.result)


def _locked(adaptation: Adaptation) -> Adaptation:
    rows = Adaptation.objects.select_for_update(of=("self",)).select_related("practice__service", "service")
    found: Adaptation = rows.get(pk=adaptation.pk)
    return found


def writable(actor: Actor, adaptation: Adaptation) -> Adaptation:
    """The adaptation as it stands now, ours until the transaction ends. NotAllowed."""
    kept = _locked(adaptation)
    if not policies.write_adaptation(actor, kept):
        raise NotAllowed(_("Тази адаптация не се променя сега."))
    return kept


def _move(actor: Actor, adaptation: Adaptation, stage: str, words: str = "") -> Adaptation:
    adaptation.stage = stage
    adaptation.version += 1
    adaptation.save()
    _enter(actor, adaptation, stage, words)
    return adaptation


def _enter(actor: Actor, adaptation: Adaptation, stage: str, words: str = "") -> None:
    AdaptationStage.objects.create(
        adaptation=adaptation,
        stage=stage,
        at=clock.now(),
        by=actor.name,
        organisation=actor.organisation,
        note=words,
    )
    note(
        actor,
        f"practice.adaptation_{stage}",
        adaptation.code,
        adaptation.service,
        practice=adaptation.practice.code,
    )
