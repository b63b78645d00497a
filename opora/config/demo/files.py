"""Invented children and their files in the centre in Troyan, brought in by the same actions people use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from opora.care.casework import actions, stages
from opora.care.casework.models import ClientFile, Goal, Plan
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.accounts.models import User
from opora.foundation.core import clock, terms
from opora.register.models import Service

SERVICE = "LOV-17"
Q, TO_WORK = dt.timedelta, (stages.INTAKE, stages.ASSESSMENT, stages.PLAN, stages.CONTRACT, stages.WORK)
CHILDREN = (
    # first, last, born, sex, days since the wish, stages passed, wish, parent
    ("Калина", "Росенова", dt.date(2014, 2, 5), "f", 170, TO_WORK, "Да спре да бяга от училище.", ("mother", "Росица", "Росенова", "0670 600 11")),
    ("Явор", "Калчев", dt.date(2016, 9, 30), "m", 120, TO_WORK, "Помощ с говора и с другите деца.", ("father", "Калчо", "Калчев", "0670 600 12")),
    ("Милена", "Станкова", dt.date(2011, 6, 18), "f", 40, (stages.INTAKE, stages.ASSESSMENT), "Да има с кого да говори.", ("grandparent", "Станка", "Станкова", "0670 600 13")),
    ("Борис", "Дойчев", dt.date(2019, 12, 1), "m", 15, (stages.INTAKE,), "Съвет как да се грижат за детето.", ("mother", "Дойка", "Дойчева", "0670 600 14")),
    ("Лора", "Петкова", dt.date(2013, 4, 22), "f", 16, (), "Насочена от училището.", ("mother", "Петя", "Петкова", "0670 600 15")),
)  # fmt: skip
NOTES: tuple[tuple[int, str, str, list[str], str], ...] = (
    (60, "home_visit", "Посетихме дома. Детето има свой кът за учене. Майката работи на смени и моли срещите да са следобед.", ["child", "mother"], "Искам да ходя на рисуване."),
    (35, "session", "Втора сесия. Говори свободно за училище. Договорихме знак, с който да иска почивка.", ["child"], ""),
    (12, "call", "Класният ръководител съобщи, че две седмици няма отсъствия.", [], ""),
)  # fmt: skip


NEEDS = {
    "social": (
        3,
        "В час стои само и не говори с други деца.",
        "Рисува и показва рисунките си.",
        "observation",
    ),
    "education": (2, "Отсъства по два дни седмично.", "Харесва математика.", "document"),
    "family": (1, "Майката е сама и работи на смени.", "Бабата помага.", "family"),
}
GOALS = (
    ("social", "Да има приятел в класа", ["Отказва да влезе в час", "Стои само", "Играе с едно дете всеки ден", "Играе в група", "Кани дете у дома"],
     "Група по рисуване, всеки вторник", "Води детето на групата."),
    ("education", "Да ходи на училище", ["Отсъства над три дни", "Отсъства по два дни", "Отсъства най-много ден месечно", "Не отсъства", "Помага на друго дете"],
     "Разговор с класния ръководител, всяка седмица", "Изпраща детето сутрин."),
)  # fmt: skip
MARKS = ((75, -1), (45, 0), (10, 1))


def open_files(started: dt.datetime) -> None:
    """Open the files with their stages and notes, as of the days on which they would have happened."""
    service = Service.objects.get(code=SERVICE)
    worker = User.objects.get(email="worker-troyan@example.bg")
    colleague = User.objects.get(email="psychologist-troyan@example.bg")
    for number, child in enumerate(CHILDREN):
        _one(service, worker, colleague, child, started, with_notes=number < 2)


def _one(
    service: Service,
    worker: User,
    colleague: User,
    child: tuple[Any, ...],
    started: dt.datetime,
    *,
    with_notes: bool,
) -> None:
    first, last, born, sex, days, passed, wish, (kind, parent_first, parent_last, phone) = child
    actor = _actor(worker)
    begun = started - Q(days=days)
    with clock.at(begun):
        file = actions.open_file(
            actor, service, asked_by="parent", ground="referral", wished_on=clock.today(), wish=wish, lead=worker,
            person={"first_name": first, "last_name": last, "born": born, "sex": sex},
            parent={"kind": kind, "first_name": parent_first, "last_name": parent_last, "phone": phone, "decides": kind != "grandparent"},
        )  # fmt: skip
        file.members.create(user=colleague, part="specialist", since=clock.today(), given_by=worker.name)
    head = _actor(User.objects.get(email="head-troyan@example.bg"))
    for step, stage in enumerate(passed, 1):
        with clock.at(begun + Q(days=min(step * 4, days))):
            if stage == stages.ASSESSMENT:
                _assess(actor, file, finish=len(passed) > 2)
            elif stage == stages.PLAN:
                _plan(actor, head, file)
            else:
                file = actions.enter_stage(actor, file, stage, on=clock.today())
    if stages.WORK in passed:
        goals = Goal.objects.filter(plan__file=file, plan__state=Plan.APPROVED)
        for ago, level in MARKS:
            with clock.at(started - Q(days=ago)):
                for goal in goals:
                    actions.mark_goal(actor, goal, on=clock.today(), level=level)
    for ago, note_kind, text, present, voice in NOTES if with_notes else ():
        with clock.at(started - Q(days=ago)):
            author = colleague if note_kind == "session" else worker
            _note(_actor(author), file, note_kind, text=text, present=present, voice=voice)


def _assess(actor: Actor, file: ClientFile, *, finish: bool) -> None:
    assessment = actions.begin_assessment(actor, file)
    for part in assessment.parts.all() if finish else assessment.parts.filter(domain__in=NEEDS):
        need, situation, strengths, source = NEEDS.get(part.domain, (0, "", "", ""))
        said = {"need": need, "situation": situation, "strengths": strengths, "source": source}
        actions.write_part(actor, part, said, version=part.version)
    if finish:
        actions.finish_assessment(actor, assessment, present=["child", "mother"])


def _plan(actor: Actor, head: Actor, file: ClientFile) -> None:
    plan = actions.begin_plan(actor, file)
    for domain, title, levels, activity, family in GOALS:
        part = plan.assessment.parts.get(domain=domain)
        said = {
            "domain": domain, "need": part.situation, "title": title, "levels": levels, "baseline": -1, "weight": 1,
            "responsible": actor.name, "family_part": family, "due": terms.add_months(clock.today(), 6),
        }  # fmt: skip
        actions.set_goal(actor, plan, said, activities=[activity])
    words = {"child_words": "Искам да имам с кого да си говоря.", "family_words": "Ще водим детето следобед."}
    actions.send_plan(actor, plan, present=["child", "mother"], **words)
    actions.decide_plan(head, plan, approve=True, note="Целите са ясни.")


def _note(actor: Actor, file: ClientFile, kind: str, **said: Any) -> None:
    actions.add_note(actor, file, kind=kind, on=clock.today(), key=f"demo-{file.code}-{kind}", **said)


def _actor(user: User) -> Actor:
    held = tuple(Holding(grant.role, grant.scope) for grant in user.grants.all())
    return Actor(user.pk, user.name, user.organisation, user.email, held, second_factor=True)
