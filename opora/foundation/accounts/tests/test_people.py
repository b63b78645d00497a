"""Who may see and change people, roles and posts."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.http import Http404
from django.test import Client
from django.urls import reverse

from opora.foundation.accounts import actions, queries, scopes
from opora.foundation.accounts.models import CoordinatorPost, Grant, User
from opora.foundation.accounts.tests import make
from opora.foundation.audit.models import Entry
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.territory.models import Municipality, Region

pytestmark = pytest.mark.django_db()
KEEPER = make.actor("national_admin", name="Ива Пазителска")


@pytest.fixture
def regions() -> list[Region]:
    rows = [("LOV", "Ловеч"), ("GAB", "Габрово")]
    made = [
        Region.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "name_en": name,
                "sort_name": name.lower(),
                "nuts3": "BG000",
                "lat": 43.0,
                "lon": 25.0,
            },
        )[0]
        for code, name in rows
    ]
    Municipality.objects.get_or_create(
        code="LOV18",
        defaults={
            "name": "Ловеч",
            "name_en": "Lovech",
            "sort_name": "ловеч",
            "nuts3": "BG000",
            "lat": 43.0,
            "lon": 25.0,
            "region": made[0],
        },
    )
    return made


def test_posts_are_two_a_region_and_made_once(regions: list[Region]) -> None:
    wanted = 2 * Region.objects.count() - CoordinatorPost.objects.count()
    assert actions.make_posts() == wanted
    assert actions.make_posts() == 0
    assert CoordinatorPost.objects.filter(region=regions[0]).count() == 2


def test_a_post_is_filled_and_vacated_with_its_role(regions: list[Region]) -> None:
    actions.make_posts()
    post, person = CoordinatorPost.objects.get(region__code="LOV", number=1), make.user()
    actions.appoint(KEEPER, post, person, reason="заповед № 14")
    assert queries.actor_for(person).holds_at("regional_coordinator", "BG/LOV")
    with pytest.raises(ActionRefused):
        actions.appoint(KEEPER, post, make.user(), reason="втори път")
    actions.release(KEEPER, post, reason="напусна")
    post.refresh_from_db()
    assert (post.holder, post.since) == (None, None)
    assert queries.actor_for(person).roles == ()
    tenure = post.tenures.get()
    assert (tenure.reason, tenure.ended_reason, tenure.ended_by) == (
        "заповед № 14",
        "напусна",
        "Ива Пазителска",
    )


def test_ending_the_role_of_a_post_vacates_it(regions: list[Region]) -> None:
    actions.make_posts()
    post, person = CoordinatorPost.objects.get(region__code="LOV", number=2), make.user()
    grant = actions.appoint(KEEPER, post, person, reason="заповед № 15")
    actions.end_grant(KEEPER, grant, reason="друга работа")
    post.refresh_from_db()
    assert post.holder is None


@pytest.mark.parametrize("role", [role for role in make.ALL_ROLES if role != "national_admin"])
def test_only_a_national_administrator_changes_people(role: str, regions: list[Region]) -> None:
    actions.make_posts()
    actor, person, post = make.actor(role), make.user(), CoordinatorPost.objects.first()
    grant = make.grant(person, "evaluator")
    for attempt in (
        lambda: actions.invite(actor, email="x@example.bg", name="Хикс"),
        lambda: actions.grant_role(actor, person, role="evaluator", scope="BG", reason="р"),
        lambda: actions.end_grant(actor, grant, reason="р"),
        lambda: actions.block(actor, person, reason="р"),
        lambda: actions.appoint(actor, post, person, reason="р"),
        lambda: actions.release(actor, post, reason="р"),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_coordinator_sees_the_people_of_the_own_region_only(regions: list[Region]) -> None:
    here, there = (
        make.user("municipality_expert", "BG/LOV/LOV18"),
        make.user("municipality_expert", "BG/GAB/GAB05"),
    )
    coordinator = make.actor("regional_coordinator", "BG/LOV")
    assert list(queries.people_for(coordinator)) == [here]
    assert queries.person_for(coordinator, here.pk) == here
    with pytest.raises(Http404):
        queries.person_for(coordinator, there.pk)
    page = make.client_for("regional_coordinator", "BG/LOV")
    assert page.get(reverse("accounts_person", args=[there.pk])).status_code == 404
    assert there.name not in page.get(reverse("accounts_people")).text


@pytest.mark.parametrize(
    "role", [r for r in make.ACCOUNT_ROLES if r not in ("national_admin", "regional_coordinator")]
)
def test_others_find_no_people_page(role: str) -> None:
    assert list(queries.people_for(make.actor(role))) == []
    client = make.client_for(role)
    for name in ("accounts_people", "accounts_invite", "accounts_roles"):
        assert client.get(reverse(name)).status_code == 404


def test_people_are_found_by_part_of_name_whatever_the_case() -> None:
    person = make.user("evaluator", name="Гергана Тошева", organisation="Община Троян")
    assert list(queries.people_for(KEEPER, text="тошева")) == [person]
    assert list(queries.people_for(KEEPER, text="троян гергана")) == [person]
    assert list(queries.people_for(KEEPER, text="тошева", role="dpo_auditor")) == []


def test_a_role_is_given_on_the_page_and_counts_on_the_next_request(regions: list[Region]) -> None:
    person = make.user()
    browser, keeper = make.client_of(person), make.client_for("national_admin")
    assert browser.get(reverse("accounts_people")).status_code == 404
    address = reverse("accounts_give_role", args=[person.pk]) + "?role=regional_coordinator"
    assert keeper.post(address, {"scope": "BG/LOV", "reason": ""}).status_code == 422
    assert keeper.post(address, {"scope": "BG/LOV/LOV18", "reason": "грешно място"}).status_code == 422
    assert keeper.post(address, {"scope": "BG/LOV", "reason": "заповед № 16"}).status_code == 302
    assert browser.get(reverse("accounts_people")).status_code == 200
    grant = person.grants.get()
    keeper.post(reverse("accounts_end_role", args=[person.pk, grant.pk]), {"reason": "край"})
    assert browser.get(reverse("accounts_people")).status_code == 404


def test_a_role_counts_from_its_first_to_its_last_day(regions: list[Region]) -> None:
    person = make.user()
    first, last = dt.date(2026, 12, 1), dt.date(2026, 12, 31)
    with time_machine.travel("2026-11-22 10:00 +0200", tick=False):
        actions.grant_role(
            KEEPER, person, role="evaluator", scope="BG", reason="конкурс", since=first, until=last
        )
    for day, held in (
        ("2026-11-30", ()),
        ("2026-12-01", ("evaluator",)),
        ("2026-12-31", ("evaluator",)),
        ("2027-01-01", ()),
    ):
        with time_machine.travel(f"{day} 12:00 +0200", tick=False):
            assert queries.actor_for(person).roles == held


def test_a_role_in_a_service_is_given_where_the_register_offers_one(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "BG/LOV/LOV22/org:1/svc:LOV-17"
    monkeypatch.setattr(scopes, "_services", [lambda: [(path, "ЦОП Троян")]])
    person, keeper = make.user(), make.client_for("national_admin")
    address = reverse("accounts_give_role", args=[person.pk]) + "?role=case_manager"
    assert "ЦОП Троян" in keeper.get(address).text
    assert keeper.post(address, {"scope": path, "reason": "договор"}).status_code == 302
    assert keeper.post(address, {"scope": "BG/LOV", "reason": "договор"}).status_code == 422
    assert "Водещ на случай, ЦОП Троян" in keeper.get(reverse("accounts_person", args=[person.pk])).text
    assert scopes.words("BG/LOV/LOV99/org:1/svc:Z") == "услуга Z, LOV99"


def test_the_last_administrator_stays() -> None:
    person = make.user("national_admin")
    with pytest.raises(ActionRefused):
        actions.end_grant(KEEPER, person.grants.get(), reason="край")
    make.user("national_admin")
    actions.end_grant(KEEPER, person.grants.get(), reason="край")
    with pytest.raises(ActionRefused):
        actions.block(make.actor("national_admin", user_id=person.pk), person, reason="себе си")


def test_a_new_place_never_seen_is_refused(regions: list[Region]) -> None:
    for role, scope in (
        ("national_admin", "BG/LOV"),
        ("regional_coordinator", "BG"),
        ("public", "BG"),
        ("king", "BG"),
    ):
        with pytest.raises(ActionRefused):
            actions.grant_role(KEEPER, make.user(), role=role, scope=scope, reason="р")


def test_every_change_is_in_the_audit_with_its_ground(regions: list[Region]) -> None:
    person, _ = actions.invite(KEEPER, email="nova@example.bg", name="Нова Колежка")
    grant = actions.grant_role(KEEPER, person, role="evaluator", scope="BG", reason="конкурс 5")
    actions.end_grant(KEEPER, grant, reason="срок")
    actions.block(KEEPER, person, reason="напусна")
    actions.unblock(KEEPER, person, reason="върна се")
    rows = list(Entry.objects.order_by("seq").values_list("deed", "ground"))
    assert rows == [
        ("accounts.invited", ""),
        ("accounts.role_given", "конкурс 5"),
        ("accounts.role_ended", "срок"),
        ("accounts.blocked", "напусна"),
        ("accounts.unblocked", "върна се"),
    ]


def test_whoever_opens_a_person_leaves_a_trace() -> None:
    person, keeper = make.user("evaluator"), make.client_for("national_admin")
    keeper.get(reverse("accounts_person", args=[person.pk]))
    entry = Entry.objects.get(deed="accounts.person_viewed")
    assert (entry.kind, entry.subject, entry.address) == ("consult", f"account:{person.pk}", "127.0.0.1")
    assert len(entry.request_id) == 16


class TestOneTimeLinks:
    """Invitations and the first administrator."""

    def test_the_first_administrator_is_made_by_the_link_from_the_terminal(self) -> None:
        link = actions.first_administrator_link("https://opora.example/")
        assert link.startswith("https://opora.example/accounts/join/")
        assert len(link.rstrip("/").rsplit("/", 1)[1]) >= 43  # 256 bits
        path, browser = link.removeprefix("https://opora.example"), Client()
        assert browser.get(path).status_code == 200
        data = {
            "name": "Първа Админова",
            "email": "parva@example.bg",
            "password1": make.PASSWORD,
            "password2": make.PASSWORD,
        }
        assert browser.post(path, data | {"password2": "друго"}).status_code == 422
        assert browser.post(path, data)["Location"] == reverse("account_login")
        person = User.objects.get(email="parva@example.bg")
        assert queries.actor_for(person).roles == ("national_admin",)
        assert browser.get(path).status_code == 404
        with pytest.raises(ActionRefused):
            actions.first_administrator_link()

    def test_a_newer_link_makes_the_former_void(self) -> None:
        old, new = actions.first_administrator_link(), actions.first_administrator_link()
        assert Client().get(old).status_code == 404
        assert Client().get(new).status_code == 200

    def test_links_end(self) -> None:
        with time_machine.travel("2026-11-22 10:00 +0200", tick=False):
            first = actions.first_administrator_link()
            _, invited = actions.invite(KEEPER, email="pokanen@example.bg", name="Поканен")
        with time_machine.travel("2026-11-23 10:01 +0200", tick=False):
            assert Client().get(first).status_code == 404
            assert Client().get(invited).status_code == 200
        with time_machine.travel("2026-11-29 10:01 +0200", tick=False):
            assert Client().get(invited).status_code == 404

    def test_an_invited_person_sets_a_password_once_and_signs_in(self) -> None:
        person, path = actions.invite(KEEPER, email="pokanen@example.bg", name="Поканен Човек")
        browser = Client()
        assert "pokanen@example.bg" in browser.get(path).text
        browser.post(path, {"password1": make.PASSWORD, "password2": make.PASSWORD})
        assert browser.get(path).status_code == 404
        browser.post(reverse("account_login"), {"login": person.email, "password": make.PASSWORD})
        assert browser.get(reverse("accounts_me")).status_code == 200

    def test_the_secret_itself_is_not_kept(self) -> None:
        person, path = actions.invite(KEEPER, email="pokanen@example.bg", name="Поканен")
        assert person.invitations.get().digest not in path

    def test_a_blocked_or_renewed_invitation_is_dead(self) -> None:
        person, path = actions.invite(KEEPER, email="pokanen@example.bg", name="Поканен")
        renewed = actions.renew_invitation(KEEPER, person)
        assert Client().get(path).status_code == 404
        actions.block(KEEPER, person, reason="грешка")
        assert Client().get(renewed).status_code == 404

    def test_the_link_is_shown_once_after_inviting(self) -> None:
        keeper = make.client_for("national_admin")
        response = keeper.post(
            reverse("accounts_invite"), {"name": "Нов", "email": "nov@example.bg"}, follow=True
        )
        assert "http://testserver/accounts/join/" in response.text
        assert "/accounts/join/" not in keeper.get(response.redirect_chain[-1][0]).text
        assert (
            keeper.post(reverse("accounts_invite"), {"name": "Пак", "email": "NOV@example.bg"}).status_code
            == 422
        )


def test_grants_of_a_person_are_read_with_few_queries(django_assert_max_num_queries: object) -> None:
    for _ in range(30):
        make.user("regional_coordinator", "BG/LOV")
    client = make.client_for("national_admin")
    client.get(reverse("accounts_people"))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get(reverse("accounts_people"))
    assert Grant.objects.count() == 31
