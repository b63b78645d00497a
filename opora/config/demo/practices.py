"""Good practices of the demonstration: three cards, who learnt from them, last year's award and the one under way."""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from opora.care.casework import actions as casework
from opora.care.casework import queries_toolkits as toolkits
from opora.care.casework.toolkits import rewording
from opora.config.demo import visits as visited
from opora.config.demo.files import _actor as actor_of
from opora.evidence.monitoring import actions as monitoring
from opora.evidence.monitoring.models import FrameworkVersion, Round
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.accounts.models import User
from opora.foundation.core import clock, terms
from opora.foundation.documents import sheets
from opora.foundation.territory.models import Region
from opora.improvement.practice import actions, gathering, queries_toolkits
from opora.improvement.practice.models import TEXTS, Adaptation, Period, Practice
from opora.improvement.practice.queries_board import Board
from opora.register.models import Service, TargetGroup

FACTS = Path(__file__).resolve().parent / "facts" / "practices.toml"
SEED = 2025
DAY = dt.timedelta(days=1)
ROUND_BEFORE, CARDS, ASKED, BEGUN, MEASURED = 396, 352, 345, 330, 146
"""So many days ago: the first round of visits, the cards, the request, the start, the first measurement."""
LAST_AWARD, THIS_AWARD = 338, 62
WITH_PRESCRIPTION, UNCHECKED = "KRZ-17", ("KRZ-13", "KRZ-20")
PANEL = ("inspector", "evaluator", "coordinator-lovech")


def fill(started: dt.datetime) -> None:
    """As of the days on which it would have happened."""
    first = _first_round(started - ROUND_BEFORE * DAY)
    cards = {
        one["service"]: _card(one, started - CARDS * DAY)
        for one in tomllib.loads(FACTS.read_text("utf-8"))["practice"]
    }
    _last_award(first, cards["KRZ-10"], started - LAST_AWARD * DAY)
    _toolkit_shared(cards["KRZ-10"], started - (ASKED - 10) * DAY)
    place = _adapted(cards["KRZ-10"], started)
    with clock.at(started - (BEGUN - 3) * DAY):
        actions.take_toolkit(_head("KRZ-03"), place, queries_toolkits.shared(place.practice)[0])
    _learns_in_turn(cards["KRZ-10"], place, started)
    _learns_in_turn(
        cards["LOV-14"], None, started, service="KRZ-03", why="Братята и сестрите да имат кого да попитат."
    )
    _asked(cards["KRZ-10"], started - 2 * DAY)
    _readers(cards["KRZ-10"], started)
    _this_award(cards["KRZ-10"], started - THIS_AWARD * DAY)
    _offered(started - 3 * DAY)


def _person(key: str) -> Actor:
    return actor_of(User.objects.get(email=f"{key}@example.bg"))


def _head(code: str) -> Actor:
    """The head of a service; those without an account of the demonstration act as a value."""
    service = Service.objects.get(code=code)
    return Actor(None, service.head, service.name, "", (Holding("service_manager", service.path),))


def _keeper(region: str) -> Actor:
    return _person({"KRZ": "coordinator-kardzhali", "LOV": "coordinator-lovech"}[region])


def _first_round(when: dt.datetime) -> Round:
    """Visits of the year before, marked and reported; what the services answered then is not kept here."""
    rng = random.Random(SEED)  # noqa: S311 - invented data, not secrets
    version = FrameworkVersion.objects.get(framework__code="practice", number=1)
    people = [
        User.objects.get(email=f"{key}@example.bg")
        for key in ("coordinator-kardzhali", "coordinator-kardzhali-2")
    ]
    with clock.at(when):
        starts = clock.today() + 3 * DAY
        made = monitoring.open_round(
            actor_of(people[0]), version=version, region=Region.objects.get(code="KRZ"), starts=starts,
            ends=starts + 30 * DAY, people=people, title=f"Посещения {starts.year} г.",
        )  # fmt: skip
    for visit in visited._of(made):
        assert visit.on is not None
        with clock.at(visited._noon(visit.on)):
            visited._mark_both(visit, rng)
        visited._finish(visit, visit.on, rng, answered=False)
    with clock.at(when + 40 * DAY):
        monitoring.close_round(actor_of(people[0]), made)
    return made


