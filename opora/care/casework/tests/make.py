"""Makers of files: `make.file()`, `make.worker(file.service)`, `make.head(service)`."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from opora.care.casework import actions
from opora.care.casework.actions.opinions import Question
from opora.care.casework.models import Assessment, ClientFile, Goal, OpinionRequest, Plan
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.register.models import Service
from opora.register.tests import make as register

_numbers = itertools.count(1)


def service(code: str = "LOV-17") -> Service:
    """A centre in Troyan; made when missing."""
    found = Service.objects.filter(code=code).first()
    return found or register.service(
        "ЦОП Пробен", code=code, where=register.municipality("LOV34"), type="csc"
    )


def person_in(place: Service, role: str) -> User:
    """Somebody with a role in the service."""
    return people.user(role, place.path, profession="социален работник", phone="0670 600 01")


def as_actor(user: User) -> Actor:
    """The account as it acts."""
    held = tuple(Holding(grant.role, grant.scope) for grant in user.grants.all())
    return Actor(user.pk, user.name, "Проба", user.email, held, second_factor=True)


def file(place: Service | None = None, *, worker: User | None = None, first_name: str = "Калина", last_name: str = "Измислена",
         wished_on: dt.date | None = None, parent: dict[str, Any] | None = None, **person: Any) -> ClientFile:  # fmt: skip
    """A file at first contact, led by the worker (made when missing)."""
    place = place or service()
    worker = worker or person_in(place, "case_manager")
    facts = {"first_name": first_name, "last_name": last_name, "born": dt.date(2014, 2, 5)} | person
    return actions.open_file(
        as_actor(worker), place, person=facts, asked_by="parent", ground="wish",
        wished_on=wished_on or clock.today(), lead=worker, parent=parent,
    )  # fmt: skip


def egn(born: dt.date, number: int = 1) -> str:
    """A made-up ЕГН with a right check digit."""
    month = born.month + (40 if born.year >= 2000 else 0)
    digits = f"{born.year % 100:02d}{month:02d}{born.day:02d}{number:03d}"
    weights = (2, 4, 8, 5, 10, 9, 7, 3, 6)
    check = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10
    return digits + str(check)


NEEDS = {"social": (3, "Не говори с други деца."), "communication": (2, "Трудно изговаря р и л.")}


def whole(actor: Actor, assessment: Assessment) -> None:
    """A level in every domain: two needs, the rest none."""
    for part in assessment.parts.all():
        need, situation = NEEDS.get(part.domain, (0, ""))
        said = {"need": need, "situation": situation, "strengths": "", "source": "observation"}
        actions.write_part(actor, part, said, version=part.version)


def plan(actor: Actor, file: ClientFile) -> Plan:
    """An empty plan from a finished assessment."""
    assessment = actions.begin_assessment(actor, file)
    whole(actor, assessment)
    actions.finish_assessment(actor, assessment, present=["child", "mother"])
    return actions.begin_plan(actor, file)


def goal(
    actor: Actor, plan: Plan, domain: str, *, title: str = "Да има приятел", expected: str = "Играе с едно дете.",
    goal: Goal | None = None, version: int = 0,
) -> Goal:  # fmt: skip
    """A goal toward a need of the plan's assessment."""
    need = plan.assessment.parts.get(domain=domain).situation
    said = {
        "domain": domain, "need": need, "title": title, "levels": ["", "", expected, "", ""], "baseline": -1, "weight": 1,
        "responsible": actor.name, "family_part": "Води детето.", "due": dt.date(2027, 5, 31),
    }  # fmt: skip
    return actions.set_goal(
        actor, plan, said, activities=["Група по рисуване, всяка седмица"], goal=goal, version=version
    )


def sent(actor: Actor, plan: Plan, present: Sequence[str] = ("child", "mother")) -> Plan:
    """The plan as it waits for the head."""
    return actions.send_plan(
        actor, plan, child_words="Искам да рисувам.", family_words="Съгласни сме.", present=present
    )


def approved(actor: Actor, head: Actor, file: ClientFile) -> Plan:
    """An approved plan with one goal."""
    made = plan(actor, file)
    goal(actor, made, "social")
    sent(actor, made)
    return actions.decide_plan(head, made, approve=True)


def question(file: ClientFile, domains: Sequence[str] = ("social",), **said: Any) -> Question:
    """What a worker asks an orthopaedist of the file's assessment."""
    parts = list(file.assessments.latest("number").parts.filter(domain__in=domains))
    facts: dict[str, Any] = {
        "name": "Тодор Стаменски", "profession": "ортопед", "organisation": "Болница", "email": "t.stamenski@example.bg",
        "question": "Може ли да спортува?", "due": clock.today() + dt.timedelta(days=7), "parts": parts,
    }  # fmt: skip
    return Question(**facts | said)


def asked(
    file: ClientFile, domains: Sequence[str] = ("social",), *, key: str = "1", **said: Any
) -> tuple[OpinionRequest, str, str]:
    """A request on a file with an assessment: the request, the secret of its link, the code."""
    actor, kept = as_actor(file.lead), []
    if not file.assessments.exists():
        whole(actor, actions.begin_assessment(actor, file))
    found = file.assessments.latest("number")
    made = actions.ask_specialist(
        actor,
        found,
        question(file, domains, **said),
        link=lambda secret: kept.append(secret) or secret,
        key=key,
    )
    return made.request, kept[0] if kept else "", made.code
