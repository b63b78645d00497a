"""Makers of the end of the work: a file at work, a review, a head elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from opora.care.casework import actions, stages
from opora.care.casework.models import ClientFile, Review, Transfer
from opora.care.casework.tests import make
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.register.models import Service


def head_of(place: Service) -> Actor:
    """A head of the service as they act."""
    return make.as_actor(make.person_in(place, "service_manager"))


def worker_of(file: ClientFile) -> Actor:
    """Who leads the file as they act."""
    assert file.lead is not None
    return make.as_actor(file.lead)


def at_work(file: ClientFile | None = None, *, days: int = 0) -> ClientFile:
    """A file with an approved plan of one goal, on stage „Работа по плана“ for so many days."""
    with clock.at(clock.now() - dt.timedelta(days=days)):
        file = file or make.file()
        worker = worker_of(file)
        actions.enter_stage(worker, file, stages.INTAKE, on=clock.today())
        make.approved(worker, head_of(file.service), file)
        actions.enter_stage(worker, file, stages.WORK, on=clock.today())
    return ClientFile.objects.get(pk=file.pk)


def terms(**changed: Any) -> dict[str, Any]:
    """Terms of a contract."""
    return {
        "starts_on": dt.date(2026, 11, 23), "until": dt.date(2027, 5, 31), "manner": "hours", "fee": "без такса",
    } | changed  # fmt: skip


def said(**changed: Any) -> dict[str, Any]:
    """What a review says."""
    return {
        "on": clock.today(), "present": ["child", "mother"], "absent_why": "", "child_words": "Имам приятел.",
        "family_words": "По-спокойно е.", "summary": "Играе с едно дете.", "decision": Review.CONTINUE, "why": "",
    } | changed  # fmt: skip


def summary(**changed: Any) -> dict[str, Any]:
    """What a closing says."""
    return {
        "on": clock.today(), "reason": "reached", "summary": "Целите са постигнати.", "after": "Личен лекар.",
        "present": ["child"], "absent_why": "", "child_words": "Довиждане.",
    } | changed  # fmt: skip


def offered(
    file: ClientFile, to: Service, parts: tuple[str, ...] = Transfer.WHOLE, *, by: Actor | None = None
) -> Transfer:
    """The file offered to another service."""
    left = "" if set(parts) == set(Transfer.WHOLE) else "Не се отнася до новата услуга."
    return actions.offer_file(
        by or head_of(file.service), file, to, parts=list(parts), why="Семейството се мести.", ends_on=clock.today(),
        left_why=left,
    )  # fmt: skip
