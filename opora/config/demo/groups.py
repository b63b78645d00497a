"""A group of twelve children with three sessions, and the week of the psychologist."""

from __future__ import annotations

import datetime as dt

from opora.care.casework import actions
from opora.care.casework.actions.groups import Mark
from opora.care.casework.models import ClientFile, Group
from opora.config.demo.files import SERVICE, TO_WORK, _actor, _one
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock, terms
from opora.register.models import Service

DAY = dt.timedelta(days=1)
MORE = (
    ("Ана", "Ванкова", "f"), ("Борил", "Минчев", "m"), ("Вяра", "Цочева", "f"), ("Дарин", "Колев", "m"),
    ("Ема", "Радойска", "f"), ("Жельо", "Пачев", "m"), ("Златина", "Стойкова", "f"), ("Ивайло", "Диков", "m"),
    ("Лили", "Гатева", "f"),
)  # fmt: skip
SESSIONS = ((22, "Моят цвят"), (15, "Рисунка на двама"), (8, "Къща с много прозорци"))


def gather(started: dt.datetime) -> None:
    """Nine more children come for the group; three are known longer."""
    psychologist = User.objects.get(email="psychologist-troyan@example.bg")
    worker = User.objects.get(email="worker-troyan@example.bg")
    User.objects.filter(pk=worker.pk).update(phone="0670 600 01")
    User.objects.filter(pk=psychologist.pk).update(phone="0670 600 02")
    service = Service.objects.get(code=SERVICE)
    for first, last, sex in MORE:
        parent = ("mother", "Мария", last if sex == "f" else f"{last}а", "0670 600 20")
        child = (first, last, dt.date(2015, 5, 14), sex, 110, TO_WORK, "Група по рисуване.", parent)
        _one(service, worker, psychologist, child, started, with_notes=False)
    with clock.at(started - 30 * DAY):
        known = ClientFile.objects.filter(service=service, sealed=False, opened_at__lt=clock.now())
        files = list(known.order_by("pk"))
        group = actions.make_group(
            _actor(psychologist), service, name="Рисуване", lead=psychologist,
            programme="Деца от 8 до 14 години, които трудно влизат в група. Десет занятия, всеки вторник.",
        )  # fmt: skip
        actions.bring_in(_actor(psychologist), group, files, since=clock.today())
    for number, (ago, topic) in enumerate(SESSIONS):
        with clock.at(started - ago * DAY):
            _session(_actor(psychologist), group, number, topic)
    _week(_actor(psychologist), started)


def _session(actor: Actor, group: Group, number: int, topic: str) -> None:
    marks = {}
    for place, member in enumerate(group.members.all()):
        away = (place + number) % 5 == 0
        marks[member.file_id] = Mark("absent" if away and place % 2 else "excused" if away else "present")
    actions.write_session(actor, group, on=clock.today(), topic=topic, marks=marks, key=f"demo-{number}")


def _week(actor: Actor, started: dt.datetime) -> None:
    files = list(ClientFile.objects.filter(service__code=SERVICE, sealed=False).order_by("pk")[:3])
    today = started.astimezone(terms.SOFIA).date()
    for place, file in enumerate(files):
        at = dt.datetime.combine(today + (1 + place) * DAY, dt.time(10 + 2 * place), terms.SOFIA)
        actions.plan_visit(actor, file, kind="session", at=at, minutes=50)
    with clock.at(started - 2 * DAY):
        at = dt.datetime.combine(today - DAY, dt.time(15), terms.SOFIA)
        actions.plan_visit(actor, files[0], kind="session", at=at, minutes=50)
