"""Contracts, reviews, a transfer and outcomes of invented people, so that the pages of results have something to say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from opora.care.casework import actions, stages
from opora.care.casework.models import ClientFile, Goal, Plan, Review, Transfer
from opora.config.demo.files import SERVICE, _actor
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.accounts.models import User
from opora.foundation.core import clock, terms
from opora.register.models import Service

Q = dt.timedelta
FIRST = (
    ("Ася", "f"), ("Васил", "m"), ("Гергана", "f"), ("Деян", "m"), ("Емил", "m"), ("Живка", "f"), ("Захари", "m"),
    ("Ирина", "f"), ("Йоан", "m"), ("Лилия", "f"), ("Марин", "m"), ("Нели", "f"),
)  # fmt: skip
STEMS = ("Брез", "Върбан", "Глог", "Дъб", "Елх", "Зорник", "Искър", "Клен", "Лоз", "Малин", "Пелин")
"""Eleven and twelve: no two people of the first hundred are called the same."""


@dataclass(frozen=True)
class Way:
    """What became of one invented person: where they lived, school, the goal's newest level, answers, family there."""

    living: tuple[str, ...] = ("parents", "parents")
    school: tuple[str, ...] = ("irregular", "regular")
    level: int | None = 0
    answers: tuple[int, ...] = (2, 2, 2)
    present: tuple[str, ...] = ("child", "mother")
    days: int = 24
    age: int = 11
    need: int = 3


HOME = Way(living=("residential", "relatives"), level=1)
STAYS = Way(
    living=("residential", "residential"),
    school=("regular",),
    level=-1,
    answers=(2, 1, 1),
    present=("child",),
)
WAYS: dict[str, tuple[Way, ...]] = {
    "LOV-01": (
        Way(), Way(level=1, age=8), Way(level=-1, answers=(1, 1, 0), days=41), Way(school=("no", "regular"), age=15),
        Way(school=("irregular", "irregular"), level=-1), Way(level=2, need=2), Way(age=9, days=70), Way(answers=()),
        Way(level=None, days=35, need=4),
    )
    * 2
    + (Way(level=None), Way(level=None)),
    "LOV-13": (HOME, STAYS, Way(living=("residential", "parents"), age=14), STAYS, HOME, Way(living=("residential", "foster"), age=7), STAYS) * 2,
    "KRZ-10": (
        Way(need=4, age=6, school=("not_due",)), Way(need=4, level=-1), Way(age=13), Way(answers=(2, 2, 1)), Way(level=1),
        Way(present=("child",), days=50), Way(level=None, answers=()), Way(age=16, need=4, level=-1),
    ),
}  # fmt: skip


def end_work(started: dt.datetime) -> None:
    """Outcomes of three services; a contract, a plan whose review is late and an offered file in Troyan."""
    number = 0
    for code, ways in WAYS.items():
        service = Service.objects.get(code=code)
        for way in ways:
            _one(service, way, number, started)
            number += 1
    _troyan(started)
    _offer(started)


def head_of(service: Service) -> Actor:
    """The head of a service: the account of the demonstration, or an invented person without one."""
    user = User.objects.filter(grants__scope=service.path, grants__role="service_manager").first()
    return (
        _actor(user)
        if user
        else Actor(
            None, service.head or "Ръководител", service.name, "", (Holding("service_manager", service.path),)
        )
    )


def _one(service: Service, way: Way, number: int, started: dt.datetime) -> None:
    head = head_of(service)
    begun = started - Q(days=150 - number)
    born = begun.date().replace(day=1) - Q(days=365 * way.age + 120)
    first, sex = FIRST[number % len(FIRST)]
    last = f"{STEMS[number % len(STEMS)]}{'ова' if sex == 'f' else 'ов'}"
    person = {"first_name": first, "last_name": last, "born": born, "sex": sex}
    with clock.at(begun):
        file = actions.open_file(
            head, service, person=person, asked_by="referral", ground="referral", wished_on=clock.today(),
            wish="Подкрепа за детето и семейството.",
        )  # fmt: skip
        file = actions.enter_stage(head, file, stages.INTAKE, on=clock.today())
        actions.record_situation(head, file, on=clock.today(), living=way.living[0], school=way.school[0])
    with clock.at(begun + Q(days=way.days)):
        _planned(head, file, way)
        file = actions.enter_stage(head, file, stages.WORK, on=clock.today())
    with clock.at(started - Q(days=40)):
        _after(head, file, way)


def _planned(head: Actor, file: ClientFile, way: Way) -> None:
    assessment = actions.begin_assessment(head, file)
    for part in assessment.parts.all():
        need = way.need if part.domain == "social" else 0
        said = {
            "need": need,
            "situation": "Стои настрана от другите деца." if need else "",
            "strengths": "",
            "source": "observation",
        }
        actions.write_part(head, part, said, version=part.version)
    actions.finish_assessment(head, assessment, present=list(way.present))
    plan = actions.begin_plan(head, file)
    goal = {
        "domain": "social", "need": "Стои настрана от другите деца.", "title": "Да играе с други деца",
        "levels": ["Отказва", "Стои настрана", "Играе с едно дете", "Играе в група", "Кани деца"], "baseline": -1,
        "weight": 1, "responsible": head.name, "family_part": "", "due": terms.add_months(clock.today(), 6),
    }  # fmt: skip
    actions.set_goal(head, plan, goal, activities=["Група за игра, всяка седмица"])
    words = {"child_words": "Искам да играя.", "family_words": "Ще помагаме."}
    actions.send_plan(head, plan, present=list(way.present), **words)
    actions.decide_plan(head, plan, approve=True)


