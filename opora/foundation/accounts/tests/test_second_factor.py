"""The second factor (S13): codes, replay, recovery codes, who must have one, and no way round."""

from __future__ import annotations

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from opora.foundation.accounts import sealing
from opora.foundation.accounts.models import Session, User
from opora.foundation.accounts.roles import NEEDS_SECOND_FACTOR
from opora.foundation.accounts.tests import make
from opora.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db()
LOGIN, CODE, ME = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/"
SECRET = generate_totp_secret()


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def person() -> User:
    made = make.user("national_admin", password=make.PASSWORD, email="iva@example.bg")
    TOTP.activate(made, SECRET)
    return made


@pytest.fixture(autouse=True)
def still_clock():
    with time_machine.travel("2026-11-22 10:00:05 +0200", tick=False) as clock:
        yield clock


def half_way(person: User) -> Client:
    """A browser after the right password, before the code."""
    browser = Client()
    response = browser.post(LOGIN, {"login": person.email, "password": make.PASSWORD})
    assert response["Location"] == CODE
    return browser


def inside(browser: Client) -> bool:
    return browser.get(ME).status_code == 200


def test_the_password_alone_opens_nothing(person: User) -> None:
    browser = half_way(person)
    assert not inside(browser)
    assert browser.get("/accounts/people/").status_code == 302


def test_password_and_code_open(person: User) -> None:
    browser = half_way(person)
    assert "Втора стъпка" in browser.get(CODE).text
    browser.post(CODE, {"code": code()})
    assert inside(browser)
    assert browser.get("/accounts/people/").status_code == 200


@pytest.mark.parametrize("bad", ["", "000000", "12345", "abcdef", "１２３４５６", "0" * 500, "' or 1=1"])
def test_a_wrong_code_opens_nothing(person: User, bad: str) -> None:
    browser = half_way(person)
    browser.post(CODE, {"code": bad})
    assert not inside(browser)


def test_the_code_of_another_person_opens_nothing(person: User) -> None:
    browser = half_way(person)
    browser.post(CODE, {"code": code(generate_totp_secret())})
    assert not inside(browser)


def test_a_code_is_used_once(person: User) -> None:
    first, second = half_way(person), half_way(person)
    spent = code()
    first.post(CODE, {"code": spent})
    second.post(CODE, {"code": spent})
    assert inside(first)
    assert not inside(second)


@pytest.mark.parametrize("steps", [-20, -2, -1, 1, 2])
def test_codes_of_other_times_open_nothing(person: User, steps: int) -> None:
    browser = half_way(person)
    browser.post(CODE, {"code": code(steps=steps)})
    assert not inside(browser)


def test_guessing_codes_stops_after_five(person: User) -> None:
    browser = half_way(person)
    for number in range(5):
        browser.post(CODE, {"code": f"{number:06}"})
    browser.post(CODE, {"code": code()})
    assert not inside(browser)


def test_ten_recovery_codes_each_for_one_time(person: User) -> None:
    codes = RecoveryCodes.activate(person).get_unused_codes()
    assert len(codes) == 10
    for _ in range(2):
        browser = half_way(person)
        browser.post(CODE, {"code": codes[0]})
        if _ == 0:
            assert inside(browser)
        else:
            assert not inside(browser)


def test_the_half_open_door_closes_after_fifteen_minutes(
    person: User, still_clock: time_machine.Coordinates
) -> None:
    browser = half_way(person)
    still_clock.shift(16 * 60)
    browser.post(CODE, {"code": code()})
    assert not inside(browser)


def test_a_half_open_door_is_of_this_browser_only(person: User) -> None:
    half_way(person)
    other = Client()
    assert other.post(CODE, {"code": code()})["Location"].startswith(LOGIN)
    assert not inside(other)


def test_a_blocked_person_does_not_get_through_the_second_step(person: User) -> None:
    browser = half_way(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    browser.post(CODE, {"code": code()})
    assert not inside(browser)


def test_a_new_password_does_not_open_without_the_code(person: User, mailoutbox: list[object]) -> None:
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": person.email})
    path = next(w for w in mailoutbox[0].body.split() if w.startswith("http")).split("testserver")[1]  # type: ignore[attr-defined]
    form = browser.get(path, follow=True).redirect_chain[-1][0]
    new = "три лодки в мъглата 12"
    browser.post(form, {"password1": new, "password2": new})
    assert not inside(browser)
    assert browser.post(LOGIN, {"login": person.email, "password": new})["Location"] == CODE


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND_FACTOR))
def test_who_needs_one_is_led_to_set_it_up_before_anything_else(role: str) -> None:
    person = make.user(role, password=make.PASSWORD)
    browser = Client()
    browser.post(LOGIN, {"login": person.email, "password": make.PASSWORD})
    for path in (ME, "/accounts/posts/", "/accounts/password/change/"):
        assert browser.get(path)["Location"].startswith(reverse("accounts_second_factor"))
    assert browser.get(reverse("accounts_second_factor")).status_code == 200


