"""The round by quality standards of the demonstration: what is required beside what is really done, in Кърджали, under way."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import random
from pathlib import Path

from opora.config.demo import visits as visited
from opora.config.demo.files import _actor as actor_of
from opora.evidence.monitoring import actions, queries
from opora.evidence.monitoring.actions import Typed
from opora.evidence.monitoring.actions.consensus import left
from opora.evidence.monitoring.models import FrameworkVersion, Indicator, Observer, Round, Visit
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.territory.models import Region

FACTS = Path(__file__).resolve().parent / "facts" / "standards.csv"
PEOPLE = ("coordinator-kardzhali", "inspector")
OPENED = dt.timedelta(days=14)
REPORTED, ANSWERED, DONE, BEGUN = 5, 2, 8, 2
"""Visits with a report, with an answer, with both observers done, begun by one; two more are today."""
SHARES = ((2, 0.60), (1, 0.28), (0, 0.08))
"""How often a standard is met, partly, not at all; else it does not apply."""
NEVER_OUT = ("Р1", "О4")
"""Standards that apply everywhere."""
APART = 0.07
"""How often the second observer sees something else."""
STRENGTHS = (
    "Досиетата са подредени и личи какво иска човекът.\nЕкипът е пълен и се познава.",
    "Жалбите се разглеждат и хората го знаят.\nОтчетът за качеството е подаден навреме.",
)
ADVICE = (
    "Да се напише програма за развитие на качеството с месец за всяка мярка.\nСупервизията да обхване целия екип.",
    "Прегледите на плановете да имат отговорник.\nРезултатите да се сравняват с началото за всички.",
)
ANSWER = "Съгласни сме. За супервизията вече търсим човек, за останалото предлагаме срокове."
STEP = ("Програма за развитие на качеството с мерки по месеци", "Ръководителят", 60, "О1")


def check_standards(now: dt.datetime) -> None:
    """Plan the round and take its visits as far as they would be today."""
    for place, visit in enumerate(_ordered(_open(now - OPENED))):
        day, rng = visited._day(place), visited._dice(visit)
        Visit.objects.filter(pk=visit.pk).update(on=day)
        if place >= DONE + BEGUN:
            continue
        with clock.at(visited._noon(day)):
            _look(visit, rng, both=place < DONE)
        if place < REPORTED:
            _report(visit, day, rng, answered=place < ANSWERED)


def _ordered(round_: Round) -> list[Visit]:
    """In the order of the route, but „Дъга“ early: its head has an account here and a report to answer."""
    found = visited._of(round_)
    daga = next(one for one in found if one.service.code == "KRZ-10")
    found.remove(daga)
    found.insert(ANSWERED, daga)
    return found


def _open(when: dt.datetime) -> Round:
    people = [User.objects.get(email=f"{one}@example.bg") for one in PEOPLE]
    version = FrameworkVersion.objects.get(framework__code="standards", number=1)
    with clock.at(when):
        starts = clock.today() + dt.timedelta(days=2)
        return actions.open_round(
            actor_of(people[0]), version=version, region=Region.objects.get(code="KRZ"), starts=starts,
            ends=starts + dt.timedelta(days=40), people=people, title="Преглед по стандартите за качество",
        )  # fmt: skip


@functools.cache
def _words() -> dict[str, tuple[str, ...]]:
    """What was seen of each standard, by level."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["level_0"], row["level_1"], row["level_2"]) for row in csv.DictReader(file)}


def _look(visit: Visit, rng: random.Random, *, both: bool) -> None:
    """One of the two, or both, see and lock; they see mostly the same."""
    seats = list(visit.observers.select_related("user").order_by("place"))
    codes = [one.code for one in queries.indicators_of(visit.round.version)]
    truth = {code: _level(code, rng) for code in codes}
    for seat in seats if both else seats[1:]:
        second = seat is seats[1]
        _type(seat, {c: _other(v, rng) if second else v for c, v in truth.items()}, rng)
    for seat in seats if both else seats[1:]:
        actions.lock_marks(actor_of(seat.user), visited._again(visit))


def _level(code: str, rng: random.Random) -> int | None:
    dice = rng.random()
    for level, share in SHARES:
        if dice < share:
            return level
        dice -= share
    return 1 if code in NEVER_OUT else None


def _other(level: int | None, rng: random.Random) -> int | None:
    if level is None or rng.random() >= APART:
        return level
    return 1 if level != 1 else 2


def _type(seat: Observer, levels: dict[str, int | None], rng: random.Random) -> None:
    said: dict[str, str] = {}
    for code, level in levels.items():
        said[f"level:{code}"] = "na" if level is None else str(level)
        if level is not None:
            said[f"note:{code}"] = _words()[code][level]
    for kind, words in rng.sample(visited.VOICES, 2):
        said[f"voice:{kind}-{visited._key(rng)}"] = words
    typed = [Typed(visited._key(rng), slot, value) for slot, value in said.items()]
    actions.receive(actor_of(seat.user), visited._again(seat.visit), typed)


def _report(visit: Visit, day: dt.date, rng: random.Random, *, answered: bool) -> None:
    writer = actor_of(visit.observers.select_related("user").order_by("place")[0].user)
    with clock.at(visited._noon(day + dt.timedelta(days=1))):
        for final in left(visited._again(visit)):
            level = min(seen.level for seen in final.seen if seen.level is not None)
            indicator = Indicator.objects.get(pk=final.indicator_id)
            why = "Прочетохме заедно протокола: показаното отговаря на по-ниската оценка."
            actions.agree_mark(writer, visited._again(visit), indicator, value=str(level), why=why)
        actions.issue_report(
            writer,
            visited._again(visit),
            strengths=rng.choice(STRENGTHS),
            advice=rng.choice(ADVICE),
            address=visited.HOME,
        )
    if answered:
        _answer(visit, day + dt.timedelta(days=3))


def _answer(visit: Visit, day: dt.date) -> None:
    head = visited._head_of(visit)
    what, who, days, code = STEP
    indicator = next(one for one in queries.indicators_of(visit.round.version) if one.code == code)
    with clock.at(min(visited._noon(day), clock.now() - dt.timedelta(hours=1))):
        actions.answer_report(head, visited._again(visit), text=ANSWER)
        due = clock.today() + dt.timedelta(days=days)
        actions.add_row(head, visited._again(visit), what=what, who=who, due=due, indicator=indicator)
        actions.offer_programme(head, visited._again(visit))
