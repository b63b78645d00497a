"""Every page of the room answers for those it is for."""

import pytest
from django.test import Client
from django.urls import reverse

from opora.foundation.accounts import actions
from opora.foundation.accounts.actors import system
from opora.foundation.accounts.models import CoordinatorPost
from opora.foundation.accounts.tests import make
from opora.foundation.territory.actions import load_builtin_facts
from opora.foundation.territory.models import Region

pytestmark = pytest.mark.django_db()

PUBLIC_PAGES = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]
OWN_PAGES = [
    "accounts_me",
    "accounts_second_factor",
    "accounts_posts",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "account_logout",
]
KEEPER_PAGES = ["accounts_people", "accounts_invite", "accounts_roles"]


@pytest.fixture
def lovech() -> Region:
    region, _ = Region.objects.get_or_create(
        code="LOV",
        defaults={
            "name": "Ловеч",
            "name_en": "Lovech",
            "sort_name": "ловеч",
            "nuts3": "BG315",
            "lat": 43.1,
            "lon": 24.7,
        },
    )
    actions.make_posts()
    return region


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_the_entrance_answers_a_visitor(name: str) -> None:
    assert Client().get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", OWN_PAGES)
def test_ones_own_pages_answer(name: str, lovech: Region) -> None:
    person = make.user("regional_coordinator", password=make.PASSWORD)
    assert make.client_of(person).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", KEEPER_PAGES)
def test_pages_for_the_national_administrator(name: str, lovech: Region) -> None:
    assert make.client_for("national_admin").get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_visitor_is_sent_to_sign_in(name: str) -> None:
    if name == "account_logout":
        pytest.skip("leaving is for everybody")
    response = Client().get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_the_pages_of_one_person(lovech: Region) -> None:
    keeper = make.client_for("national_admin", name="Ива Пазителска")
    person = make.user("regional_coordinator", "BG/LOV", name="Деян Ловешки")
    for name in ("accounts_person", "accounts_give_role", "accounts_block"):
        assert "Деян Ловешки" in keeper.get(reverse(name, args=[person.pk])).text
    role = keeper.get(reverse("accounts_give_role", args=[person.pk]) + "?role=regional_coordinator")
    assert "обл. Ловеч" in role.text
    grant = person.grants.get()
    assert keeper.get(reverse("accounts_end_role", args=[person.pk, grant.pk])).status_code == 200


def test_the_pages_of_one_post(lovech: Region) -> None:
    keeper = make.client_for("national_admin")
    for name in ("accounts_post", "accounts_appoint", "accounts_release"):
        assert "Ловеч" in keeper.get(reverse(name, args=["LOV", 1])).text
    assert keeper.get(reverse("accounts_post", args=["XXX", 1])).status_code == 404
    assert keeper.get(reverse("accounts_post", args=["LOV", 3])).status_code == 404


def test_the_page_speaks_english() -> None:
    text = Client().get(reverse("account_login"), headers={"Accept-Language": "en"}).text
    assert "Sign in" in text
    assert "Вход" not in text


def test_a_path_nobody_declared_does_not_exist() -> None:
    for path in ("signup/", "email/", "password/set/", "2fa/webauthn/", "login/code/", "social/"):
        assert Client().get(f"/accounts/{path}").status_code == 404


def test_the_system_itself_keeps_people(lovech: Region) -> None:
    person, link = actions.invite(system(), email="nov@example.bg", name="Нов Колега")
    assert link.startswith("/accounts/join/")
    assert person.email == "nov@example.bg"


def test_the_page_of_a_region_names_its_coordinators_to_colleagues_only() -> None:
    load_builtin_facts()
    actions.make_posts()
    post = CoordinatorPost.objects.get(region__code="LOV", number=1)
    person = make.user(name="Деян Ловешки")
    actions.appoint(system(), post, person, reason="заповед № 14")
    address = reverse("territory_place", args=["LOV"])
    seen = make.client_for("evaluator").get(address).text
    assert "Деян Ловешки" in seen
    assert "Свободно място" in seen
    assert "Деян Ловешки" not in Client().get(address).text


def test_all_56_posts_stand_on_the_page_and_vacant_ones_can_be_picked() -> None:
    load_builtin_facts()
    actions.make_posts()
    for number in (1, 2):
        post = CoordinatorPost.objects.get(region__code="LOV", number=number)
        actions.appoint(system(), post, make.user(), reason="заповед")
    browser = make.client_for("ministry_viewer")
    whole = browser.get(reverse("accounts_posts")).text
    assert whole.count(">свободно<") == 54
    assert "обл. Ловеч" in whole
    assert "обл. Ловеч" not in browser.get(reverse("accounts_posts") + "?state=vacant").text
