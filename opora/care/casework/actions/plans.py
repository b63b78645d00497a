"""Writing a plan from the assessment, its approval by the head, and marks of how far goals are."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies, stages
from opora.care.casework.actions.assessments import family_or_reason
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future, write_event
from opora.care.casework.actions.files import move_on
from opora.care.casework.models import Activity, ClientFile, Goal, GoalMark, Plan
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed

GOAL_FIELDS = ("domain", "need", "title", "levels", "baseline", "weight", "responsible", "family_part", "due")
BEFORE = (stages.ASSESSMENT, stages.REVIEW)


@transaction.atomic
def begin_plan(actor: Actor, file: ClientFile) -> Plan:
    """A new plan from the last finished assessment with the goals of the approved one that are not reached yet, each from
    where it stands now; the open plan if there is one.
    """
    kept = _writable(actor, file)
    if found := kept.plans.filter(state__in=(Plan.DRAFT, Plan.RETURNED, Plan.SENT)).first():
        return found
    assessment = kept.assessments.filter(finished_at__isnull=False).first()
    if assessment is None:
        raise ActionRefused(_("Планът се прави от оценката. Първо приключете оценката."))
    plan = Plan.objects.create(
        file=kept,
        assessment=assessment,
        number=kept.plans.count() + 1,
        made_at=clock.now(),
        made_by=actor.name,
    )
    _take_over(plan)
    if kept.stage in BEFORE:
        move_on(actor, kept, stages.PLAN)
    audit.record(actor, "case.plan_begun", kept.code, chain=chain_of(kept), details={"number": plan.number})
    return plan


@transaction.atomic
def set_goal(
    actor: Actor,
    plan: Plan,
    said: Mapping[str, Any],
    *,
    activities: Sequence[str] = (),
    goal: Goal | None = None,
    version: int = 0,
) -> Goal:
    """Add a goal, or change one of this plan. NotAllowed, ActionRefused; Clash when somebody changed it meanwhile."""
    kept = _open_plan(actor, plan)
    found = Goal.objects.select_for_update().get(pk=goal.pk, plan=kept) if goal else Goal(plan=kept)
    if goal is not None and version != found.version:
        raise Clash(_("Колега промени същата цел, докато пишехте."), theirs=found, version=found.version)
    if len(said["levels"]) != 5 or not said["levels"][2].strip():
        raise ActionRefused(_("Напишете по какво ще личи, че целта е постигната."))
    same = {field: said[field] for field in GOAL_FIELDS if field != "levels"}
    if goal is None and (before := kept.goals.filter(**same).first()) is not None:
        return before  # sent twice
    for field in GOAL_FIELDS:
        setattr(found, field, said[field])
    found.version += 1 if goal else 0
    found.save()
    found.activities.all().delete()
    Activity.objects.bulk_create(
        Activity(goal=found, text=text.strip()) for text in activities if text.strip()
    )
    deed = "case.goal_changed" if goal else "case.goal_added"
    audit.record(actor, deed, kept.file.code, chain=chain_of(kept.file), details={"goal": found.pk})
    return found


@transaction.atomic
def remove_goal(actor: Actor, goal: Goal) -> None:
    """Leave a goal out of a plan that is still written; in older plans it stays."""
    kept = _open_plan(actor, goal.plan)
    audit.record(
        actor, "case.goal_removed", kept.file.code, chain=chain_of(kept.file), details={"goal": goal.pk}
    )
    goal.delete()


@transaction.atomic
def send_plan(
    actor: Actor,
    plan: Plan,
    *,
    child_words: str,
    family_words: str,
    present: Sequence[str],
    absent_why: str = "",
) -> Plan:
    """To the head, with the child's and the family's words. ActionRefused without a goal, or without family or reason."""
    kept = _open_plan(actor, plan)
    if not kept.goals.exists():
        raise ActionRefused(_("Планът още няма цел. Добавете поне една."))
    family_or_reason(present, absent_why)
    kept.child_words, kept.family_words = child_words.strip(), family_words.strip()
    kept.present, kept.absent_why = list(present), absent_why.strip()
    kept.state, kept.sent_at = Plan.SENT, clock.now()
    kept.version += 1
    kept.save()
    audit.record(
        actor,
        "case.plan_submitted",
        kept.file.code,
        chain=chain_of(kept.file),
        details={"number": kept.number},
    )
    return kept


@transaction.atomic
def decide_plan(actor: Actor, plan: Plan, *, approve: bool, note: str = "") -> Plan:
    """The head approves, or returns with a reason. The plan before is replaced. NotAllowed, ActionRefused."""
    kept = Plan.objects.select_for_update(of=("self",)).select_related("file__service").get(pk=plan.pk)
    if not policies.approve_plan(actor, kept):
        raise NotAllowed(_("Планът се одобрява от ръководителя на услугата."))
    if kept.state != Plan.SENT:
        raise ActionRefused(_("Този план не чака решение."))
    if not approve and not note.strip():
        raise ActionRefused(_("Напишете какво да се промени."))
    if approve:
        kept.file.plans.filter(state=Plan.APPROVED).update(state=Plan.REPLACED)
    kept.state = Plan.APPROVED if approve else Plan.RETURNED
    kept.decided_at, kept.decided_by, kept.decision = clock.now(), actor.name, note.strip()
    kept.version += 1
    kept.save()
    _tell(actor, kept, approve)
    deed = "case.plan_approved" if approve else "case.plan_returned"
    audit.record(actor, deed, kept.file.code, chain=chain_of(kept.file), details={"number": kept.number})
    return kept


@transaction.atomic
def mark_goal(actor: Actor, goal: Goal, *, on: dt.date, level: int, note: str = "") -> GoalMark:
    """How far the goal is on a day. NotAllowed; ActionRefused for a plan not approved or a day that has not come."""
    _writable(actor, goal.plan.file)
    if goal.plan.state != Plan.APPROVED:
        raise ActionRefused(_("Отбелязват се целите на одобрения план."))
    if level not in range(-2, 3):
        raise ActionRefused(_("Изберете една от петте степени."))
    not_in_the_future(on)
    same = {"on": on, "level": level, "note": note.strip(), "by": actor.name}
    if (before := goal.marks.filter(**same).first()) is not None:
        return before  # sent twice
    mark = GoalMark.objects.create(goal=goal, at=clock.now(), **same)
    file = goal.plan.file
    audit.record(
        actor, "case.goal_marked", file.code, chain=chain_of(file), details={"goal": goal.pk, "level": level}
    )
    return mark


def _writable(actor: Actor, file: ClientFile) -> ClientFile:
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    return kept


def _open_plan(actor: Actor, plan: Plan) -> Plan:
    kept = Plan.objects.select_for_update(of=("self",)).select_related("file__service").get(pk=plan.pk)
    if not policies.write_file(actor, kept.file):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if not kept.is_open:
        raise ActionRefused(_("Планът е изпратен или одобрен и не се променя. Направете нов."))
    return kept


@transaction.atomic
def drop_plan(actor: Actor, plan: Plan) -> None:
    """Throw away a draft that was never sent. NotAllowed; ActionRefused for a plan the head has seen."""
    kept = _open_plan(actor, plan)
    if kept.state != Plan.DRAFT or kept.sent_at is not None:
        raise ActionRefused(_("Планът вече е изпращан за одобрение и остава в досието."))
    audit.record(
        actor, "case.plan_dropped", kept.file.code, chain=chain_of(kept.file), details={"number": kept.number}
    )
    kept.delete()


def _take_over(plan: Plan) -> None:
    """Nothing is typed again: the goals of the approved plan that are not reached stand in the new one until somebody
    leaves them out.
    """
    before = Goal.objects.filter(plan__file=plan.file, plan__state=Plan.APPROVED)
    for goal in before.prefetch_related("activities", "marks"):
        activities = list(goal.activities.all())
        facts = {field: getattr(goal, field) for field in GOAL_FIELDS}
        if marks := list(goal.marks.all()):
            facts["baseline"] = marks[-1].level
        if goal.is_reached:
            continue
        copy = Goal.objects.create(plan=plan, before=goal, **facts)
        Activity.objects.bulk_create(
            Activity(goal=copy, text=a.text, who=a.who, often=a.often) for a in activities
        )


def _tell(actor: Actor, plan: Plan, approve: bool) -> None:
    words = _("План № %(number)s е одобрен.") if approve else _("План № %(number)s е върнат за промяна.")
    text = f"{words % {'number': plan.number}} {plan.decision}".strip()
    write_event(actor, plan.file, kind="stage", on=clock.today(), text=text, key=secrets.token_hex(16))