def _card(said: Mapping[str, Any], when: dt.datetime) -> Practice:
    service = Service.objects.get(code=said["service"])
    head, keeper = _head(service.code), _keeper(service.code[:3])
    with clock.at(when):
        made = actions.begin_card(head, service, title=said["title"], summary=said["summary"])
        words = {name: said[name].strip() for name in TEXTS}
        words |= {name: said[name] for name in ("title", "title_en", "summary", "summary_en")}
        made = actions.write_card(
            head, made, words | {"groups": list(made.groups.all())}, version=made.version
        )
        actions.set_elements(head, made, said["elements"])
        actions.set_conditions(head, made, [_condition(row) for row in said["conditions"]])
        actions.set_outcomes(head, made, [_decimals(row) for row in said["outcomes"]])
        if tool := said.get("tool"):
            actions.add_tool(head, made, **tool, file_name="dnevnik-prehodi.xlsx", content=_diary())
        actions.offer_card(head, made)
    with clock.at(when + 2 * DAY):
        return actions.publish_card(keeper, made, grade=said["grade"], why=said["grade_why"])


def _toolkit_shared(card: Practice, when: dt.datetime) -> None:
    """„Дъга“ has taken the toolkit of its type, asks in it about transitions, and shares it with its practice."""
    head = _head(card.service.code)
    with clock.at(when):
        toolkit = casework.take_toolkit(head, card.service, "day_centre")
        tables = toolkits.package_of(toolkits.version_of(toolkit)).tables("assessment")
        said = {
            one.name: rewording.Said(one.label, one.hint, one.required) for one in rewording.lines(tables)
        }
        asked = ["Кои смени през деня са трудни и какво помага?", "Кой знак ползва семейството у дома?"]
        casework.reword(
            head, toolkit, "assessment", said, asked, change="Питаме за преходите и за знаците у дома."
        )
        actions.share_toolkit(
            head, card, toolkit, text="Оценка и план с въпросите за преходите и за знаците у дома."
        )


def _condition(row: Mapping[str, Any]) -> dict[str, Any]:
    found = _decimals(row)
    if "group" in found:
        found["group"] = TargetGroup.objects.get(code=found["group"])
    return found


def _decimals(row: Mapping[str, Any]) -> dict[str, Any]:
    numbers = ("amount", "before", "after")
    return {name: Decimal(str(value)) if name in numbers else value for name, value in row.items()}


def _diary() -> bytes:
    """The diary of transitions, with a week filled in."""
    rows = [
        ("понеделник", "от колата в стаята", 2, 6, "чакаше друго дете", "предметът беше в раницата"),
        ("вторник", "от занимание на хранене", 1, 3, "шумно", "картината се показа по-рано"),
        ("сряда", "от двора в стаята", 0, 0, "", ""),
        ("четвъртък", "от центъра към дома", 1, 4, "закъсня баща му", "знакът за чакане помогна"),
        ("петък", "от колата в стаята", 0, 0, "", ""),
    ]
    columns = ["Ден", "Смяна", "Кризи", "Минути", "Какво предшестваше", "Какво опитахме"]
    page = sheets.Sheet(
        "Седмица",
        "Дневник на преходите",
        columns,
        rows,
        ["Отбелязва се веднага след смяната. Без име на детето: по един лист на дете."],
    )
    return sheets.workbook([page], title="Дневник на преходите")


def _last_award(first: Round, card: Practice, when: dt.datetime) -> None:
    keeper = _keeper("KRZ")
    with clock.at(when):
        period = actions.open_period(keeper, first.region, first.starts.year, title="", round_=first)
        actions.nominate(
            _head("KRZ-10"),
            period,
            card.service,
            practice=card,
            why="Децата минават спокойно от място на място.",
        )
        for one in Board(period).candidates:
            _cleared(keeper, period, one.service)
        actions.decide_nomination(keeper, period.nominations.get(), keep=True, why="")
        members = _seated(keeper, period)
    with clock.at(when + 5 * DAY):
        period = actions.fix_list(keeper, period)
        for member in members:
            actions.declare(member, Period.objects.get(pk=period.pk), {})
    board = Board(Period.objects.get(pk=period.pk))
    with clock.at(when + 9 * DAY):
        for one in board.votable():
            for number, member in enumerate(members):
                best = one.service.code == "KRZ-10"
                choice = "for" if best or number == 1 else "abstain"
                why = REASONS[number] if best else "Методът още не е описан така, че друг да го повтори."
                actions.vote(member, board.period, one.service, choice=choice, why=why)
        actions.decide(
            keeper, board.period, [card.service],
            words="Комисията награждава Дневен център за деца с увреждания „Дъга“, Момчилград, за практиката „Преходи без страх“.",
        )  # fmt: skip


