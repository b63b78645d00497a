"""Opinions in the invented files: one received, one of the team, one question that waits too long."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from opora.care.casework import actions
from opora.care.casework.actions.opinions import Question
from opora.care.casework.actions.outside import RIGHT, Said
from opora.care.casework.models import ClientFile
from opora.config.demo.files import SERVICE, _actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.territory.models import Municipality
from opora.register.models import Professional
from opora.register.professional_actions import save_professional

OUTSIDE = (
    ("LOV34", "Калоян Минчев", "логопед", "Логопедичен кабинет (измислен)", "k.minchev@example.bg"),
    ("LOV18", "Лилия Савова", "клиничен психолог", "Психологически кабинет (измислен)", "l.savova@example.bg"),
    ("LOV18", "Веселин Дограмаджиев", "детски психиатър", "Многопрофилна болница (измислена)", "v.dogramadzhiev@example.bg"),
)  # fmt: skip

SPEECH = "Изпуска р и л, другите деца го карат да повтаря."


def ask_and_answer(started: dt.datetime) -> None:
    """As of the days on which it would have happened."""
    worker = User.objects.get(email="worker-troyan@example.bg")
    register_specialists()
    first, _second, third = ClientFile.objects.filter(service__code=SERVICE, sealed=False).order_by("pk")[:3]
    _received(worker, first, started)
    psychologist = User.objects.get(email="psychologist-troyan@example.bg")
    with clock.at(started - dt.timedelta(days=9)):
        words = "Детето се страхува от раздяла с майката. Да не се обсъжда пред него, докато майката е на нощни смени."
        actions.write_team_opinion(
            _actor(psychologist), first, Said(words, {"family": (2, "")}), key="demo-team"
        )
    _waiting(worker, third, started)


def register_specialists() -> None:
    """Specialists outside the services whom the register of the region knows."""
    coordinator = _actor(User.objects.get(email="coordinator-lovech@example.bg"))
    for place, name, profession, employer, email in OUTSIDE:
        where = Municipality.objects.get(code=place)
        save_professional(
            coordinator, Professional(), name=name, profession=profession, municipality=where, employer=employer, email=email
        )  # fmt: skip


def _address(secret: str) -> str:
    return reverse("casework_outside", args=[secret])


def _received(worker: User, file: ClientFile, started: dt.datetime) -> None:
    found = file.assessments.get()
    with clock.at(started - dt.timedelta(days=30)):
        asked = actions.ask_specialist(
            _actor(worker), found, key="demo-received", link=_address,
            said=Question(
                name="Лилия Савова", profession="клиничен психолог", organisation="Психологически кабинет (измислен)",
                email="l.savova@example.bg", due=clock.today() + dt.timedelta(days=10),
                question="Какво пречи на детето да е с другите и как семейството може да помогне?",
                parts=list(found.parts.filter(domain__in=("social", "family"))),
                events=list(file.events.filter(kind="session")[:1]),
            ),
        )  # fmt: skip
    with clock.at(started - dt.timedelta(days=22)):
        assert actions.try_code(asked.request, asked.code, address="192.0.2.1") == RIGHT
        said = Said(
            "Детето избягва другите от страх, че майката няма да го вземе. Помага сутрешен знак за сбогуване и един постоянен "
            "човек, който го посреща. Препоръчвам десет срещи с майката и детето заедно.",
            {
                "social": (3, "В игра с едно дете е спокойно, в група се отдръпва."),
                "family": (3, "Привързаността към майката е тревожна; бабата не може да я замести."),
            },
        )  # fmt: skip
        actions.answer_request(asked.request, said)


def _waiting(worker: User, file: ClientFile, started: dt.datetime) -> None:
    actor, found = _actor(worker), file.assessments.get()
    with clock.at(started - dt.timedelta(days=12)):
        part = found.parts.get(domain="communication")
        said = {
            "need": 2,
            "situation": SPEECH,
            "strengths": "Иска да говори пред класа.",
            "source": "observation",
        }
        actions.write_part(actor, part, said, version=part.version)
        question = Question(
            name="Калоян Минчев", profession="логопед", organisation="Логопедичен кабинет (измислен)",
            email="k.minchev@example.bg", due=clock.today() + dt.timedelta(days=9),
            question="Нужна ли е логопедична работа и колко пъти седмично?", parts=[found.parts.get(domain="communication")],
        )  # fmt: skip
        actions.ask_specialist(actor, found, question, link=_address, key="demo-waiting")
