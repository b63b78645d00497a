"""The two collections of the demonstration: Кърджали closed with 20 of 20, Ловеч with 14 of 19, three drafts, two untouched."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from opora.config.demo.answers import complete
from opora.config.demo.cards import needs_card_workbook
from opora.engines.questionnaire import Form
from opora.evidence.survey import actions, sheets
from opora.evidence.survey.models import Card, Round, TemplateVersion
from opora.foundation.accounts.actors import Actor, Holding, system
from opora.foundation.accounts.models import User
from opora.foundation.accounts.queries import actor_for
from opora.foundation.core import clock
from opora.foundation.jobs import actions as jobs
from opora.foundation.messages.delivery import deliver
from opora.register.actions import record_figures
from opora.register.models import Service

UNTOUCHED = ("LOV-11", "LOV-17")
DRAFTS = ("LOV-09", "LOV-15", "LOV-19")
UNCHECKED = ("LOV-04", "LOV-08", "LOV-13", "LOV-16", "LOV-18")


def hold(now: dt.datetime) -> None:
    """Publish the card, open both collections in the past and let the services answer."""
    lovech, kardzhali = _person("coordinator-lovech"), _person("coordinator-kardzhali")
    with clock.at(now - dt.timedelta(days=62)):
        version = _published(_person("administrator"))
    closed = open_past(kardzhali, version, "BG/KRZ", now - dt.timedelta(days=60), days=25)
    for number, card in enumerate(cards_of(closed)):
        send(kardzhali, card, now - dt.timedelta(days=50 - number), seed=number, verify=True)
    with clock.at(now - dt.timedelta(days=29)):
        actions.close_round(kardzhali, closed)
    opened = open_past(lovech, version, "BG/LOV", now - dt.timedelta(days=26), days=21)
    _answer_lovech(lovech, opened, now)


def count_again(now: dt.datetime) -> None:
    """Figures a few services have written down since the register came in, so that their history shows."""
    for number, service in enumerate(Service.objects.exclude(occupied=None).order_by("code")):
        if number % 3:
            continue
        with clock.at(now - dt.timedelta(days=95 - number)):
            occupied = max(0, (service.occupied or 0) - number % 4)
            record_figures(
                system(service.head),
                service,
                {"occupied": occupied},
                as_of=clock.today(),
                source="месечно отбелязване",
            )
        with clock.at(now - dt.timedelta(days=35 - number % 30)):
            service.refresh_from_db()
            figures = {"occupied": occupied + number % 4, "waiting": service.waiting}
            record_figures(
                system(service.head), service, figures, as_of=clock.today(), source="месечно отбелязване"
            )


def _answer_lovech(coordinator: Actor, round_: Round, now: dt.datetime) -> None:
    with clock.at(now - dt.timedelta(days=9)):
        waiting = [card for card in cards_of(round_) if card.service.code in (*UNTOUCHED, *DRAFTS)]
        actions.remind(coordinator, round_, waiting, address="http://127.0.0.1:8000")
    deliver()
    for number, card in enumerate(cards_of(round_)):
        when = now - dt.timedelta(days=20 - number)
        if card.service.code in DRAFTS:
            _begin(card, now - dt.timedelta(days=4, hours=number), seed=100 + number)
        elif card.service.code not in UNTOUCHED:
            verify = card.service.code not in UNCHECKED
            send(coordinator, card, min(when, now - dt.timedelta(hours=3)), seed=100 + number, verify=verify)


def _person(key: str) -> Actor:
    return actor_for(User.objects.get(email=f"{key}@example.bg"))


def _published(administrator: Actor) -> TemplateVersion:
    version = actions.upload_version(administrator, needs_card_workbook(), file_name="karta-potrebnosti.xlsx")
    return actions.publish_version(administrator, version)


def open_past(
    coordinator: Actor, version: TemplateVersion, path: str, when: dt.datetime, *, days: int
) -> Round:
    title = "Потребност от специализирана подкрепа и кризисна интервенция"
    with clock.at(when):
        deadline = clock.today() + dt.timedelta(days=days)
        return actions.open_round(
            coordinator, template_version=version, path=path, deadline=deadline, title=title
        )


def cards_of(round_: Round) -> list[Card]:
    related = ("service__type", "service__organisation", "service__municipality", "round__template_version")
    return list(round_.cards.select_related(*related).order_by("code"))


def _head(card: Card) -> Actor:
    """The head of the service, as the register names them."""
    holding = Holding("service_manager", card.service.path)
    return Actor(user_id=None, name=card.service.head, organisation=card.service.name, holdings=(holding,))


def _form(card: Card) -> Form:
    return sheets.form_of(card.round.template_version)


def _begin(card: Card, when: dt.datetime, *, seed: int) -> None:
    """A draft: some sections filled, the last ones not."""
    with clock.at(when):
        full = complete(_form(card), card, seed, today=clock.today())
        kept: dict[str, Any] = {name: part for name, part in full.items() if name not in ("needs", "crisis")}
        actions.save_card(_head(card), card, kept, base_version=0)


def send(coordinator: Actor, card: Card, when: dt.datetime, *, seed: int, verify: bool) -> None:
    head = _head(card)
    with clock.at(when):
        full = complete(_form(card), card, seed, today=clock.today())
        actions.save_card(head, card, copy.deepcopy(full), base_version=0)
        actions.submit_card(
            head, Card.objects.select_related("round", "service").get(pk=card.pk), key=f"demo-{card.code}"
        )
    if verify:
        with clock.at(when + dt.timedelta(hours=2)):
            actions.verify_card(coordinator, Card.objects.select_related("round", "service").get(pk=card.pk))


def ask_for_analysis() -> None:
    """Put the analysis of the closed collection in the queue: the first visitor sees it being computed."""
    closed = Round.objects.closed().filter(path="BG/KRZ").latest("opened_at")
    params = {"work": [["KRZ", closed.code]]}
    jobs.start(
        _person("coordinator-kardzhali"),
        "needs.analyse",
        params,
        title="Анализ на потребностите: обл. Кърджали",
        key="demo-KRZ",
    )