REASONS = (
    "Описанието позволява друга услуга да го повтори, а кризите са броени преди и след.",
    "Видях дневника и две занимания: знакът е у детето, не у възрастния.",
    "Семействата го ползват у дома без напомняне.",
)


def _cleared(keeper: Actor, period: Period, service: Service) -> None:
    closed = service.code != WITH_PRESCRIPTION
    source = (
        "Писмо на агенцията до областния управител"
        if closed
        else "Предписание за достъпна среда, срокът още тече"
    )
    actions.clear(keeper, period, service, clear=closed, source=source)


def _seated(keeper: Actor, period: Period) -> list[Actor]:
    people = [User.objects.get(email=f"{key}@example.bg") for key in PANEL]
    for number, user in enumerate(people):
        actions.seat_member(keeper, period, user, chair=number == 0)
    return [actor_of(user) for user in people]


def _adapted(card: Practice, started: dt.datetime) -> Adaptation:
    """The day centre in Kardzhali: no speech therapist of its own, fewer signs at first, less crises after six months."""
    head, place = _head("KRZ-03"), Service.objects.get(code="KRZ-03")
    post = card.conditions.get(profession="логопед")
    with clock.at(started - ASKED * DAY):
        made = actions.ask_to_adapt(
            head, card, place, why="Три деца имат криза при всяко тръгване. Искаме и домът, и центърът да показват едно и също.",
            plans={post.pk: "Логопедът на центъра в Момчилград идва през седмица по половин ден."},
        )  # fmt: skip
    with clock.at(started - (ASKED - 4) * DAY):
        actions.answer_request(
            _head("KRZ-10"),
            made,
            agree=True,
            words="Елате на две занимания. Даваме дневника и първите дванайсет картини.",
        )
    with clock.at(started - (BEGUN + 5) * DAY):
        made = Adaptation.objects.get(pk=made.pk)
        day = clock.today()
        steps = [
            {"text": "Две гостувания в „Дъга“", "responsible": "психологът", "due": day + 7 * DAY},
            {
                "text": "Седмица наблюдение и броене на кризите",
                "responsible": "педагогът",
                "due": day + 14 * DAY,
            },
            {"text": "Срещи с трите семейства", "responsible": "ръководителят", "due": day + 21 * DAY},
            {
                "text": "Знаците и в детската градина",
                "responsible": "психологът",
                "due": terms.add_months(day, 12),
            },
        ]
        made = actions.write_plan(head, made, responsible=place.head, steps=steps, version=made.version)
        actions.mark_steps(head, made, [step.pk for step in made.steps.all()[:3]])
        actions.measure(
            head,
            made,
            0,
            on=day,
            people=6,
            values=_values(card, 3.6, 0),
            words="Броено две седмици от двама души.",
        )
    with clock.at(started - BEGUN * DAY):
        made = actions.start(head, Adaptation.objects.get(pk=made.pk), on=clock.today())
        actions.add_change(
            head, made, part="team", what="Логопедът идва през седмица", why="Щатът за логопед е незает."
        )
        actions.add_change(
            head,
            made,
            part="length",
            what="Първите знаци са два, а не три",
            why="Групата е смесена и част от децата са по-големи.",
        )
    with clock.at(started - MEASURED * DAY):
        levels = dict(zip(card.elements.values_list("pk", flat=True), (1, 2, 2, 2, 1), strict=True))
        actions.measure(
            head, made, 1, on=clock.today(), people=6, values=_values(card, 2.1, 50), levels=levels,
            words="Едно дете влезе в групата през третия месец и не е броено.",
        )  # fmt: skip
    return Adaptation.objects.get(pk=made.pk)


