"""What pages show of visits, marks and rounds."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.evidence.monitoring import policies, queries_visit, stages
from opora.evidence.monitoring.models import COMPLIANCE, MATURITY, Visit
from opora.evidence.monitoring.results import Final, ServiceMarks
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock


def level_words(kind: str, level: float | None, *, applies: bool = True) -> str:
    """A mark as it is read: „2,5“, „отчасти“, „неприложимо“."""
    if not applies:
        return _("неприложимо")
    if level is None:
        return "–"
    if kind == COMPLIANCE and float(level).is_integer():
        return {0: _("не се изпълнява"), 1: _("отчасти"), 2: _("изпълнява се")}[int(level)]
    return f"{level:g}".replace(".", ",")


def level_meaning(anchors: dict[int, str], level: float | None) -> str:
    """What a level looks like, in the framework's own words; of a mean between two levels both are said."""
    if level is None:
        return ""
    if float(level).is_integer():
        return anchors.get(int(level), "")
    low, high = math.floor(level), math.ceil(level)
    words = {"low": low, "below": anchors.get(low, "–"), "high": high, "above": anchors.get(high, "–")}
    return _("Между %(low)s (%(below)s) и %(high)s (%(above)s)") % words


def not_applicable() -> str:
    """The word for what does not concern a service."""
    return _("Неприложимо за тази услуга")


@dataclass(frozen=True)
class Line:
    """A visit as a row of a list."""

    visit: Visit
    href: str
    stage: str
    tag: str
    observers: str
    late: bool
    seats: str


def lines(visits: Iterable[Visit], on: dt.date | None = None) -> list[Line]:
    """Rows in the order given."""
    return [_line(visit, on or clock.today()) for visit in visits]


def _line(visit: Visit, on: dt.date) -> Line:
    seats = list(visit.observers.all())
    locked = sum(1 for seat in seats if seat.locked_at)
    names = ", ".join(seat.user.name for seat in seats)
    said = _("%(n)s от 2 заключени") % {"n": locked} if visit.stage == stages.MARKING else ""
    return Line(
        visit, reverse("monitoring_visit", args=[visit.code]), str(stages.STAGES[visit.stage]),
        stages.TAGS[visit.stage], names, visit.is_late(on), said,
    )  # fmt: skip


@dataclass(frozen=True)
class Domain:
    """A domain with its marks: the mean of those that apply, or of standards how many are met, partly, not."""

    title: str
    finals: tuple[Final, ...]
    mean: str
    counts: str


def domains(told: ServiceMarks, kind: str) -> list[Domain]:
    """Final marks by domain; a mean only for maturity: standards are not added up."""
    found: dict[str, list[Final]] = {}
    for mark in told.marks:
        found.setdefault(mark.domain_title, []).append(mark)
    return [
        Domain(title, tuple(marks), _mean(marks), "")
        if kind == MATURITY
        else Domain(title, tuple(marks), "", _counts(marks))
        for title, marks in found.items()
    ]


def _mean(marks: Iterable[Final]) -> str:
    weighed = [(mark.level, mark.weight) for mark in marks if mark.level is not None]
    total = sum(weight for _level, weight in weighed)
    if not total:
        return "–"
    return f"{sum(level * weight for level, weight in weighed) / total:.1f}".replace(".", ",")


def _counts(marks: Iterable[Final]) -> str:
    """„3 изпълнява се, 1 отчасти“: standards are counted, never added up."""
    said = Counter(level_words(COMPLIANCE, mark.level, applies=mark.applies) for mark in marks)
    order = [level_words(COMPLIANCE, level) for level in (2, 1, 0)] + [
        level_words(COMPLIANCE, None, applies=False)
    ]
    return ", ".join(f"{word}: {said[word]}" for word in order if word in said)


def deeds(actor: Actor, visit: Visit, *, marks: bool | None = None) -> list[tuple[str, str]]:
    """What this person does next with the visit: (words, address), the first is the main one.

    `marks` says whether they may mark it, where that is known already.
    """
    offered = [
        (policies.mark(actor, visit) if marks is None else marks, _("Оцени"), "monitoring_mark"),
        (visit.stage == stages.LOCKED and policies.settle(actor, visit), _("Обсъди различията"), "monitoring_consensus"),
        (policies.report(actor, visit), _("Напиши доклада"), "monitoring_report"),
        (policies.answer(actor, visit), _("Отговори на доклада"), "monitoring_answer"),
        (policies.write_programme(actor, visit), _("Напиши програмата"), "monitoring_programme"),
        (_waits_for(actor, visit), _("Договори програмата"), "monitoring_programme"),
    ]  # fmt: skip
    return [(words, reverse(name, args=[visit.code])) for may, words, name in offered if may]


def _waits_for(actor: Actor, visit: Visit) -> bool:
    programme = queries_visit.programme_of(visit)
    return bool(programme and programme.offered_at and policies.agree_programme(actor, visit))


def waiting(actor: Actor, visits: Iterable[Visit]) -> list[dict[str, Any]]:
    """Visits that need this person now, as lines of a task list: today's first, then as they come.

    A line names its round where the visits are of several.
    """
    today, found, visits = clock.today(), [], list(visits)
    several = len({visit.round_id for visit in visits}) > 1
    for visit in visits:
        marks = _marks_still(actor, visit)
        now = deeds(actor, visit, marks=marks) if visit.round.is_open else []
        if now and not (marks and visit.on is not None and visit.on > today):
            found.append((marks and visit.on == today, _task(visit, now[0], several)))
    return [task for _today, task in sorted(found, key=lambda pair: not pair[0])]


def _marks_still(actor: Actor, visit: Visit) -> bool:
    """Whether the person was sent and has not locked; a tie declared since then is told on the page itself."""
    seat = policies.observes(actor, visit) if visit.open_to_marks else None
    return seat is not None and seat.locked_at is None


def _task(visit: Visit, deed: tuple[str, str], several: bool) -> dict[str, Any]:
    return {
        "title": f"{deed[0]}: {visit.service.name}",
        "href": deed[1],
        "hint": _hint(visit, several),
        "status": str(stages.STAGES[visit.stage]),
        "kind": stages.TAGS[visit.stage],
    }


def _hint(visit: Visit, several: bool) -> str:
    said = [visit.code, f"{visit.on:%d.%m.%Y}" if visit.on else "", visit.round.title if several else ""]
    return ", ".join(filter(None, said))
