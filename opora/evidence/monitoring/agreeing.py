"""How far the observers of a round agree, per indicator and domain, and who marks more strictly; down to the marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import translation
from django.utils.translation import gettext as _

from opora.engines.agreement import Report, Severity, report, severity
from opora.engines.common.reasons import say
from opora.evidence.monitoring import norms
from opora.evidence.monitoring.models import Round
from opora.evidence.monitoring.results import Final, ServiceMarks

DRAWS = 1_000


@dataclass(frozen=True)
class Line:
    """One indicator or domain: the engine's report and whether its words want another look."""

    code: str
    title: str
    domain: bool
    report: Report

    @property
    def reword(self) -> bool:
        """Observers do not share it: its anchors should be written anew."""
        return not self.domain and self.report.verdict == "unreliable"

    @property
    def tag(self) -> tuple[str, str]:
        """The verdict in words, and its colour."""
        return {
            "reliable": (_("надеждно"), "done"),
            "tentative": (_("предпазливо"), "waiting"),
            "unreliable": (_("ненадеждно"), "wrong"),
            "unknown": (_("не се знае"), "none"),
        }[self.report.verdict]

    @property
    def spread(self) -> tuple[float, float] | None:
        """The limits of alpha, where there are such."""
        known = not (math.isnan(self.report.low) or math.isnan(self.report.high))
        return (self.report.low, self.report.high) if known else None

    def why(self) -> list[str]:
        """Sentences in the language of the page."""
        language = "en" if (translation.get_language() or "").startswith("en") else "bg"
        return [say(reason, language) for reason in self.report.why]


@dataclass(frozen=True)
class Strictness:
    """One observer: how many marks, how far from the others on shared units."""

    name: str
    marks: int
    shared: int
    shift: float
    sentence: str


@dataclass(frozen=True)
class Agreement:
    """A round's agreement as a page shows it."""

    visits: int
    lines: tuple[Line, ...]
    observers: tuple[Strictness, ...]

    @property
    def to_reword(self) -> list[Line]:
        """Indicators that observers do not share."""
        return [line for line in self.lines if line.reword]

    def line(self, code: str) -> Line | None:
        """One indicator or domain."""
        return next((line for line in self.lines if line.code == code), None)


def of_round(round_: Round, marks: Sequence[ServiceMarks]) -> Agreement:
    """From the marks of visits both observers have locked."""
    people = sorted(
        {(seen.user_id, seen.observer) for one in marks for mark in one.marks for seen in mark.seen}
    )
    seats = {user: place for place, (user, _name) in enumerate(people)}
    by_code: dict[str, list[Final]] = {}
    for one in marks:
        for mark in one.marks:
            by_code.setdefault(mark.code, []).append(mark)
    norm = Norm(norms.step(round_), *norms.customs(), tuple(round_.version.framework.levels))
    lines = []
    titles = {rows[0].domain: rows[0].domain_title for rows in by_code.values()}
    for domain, title in titles.items():
        own = {code: rows for code, rows in by_code.items() if rows[0].domain == domain}
        pooled = [mark for rows in own.values() for mark in rows]
        lines.append(_line(norm, domain, title, pooled, seats, domain=True))
        lines += [_line(norm, code, rows[0].title, rows, seats) for code, rows in own.items()]
    everything = [mark for rows in by_code.values() for mark in rows]
    return Agreement(len(marks), tuple(lines), tuple(_strictness(everything, seats, people)))


@dataclass(frozen=True)
class Norm:
    """What the verdicts go by, read once."""

    step: float
    reliable: float
    tentative: float
    levels: tuple[int, ...]


def _line(
    norm: Norm, code: str, title: str, marks: list[Final], seats: dict[int, int], *, domain: bool = False
) -> Line:
    made = report(
        _table(marks, seats), categories=list(norm.levels), reliable=norm.reliable, tentative=norm.tentative,
        step=norm.step, draws=DRAWS,
    )  # fmt: skip
    return Line(code, title, domain, made)


def _table(marks: list[Final], seats: dict[int, int]):  # type: ignore[no-untyped-def]
    """marks[observers, units], nan where nothing was marked."""
    found = np.full((max(len(seats), 1), max(len(marks), 1)), np.nan)
    for unit, mark in enumerate(marks):
        for seen in mark.seen:
            if seen.level is not None:
                found[seats[seen.user_id], unit] = seen.level
    return found


def _strictness(marks: list[Final], seats: dict[int, int], people: list[tuple[int, str]]) -> list[Strictness]:
    if not marks:
        return []
    table = _table(marks, seats)
    found: Severity = severity(table)
    language = "en" if (translation.get_language() or "").startswith("en") else "bg"
    sentences = found.why(tuple(name for _user, name in people))
    return [
        Strictness(
            name,
            int((~np.isnan(table[place])).sum()),
            int(found.shared[place]),
            float(found.shift[place]),
            say(sentences[place], language),
        )
        for place, (_user, name) in enumerate(people)
    ]


def error(marks: Sequence[ServiceMarks]) -> dict[str, float]:
    """Standard error of one mark per indicator, from pairs: √(mean of squared differences / 2). For an award."""
    found: dict[str, list[int]] = {}
    for one in marks:
        for mark in one.marks:
            if mark.apart is not None:
                found.setdefault(mark.code, []).append(mark.apart**2)
    return {code: math.sqrt(sum(rows) / len(rows) / 2) for code, rows in found.items()}
