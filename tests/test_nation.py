"""The country of the benchmarks in small: every region holds a collection of its own and takes part in the country's."""

from __future__ import annotations

import pytest

from opora.config.demo import nation, prepare
from opora.evidence.survey.models import Answer, Round
from opora.foundation.territory.models import Region
from opora.planning.needs import queries
from opora.register.models import Service


@pytest.mark.slow
@pytest.mark.django_db
def test_the_country_can_be_analysed_from_one_closed_collection(monkeypatch):
    monkeypatch.setattr(nation, "PER_REGION", 1)
    monkeypatch.setattr(nation, "OWN_ROUNDS", 1)
    prepare.prepare_demonstration()
    before = Service.objects.count()
    nation.fill(lambda _words: None)
    country = Round.objects.get(path="BG")
    cards = country.cards.all()
    assert Service.objects.count() == before + 26  # Lovech and Kardzhali have theirs
    assert country.closed_at is not None
    assert {card.path.split("/")[1] for card in cards} == set(Region.objects.values_list("code", flat=True))
    assert {card.stage for card in cards} == {"verified"}
    assert Answer.objects.filter(card__round=country).count() > 50 * len(cards)
    assert len(queries.regions_of_round(country)) == 28
