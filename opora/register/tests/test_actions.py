"""Writers: history, versions, scope, paths, audit."""

import datetime as dt
from decimal import Decimal

import pytest

from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.register import actions, code_lists, paths, queries
from opora.register.models import Organisation, Service, ServiceType, TargetGroup
from opora.register.staff import Staff
from opora.register.tests import make

pytestmark = pytest.mark.django_db
ADMIN = make.actor()


def test_builtin_lists_load_once_and_keep_what_people_edited():
    assert actions.load_builtin_types() == (45, 30)
    ServiceType.objects.filter(code="csri").update(name="Друго име")
    assert actions.load_builtin_types() == (0, 0)
    assert ServiceType.objects.get(code="csri").name == "Друго име"
    assert ServiceType.objects.get(code="crisis_centre").hides_address
    assert ServiceType.objects.get(code="inst_elderly").institution
    assert TargetGroup.objects.get(code="children_disabilities").children
    assert not TargetGroup.objects.filter(legal_ref="").exists()


def test_figures_keep_history_and_the_newest_day_is_current():
    service = make.service(capacity=None, occupied=None)
    for day, value in ((10, 20), (12, 22), (11, 21)):
        actions.record_figures(
            ADMIN, service, {"occupied": value}, as_of=dt.date(2026, 11, day), source="отчет"
        )
    service.refresh_from_db()
    assert service.occupied == 22
    assert [f.value for f in queries.history(service)] == [22, 21, 20]
    assert queries.history(service)[0].recorded_by == ADMIN.name


def test_a_day_that_has_not_come_and_an_unknown_figure_are_refused():
    service = make.service()
    with pytest.raises(ActionRefused):
        actions.record_figures(ADMIN, service, {"occupied": 1}, as_of=dt.date(2100, 1, 1), source="x")
    with pytest.raises(ValueError, match="not a figure"):
        actions.record_figures(ADMIN, service, {"beds": 1}, as_of=dt.date(2020, 1, 1), source="x")
    assert not service.figures.exists()


def test_the_second_of_two_writers_is_told():
    service = make.service()
    actions.change_service(ADMIN, service, {"head": "Ана Стоева"}, version=service.version)
    with pytest.raises(Clash) as clash:
        actions.change_service(ADMIN, service, {"head": "Друг"}, version=service.version)
    assert clash.value.theirs.head == "Ана Стоева"


def test_a_move_rewrites_the_path_and_tells_the_followers(monkeypatch):
    told = []
    monkeypatch.setattr(paths, "_followers", [lambda old, new: told.append((old, new))])
    service = make.service(code="S-1")
    troyan = make.municipality("LOV34")
    moved = actions.change_service(
        ADMIN, service, {"municipality": troyan, "settlement": None}, version=service.version
    )
    assert moved.path == f"BG/LOV/LOV34/org:{service.organisation_id}/svc:S-1"
    assert told == [(service.path, moved.path)]


def test_types_that_are_no_longer_offered_stay_only_where_they_are():
    old = make.service_type("old", active=False)
    service = make.service(type=old)
    assert old not in queries.type_choices()
    assert old in queries.type_choices(service)
    make.service_type("unused", active=False)
    assert {kind.code for kind in queries.type_choices()} == set()


def test_roles_held_in_a_service_move_with_it():
    from opora.foundation.accounts.tests import make as people

    service = make.service(code="S-1")
    grant = people.grant(people.user(), "service_manager", service.path)
    moved = actions.change_service(ADMIN, service, {"code": "S-2"}, version=service.version)
    grant.refresh_from_db()
    assert grant.scope == moved.path


@pytest.mark.parametrize(
    ("role", "scope", "allowed"),
    [
        ("national_admin", "BG", True),
        ("regional_coordinator", "BG/LOV", True),
        ("regional_coordinator", "BG/KRZ", False),
        ("municipality_expert", "BG/LOV/LOV18", True),
        ("municipality_expert", "BG/LOV/LOV34", False),
        ("ministry_viewer", "BG", False),
        ("specialist", "BG/LOV/LOV18", False),
    ],
)
def test_who_writes_where(role, scope, allowed):
    actor, service = make.actor(role, scope), make.service()
    calls = [
        lambda: actions.change_service(actor, service, {"head": "Х"}, version=Service.objects.get().version),
        lambda: actions.record_figures(actor, service, {"waiting": 1}, as_of=dt.date(2026, 1, 1), source="x"),
        lambda: actions.set_posts(actor, service, [Staff("психолог", Decimal(1), Decimal(1))]),
        lambda: actions.close_service(
            actor, service, on=dt.date(2026, 1, 1), version=Service.objects.get().version
        ),
    ]
    for call in calls:
        if allowed:
            call()
        else:
            with pytest.raises(NotAllowed):
                call()


def test_nobody_moves_a_service_out_of_their_own_territory():
    service = make.service()
    actor = make.actor("municipality_expert", "BG/LOV/LOV18")
    with pytest.raises(NotAllowed):
        actions.change_service(
            actor, service, {"municipality": make.municipality("LOV34")}, version=service.version
        )
    service.refresh_from_db()
    assert service.municipality.code == "LOV18"


def test_providers_have_right_and_single_numbers():
    code_lists.save_organisation(ADMIN, Organisation(), name="Фондация Дъга", eik="000291627")
    with pytest.raises(ActionRefused, match="контролната"):
        code_lists.save_organisation(ADMIN, Organisation(), name="Х", eik="123456780")
    with pytest.raises(ActionRefused, match="Вече има"):
        code_lists.save_organisation(ADMIN, Organisation(), name="Х", eik="000291627")


def test_totals_count_only_what_is_known():
    make.service(capacity=10, occupied=12)
    make.service(capacity=20, occupied=15, waiting=3)
    make.service(capacity=5, occupied=None)
    totals = queries.totals(queries.services_for(ADMIN))
    assert (totals.services, totals.capacity, totals.occupied, totals.free, totals.overfull) == (
        3,
        35,
        27,
        5,
        1,
    )
    assert totals.occupancy == 27 / 30
