"""How a plan is shown: goals with their way, T with what it is made of, what changed since the plan before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opora.care.casework import domains, policies, queries
from opora.care.casework.models import AssessmentPart, Goal, Plan
from opora.care.casework.presence import PRESENT
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui import formats
from opora.foundation.ui.pictures.lines import Expected, Panel, small_lines

MARKS = {-2: "−2", -1: "−1", 0: "0", 1: "+1", 2: "+2"}
COMPARED = (
    ("title", _("цел")),
    ("levels", _("петте степени")),
    ("due", _("срок")),
    ("responsible", _("отговорник")),
    ("weight", _("тежест")),
)


@dataclass(frozen=True)
class GoalLine:
    """One goal for the page."""

    goal: Goal

    @property
    def domain(self) -> str:
        """Its domain in words."""
        return str(domains.DOMAINS[self.goal.domain])

    @property
    def now(self) -> int | None:
        """The newest mark."""
        marks = list(self.goal.marks.all())
        return marks[-1].level if marks else None

    @property
    def way(self) -> str:
        """„−1 → 0 → +1“: from the start through every mark."""
        return " → ".join(
            MARKS[level] for level in (self.goal.baseline, *(mark.level for mark in self.goal.marks.all()))
        )

    @property
    def levels(self) -> list[tuple[str, str]]:
        """The five levels in words; those nobody wrote are left out."""
        return [(MARKS[place - 2], text) for place, text in enumerate(self.goal.levels) if text]

    @property
    def tag(self) -> tuple[str, str]:
        """How far it is, in words."""
        return reached(self.goal.baseline, self.now)


def reached(baseline: int, level: int | None) -> tuple[str, str]:
    """How far from where it began, in words, and the tag."""
    if level is None:
        return _("още не е отбелязана"), "none"
    if level >= 0:
        return _("постигната"), "done"
    if level > baseline:
        return _("в ход"), "waiting"
    return (_("без промяна") if level == baseline else _("под началното ниво")), "wrong"


class PlanView:
    """A plan for its page."""

    def __init__(self, actor: Actor, plan: Plan) -> None:
        self.actor, self.plan = actor, plan

    @cached_property
    def goals(self) -> list[GoalLine]:
        """All goals in their order."""
        return [GoalLine(goal) for goal in self.plan.goals.all()]

    @property
    def offered(self) -> list[AssessmentPart]:
        """Needs of the assessment that no goal answers yet, the greatest first."""
        answered = {line.goal.domain for line in self.goals}
        return [part for part in queries.needs_of(self.plan.assessment) if part.domain not in answered]

    @property
    def state(self) -> tuple[str, str]:
        """The state in words and its tag."""
        return self.plan.get_state_display(), Plan.TAGS[self.plan.state]

    @property
    def may_write(self) -> bool:
        """Whether goals may be added and changed now."""
        return self.plan.is_open and policies.write_file(self.actor, self.plan.file)

    @property
    def may_drop(self) -> bool:
        """Whether it is a draft nobody was sent."""
        return self.may_write and self.plan.state == Plan.DRAFT and self.plan.sent_at is None

    @property
    def may_decide(self) -> bool:
        """Whether it waits for this very person."""
        return self.plan.state == Plan.SENT and policies.approve_plan(self.actor, self.plan)

    @property
    def may_mark(self) -> bool:
        """Whether attainment may be marked."""
        return self.plan.state == Plan.APPROVED and policies.write_file(self.actor, self.plan.file)

    @property
    def present(self) -> str:
        """Who of the family took part, or why nobody did."""
        words = dict(PRESENT)
        who = ", ".join(str(words[code]) for code in self.plan.present if code in words)
        return who or self.plan.absent_why

    @cached_property
    def attainment(self) -> dict[str, Any] | None:
        """T of the marked goals with the sentences that belong to it; None before the first mark."""
        if not any(line.now is not None for line in self.goals):
            return None
        from opora.engines.attainment import outcome  # numpy, which pages without a mark need not load
        from opora.engines.common.reasons import say

        found = outcome(
            [math.nan if line.now is None else line.now for line in self.goals],
            [line.goal.baseline for line in self.goals],
            names=[line.goal.title for line in self.goals],
            weights=[line.goal.weight for line in self.goals],
        )
        language = get_language() or "bg"
        # The figure over all goals stands above the sentences already.
        why = [say(reason, language) for reason in found.why if "t" not in reason.values]
        return {
            "t": formats.number(found.t, 1), "before": formats.number(found.t_before, 1),
            "reached": formats.percent(found.reached), "why": why,
        }  # fmt: skip

    @property
    def picture(self) -> Any:
        """The way of each goal: start, then every mark, around what was expected. None before a mark."""
        days = sorted({mark.on for line in self.goals for mark in line.goal.marks.all()})
        if not days:
            return None
        panels = [
            Panel(line.goal.title, (line.goal.baseline, *(_on(line.goal, day) for day in days)))
            for line in self.goals
        ]
        moments = [_("начало"), *(formats.date(day) for day in days)]
        title = _("Постижения по цели: 0 е очакваното, −2 е много под него, +2 е много над него")
        expected = Expected(-2, 2, _("очакваното"))
        return small_lines(title, panels, moments, source=_("отметки по плана"), expected=expected)

    @cached_property
    def differences(self) -> list[tuple[str, str]]:
        """What the head has to look at: new goals, goals left out, goals changed since the approved plan."""
        before = queries.approved_plan(self.plan.file)
        if before is None or before.pk == self.plan.pk:
            return []
        old, kept = {goal.pk: goal for goal in before.goals.all()}, set()
        found = []
        for line in self.goals:
            former = old.get(line.goal.before_id or 0)
            if former is None:
                found.append((_("Нова цел"), line.goal.title))
                continue
            kept.add(former.pk)
            changed = [
                str(words) for field, words in COMPARED if getattr(former, field) != getattr(line.goal, field)
            ]
            if changed:
                found.append((_("Променена цел"), f"{line.goal.title}: {', '.join(changed)}"))
        return found + [(_left_out(goal), goal.title) for pk, goal in old.items() if pk not in kept]


def _left_out(goal: Goal) -> str:
    return _("Постигната цел") if goal.is_reached else _("Отпаднала цел")


def _on(goal: Goal, day: Any) -> int | None:
    """The level on a day, the last where there are two."""
    levels = [mark.level for mark in goal.marks.all() if mark.on == day]
    return levels[-1] if levels else None
