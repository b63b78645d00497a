"""Makers of cards, adaptations and award periods, by the actions people take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from opora.evidence.monitoring import stages as visit_stages
from opora.evidence.monitoring.models import Round, Visit
from opora.evidence.monitoring.tests import make as visits
from opora.evidence.survey.tests import make as cards
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.improvement.practice import actions, stages
from opora.improvement.practice.models import TEXTS, Adaptation, Period, Practice
from opora.register.models import Service
from opora.register.tests import make as register

WORDS = {name: f"Думи за {name}." for name in TEXTS}


def as_actor(user: User) -> Actor:
    """The account as it acts."""
    held = tuple(Holding(grant.role, grant.scope) for grant in user.grants.all())
    return Actor(user.pk, user.name, user.organisation, user.email, held, second_factor=True)


def head(service: Service) -> User:
    """The head of a service, with an account."""
    return people.user("service_manager", service.path, organisation=service.name)


def coordinator(scope: str = "BG/LOV") -> User:
    """A coordinator with an account."""
    return people.user("regional_coordinator", scope, organisation="Област")


def card(
    service: Service | None = None, *, stage: str = stages.PUBLISHED, title: str = "Преходи", **words: Any
) -> Practice:
    """A card with two cores, one condition and one outcome, brought to its state."""
    service = service or register.service(groups=["children_disabilities"])
    keeper = as_actor(coordinator(service.path[:6]))
    made = actions.begin_card(keeper, service, title=title, summary="Гласове и знаци за всеки преход.")
    said = {"title": title, "summary": made.summary, "title_en": "", "summary_en": ""} | WORDS | words
    made = actions.write_card(keeper, made, said | {"groups": list(made.groups.all())}, version=made.version)
    actions.set_elements(keeper, made, ["Един и същ знак навсякъде", "Родителят участва"])
    group = register.target_group()
    actions.set_conditions(
        keeper, made,
        [{"kind": "group", "group": group}, {"kind": "post", "profession": "психолог", "amount": Decimal(1)}],
    )  # fmt: skip
    actions.set_outcomes(
        keeper,
        made,
        [
            {
                "title": "Кризи в седмицата",
                "unit": "на дете",
                "better": "down",
                "before": Decimal("3.1"),
                "after": Decimal("1.2"),
            }
        ],
    )
    if stage == stages.DRAFT:
        return again(made)
    actions.offer_card(keeper, made)
    if stage == stages.PUBLISHED:
        actions.publish_card(keeper, made, grade=2, why="Мерено е преди и след.")
    return again(made)


def again(made: Practice) -> Practice:
    """The card as it stands now."""
    return Practice.objects.select_related("service__municipality__region").get(pk=made.pk)


def adaptation(
    of: Practice | None = None,
    service: Service | None = None,
    *,
    stage: str = stages.RUNNING,
    started: dt.date | None = None,
    learnt_from: Adaptation | None = None,
) -> Adaptation:
    """Another service takes the practice over, brought to its state."""
    of = of or card()
    service = service or register.service()
    mine = as_actor(head(service))
    made = actions.ask_to_adapt(mine, of, service, why="По-малко кризи.", learnt_from=learnt_from)
    if stage == stages.ASKED:
        return made
    actions.answer_request(as_actor(head(of.service)), made, agree=True, words="Ще покажем.")
    if stage == stages.AGREED:
        return living(made)
    made = living(made)
    steps = [{"text": "Обучение на екипа", "responsible": "ръководител", "due": None}]
    made = actions.write_plan(mine, made, responsible="Ръководителят", steps=steps, version=made.version)
    started = started or clock.today()
    outcome = of.outcomes.get()
    actions.measure(mine, made, 0, on=started, values={outcome.pk: Decimal(4)}, people=8)
    actions.start(mine, made, on=started)
    return living(made)


def living(made: Adaptation) -> Adaptation:
    """The adaptation as it stands now."""
    return Adaptation.objects.select_related("practice__service", "service").get(pk=made.pk)


Levels = Mapping[str, int] | int


def region_round(
    levels: Mapping[str, tuple[Levels, Levels] | Levels],
    *,
    region: str = "LOV",
    services: Sequence[Service] = (),
    starts: dt.date | None = None,
    of: Any = None,
) -> Round:
    """A round over services named by the keys, marked by two observers and settled; with their cards returned."""
    town = register.municipality({"LOV": "LOV18", "KRZ": "KRZ16"}[region])
    known = {one.name: one for one in services}
    for name in levels:
        if name not in known:
            known[name] = register.service(name, where=town)
    made = visits.round_(services=list(known.values()), region=region, of=of, starts=starts)
    for visit in Visit.objects.filter(round=made).select_related("service"):
        if visit.service.name in levels:
            given = levels[visit.service.name]
            pair = given if isinstance(given, tuple) else (given, given)
            visits.bring(visit, visit_stages.REPORTED, pair)
    return made


def returned_cards(services: Sequence[Service]) -> None:
    """A round of cards in which all these services sent theirs."""
    asked = cards.round_(path="/".join(services[0].path.split("/")[:2]))
    for made in asked.cards.filter(service__in=list(services)).select_related("service", "round"):
        cards.bring(made, "submitted")


def period(round_: Round, *, checked: bool = True, cards_in: bool = True) -> Period:
    """An open award on the marks of a round; prescriptions checked and cards in unless said otherwise."""
    keeper = as_actor(coordinator(round_.path))
    made = actions.open_period(keeper, round_.region, 2026, title="", round_=round_)
    services = [visit.service for visit in round_.visits.select_related("service")]
    if cards_in:
        returned_cards(services)
    for service in services if checked else ():
        actions.clear(keeper, made, service, clear=True, source="Писмо № 12")
    return made


def panel(made: Period, size: int = 3) -> list[User]:
    """Evaluators who have declared no ties; the first is the chair."""
    keeper = as_actor(coordinator(made.path))
    members = [people.user("evaluator", "BG", organisation="Независим") for _ in range(size)]
    for number, member in enumerate(members):
        actions.seat_member(keeper, made, member, chair=number == 0)
        actions.declare(as_actor(member), made, {})
    return members
