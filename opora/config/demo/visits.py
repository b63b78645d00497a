"""The visits of the demonstration: a finished round in Кърджали (20 of 20), one that runs in Ловеч."""

from __future__ import annotations

import datetime as dt
import random
import uuid

from opora.config.demo.files import _actor as actor_of
from opora.evidence.monitoring import actions, queries
from opora.evidence.monitoring.actions import Typed
from opora.evidence.monitoring.actions.consensus import left
from opora.evidence.monitoring.models import FrameworkVersion, Indicator, Observer, Round, Visit
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.accounts.models import User
from opora.foundation.core import clock, terms
from opora.foundation.territory.models import Region
from opora.register.models import Service

SEED = 2026
HOME = "http://127.0.0.1:8000"
"""Where letters of the demonstration lead."""
STRICT = {"coordinator-kardzhali": -0.25, "coordinator-kardzhali-2": 0.15, "coordinator-lovech-2": 0.2}
"""How much each observer gives more or less than what is there."""
UNCLEAR = {"3.4": 2.2, "2.4": 1.3}
"""Indicators whose words two people read differently: the spread of their marks."""
BEST, WEAK = {"KRZ-10": 1.5, "KRZ-15": 0.8, "KRZ-01": 0.6}, {"KRZ-17": -1.0, "KRZ-08": -0.8}
DONE, BEGUN, TODAY = 8, 2, 2
"""In Ловеч: visits with both observers done, begun by one, and planned for today."""
NOTES = {
    "content": (
        "Прегледахме три досиета: оценката и планът си отговарят.",
        "Двама потребители разказаха сами какво е в плана им.",
        "Графикът стои на стената, хората го четат и го променят.",
        "Протоколите от екипните срещи са пълни до миналия месец.",
    ),
    "sectors": (
        "Показаха общ план с училището и писмо от личния лекар.",
        "Отделът за закрила потвърди срещите по телефона.",
        "При последния кризисен случай екипът е бил на място за два часа.",
    ),
    "community": (
        "Четирима ходят сами до читалището, видяхме ги на излизане.",
        "Доброволките идват всяка сряда, говорихме с една от тях.",
        "Брошурата е на лесен език и стои при личните лекари.",
    ),
    "transferability": (
        "Описанието е двайсет страници с бланките към него.",
        "Разчетът на време и хора е в папката на ръководителя.",
        "През пролетта са гостували на две услуги.",
    ),
}
LOW = "Не видяхме документ, разказът на екипа е различен от показаното."
STRENGTHS = (
    "Екипът познава всеки човек и говори за него с уважение.\nСемействата идват без уговорка и това е прието.",
    "Работата с училищата и с лекарите е уговорена, а не по познанство.\nХората участват в избора на дейностите.",
    "Планът се променя, когато човекът го поиска, и това личи в досиетата.\nСредата е поддържана и достъпна.",
)
ADVICE = (
    "Напредъкът по целите да се отбелязва всеки месец и да се вижда от човека.\nКризисният ред да се упражни с останалите институции.",
    "Резултатите да се сравняват с началото, не само да се броят посещенията.\nОписанието на програмата да се довърши с бланките.",
    "Да се потърсят семействата от селата, които не идват, и да се разбере защо.\nСупервизията да има график.",
)
ANSWERS = (
    "Съгласни сме с оценките. По показателя за кризите ще поканим колегите от общината.",
    "Приемаме доклада. По отбелязването на напредъка вече започнахме.",
    "Съгласни сме с повечето. Смятаме, че работата с доброволците е повече, отколкото се видя.",
)
STEPS = (
    ("Месечна отметка на напредъка по всяка цел", "Водещите на случаи", 60, "1.2"),
    ("Сравнение преди и след за всички нови потребители", "Психологът", 120, "1.4"),
    ("Среща за кризисния ред с полицията и с отдела за закрила", "Ръководителят", 90, "2.4"),
    ("Описание на програмата с бланките към нея", "Екипът", 150, "4.1"),
)
VOICES = (
    ("user", "Тук ме питат какво искам и после става."),
    ("family", "Откакто идваме, синът ми говори с други деца."),
    ("user", "Искам да излизаме повече в събота."),
)


def visit_regions(now: dt.datetime) -> None:
    """Plan, mark, talk over, report and answer, as of the days on which it would have happened."""
    version = FrameworkVersion.objects.get(framework__code="practice", number=1)
    done = _open("coordinator-kardzhali", version, "KRZ", now - dt.timedelta(days=150), 40)
    for visit in _of(done):
        _whole(visit, _dice(visit))
    with clock.at(now - dt.timedelta(days=70)):
        actions.close_round(_person("coordinator-kardzhali"), done)
    runs = _open("coordinator-lovech", version, "LOV", now - dt.timedelta(days=12), 30)
    _running(runs)


def _dice(visit: Visit) -> random.Random:
    """Chance of its own for each service, so that a place added elsewhere changes no mark here."""
    return random.Random(f"{SEED} {visit.round.code} {visit.service.code}")  # noqa: S311 - invented data, not secrets


def _running(runs: Round) -> None:
    visits = _of(runs)
    for place, visit in enumerate(visits):
        day, rng = _day(place), _dice(visit)
        Visit.objects.filter(pk=visit.pk).update(on=day)
        if place < DONE:
            with clock.at(_noon(day)):
                _mark_both(visit, rng)
            if place < DONE // 2:
                _finish(visit, day, rng, answered=place < 2)
        elif place < DONE + BEGUN:
            with clock.at(_noon(day)):
                _mark(list(visit.observers.select_related("user"))[1], rng, share=1.0)
                actions.lock_marks(actor_of(list(visit.observers.all())[1].user), _again(visit))