@pytest.mark.parametrize("role", [r for r in make.ACCOUNT_ROLES if r not in NEEDS_SECOND_FACTOR])
def test_others_work_without(role: str) -> None:
    person = make.user(role, password=make.PASSWORD)
    browser = Client()
    browser.post(LOGIN, {"login": person.email, "password": make.PASSWORD})
    assert inside(browser)


def test_setting_up_codes_opens_the_rest_and_gives_recovery_codes() -> None:
    person = make.user("case_manager", password=make.PASSWORD)
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post(LOGIN, {"login": person.email, "password": make.PASSWORD})
    here.get("/accounts/second-factor/?next=/accounts/posts/")
    page = here.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;base64,' in page.text
    secret = here.session["mfa.totp.secret"]
    assert here.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert here.post(reverse("mfa_activate_totp"), {"code": code(secret)})["Location"] == reverse(
        "mfa_view_recovery_codes"
    )
    codes = here.get(reverse("mfa_view_recovery_codes"))
    assert codes.status_code == 200
    assert 'href="/accounts/posts/"' in codes.text
    assert inside(here)
    assert Session.objects.filter(user=person).count() == 1
    assert not inside(there)


def test_turning_it_off_leads_back_to_setting_it_up(person: User) -> None:
    browser = half_way(person)
    browser.post(CODE, {"code": code()})
    assert browser.get(reverse("mfa_deactivate_totp")).status_code == 200
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person).exists()
    assert browser.get(ME)["Location"].startswith(reverse("accounts_second_factor"))


def test_turning_it_off_asks_who_one_is(person: User, still_clock: time_machine.Coordinates) -> None:
    browser = half_way(person)
    browser.post(CODE, {"code": code()})
    still_clock.shift(6 * 60)
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        assert browser.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))
    wrong = browser.post(reverse("account_reauthenticate"), {"password": "грешна"})
    assert wrong.status_code == 200
    right = browser.post(
        reverse("account_reauthenticate"), {"password": make.PASSWORD, "next": reverse("mfa_deactivate_totp")}
    )
    assert right["Location"] == reverse("mfa_deactivate_totp")


def test_giving_a_role_asks_who_one_is_again(person: User, still_clock: time_machine.Coordinates) -> None:
    browser, other = half_way(person), make.user()
    browser.post(CODE, {"code": code()})
    address = reverse("accounts_give_role", args=[other.pk])
    assert browser.get(address).status_code == 200
    still_clock.shift(6 * 60)
    assert browser.get(address)["Location"].startswith(reverse("account_reauthenticate"))


def test_a_session_from_before_must_show_the_factor_set_up_elsewhere() -> None:
    person = make.user("case_manager", password=make.PASSWORD)
    browser = Client()
    browser.post(LOGIN, {"login": person.email, "password": make.PASSWORD})
    TOTP.activate(person, SECRET)
    assert browser.get(ME)["Location"].startswith(reverse("mfa_reauthenticate"))
    browser.post(reverse("mfa_reauthenticate"), {"code": code(), "next": ME})
    assert inside(browser)


def test_a_lost_phone_is_mended_by_an_administrator_with_a_ground(person: User) -> None:
    browser = half_way(person)
    browser.post(CODE, {"code": code()})
    keeper = make.client_for("national_admin")
    address = reverse("accounts_forget_second_factor", args=[person.pk])
    assert keeper.post(address, {"reason": ""}).status_code == 422
    assert keeper.post(address, {"reason": "сверена лична карта"}).status_code == 302
    assert not inside(browser)
    assert Entry.objects.filter(
        deed="accounts.second_factor_forgotten", ground="сверена лична карта"
    ).exists()
    again = Client()
    again.post(LOGIN, {"login": person.email, "password": make.PASSWORD})
    assert again.get(ME)["Location"].startswith(reverse("accounts_second_factor"))
    assert keeper.post(address, {"reason": "пак"}).status_code == 422
    assert make.client_for("regional_coordinator").post(address, {"reason": "р"}).status_code == 404


def test_secrets_lie_encrypted(person: User) -> None:
    kept = Authenticator.objects.get(user=person).data["secret"]
    assert kept.startswith("k1$")
    assert SECRET not in kept
    assert sealing.decrypt(kept) == SECRET
    assert sealing.encrypt("а") != sealing.encrypt("а")


def test_the_code_page_offers_nothing_to_a_visitor() -> None:
    assert Client().get(CODE)["Location"].startswith(LOGIN)
    assert Client().post(reverse("mfa_login_webauthn"), {"credential": "{}"}).status_code == 302
    assert (
        Client()
        .post(reverse("mfa_login_webauthn"), {"credential": '{"response": {"userHandle": "MQ"}}'})
        .status_code
        == 302
    )