def _values(card: Practice, *values: float) -> dict[int, Decimal]:
    return {
        outcome.pk: Decimal(str(value)) for outcome, value in zip(card.outcomes.all(), values, strict=True)
    }


def _learns_in_turn(
    card: Practice, teacher: Adaptation | None, started: dt.datetime, *, service: str = "KRZ-16",
    why: str = "Психологът ни липсва, а в Кърджали намериха как да работят и без логопед.",
) -> None:  # fmt: skip
    """A service that has agreed and has not begun."""
    with clock.at(started - 40 * DAY):
        made = actions.ask_to_adapt(
            _head(service), card, Service.objects.get(code=service), why=why, learnt_from=teacher
        )
    with clock.at(started - 33 * DAY):
        actions.answer_request(
            _head(card.service.code),
            made,
            agree=True,
            words="Може. Говорете първо с колегите, които вече са я приложили.",
        )


def _asked(card: Practice, when: dt.datetime) -> None:
    """A request that waits for the answer of „Дъга“."""
    with clock.at(when):
        actions.ask_to_adapt(
            _head("KRZ-18"), card, Service.objects.get(code="KRZ-18"),
            why="В общностния център идват и деца, които не говорят. Родителите питат за знаците от Момчилград.",
            address=visited.HOME,
        )  # fmt: skip


def _readers(card: Practice, started: dt.datetime) -> None:
    visitor = Actor(None, "")
    with clock.at(started - 20 * DAY):
        said = actions.say_feedback(
            visitor, card, verdict="unclear", text="Какво правите, ако детето изгуби предмета?"
        )
        actions.say_feedback(visitor, card, verdict="useful", text="")
    with clock.at(started - 18 * DAY):
        actions.answer_feedback(
            _head("KRZ-10"),
            said,
            answer="Имаме по два от всеки. Резервният стои на вратата и детето знае къде е.",
        )


def _this_award(card: Practice, when: dt.datetime) -> None:
    """Nominations are open, most prescriptions are checked, the panel is named and has not declared its ties."""
    keeper = _keeper("KRZ")
    newest = gathering.rounds_to_read(["KRZ"])[0]
    with clock.at(when):
        period = actions.open_period(
            keeper, newest.region, clock.today().year, title="", round_=newest, grouping="activity"
        )
        for one in Board(period).candidates:
            if one.service.code not in UNCHECKED:
                _cleared(keeper, period, one.service)
        _seated(keeper, period)
    with clock.at(when + 6 * DAY):
        actions.nominate(
            Actor(None, ""),
            period,
            Service.objects.get(code="KRZ-15"),
            why="Дойдоха в нашето село, когато нямаше с какво да отидем до града.",
        )
        actions.nominate(
            _head("KRZ-10"),
            period,
            card.service,
            practice=card,
            why="Още две услуги вече работят със знаците.",
        )
        kept = actions.nominate(
            keeper,
            period,
            Service.objects.get(code="KRZ-03"),
            why="Приложиха практика от друг център и мериха какво излиза.",
        )
        assert kept.state == "kept"


def _offered(when: dt.datetime) -> None:
    """A card that waits for the coordinator of Lovech."""
    head, service = _person("head-troyan"), Service.objects.get(code="LOV-17")
    with clock.at(when):
        made = actions.begin_card(
            head,
            service,
            title="Семеен календар на стената",
            summary="Срещите и целите на детето стоят на лист, който семейството попълва само.",
        )
        words = dict.fromkeys(TEXTS, "") | {
            "title": made.title, "title_en": "", "summary": made.summary, "summary_en": "",
            "problem": "Семействата забравяха срещите и не знаеха защо идват.",
            "solution": "Един лист на хладилника: кога, за какво, какво правим ние и какво вие.",
            "method": "- Листът се попълва заедно в края на всяка среща.\n- Детето лепи знак, когато нещо е станало.",
            "effect": "Пропуснатите срещи намаляха от всяка трета на всяка осма.",
        }  # fmt: skip
        made = actions.write_card(
            head, made, words | {"groups": list(made.groups.all())}, version=made.version
        )
        actions.set_elements(head, made, ["Листът стои у дома", "Попълва го семейството"])
        actions.offer_card(head, made)
