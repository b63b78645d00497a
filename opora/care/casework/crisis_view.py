"""How crises, risks and safety plans are shown: hours left in words, most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework import policies_crisis, queries_crisis
from opora.care.casework.models import (
    ClientFile,
    Crisis,
    CrisisStep,
    Relation,
    Risk,
    SafetyLine,
    SafetyPlan,
    Signal,
)
from opora.care.casework.urgency import Urgency
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.ui import formats


def left(minutes: int | None) -> str:
    """„остават 14 часа“, „остават 40 минути“, „2 часа след срока“."""
    if minutes is None:
        return _("срокът няма число")
    late, count = minutes <= 0, abs(minutes)
    if count >= 60:
        count //= 60
        time = ngettext("%(n)s час", "%(n)s часа", count) % {"n": count}
    else:
        time = ngettext("%(n)s минута", "%(n)s минути", count) % {"n": count}
    if late:
        return _("%(time)s след срока") % {"time": time}
    return ngettext("остава %(time)s", "остават %(time)s", count) % {"time": time}


def header(file: ClientFile) -> list[tuple[str, str]]:
    """What the head of a file's page says: the crisis with its clock, the greatest level of risk."""
    found, urgency = [], Urgency.of(vars(file))
    if urgency.number is not None:
        words = {"n": urgency.number, "left": _state(urgency.signal)[0]}
        found.append((_("Криза"), _("№ %(n)s, %(left)s") % words))
    if urgency.level is not None:
        found.append((_("Риск"), str(dict(Risk.LEVELS)[urgency.level])))
    return found


def _state(waiting: Signal | None) -> tuple[str, str]:
    """The clock of the signal that waits; „сигналите са оценени“ when none does."""
    return SignalLine(waiting).state if waiting else (_("сигналите са оценени"), "waiting")


@dataclass(frozen=True)
class SignalLine:
    """A signal with its clock."""

    signal: Signal

    @property
    def state(self) -> tuple[str, str]:
        """How long is left, and its tag."""
        if self.signal.assessed_at is not None:
            return _("оценен"), "done"
        minutes = self.signal.minutes_left
        return left(minutes), "wrong" if minutes is not None and minutes <= 4 * 60 else "waiting"

    @property
    def endangers(self) -> bool:
        """Whether danger was found, now or later."""
        return self.signal.danger in (Signal.NOW, Signal.LATER)

    @property
    def ground(self) -> str:
        """Until when, by which rule, and whether anybody has checked it."""
        due = formats.datetime(self.signal.due) if self.signal.due else "–"
        words = _("Оценка до %(due)s · %(source)s") % {"due": due, "source": self.signal.legal_ref}
        return words if self.signal.verified else _("%(words)s, непроверена норма") % {"words": words}


def task(code: str, name: str, urgency: Urgency) -> dict[str, object]:
    """A running crisis as a line of a task list."""
    words, signal = _state(urgency.signal), urgency.signal
    return {
        "title": _("%(code)s %(name)s: криза № %(n)s") % {"code": code, "name": name, "n": urgency.number},
        "href": reverse("casework_crisis", args=[code, urgency.number]),
        "hint": SignalLine(signal).ground if signal else "",
        "status": words[0],
        "kind": words[1],
    }


def step_line(step: CrisisStep) -> dict[str, Any]:
    """A step in words."""
    if step.done_at:
        state = (_("направено %(at)s") % {"at": formats.datetime(step.done_at)}, "done")
    elif step.dropped:
        state = (_("отпада"), "none")
    else:
        late = step.until is not None and step.until < clock.now()
        until = _("до %(at)s") % {"at": formats.datetime(step.until)} if step.until else _("чака")
        state = (until, "wrong" if late else "waiting")
    return {"step": step, "state": state}


def _next(title: str, href: str, done: bool) -> dict[str, object]:
    words, kind = (_("направено"), "done") if done else (_("предстои"), "waiting")
    return {"title": title, "href": href, "status": words, "kind": kind}


