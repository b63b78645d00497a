"""What came out of visits, as values: final marks beside those of each observer. For this room and the rooms above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from opora.evidence.monitoring.models import Agreed, Mark, Visit


@dataclass(frozen=True)
class Seen:
    """What one observer marked; `level` None with `applies` is a mark not given."""

    observer: str
    user_id: int
    level: int | None
    applies: bool
    note: str


@dataclass(frozen=True)
class Final:
    """One indicator of one visit. `level` is what stands; None where it does not apply or is not settled.

    It is what both agreed on where that was written down, otherwise the mean of the two marks.
    """

    indicator_id: int
    code: str
    domain: str
    domain_title: str
    title: str
    weight: float
    level: float | None
    applies: bool
    settled: bool
    agreed: str
    seen: tuple[Seen, ...]

    @property
    def apart(self) -> int | None:
        """Steps between the two marks; None where they cannot be compared."""
        levels = [one.level for one in self.seen if one.level is not None]
        return abs(levels[0] - levels[1]) if len(levels) == 2 else None

    def differs(self, step: float) -> bool:
        """Whether it has to be talked over: further apart than the step, or only one says that it applies."""
        if len({one.applies for one in self.seen}) > 1:
            return True
        return self.apart is not None and self.apart > step


@dataclass(frozen=True)
class ServiceMarks:
    """All marks of one visit."""

    visit: str
    visit_id: int
    service: str
    service_id: int
    name: str
    path: str
    stage: str
    on: dt.date | None
    marks: tuple[Final, ...]

    def levels(self) -> dict[str, float | None]:
        """Final marks by indicator code; None is a gap."""
        return {mark.code: mark.level for mark in self.marks}


def of_visits(visits: Iterable[Visit]) -> list[ServiceMarks]:
    """Final marks of these visits, with a fixed number of queries."""
    visits = list(visits)
    marks = Mark.objects.filter(observer__visit__in=visits).select_related(
        "observer__user", "indicator__domain"
    )
    by_visit: dict[int, dict[int, list[Mark]]] = {}
    for mark in marks.order_by("indicator__domain__order", "indicator__order", "observer__place"):
        by_visit.setdefault(mark.observer.visit_id, {}).setdefault(mark.indicator_id, []).append(mark)
    agreed = {(one.visit_id, one.indicator_id): one for one in Agreed.objects.filter(visit__in=visits)}
    return [_of_visit(visit, by_visit.get(visit.pk, {}), agreed) for visit in visits]


def _of_visit(
    visit: Visit, marks: dict[int, list[Mark]], agreed: dict[tuple[int, int], Agreed]
) -> ServiceMarks:
    finals = tuple(_final(rows, agreed.get((visit.pk, pk))) for pk, rows in marks.items())
    service = visit.service
    return ServiceMarks(
        visit.code,
        visit.pk,
        service.code,
        service.pk,
        service.name,
        visit.path,
        visit.stage,
        visit.on,
        finals,
    )


def _final(rows: list[Mark], agreed: Agreed | None) -> Final:
    indicator = rows[0].indicator
    seen = tuple(
        Seen(row.observer.user.name, row.observer.user_id, row.level, row.applies, row.note) for row in rows
    )
    level, applies, settled = _standing(seen, agreed)
    domain = indicator.domain
    return Final(
        indicator.pk, indicator.code, domain.code, domain.name, indicator.title, float(indicator.weight), level,
        applies, settled, agreed.why if agreed else "", seen,
    )  # fmt: skip


def _standing(seen: tuple[Seen, ...], agreed: Agreed | None) -> tuple[float | None, bool, bool]:
    if agreed is not None:
        return (None if agreed.level is None else float(agreed.level)), agreed.applies, True
    levels = [one.level for one in seen if one.level is not None]
    if all(not one.applies for one in seen):
        return None, False, True
    if len(levels) != len(seen):
        return None, True, False
    return sum(levels) / len(levels), True, len(levels) > 1
