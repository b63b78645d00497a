"""Requests of two persons, an alert, a watched file and a reason to keep, so that their pages have something to show."""

from __future__ import annotations

import datetime as dt

from opora.care.casework import actions, queries, stages
from opora.care.casework.models import ClientFile
from opora.config.demo.files import SERVICE, _actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.register.models import Service


def protect_files(started: dt.datetime) -> None:
    """A file opened twice by mistake is to be erased; one with a court case must stay; one is watched and was opened."""
    head, worker, officer = (
        _actor(User.objects.get(email=f"{who}@example.bg"))
        for who in ("head-troyan", "worker-troyan", "data-protection")
    )
    with clock.at(started - dt.timedelta(days=9)):
        twice = actions.open_file(
            worker, Service.objects.get(code=SERVICE), asked_by="service", ground="referral", wished_on=clock.today(),
            lead=User.objects.get(email="worker-troyan@example.bg"),
            person={"first_name": "Лора", "last_name": "Петкова-Втора", "born": dt.date(2013, 4, 22), "sex": "f"},
        )  # fmt: skip
    with clock.at(started - dt.timedelta(days=8)):
        actions.enter_stage(
            worker, twice, stages.CLOSED, on=clock.today(), why="Детето вече има досие в услугата."
        )
        actions.hold_file(worker, _first(), why="Гражданско дело на Районен съд – Троян (измислено)")
    with clock.at(started - dt.timedelta(hours=20)):
        actions.ask_to_erase(head, twice, ground="mistake", document="Служебна бележка № 14")
        actions.ask_for_list(head, Service.objects.get(code=SERVICE), why="За годишната среща на екипа.")
    with clock.at(started - dt.timedelta(hours=3)):
        watched = _first(offset=4)
        actions.watch(officer, watched.code, why="Семейството е известно в града.")
        actions.look(head, queries.file_for(head, watched.code))


def _first(offset: int = 0) -> ClientFile:
    found: ClientFile = ClientFile.objects.filter(service__code=SERVICE, sealed=False).order_by("pk")[offset]
    return found