class CrisisView:
    """One crisis for its page."""

    def __init__(self, actor: Actor, crisis: Crisis) -> None:
        self.actor, self.crisis = actor, crisis
        self.state = _state(crisis.waiting) if crisis.is_open else (_("закрита"), "none")
        self.signals = [SignalLine(one) for one in crisis.signals.all()]
        self.steps = [step_line(one) for one in crisis.steps.all()]

    @property
    def may_act(self) -> bool:
        """Whether the actor adds to it now."""
        return self.crisis.is_open and policies_crisis.act(self.actor, self.crisis.file)

    @property
    def may_close(self) -> bool:
        """Whether the actor closes it, once nothing waits."""
        return self.crisis.is_open and policies_crisis.close_crisis(self.actor, self.crisis)

    @property
    def in_the_way(self) -> list[str]:
        """What has to be done before it can be closed."""
        found = []
        if self.crisis.waiting:
            found.append(_("Запишете какво установихте по сигнала."))
        if any(one["step"].is_waiting for one in self.steps):
            found.append(_("Отбележете стъпките, които чакат."))
        if self.crisis.acts_on_danger is False:
            found.append(_("Запишете какво е направено: отбелязана е опасност сега."))
        return found

    @cached_property
    def next_steps(self) -> list[dict[str, object]]:
        """After danger was found: whom to call, the level of risk, the plan with the person; each until it is there."""
        since = min((one.signal.received_at for one in self.signals if one.endangers), default=None)
        if since is None or not self.may_act:
            return []
        file = self.crisis.file
        called = any(one["step"].kind == "call" and one["step"].done_at for one in self.steps)
        risks = queries_crisis.risks_of(self.actor, file)
        plan = queries_crisis.safety_plan_of(self.actor, file)
        return [
            _next(_("Обадете се на отдел „Закрила на детето“, при опасност на 112, и запишете обаждането"), "#steps", called),
            _next(_("Оценете риска"), reverse("casework_risk", args=[file.code]), any(one.at >= since for one in risks)),
            _next(_("Договорете план за безопасност"), reverse("casework_safety_plan", args=[file.code]), plan is not None and plan.at >= since),
        ]  # fmt: skip

    @property
    def people(self) -> list[tuple[str, str]]:
        """Who acts, with their part and telephone."""
        return [
            (one.name, " · ".join(part for part in (str(one.get_role_display()), one.phone) if part))
            for one in self.crisis.people.all()
        ]


class SafetyView:
    """Risks, safety plan and crises of a file for their page."""

    def __init__(self, actor: Actor, file: ClientFile) -> None:
        self.actor, self.file = actor, file
        self.may_act = policies_crisis.act(actor, file)
        self.plan = queries_crisis.safety_plan_of(actor, file)

    @cached_property
    def former(self) -> list[Crisis]:
        """Closed crises, the newest first."""
        return list(queries_crisis.former_crises(self.actor, self.file))

    @property
    def running(self) -> list[dict[str, object]]:
        """The one that runs, as a task."""
        urgency = Urgency.of(vars(self.file))
        return [task(self.file.code, self.file.person.name, urgency)] if urgency.number else []

    @cached_property
    def risks(self) -> list[dict[str, Any]]:
        """The newest level of each person with what speaks for and against."""
        return [
            {"risk": risk, "who": (risk.person.name, self._who(risk)), "rows": _risk_rows(risk)}
            for risk in queries_crisis.risks_of(self.actor, self.file)
        ]

    def _who(self, risk: Risk) -> str:
        if risk.person_id == self.file.person_id:
            return _("за кого е досието")
        return str(dict(Relation.KINDS).get(risk.relation or "", "–"))

    @property
    def plan_rows(self) -> list[tuple[str, str]]:
        """The safety plan in words."""
        return plan_rows(self.plan) if self.plan else []


def plan_rows(plan: SafetyPlan) -> list[tuple[str, str]]:
    """Each question of the plan with its lines."""
    found = list(plan.lines.all())
    return [
        (str(label), "; ".join(line.text for line in found if line.kind == kind))
        for kind, label in SafetyLine.KINDS
    ]


def _risk_rows(risk: Risk) -> list[tuple[str, str]]:
    factors = list(risk.factors.all())
    said = {side: "; ".join(one.text for one in factors if one.side == side) for side in ("for", "against")}
    signed = ", ".join(part for part in (risk.by, risk.profession, formats.datetime(risk.at)) if part)
    rows = [(_("Защо"), risk.why), (_("Увеличава риска"), said["for"]), (_("Пази"), said["against"])]
    rows.append((_("Преглед на"), formats.date(risk.review_on) if risk.review_on else ""))
    return [*rows, (_("Поставил степента"), signed)]
