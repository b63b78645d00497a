"""Letters to services about nominations, awards and adaptations: what, what to do, until when; nobody's name or words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.tests import make as people
from opora.foundation.messages.models import Message
from opora.improvement.practice import actions, stages
from opora.improvement.practice.models import Nomination, Period
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.tests import make
from opora.improvement.practice.tests.test_award import MARKS, service, without_pdf  # noqa: F401
from opora.register.models import Service

pytestmark = pytest.mark.django_db
HOME = "https://opora.example"
SAID = "Мария Петрова от екипа помогна на Иван."


@pytest.fixture
def period() -> Period:
    found = make.period(make.region_round(MARKS))
    for one in Service.objects.all():
        Service.objects.filter(pk=one.pk).update(email=f"{one.code.lower()}@example.bg")
    return found


def letters(to: Service) -> list[str]:
    rows = Message.objects.filter(to_email=f"{to.code.lower()}@example.bg").order_by("pk")
    return [f"{one.subject}\n{one.body}" for one in rows]


def test_a_nominated_service_hears_of_it_when_it_is_kept_and_once(period: Period) -> None:
    daga = service("ДЦ Дъга")
    keeper = make.as_actor(make.coordinator())
    for _again in range(2):
        actions.nominate(Actor(None, ""), period, daga, why=SAID)
    assert letters(daga) == []
    for one in Nomination.objects.all():
        actions.decide_nomination(keeper, one, keep=True, why=SAID, address=HOME)
    (sent,) = letters(daga)
    assert f"номинирана за наградата „{period.title}“" in sent
    assert "Проверете дали картата Ви е върната" in sent
    assert "до деня, в който списъкът отива при комисията" in sent
    assert f"{HOME}/practices/mine/" in sent
    assert "Мария" not in sent


def test_a_service_whose_own_nomination_is_not_kept_reads_the_reason_on_its_page(period: Period) -> None:
    daga = service("ДЦ Дъга")
    head = make.head(daga)
    made = actions.nominate(make.as_actor(head), period, daga, why="Меримо е.")
    actions.decide_nomination(make.as_actor(make.coordinator()), made, keep=False, why="Опишете ефекта.")
    (sent,) = letters(daga)
    assert "не е прието" in sent
    assert "Опишете" not in sent
    assert "Опишете ефекта." in people.client_of(head).get("/practices/mine/").content.decode()


@pytest.mark.usefixtures("without_pdf")
def test_the_awarded_and_the_others_nominated_hear_the_same_day(period: Period) -> None:
    keeper, members = make.as_actor(make.coordinator()), make.panel(period)
    best, other = service("ДЦ Дъга"), service("КЦ Зора")
    for one in (best, other):
        actions.nominate(keeper, Period.objects.get(), one, why=SAID)
    actions.fix_list(keeper, Period.objects.get())
    for one in Board(Period.objects.get()).votable():
        for member in members:
            actions.vote(make.as_actor(member), Period.objects.get(), one.service, choice="for", why=SAID)
    actions.decide(keeper, Period.objects.get(), [best], words=SAID, departs_why=SAID, address=HOME)
    assert "награди услугата Ви" in letters(best)[-1]
    assert f"{HOME}/practices/awards/" in letters(best)[-1]
    assert "не е сред наградените" in letters(other)[-1]
    assert not any("Мария" in text for text in letters(best) + letters(other))
    untouched = [one for one in Service.objects.all() if one not in (best, other)]
    assert not any(letters(one) for one in untouched)


def test_who_asks_and_who_is_asked_are_written_to() -> None:
    made = make.adaptation(stage=stages.ASKED)
    origin, asker = made.practice.service, made.service
    for one in (origin, asker):
        Service.objects.filter(pk=one.pk).update(email=f"{one.code.lower()}@example.bg")
    browser = people.client_of(make.head(origin))
    browser.post(f"/practices/adaptations/{made.code}/answer/", {"agree": "yes", "words": SAID})
    (sent,) = letters(asker)
    assert f"Искането Ви за практиката „{made.practice.title}“ е прието" in sent
    assert f"http://testserver/practices/adaptations/{made.code}/" in unquote(sent)
    assert "Мария" not in sent
    again = actions.ask_to_adapt(
        make.as_actor(make.coordinator()), make.again(made.practice), make.card(title="Друга").service, why=SAID, address=HOME
    )  # fmt: skip
    asked = letters(origin)[-1]
    assert f"{again.service.name} иска да приложи" in asked
    assert f"{HOME}/practices/adaptations/{again.code}/" in unquote(asked)
    assert "Мария" not in asked


def test_a_service_hears_that_its_card_is_published_or_comes_back() -> None:
    card = make.card(stage=stages.DRAFT)
    Service.objects.filter(pk=card.service_id).update(email=f"{card.service.code.lower()}@example.bg")
    keeper = make.as_actor(make.coordinator())
    actions.offer_card(keeper, card)
    actions.return_card(keeper, card, why=SAID, address=HOME)
    actions.offer_card(keeper, card)
    actions.publish_card(keeper, card, grade=1, why=SAID, address=HOME)
    back, published = letters(card.service)
    assert "върната за допълване" in back
    assert "е публикувана" in published
    assert f"{HOME}/practices/{make.again(card).code}/" in unquote(published)
    assert "Мария" not in back + published
