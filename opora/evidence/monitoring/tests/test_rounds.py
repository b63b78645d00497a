"""A round plans a visit to every service: days, route, two observers, never one's own employer."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from opora.evidence.monitoring import actions, conflicts, queries, routing, stages
from opora.evidence.monitoring.models import Round, Visit
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.actors import system
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.rules.actions import change_rule, load_builtin_rules
from opora.foundation.rules.models import Rule
from opora.register import paths
from opora.register.models import Professional
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 2)


def towns(**counts):
    return [
        register.service(where=register.municipality(code)) for code, n in counts.items() for _ in range(n)
    ]


def test_twenty_of_twenty_services_get_a_visit_and_two_observers():
    towns(KRZ16=9, KRZ21=11)
    register.service(where=register.municipality("KRZ16"), closed_on=dt.date(2020, 1, 1))
    round_ = make.round_(services=[], region="KRZ", starts=MONDAY)
    assert round_.visits.count() == 20
    assert all(visit.observers.count() == 2 for visit in round_.visits.all())
    assert Visit.objects.values("service").distinct().count() == 20
    assert round_.code == f"KRZ-{clock.today().year}-1"


def test_a_day_holds_two_visits_on_a_working_day_of_one_municipality_where_it_fits():
    services = towns(LOV18=4, LOV34=2, LOV17=1)
    stops = routing.route(services, dt.date(2026, 10, 31), 2)
    days = Counter(stop.on for stop in stops)
    assert max(days.values()) == 2
    assert all(day.weekday() < 5 for day in days)
    assert min(days) == MONDAY
    by_day = {day: {s.service.municipality_id for s in stops if s.on == day} for day in days}
    assert all(len(places) == 1 for places in by_day.values())
    assert {stop.service.pk for stop in stops} == {service.pk for service in services}


def test_the_number_of_visits_a_day_is_a_rule():
    load_builtin_rules()
    rule = Rule.objects.get(code="visits_a_day")
    change_rule(
        system(),
        rule,
        value="4",
        legal_ref="",
        verified=True,
        valid_from=dt.date(2020, 1, 1),
        reason="по-къси",
    )
    towns(LOV18=4)
    round_ = make.round_(services=[], starts=MONDAY)
    assert set(round_.visits.values_list("on", flat=True)) == {MONDAY}


def test_a_period_too_short_is_refused_with_the_day_it_needs():
    towns(LOV18=5)
    with pytest.raises(ActionRefused, match=r"04\.11\.2026"):
        make.round_(services=[], starts=MONDAY, days=1)
    assert not Round.objects.exists()


def test_an_unpublished_framework_and_an_empty_region_are_refused():
    with pytest.raises(ActionRefused, match="публикувана"):
        make.round_(of=make.version(published=False))
    with pytest.raises(ActionRefused, match="няма действащи"):
        make.round_(services=[], region="KRZ")


def test_only_who_approves_visits_of_the_whole_region_plans():
    towns(LOV18=1)
    people = [make.observer(), make.observer()]
    facts = {
        "version": make.version(),
        "region": register.region("LOV"),
        "starts": MONDAY,
        "ends": MONDAY,
        "people": people,
    }
    for actor in (
        make.coordinator("BG/KRZ"),
        make.as_actor(make.observer("BG/LOV/LOV18", "municipality_expert")),
    ):
        with pytest.raises(NotAllowed):
            actions.open_round(actor, **facts)


def test_nobody_is_sent_to_their_own_employer_and_the_work_is_shared():
    own = register.service(provider=register.organisation("Община Ловеч"))
    other = register.service(provider=register.organisation("Фондация"))
    expert = make.observer("BG/LOV/LOV18", "municipality_expert", organisation="Община Ловеч")
    people = [expert, make.observer(), make.observer()]
    round_ = make.round_(services=[own, other], observers=people)
    sent = {v.service_id: {seat.user_id for seat in v.observers.all()} for v in round_.visits.all()}
    assert expert.pk not in sent[own.pk]
    assert expert.pk in sent[other.pk]


def test_ties_are_declared_or_known_by_role_by_list_and_by_account():
    service = register.service(provider=register.organisation("Фондация „Дом“"))
    worker = make.observer("BG/LOV/LOV18", "municipality_expert")
    from opora.foundation.accounts.tests import make as people

    people.grant(worker, "specialist", service.path)
    listed = make.observer(name="Иво Листов", email="ivo@example.bg")
    Professional.objects.create(
        name="Иво Листов", profession="психолог", employer="Фондация „Дом“", municipality=service.municipality,
        email="ivo@example.bg", path=service.municipality.path,
    )  # fmt: skip
    by_account = make.observer(organisation="фондация „дом“")
    free = make.observer(organisation="Област Ловеч")
    found = conflicts.ties([worker, listed, by_account, free], [service])
    assert {person for person, _service in found} == {worker.pk, listed.pk, by_account.pk}
    tie = actions.declare_tie(make.as_actor(free), service=service, note="сестра ми работи там")
    assert conflicts.tie(free, service) == "обявена връзка"
    with pytest.raises(NotAllowed):
        actions.end_tie(make.as_actor(worker), tie)
    actions.end_tie(make.as_actor(free), tie)
    assert conflicts.tie(free, service) == ""


def test_where_two_observers_are_not_to_be_had_the_service_is_named():
    service = register.service("Център Едно")
    people = [make.observer(), make.observer()]
    actions.declare_tie(make.as_actor(people[0]), organisation=service.organisation, note="бивш работодател")
    with pytest.raises(ActionRefused, match="Център Едно"):
        make.round_(services=[service], observers=people)


def test_a_day_and_an_observer_change_until_somebody_marks():
    visit = make.visit()
    over, other = make.coordinator(), make.observer()
    later = visit.round.ends
    actions.move_visit(over, visit, later)
    assert make.again(visit).on == later
    with pytest.raises(ActionRefused):
        actions.move_visit(over, visit, later + dt.timedelta(days=1))
    with pytest.raises(ActionRefused):
        actions.replace_observer(over, visit, 1, visit.observers.get(place=2).user)
    actions.replace_observer(over, visit, 1, other)
    assert make.again(visit).observers.get(place=1).user == other
    make.mark(visit.observers.get(place=2), 2)
    with pytest.raises(ActionRefused):
        actions.replace_observer(over, visit, 2, make.observer())
    with pytest.raises(NotAllowed):
        actions.move_visit(make.coordinator("BG/KRZ"), visit, later)


def test_a_round_closes_when_every_visit_has_a_report_or_fell_away():
    round_ = make.round_(services=2)
    one, two = round_.visits.all()
    with pytest.raises(ActionRefused):
        actions.excuse_visit(make.coordinator(), one, reason=" ")
    actions.excuse_visit(make.coordinator(), one, reason="Услугата е в ремонт.")
    with pytest.raises(ActionRefused, match="1 посещение"):
        actions.close_round(make.coordinator(), round_)
    make.bring(two, stages.REPORTED)
    actions.close_round(make.coordinator(), round_)
    with pytest.raises(ActionRefused):
        actions.close_round(make.coordinator(), round_)
    assert not queries.round_by_code(make.coordinator(), round_.code).is_open


def test_visits_follow_a_service_that_moves():
    visit = make.visit()
    paths.moved(visit.path, "BG/LOV/LOV34/org:9/svc:X")
    assert make.again(visit).path == "BG/LOV/LOV34/org:9/svc:X"
