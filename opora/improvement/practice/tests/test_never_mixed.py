"""Standards are another kind of framework: no award, shortlist, network or effect reads them."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.evidence.monitoring.models import COMPLIANCE
from opora.evidence.monitoring.tests import make as visits
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.improvement.practice import effect_view, gathering
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.tests import make
from opora.improvement.practice.tests.test_award import MARKS, service
from opora.register.models import Service

pytestmark = pytest.mark.django_db


def test_a_round_by_standards_moves_no_place_and_cannot_be_chosen_for_an_award() -> None:
    found = make.period(make.region_round(MARKS))
    keeper = make.coordinator()
    reader = make.as_actor(keeper)
    everybody = [one.pk for one in Service.objects.all()]
    before = Board(found).ranking.places
    means = gathering.scores(reader, everybody)
    assert means[service("ДЦ Дъга").pk] > 3
    worst = make.region_round(
        dict.fromkeys(MARKS, 0), services=list(Service.objects.all()), of=visits.version(kind=COMPLIANCE)
    )
    assert Board(found).ranking.places == before
    assert gathering.scores(reader, everybody) == means
    assert worst not in gathering.rounds_to_read(["LOV"])
    browser = people.client_of(keeper)
    shown = browser.get(f"/practices/periods/{found.code}/round/").content.decode()
    assert f'value="{found.round_code}"' in shown
    assert f'value="{worst.code}"' not in shown
    refused = browser.post(f"/practices/periods/{found.code}/round/", {"round": worst.code})
    assert refused.status_code == 422
    found.refresh_from_db()
    assert found.round_code != worst.code


def test_the_effect_of_a_practice_does_not_read_standards() -> None:
    before, start = {"ДЦ Дъга": 3, "ЦОП Роза": 1, "КЦ Зора": 2}, clock.now() - dt.timedelta(days=500)
    with clock.at(start):
        first = make.region_round(before, starts=start.date())
    card = make.card(service("ДЦ Дъга"))
    with clock.at(clock.now() - dt.timedelta(days=300)):
        make.adaptation(card, service("ЦОП Роза"))
    everybody = list(Service.objects.all())
    make.region_round(before | {"ЦОП Роза": 3}, services=everybody, of=first.version)
    found = effect_view.of_card(card)
    assert found.lines
    make.region_round(dict.fromkeys(before, 0), services=everybody, of=visits.version(kind=COMPLIANCE))
    assert effect_view.of_card(card) == found