def _day(place: int) -> dt.date:
    """Two a day: those done on working days before today, two today, the rest on working days to come."""
    ahead = place // TODAY - (DONE + BEGUN) // TODAY
    day = clock.today()
    for _step in range(abs(ahead)):
        day += dt.timedelta(days=1 if ahead > 0 else -1)
        while not terms.is_working(day):
            day += dt.timedelta(days=1 if ahead > 0 else -1)
    return day


def _person(key: str) -> Actor:
    return actor_of(User.objects.get(email=f"{key}@example.bg"))


def _open(key: str, version: FrameworkVersion, region: str, when: dt.datetime, days: int) -> Round:
    people = [User.objects.get(email=f"{one}@example.bg") for one in (key, f"{key}-2")]
    with clock.at(when):
        starts = clock.today() + dt.timedelta(days=3)
        return actions.open_round(
            actor_of(people[0]), version=version, region=Region.objects.get(code=region), starts=starts,
            ends=starts + dt.timedelta(days=days), people=people, title="Посещения за добри практики",
        )  # fmt: skip


def _of(round_: Round) -> list[Visit]:
    related = ("round__version__framework", "service__organisation")
    return list(round_.visits.select_related(*related).order_by("on", "order"))


def _noon(day: dt.date | None) -> dt.datetime:
    assert day is not None
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _whole(visit: Visit, rng: random.Random) -> None:
    with clock.at(_noon(visit.on)):
        _mark_both(visit, rng)
    assert visit.on is not None
    _finish(visit, visit.on, rng, answered=True)


def _mark_both(visit: Visit, rng: random.Random) -> None:
    seats = list(visit.observers.select_related("user").order_by("place"))
    truth = _truth(visit, rng)
    for seat in seats:
        _mark(seat, rng, truth=truth)
    for seat in seats:
        actions.lock_marks(actor_of(seat.user), _again(visit))


def _truth(visit: Visit, rng: random.Random) -> dict[str, float]:
    """What is there to be seen: a level of the service, one of each domain, one of each indicator."""
    base = 2.0 + {**BEST, **WEAK}.get(visit.service.code, rng.uniform(-0.9, 0.9))
    domains: dict[str, float] = {}
    found = {}
    for one in queries.indicators_of(visit.round.version):
        lean = domains.setdefault(one.domain.code, rng.gauss(0, 0.35))
        found[one.code] = base + lean + rng.gauss(0, 1.0)
    return found


def _mark(
    seat: Observer, rng: random.Random, *, truth: dict[str, float] | None = None, share: float = 1.0
) -> None:
    visit = _again(seat.visit)
    truth = truth or _truth(visit, rng)
    lean = STRICT.get(seat.user.email.split("@")[0], 0.0)
    typed: list[Typed] = []
    for one in queries.indicators_of(visit.round.version):
        level = max(0, min(4, round(truth[one.code] + lean + rng.gauss(0, UNCLEAR.get(one.code, 0.27)))))
        typed.append(Typed(_key(rng), f"level:{one.code}", str(level)))
        if level >= 3 or level == 0 or rng.random() < 0.3:
            note = LOW if level == 0 else rng.choice(NOTES[one.domain.code])
            typed.append(Typed(_key(rng), f"note:{one.code}", note))
    for kind, words in rng.sample(VOICES, 2):
        typed.append(Typed(_key(rng), f"voice:{kind}-{_key(rng)}", words))
    actions.receive(actor_of(seat.user), visit, typed)


def _key(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _finish(visit: Visit, day: dt.date, rng: random.Random, *, answered: bool) -> None:
    seats = list(visit.observers.select_related("user").order_by("place"))
    writer = actor_of(seats[0].user)
    with clock.at(_noon(day + dt.timedelta(days=2))):
        for final in left(_again(visit)):
            levels = [seen.level for seen in final.seen if seen.level is not None]
            level = str(round(sum(levels) / len(levels)))
            why = "Прегледахме бележките заедно и се върнахме към думите на степените."
            actions.agree_mark(
                writer, _again(visit), Indicator.objects.get(pk=final.indicator_id), value=level, why=why
            )
        actions.issue_report(
            writer, _again(visit), strengths=rng.choice(STRENGTHS), advice=rng.choice(ADVICE), address=HOME
        )
    if answered:
        _answer(visit, writer, day + dt.timedelta(days=9), rng)


def _answer(visit: Visit, coordinator: Actor, day: dt.date, rng: random.Random) -> None:
    head = _head_of(visit)
    with clock.at(min(_noon(day), clock.now() - dt.timedelta(hours=1))):
        actions.answer_report(head, _again(visit), text=rng.choice(ANSWERS))
        codes = {one.code: one for one in queries.indicators_of(visit.round.version)}
        for what, who, days, code in rng.sample(STEPS, 2):
            due = clock.today() + dt.timedelta(days=days)
            actions.add_row(head, _again(visit), what=what, who=who, due=due, indicator=codes[code])
        actions.offer_programme(head, _again(visit))
        if visit.round.region.code == "KRZ":
            actions.agree_programme(coordinator, _again(visit), address=HOME)


def _head_of(visit: Visit) -> Actor:
    service = Service.objects.get(pk=visit.service_id)
    holding = Holding("service_manager", service.path)
    return Actor(user_id=None, name=service.head, organisation=service.name, holdings=(holding,))


def _again(visit: Visit) -> Visit:
    related = ("round__version__framework", "round__region", "service__organisation")
    found: Visit = Visit.objects.select_related(*related).get(pk=visit.pk)
    return found
