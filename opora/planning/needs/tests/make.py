"""Makers of a region with its services, a closed round and answered cards, and of analyses from them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from opora.evidence.survey import sheets, stages, values
from opora.evidence.survey.models import Answer, Card, CardStage, Round, Template, TemplateVersion
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.tests import make as people
from opora.foundation.territory.models import Boundary, Municipality, PopulationFigure, Region
from opora.planning.needs import actions
from opora.planning.needs.models import Analysis
from opora.register.models import Service
from opora.register.tests import make as register

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
_numbers = itertools.count(1)

SURVEY = [
    ["type", "name", "label::Български (bg)", "analysis", "prefill"],
    ["integer", "capacity", "Места", "", "register.capacity"],
    ["begin_repeat", "support", "Нужда от специалисти", "", ""],
    ["select_one specialist", "specialist", "Специалист", "need.specialist", ""],
    ["integer", "users", "Потребители", "need.users", ""],
    ["decimal", "hours", "Часове месечно", "need.hours.month", ""],
    ["end_repeat", "", "", "", ""],
    ["begin_repeat", "crisis", "Кризи", "", ""],
    ["select_one specialist", "who", "Специалист", "crisis.specialist", ""],
    ["integer", "people", "Потребители", "crisis.users", ""],
    ["end_repeat", "", "", "", ""],
    ["select_one yesno", "transport", "Има ли услугата превоз?", "", ""],
    ["text", "proposals", "Какво предлагате?", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::Български (bg)"],
    ["specialist", "psychologist", "психолог"],
    ["specialist", "logopedist", "логопед"],
    ["specialist", "kinesitherapist", "кинезитерапевт"],
    ["yesno", "yes", "да"],
    ["yesno", "no", "не"],
]


def version(survey: list[list[str]] | None = None, choices: list[list[str]] | None = None) -> TemplateVersion:
    """A published template."""
    form_id = f"needs_{next(_numbers)}"
    settings = [["form_title", "form_id", "version"], ["Карта за потребности", form_id, "1"]]
    tables = {"survey": survey or SURVEY, "choices": choices or CHOICES, "settings": settings}
    template = Template.objects.create(form_id=form_id, title="Карта за потребности")
    return TemplateVersion.objects.create(
        template=template,
        version="1",
        sheets=tables,
        sha256=sheets.fingerprint(tables),
        uploaded_at=NOW,
        uploaded_by="Вера Петкова",
        published_at=NOW,
    )


def round_(region: str = "LOV", of: TemplateVersion | None = None, *, closed: bool = True) -> Round:
    """A round in a region, closed unless said otherwise."""
    return Round.objects.create(
        code=f"{region}-2026-{next(_numbers)}",
        title="Потребности 2026",
        template_version=of or version(),
        path=f"BG/{region}",
        deadline=dt.date(2026, 11, 15),
        opened_at=NOW - dt.timedelta(days=30),
        opened_by="Вера Петкова",
        closed_at=NOW if closed else None,
    )


def card(
    of: Round, service: Service, answers: dict[str, Any] | None = None, stage: str = "", note: str = ""
) -> Card:
    """The card of a service; with answers it came in and is verified."""
    made = Card.objects.create(
        code=f"К-2026-{next(_numbers):03d}",
        round=of,
        service=service,
        path=service.path,
        stage=stage or (stages.VERIFIED if answers is not None else stages.NOT_STARTED),
    )
    if note:
        CardStage.objects.create(card=made, stage=made.stage, at=NOW, by="Вера Петкова", note=note)
    if answers is not None:
        answer(made, answers)
    return made


def answer(of: Card, answers: dict[str, Any]) -> None:
    """Put these answers in place of what the card held."""
    form = sheets.form_of(of.round.template_version)
    Answer.objects.filter(card=of).delete()
    Answer.objects.bulk_create(
        Answer(card=of, question=a.question, path=a.path, row=a.row, text=a.text, number=a.number, day=a.day)
        for a in values.flatten(form, answers)
    )
    of.answers = answers
    of.save()


def answers(
    users: int = 6, hours: float = 20.5, *, specialist: str = "logopedist", crisis: int = 7
) -> dict[str, Any]:
    """One card's answers."""
    return {
        "support": [
            {"specialist": specialist, "users": users, "hours": hours},
            {"specialist": "psychologist", "users": 8, "hours": 16},
        ],
        "crisis": [{"who": "psychologist", "people": crisis}],
        "transport": "yes",
        "proposals": "Повече часове с логопед.",
    }


def shape(code: str, west: float) -> Boundary:
    """A square municipality."""
    ring = [[west, 43.0], [west + 0.2, 43.0], [west + 0.2, 43.2], [west, 43.2], [west, 43.0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return Boundary.objects.create(
        code=code, level="municipality", geometry=geometry, source="проба", official=True
    )


def population(code: str, value: int) -> PopulationFigure:
    """Registered people of a municipality."""
    kind = PopulationFigure.Kind.values[0]
    return PopulationFigure.objects.create(
        code=code, kind=kind, value=value, as_of=dt.date(2026, 6, 15), source="ГРАО"
    )


def lovech() -> tuple[Region, Round, list[Card]]:
    """Three municipalities of Ловеч, five services, four cards in and one missing; maps and population."""
    region = register.region("LOV")
    towns = [register.municipality(code) for code in ("LOV18", "LOV34", "LOV33")]
    _ground(towns)
    asked = round_()
    staff = {"психолог": (2, 1.5), "логопед": (1, 0)}
    services = [
        register.service(
            where=towns[0],
            code="LOV18-1",
            type="csri",
            groups=["adults_disabilities"],
            capacity=30,
            occupied=28,
            waiting=6,
            staff=staff,
        ),
        register.service(
            where=towns[0],
            code="LOV18-2",
            type="csc",
            groups=["children_disabilities"],
            capacity=40,
            occupied=40,
            waiting=11,
            staff=staff,
        ),
        register.service(
            where=towns[1],
            code="LOV34-1",
            type="day_child_dis",
            groups=["children_disabilities"],
            capacity=20,
            occupied=23,
            waiting=12,
            staff=staff,
        ),
        register.service(
            where=towns[1],
            code="LOV34-2",
            type="csri",
            groups=["adults_disabilities", "children_disabilities"],
            capacity=15,
            occupied=9,
            waiting=0,
            staff={"психолог": (1, 1)},
        ),
        register.service(
            where=towns[2],
            code="LOV33-1",
            type="csri",
            groups=["adults_disabilities"],
            capacity=12,
            occupied=3,
            waiting=2,
        ),
    ]
    given = [
        answers(),
        answers(9, 30),
        answers(12, 61.5, crisis=9),
        answers(5, 11, specialist="kinesitherapist"),
        None,
    ]
    return region, asked, [card(asked, service, one) for service, one in zip(services, given, strict=True)]


def _ground(towns: list[Municipality]) -> None:
    for place, town in enumerate(towns):
        shape(town.code, 24.4 + place * 0.2)
        population(town.code, 20_000 + place * 9_000)


def coordinator(region: str = "LOV") -> Actor:
    """A coordinator of a region, as a value."""
    return people.actor("regional_coordinator", f"BG/{region}", name="Вера Петкова")


def analysis(*, published: bool = False) -> Analysis:
    """The analysis of `lovech`."""
    region, asked, _cards = lovech()
    made = actions.analyse(coordinator(), region, asked)
    return actions.publish(coordinator(), made) if published else made
