"""Readers of outcomes: of one person through their file, of a service for its head, of regions without any file."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from opora.care.casework import queries_trust, wall
from opora.care.casework.models import (
    Assessment,
    ClientFile,
    Closing,
    FileStage,
    GoalMark,
    Plan,
    Review,
    Satisfaction,
    Situation,
)
from opora.care.casework.outcomes.figures import Counts, counted
from opora.care.casework.outcomes.measures import BY_CODE, Settings
from opora.care.casework.outcomes.people import GoalWay, PersonOutcome
from opora.care.casework.outcomes.shield import Published, protected
from opora.care.casework.policies import AREA
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, terms
from opora.foundation.rules import queries as rules
from opora.foundation.territory.models import Region
from opora.register.models import Service

FAMILY = ("mother", "father", "relative")


def settings() -> Settings:
    """The numbers of the rules."""
    soon, late = [*rules.rule("outcome_plan_days").value.split(";"), "", ""][:2]
    days = (int(soon), int(late)) if soon.isdigit() and late.isdigit() else (30, 60)
    return Settings(reliability=rules.number("attainment_reliability"), plan_days=days)


def person_outcome(file: ClientFile) -> PersonOutcome:
    """Before and after of one person, now; the caller has read the file through `file_for`."""
    return _gathered(ClientFile.objects.filter(pk=file.pk), clock.now(), whole=True)[0]


def situations_of(file: ClientFile) -> list[Situation]:
    """What was recorded, the oldest first; the caller has read the file through `file_for`."""
    return list(file.situations.all())


def satisfactions_of(file: ClientFile) -> list[Satisfaction]:
    """Answers given, the newest first; the caller has read the file through `file_for`."""
    return list(file.satisfactions.order_by("-on", "-id"))


def headed_services(actor: Actor) -> list[Service]:
    """Services whose outcomes the actor follows to the files."""
    return list(Service.objects.within(queries_trust.headed_by(actor)).order_by("sort_name"))


@wall.across
def people_of(actor: Actor, service: Service) -> list[PersonOutcome]:
    """Everybody with a file in a service the actor heads, as of now; nobody for others. A sealed file counts too: a figure
    without it would be another one, and only its number and pseudonym stand behind it.
    """
    return _gathered(
        ClientFile.objects.within(queries_trust.headed_by(actor)).filter(service=service), clock.now()
    )


def people_in(actor: Actor, service: Service, measure: str, category: str) -> list[PersonOutcome]:
    """The people behind one number. KeyError for a number that there is not."""
    found = BY_CODE[measure]
    if category not in found.categories:
        raise KeyError(category)
    numbers = settings()
    return [one for one in people_of(actor, service) if found.sort(one, numbers) == category]


@dataclass(frozen=True)
class Tables:
    """Counts that may leave: places by code with their names, and the numbers."""

    as_of: dt.date
    regions: dict[str, str]
    services: dict[str, list[Service]]
    numbers: Published
    threshold: int


def regions_for(actor: Actor) -> list[Region]:
    """Regions whose aggregates the actor sees."""
    scopes = actor.scopes(AREA, "G")
    found = Region.objects.order_by("name")
    if "BG" in scopes:
        return list(found)
    return list(found.filter(code__in=[scope.split("/")[1] for scope in scopes if scope.count("/") == 1]))


@wall.across
def tables_for(actor: Actor) -> Tables:
    """What the actor may see of regions, as of the end of the last month: the same figures for a month, so that two
    looks cannot be subtracted. Small numbers are hidden over the whole country, then the actor's part is taken.
    """
    seen = {region.code: region.name for region in regions_for(actor)}
    until = last_month_end()
    every = _gathered(ClientFile.objects.filter(opened_at__lt=until), until)
    counts, places = _by_service(every)
    threshold = int(rules.number("small_number_below") or 5)
    numbers = protected(counts, places, threshold)
    codes = [code for region in seen for code in places.get(region, ())]
    named = defaultdict(list)
    for service in (
        Service.objects.filter(code__in=codes).select_related("municipality").order_by("sort_name")
    ):
        named[service.municipality.code[:3]].append(service)
    return Tables((until - dt.timedelta(seconds=1)).date(), seen, dict(named), numbers, threshold)


def last_month_end() -> dt.datetime:
    """The first moment of this month in Bulgaria."""
    return dt.datetime.combine(clock.today().replace(day=1), dt.time(), terms.SOFIA)


def _by_service(people: Iterable[PersonOutcome]) -> tuple[dict[str, Counts], dict[str, tuple[str, ...]]]:
    grouped: dict[str, list[PersonOutcome]] = defaultdict(list)
    places: dict[str, set[str]] = defaultdict(set)
    for one in people:
        grouped[one.service].append(one)
        places[one.region].add(one.service)
    numbers = settings()
    counts = {code: counted(found, numbers) for code, found in grouped.items()}
    return counts, {region: tuple(sorted(services)) for region, services in places.items()}


def _gathered(files: QuerySet[ClientFile], until: dt.datetime, *, whole: bool = False) -> list[PersonOutcome]:
    """Outcomes of these files from what was recorded before `until`; so many queries however many files. `whole`: with
    what another service did before it handed the file over, which is no figure of this one.
    """
    marks = GoalMark.objects.filter(at__lt=until).order_by("on", "id")
    plans = Plan.objects.filter(decided_at__lt=until, state__in=(Plan.APPROVED, Plan.REPLACED)).order_by(
        "number"
    )
    recorded: list[Any] = [
        Prefetch(
            "plans",
            plans.prefetch_related("goals", Prefetch("goals__marks", marks)),
            to_attr="approved_plans",
        ),
        Prefetch(
            "assessments",
            Assessment.objects.filter(finished_at__lt=until).order_by("number").prefetch_related("parts"),
            to_attr="finished",
        ),
    ]
    for name, model in (
        ("situations", Situation), ("satisfactions", Satisfaction), ("reviews", Review), ("closings", Closing),
        ("stages", FileStage),
    ):  # fmt: skip
        rows = model._default_manager.filter(at__lt=until).order_by("on", "id")
        recorded.append(Prefetch(name, rows, to_attr=f"{name}_then"))
    found = (
        files.select_related("person", "service__municipality").prefetch_related(*recorded).order_by("code")
    )
    return [_person(file, whole) for file in found]


def _person(file: Any, whole: bool) -> PersonOutcome:
    plans, finished, there = file.approved_plans, file.finished, file.situations_then
    made = plans if whole else _here(plans)
    if not whole:
        there = [
            *[one for one in there if one.origin][-1:],
            *_here(there),
        ]  # how the person came is the „before“
        file.satisfactions_then, file.reviews_then, file.closings_then = (
            _here(rows) for rows in (file.satisfactions_then, file.reviews_then, file.closings_then)
        )
    needs = [part.need for one in finished[:1] for part in one.parts.all() if part.need is not None]
    answers = file.satisfactions_then[-1:]
    return PersonOutcome(
        code=file.code, name=file.person.name, service=file.service.code, region=file.service.municipality.code[:3],
        age=file.person.age(file.wished_on), need=max(needs, default=None), goals=_goals(plans[-1:]),
        living=tuple(one.living for one in there), school=tuple(one.school for one in there),
        contact_on=min((one.on for one in file.stages_then), default=None),
        plan_on=_days(made),
        steps=tuple(_with_family(one.present) for one in (*(finished if whole else _here(finished)), *made, *file.reviews_then, *file.closings_then)),
        answers=tuple(n for one in answers for n in (one.heard, one.helped, one.again)), sealed=file.sealed,
    )  # fmt: skip


def _here(rows: list[Any]) -> list[Any]:
    """What this service did itself."""
    return [one for one in rows if not one.origin]


def _days(plans: list[Plan]) -> dt.date | None:
    """The day on which the first of them was approved."""
    decided = plans[0].decided_at if plans else None
    return decided.astimezone(terms.SOFIA).date() if decided else None


def _goals(plans: list[Plan]) -> tuple[GoalWay, ...]:
    ways = []
    for goal in (goal for plan in plans for goal in plan.goals.all()):
        marks = list(goal.marks.all())
        ways.append(GoalWay(goal.title, goal.weight, goal.baseline, marks[-1].level if marks else None))
    return tuple(ways)


def _with_family(present: list[str]) -> bool:
    return any(code in FAMILY for code in present)
