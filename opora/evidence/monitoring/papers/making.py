"""The report of a visit, laid out once and written as PDF or Word."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils import translation

from opora.evidence.monitoring import presenters, queries, queries_visit
from opora.evidence.monitoring.models import COMPLIANCE, Indicator, Visit
from opora.evidence.monitoring.results import Final
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.documents import render
from opora.foundation.ui import formats

FORMATS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
SHORT = 6
TEMPLATE = Path(__file__).resolve().parent / "report.docx"


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    kind: ClassVar[str] = "text"


@dataclass(frozen=True)
class Table:
    """Three columns with their heads."""

    heads: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    marked: int = 0
    """Which column holds the mark; 0 where none does."""
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Text | Table, ...]

    @property
    def short(self) -> bool:
        """Whether it is kept on one sheet with its heading."""
        rows = sum(len(block.rows) if isinstance(block, Table) else 1 for block in self.blocks)
        return rows <= SHORT


@dataclass(frozen=True)
class Book:
    """The whole report."""

    title: str
    code: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    printed: str


def book(actor: Actor, visit: Visit) -> Book:
    """Lay the report out, in Bulgarian. The visit has a report the actor may read."""
    with translation.override("bg"):
        report = queries_visit.report_of(actor, visit)
        assert report is not None
        parts = [
            Part("Силни страни", _paragraphs(report.strengths)),
            Part("Какво да се подобри", _paragraphs(report.advice)),
            *_marks(actor, visit),
        ]
        if answer := queries_visit.answer_of(actor, visit):
            parts.append(Part("Отговор на услугата", _paragraphs(answer.text)))
        parts += _programme(visit)
        printed = f"разпечатано от {actor.name} на {formats.date(clock.now())}"
        return Book(
            "Доклад от мониторингово посещение", visit.code, tuple(_lead(visit)), tuple(parts), printed
        )


def content(laid: Book, ending: str) -> bytes:
    """The report as `pdf` or `docx`."""
    with translation.override("bg"):
        context = {"book": laid, "printed": laid.printed}
        if ending == "pdf":
            return render.pdf("monitoring/paper.html", context)
        return render.docx(TEMPLATE, context).content


def _lead(visit: Visit) -> list[str]:
    observers = ", ".join(seat.user.name for seat in visit.observers.all())
    users, families = queries_visit.voices_heard(visit)
    heard = f"Говорено е с потребители: {users}, с близки: {families}. Думите им остават при наблюдателите."
    framework = visit.round.version.framework
    return [
        f"{visit.service.name}, {visit.service.municipality.full_name}",
        f"Посещение {visit.code} на {formats.date(visit.on)}",
        f"Наблюдатели: {observers}",
        f"Рамка: {framework.title}, версия {visit.round.version.number}",
        heard,
    ]


def _paragraphs(text: str) -> tuple[Text, ...]:
    return tuple(Text(line.strip()) for line in text.splitlines() if line.strip())


def _marks(actor: Actor, visit: Visit) -> Iterable[Part]:
    told = queries.marks_of_visit(actor, visit)
    if told is None:
        return
    kind = visit.round.version.framework.kind
    indicators = {one.pk: one for one in queries.indicators_of(visit.round.version)}
    for domain in presenters.domains(told, kind):
        mean = f", средно {domain.mean} от 4" if domain.mean else ""
        rows = tuple(_row(mark, indicators[mark.indicator_id], kind) for mark in domain.finals)
        counted = (Text(f"Общо: {domain.counts}."),) if domain.counts else ()
        yield Part(f"{domain.title}{mean}", (*counted, _table(kind, rows)))


def _table(kind: str, rows: tuple[tuple[str, str, str], ...]) -> Table:
    """The mark stands second; of standards what is really done stands next to what is required."""
    if kind != COMPLIANCE:
        return Table(("Показател", "Оценка", "Какво видяхме"), rows, marked=2)
    turned = tuple((name, seen, level) for name, level, seen in rows)
    return Table(("Стандарт и какво се изисква", "Какво се прави наистина", "Оценка"), turned, marked=3)


def _row(mark: Final, indicator: Indicator, kind: str) -> tuple[str, str, str]:
    anchors = {float(anchor.level): anchor.text for anchor in indicator.anchors.all()}
    name = f"{mark.code} {mark.title}"
    name += f"\nИзисква се: {indicator.required}" if kind == COMPLIANCE and indicator.required else ""
    level = presenters.level_words(kind, mark.level, applies=mark.applies)
    words = "" if mark.level is None else anchors.get(mark.level) or _between(mark.level)
    notes = dict.fromkeys(seen.note for seen in mark.seen if seen.note)
    agreed = f"Общо решение: {mark.agreed}" if mark.agreed else ""
    return name, "\n".join(filter(None, (level, words))), "\n".join(filter(None, (*notes, agreed)))


def _between(level: float) -> str:
    """A mean that stands between two levels."""
    return f"между степени {math.floor(level)} и {math.ceil(level)}"


def _programme(visit: Visit) -> list[Part]:
    programme = queries_visit.programme_of(visit)
    rows = queries_visit.programme_rows(programme)
    if programme is None or not rows:
        return []
    state = (
        f"Договорена на {formats.date(programme.agreed_at)}."
        if programme.agreed_at
        else "Още не е договорена."
    )
    table = Table(
        ("Какво", "Кой", "До кога"), tuple((row.what, row.who, formats.date(row.due)) for row in rows)
    )
    return [Part("Програма за подобряване", (Text(state), table))]
