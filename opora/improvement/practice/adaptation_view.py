"""An adaptation on its page: when it is measured, what was found against before, how far the practice was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, terms
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats
from opora.improvement.practice import policies, presenters, stages
from opora.improvement.practice.models import Adaptation, Measurement

FOLLOW_UP = "adaptation_follow_up"
BEFORE, FIRST, SECOND = 0, 1, 2
SOON = dt.timedelta(days=31)


def months() -> tuple[int, ...]:
    """After how many months it is measured; from the rule, none where it has no numbers."""
    return tuple(int(part) for part in rules.rule(FOLLOW_UP).value.split(";") if part.strip().isdigit())


@dataclass(frozen=True)
class Moment:
    """One moment of measuring: its words, its day, what was found, whether it may be written now."""

    number: int
    words: str
    due: dt.date | None
    done: Measurement | None
    may: bool

    @property
    def state(self) -> tuple[str, str]:
        """Words and kind of the tag."""
        if self.done:
            return _("измерено на %(day)s") % {"day": formats.date(self.done.on)}, "done"
        if self.due is None:
            return (_("може да се запише"), "info") if self.may else (_("след започване"), "none")
        if self.due < clock.today():
            return _("закъснява, беше до %(day)s") % {"day": formats.date(self.due)}, "wrong"
        return _("до %(day)s") % {"day": formats.date(self.due)}, "waiting"


def moments(adaptation: Adaptation, after_months: tuple[int, ...] | None = None) -> list[Moment]:
    """Before, and each time after; `after_months` where the rule was read already."""
    done = {one.moment: one for one in adaptation.measurements.all()}
    found = [
        Moment(
            BEFORE, _("Преди"), None, done.get(BEFORE), adaptation.stage in (stages.AGREED, stages.RUNNING)
        )
    ]
    for number, after in enumerate((months() if after_months is None else after_months)[:2], FIRST):
        due = terms.add_months(adaptation.started_on, after) if adaptation.started_on else None
        words = ngettext("След %(n)s месец", "След %(n)s месеца", after) % {"n": after}
        found.append(Moment(number, words, due, done.get(number), adaptation.stage == stages.RUNNING))
    return found


def next_of(found: list[Moment]) -> Moment | None:
    """The first that was not measured yet and may be."""
    return next((one for one in found if one.done is None and one.may), None)


@dataclass(frozen=True)
class ResultLine:
    """One outcome: values at each moment, the change, and the same at the origin."""

    title: str
    values: tuple[str, ...]
    change: str
    tag: str
    origin: str


def results(adaptation: Adaptation) -> list[ResultLine]:
    """What was measured, outcome by outcome, against before."""
    found: dict[tuple[int, int], float] = {}
    for one in adaptation.measurements.all():
        for value in one.values.all():
            found[value.outcome_id, one.moment] = float(value.value)
    lines = []
    for outcome in adaptation.practice.outcomes.all():
        values = [found.get((outcome.pk, moment)) for moment in (BEFORE, FIRST, SECOND)]
        change, tag = _change(values, outcome.better)
        shown = tuple(presenters.value(value, outcome.unit) for value in values)
        origin = f"{presenters.value(outcome.before)} → {presenters.value(outcome.after, outcome.unit)}"
        known = outcome.before is not None or outcome.after is not None
        lines.append(ResultLine(outcome.title, shown, change, tag, origin if known else ""))
    return lines


def _change(values: Sequence[float | None], better: str) -> tuple[str, str]:
    before, last = values[0], next((value for value in reversed(values[1:]) if value is not None), None)
    if before is None or last is None:
        return "", "none"
    step = last - before
    if step == 0:
        return _("без промяна"), "none"
    words = f"{'+' if step > 0 else '−'}{presenters.value(abs(step))}"
    good = (step > 0) == (better == "up")
    return (_("%(step)s, по-добре") if good else _("%(step)s, по-зле")) % {
        "step": words
    }, "done" if good else "wrong"


@dataclass(frozen=True)
class FidelityLine:
    """One core of the practice and how far it was kept at each moment."""

    text: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Fidelity:
    """How far the practice was kept: line by line and as a share at each moment after the start."""

    lines: tuple[FidelityLine, ...]
    shares: tuple[float | None, ...]


def fidelity(adaptation: Adaptation) -> Fidelity:
    """Marks against the cores: not, partly, wholly. The share counts partly as half."""
    found: dict[tuple[int, int], int] = {}
    words: dict[tuple[int, int], str] = {}
    for one in adaptation.measurements.all():
        for mark in one.element_marks.all():
            found[mark.element_id, one.moment] = mark.level
            words[mark.element_id, one.moment] = str(mark.get_level_display())
    elements = list(adaptation.practice.elements.all())
    lines = tuple(
        FidelityLine(element.text, tuple(words.get((element.pk, m), formats.NONE) for m in (FIRST, SECOND)))
        for element in elements
    )
    return Fidelity(lines, tuple(_share([found.get((e.pk, m)) for e in elements]) for m in (FIRST, SECOND)))


def _share(levels: Sequence[int | None]) -> float | None:
    known = [level for level in levels if level is not None]
    return sum(known) / (2 * len(known)) if known else None


def due_tasks(actor: Actor, running: list[Adaptation]) -> list[dict[str, Any]]:
    """Measurements that the actor owes now or within a month, as lines of a task list."""
    mine = [one for one in running if policies.write_adaptation(actor, one)]
    after = months() if mine else ()
    return [_due(one, moment) for one in mine if (moment := next_of(moments(one, after))) and _soon(moment)]


def _soon(moment: Moment) -> bool:
    return moment.due is not None and moment.due <= clock.today() + SOON


def _due(one: Adaptation, moment: Moment) -> dict[str, Any]:
    words, kind = moment.state
    said = {"moment": moment.words.lower(), "title": one.practice.title}
    return {
        "title": _("Измерване „%(moment)s“: %(title)s") % said,
        "href": reverse("practice_adaptation_measure", args=[one.code, moment.number]),
        "hint": one.service.name,
        "status": words,
        "kind": kind,
    }