def _after(head: Actor, file: ClientFile, way: Way) -> None:
    goals = Goal.objects.filter(plan__file=file, plan__state=Plan.APPROVED)
    for goal in goals if way.level is not None else ():
        actions.mark_goal(head, goal, on=clock.today(), level=way.level or 0)
    if len(way.school) > 1 or len(way.living) > 1:
        actions.record_situation(head, file, on=clock.today(), living=way.living[-1], school=way.school[-1])
    if way.answers:
        actions.record_satisfaction(head, file, on=clock.today(), who="child", answers=way.answers)


def _troyan(started: dt.datetime) -> None:
    """A contract and a review of the first child; a second one whose review is late."""
    worker = _actor(User.objects.get(email="worker-troyan@example.bg"))
    service = Service.objects.get(code=SERVICE)
    first, second = ClientFile.objects.filter(service=service, plans__state=Plan.APPROVED).order_by("pk")[:2]
    with clock.at(started - Q(days=140)):
        terms_said = {
            "starts_on": clock.today(),
            "until": terms.add_months(clock.today(), 12),
            "manner": "hours",
            "fee": "без такса",
        }
        actions.sign_contract(worker, actions.set_contract(worker, first, terms_said), on=clock.today())
        actions.record_situation(worker, first, on=clock.today(), living="parents", school="irregular")
    with clock.at(started - Q(days=40)):
        said = {
            "on": clock.today(), "present": ["child", "mother"], "absent_why": "", "decision": Review.CONTINUE, "why": "",
            "child_words": "Вече имам приятелка.", "family_words": "Сутрин тръгва сама.",
            "summary": "Целите вървят. Рисуването помага най-много.",
        }  # fmt: skip
        actions.hold_review(worker, first, said)
        actions.record_situation(worker, first, on=clock.today(), living="parents", school="regular")
        actions.record_satisfaction(
            worker, first, on=clock.today(), who="child", answers=(2, 2, 1), words="Искам пак да рисувам."
        )
    with clock.at(started - Q(days=5)):
        more = {
            "starts_on": clock.today(),
            "until": terms.add_months(clock.today(), 6),
            "manner": "hours",
            "fee": "",
        }
        actions.set_contract(worker, second, more)
    _late(service, worker, started)


def _late(service: Service, worker: Actor, started: dt.datetime) -> None:
    user = User.objects.get(email="worker-troyan@example.bg")
    with clock.at(started - Q(days=205)):
        file = actions.open_file(
            worker, service, person={"first_name": "Деница", "last_name": "Ябълкова", "born": dt.date(2012, 8, 3)},
            asked_by="parent", ground="wish", wished_on=clock.today(), wish="Да се справя с уроците.", lead=user,
            parent={"kind": "mother", "first_name": "Даниела", "last_name": "Ябълкова", "phone": "0670 600 21", "decides": True},
        )  # fmt: skip
        file = actions.enter_stage(worker, file, stages.INTAKE, on=clock.today())
    with clock.at(started - Q(days=195)):
        assessment = actions.begin_assessment(worker, file)
        for part in assessment.parts.all():
            need = 2 if part.domain == "education" else 0
            said = {
                "need": need,
                "situation": "Изостава по математика." if need else "",
                "strengths": "",
                "source": "document",
            }
            actions.write_part(worker, part, said, version=part.version)
        actions.finish_assessment(worker, assessment, present=["child", "mother"])
        plan = actions.begin_plan(worker, file)
        goal = {
            "domain": "education", "need": "Изостава по математика.", "title": "Да навакса материала",
            "levels": ["", "", "Решава задачите от урока.", "", ""], "baseline": -1, "weight": 1,
            "responsible": worker.name, "family_part": "", "due": terms.add_months(clock.today(), 6),
        }  # fmt: skip
        actions.set_goal(worker, plan, goal, activities=["Помощ с уроците, два пъти седмично"])
        actions.send_plan(
            worker, plan, present=["child", "mother"], child_words="Искам четворка.", family_words=""
        )
        actions.decide_plan(head_of(service), plan, approve=True)
        actions.enter_stage(worker, file, stages.WORK, on=clock.today())


def _offer(started: dt.datetime) -> None:
    """The day centre of Momchilgrad offers a file to Troyan: the family moves."""
    service = Service.objects.get(code="KRZ-10")
    file = ClientFile.objects.filter(service=service).earliest("pk")
    to = Service.objects.get(code=SERVICE)
    with clock.at(started - Q(days=1)):
        actions.offer_file(
            head_of(service), file, to, parts=Transfer.WHOLE, ends_on=(started + Q(days=14)).date(),
            why="Семейството се мести в Троян от първо число.",
        )  # fmt: skip
