"""Who learnt from whom, as a picture and as a matrix, for one practice or for many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Picture
from opora.improvement.practice import board_view, drawing, gathering, queries_transfer, stages
from opora.improvement.practice.models import Adaptation
from opora.register.models import Service


@dataclass(frozen=True)
class Matrix:
    """Teachers down, learners across; a cell names the practices."""

    learners: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Net:
    """The picture, its matrix and how many services and lessons stand in it."""

    picture: Picture | None
    matrix: Matrix
    services: int
    lessons: int


def of_lessons(lessons: Sequence[Adaptation]) -> Picture | None:
    """The picture of one practice, without marks; none before anybody learnt it."""
    return _net(None, lessons).picture


def whole(actor: Actor, region: str = "") -> Net:
    """The picture of all published practices, or of those that touch a region."""
    return _net(actor, queries_transfer.lessons(region))


def teacher_of(lesson: Adaptation) -> Service:
    """Whom the service learnt from: another that adapted the practice, or where it began."""
    return lesson.learnt_from.service if lesson.learnt_from else lesson.practice.service


def _net(actor: Actor | None, lessons: Sequence[Adaptation]) -> Net:
    services: dict[str, Service] = {}
    for lesson in lessons:
        for service in (lesson.practice.service, teacher_of(lesson), lesson.service):
            services.setdefault(service.code, service)
    if not services:
        return Net(None, Matrix((), ()), 0, 0)
    origins = {lesson.practice.service.code for lesson in lessons}
    scores = scores_of(actor, services) if actor else {}
    nodes = [_node(service, scores.get(code, ""), code in origins) for code, service in services.items()]
    ties = [_tie(lesson) for lesson in lessons]
    title = ngettext("%(n)s услуга се учи от друга", "%(n)s услуги се учат от други", _learners(lessons)) % {
        "n": formats.number(_learners(lessons))
    }
    source = _("Регистър на адаптациите. Ромб: тук е създадена практика.")
    if scores:
        source += " " + _("Числото е средната зрялост от последните посещения, от 0 до 4.")
    picture = drawing.network(title, nodes, ties, source=source)
    return Net(picture, _matrix(services, lessons), len(services), len(lessons))


def _learners(lessons: Sequence[Adaptation]) -> int:
    return len({lesson.service_id for lesson in lessons})


def _node(service: Service, value: str, origin: bool) -> drawing.Node:
    href = reverse("directory_service", args=[service.code])
    return drawing.Node(service.code, service.name, service.municipality.name, href, value, origin)


def _tie(lesson: Adaptation) -> drawing.Learnt:
    return drawing.Learnt(
        teacher_of(lesson).code, lesson.service.code, lesson.practice.name,
        str(stages.ADAPTATION[lesson.stage]).lower(), formats.date(lesson.started_on or lesson.asked_at),
    )  # fmt: skip


def _matrix(services: Mapping[str, Service], lessons: Sequence[Adaptation]) -> Matrix:
    cells: dict[tuple[str, str], list[str]] = {}
    for lesson in lessons:
        cells.setdefault((teacher_of(lesson).code, lesson.service.code), []).append(lesson.practice.code)
    teachers = [code for code in services if any(code == teacher for teacher, _learner in cells)]
    learners = [code for code in services if any(code == learner for _teacher, learner in cells)]
    rows = tuple(
        (services[t].name, tuple(", ".join(cells.get((t, learner), [])) for learner in learners))
        for t in teachers
    )
    return Matrix(tuple(services[code].name for code in learners), rows)


def scores_of(actor: Actor, services: Mapping[str, Service]) -> dict[str, str]:
    """Mean maturity of the services whose marks the reader may see, as text."""
    found = gathering.scores(actor, [service.pk for service in services.values()])
    return {
        code: board_view.mark(found[service.pk]) for code, service in services.items() if service.pk in found
    }
