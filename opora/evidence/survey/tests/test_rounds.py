"""Rounds: whom they expect, when they close; expected is always the sum of the states."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from opora.evidence.survey import actions, queries, stages
from opora.evidence.survey.models import Answer, Card, CardStage, Round, Submission
from opora.evidence.survey.tests import make
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.register.models import Service
from opora.register.tests import make as register


@pytest.mark.django_db
def test_a_round_expects_one_card_of_every_operating_service_from_its_first_minute():
    for code, number in {"LOV18": 11, "LOV19": 3, "LOV33": 2, "LOV34": 2, "LOV12": 1}.items():
        for n in range(number):
            register.service(f"{code} {n}", where=register.municipality(code))
    register.service("Затворена", closed_on=dt.date(2020, 1, 1))
    register.service("Друга област", where=register.municipality("KRZ16"))
    opened = make.round_()
    counts = queries.counts(make.coordinator(), opened)
    assert (counts["expected"], counts[stages.NOT_STARTED], counts["came_in"]) == (19, 19, 0)
    by_place: dict[str, int] = {}
    for card in opened.cards.select_related("service__municipality"):
        by_place[card.service.municipality.code] = by_place.get(card.service.municipality.code, 0) + 1
    assert by_place == {"LOV18": 11, "LOV19": 3, "LOV33": 2, "LOV34": 2, "LOV12": 1}
    assert CardStage.objects.count() == 19
    assert opened.code == f"LOV-{clock.today().year}-1"


@pytest.mark.django_db
def test_types_and_municipalities_narrow_it():
    register.service("А", type="csri")
    register.service("Б", type="csc")
    register.service("В", type="csc", where=register.municipality("LOV34"))
    given = {"types": [register.service_type("csc")], "municipalities": [register.municipality("LOV34")]}
    assert [c.service.name for c in make.round_(**given).cards.all()] == ["В"]


@pytest.mark.django_db
def test_numbers_of_rounds_and_cards_go_on():
    register.service("А")
    first, second = make.round_(), make.round_()
    assert [r.code[-2:] for r in (first, second)] == ["-1", "-2"]
    assert [c.code[-4:] for c in Card.objects.all()] == ["-001", "-002"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"deadline": dt.date(2020, 1, 1)}, "Срокът е в миналото"),
        ({"path": "BG/LOV/LOV34"}, "няма действащи услуги"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused_with_the_reason(change, words):
    register.service("А")
    given = {"path": "BG/LOV", "deadline": clock.today()} | change
    with pytest.raises(ActionRefused, match=words):
        actions.open_round(make.coordinator(), template_version=make.template_version(), **given)
    assert not Round.objects.exists()
    assert not Card.objects.exists()


@pytest.mark.django_db
def test_an_unpublished_template_is_not_asked():
    register.service("А")
    with pytest.raises(ActionRefused, match="не е публикуван"):
        make.round_(version=make.template_version(published=False))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "scope", "may"),
    [
        ("regional_coordinator", "BG/LOV", True),
        ("national_admin", "BG", True),
        ("regional_coordinator", "BG/KRZ", False),
        ("municipality_expert", "BG/LOV/LOV18", False),
        ("service_manager", "BG/LOV/LOV18/org:1/svc:A", False),
        ("ministry_viewer", "BG", False),
        ("specialist", "BG/LOV", False),
    ],
)
def test_who_may_open_a_round(role, scope, may):
    register.service("А")
    actor = Actor(user_id=5, name="П. П.", holdings=(Holding(role, scope),))
    given = {"template_version": make.template_version(), "path": "BG/LOV", "deadline": clock.today()}
    if may:
        assert actions.open_round(actor, **given).cards.count() == 1
    else:
        with pytest.raises(NotAllowed):
            actions.open_round(actor, **given)


@pytest.mark.django_db
def test_a_round_closes_when_nobody_is_missing_and_then_stands_still():
    card = make.card(stage=stages.VERIFIED)
    late = register.service("Нова услуга")
    added = actions.add_card(make.coordinator(), card.round, late)
    with pytest.raises(ActionRefused, match="вече има карта"):
        actions.add_card(make.coordinator(), card.round, late)
    with pytest.raises(ActionRefused, match="Липсва още 1 карта"):
        actions.close_round(make.coordinator(), card.round)
    actions.excuse_card(make.coordinator(), added, reason="Открита е след края на периода.")
    actions.close_round(make.coordinator(), card.round)
    assert Round.objects.closed().get() == card.round
    fresh = Card.objects.get(pk=card.pk)
    with pytest.raises(ActionRefused, match="приключено"):
        actions.return_card(make.coordinator(), fresh, reason="Късно")
    actions.reopen_round(make.coordinator(), fresh.round)
    assert Round.objects.open().count() == 1


class Collection(RuleBasedStateMachine):
    """Whatever anybody does, in whatever order: expected = sum of states, and the state is the newest row of
    history.
    """

    SERVICES = st.integers(0, 2)

    @initialize()
    def start(self) -> None:
        self.round = make.round_(services=3)
        self.key = 0

    def card(self, number: int) -> Card:
        return self.round.cards.select_related("round__template_version", "service").order_by("code")[number]

    def tried(self, action, *args, **given) -> None:
        with contextlib.suppress(ActionRefused, Clash):
            action(*args, **given)

    @rule(n=SERVICES, whole=st.booleans())
    def save(self, n: int, whole: bool) -> None:
        card = self.card(n)
        answers = make.whole(card) if whole else card.answers
        self.tried(actions.save_card, make.manager(card.service), card, answers, base_version=0)

    @rule(n=SERVICES, again=st.booleans())
    def submit(self, n: int, again: bool) -> None:
        self.key += not again
        self.tried(actions.submit_card, make.manager(self.card(n).service), self.card(n), key=f"k{self.key}")

    @rule(n=SERVICES, action=st.sampled_from([actions.return_card, actions.excuse_card]))
    def give_back_or_excuse(self, n: int, action) -> None:
        self.tried(action, make.coordinator(), self.card(n), reason="Причина")

    @rule(n=SERVICES, action=st.sampled_from([actions.verify_card, actions.expect_again]))
    def verify_or_expect(self, n: int, action) -> None:
        self.tried(action, make.coordinator(), self.card(n))

    @rule()
    def close(self) -> None:
        self.round.refresh_from_db()
        self.tried(actions.close_round, make.coordinator(), self.round)

    @rule()
    def reopen(self) -> None:
        self.round.refresh_from_db()
        self.tried(actions.reopen_round, make.coordinator(), self.round)

    @invariant()
    def expected_is_the_sum_of_states(self) -> None:
        if not hasattr(self, "round"):
            return
        counts = queries.counts(make.coordinator(), self.round)
        assert counts["expected"] == 3 == sum(counts[stage] for stage in stages.STAGES)

    @invariant()
    def the_state_is_the_newest_of_its_history(self) -> None:
        for card in Card.objects.all():
            newest = card.stages.first()
            assert newest
            assert newest.stage == card.stage
            if card.stage in stages.IN:
                assert Submission.objects.filter(card=card).exists()
                assert Answer.objects.filter(card=card).exists()

    def teardown(self) -> None:
        Card.objects.all().delete()
        Round.objects.all().delete()
        Service.objects.all().delete()


class TestCollection(Collection.TestCase, TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=12, stateful_step_count=14, deadline=None)


@pytest.mark.django_db
def test_the_cards_of_a_service_that_moves_go_with_it():
    from opora.register.actions import change_service
    from opora.register.tests import make as register

    card = make.card()
    old = card.path
    there = register.municipality("LOV34", "Троян")
    change_service(make.coordinator(), card.service, {"municipality": there}, version=card.service.version)
    card.refresh_from_db()
    assert card.path != old
    assert card.path.startswith("BG/LOV/LOV34/")
