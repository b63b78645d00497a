"""Signing in: limits and sameness (S11), the life of a session (S14), headers and cookies (S6)."""

from __future__ import annotations

import datetime as dt
import statistics
import time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from opora.foundation.accounts import actions, limits, queries
from opora.foundation.accounts.models import Attempts, Session, User
from opora.foundation.accounts.tests import make
from opora.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db()
LOGIN = "/accounts/login/"
ME = "/accounts/"


@pytest.fixture
def person() -> User:
    return make.user("regional_coordinator", "BG/LOV", password=make.PASSWORD, email="elica@example.bg")


def sign_in(
    browser: Client, email: str, password: str = make.PASSWORD, address: str = "192.0.2.1", **extra: str
) -> object:
    return browser.post(LOGIN, {"login": email, "password": password} | extra, REMOTE_ADDR=address)


def inside(browser: Client) -> bool:
    return browser.get(ME).status_code == 200


def test_the_right_password_opens(person: User) -> None:
    browser = Client()
    assert sign_in(browser, "ELICA@example.bg", next="/accounts/posts/")["Location"] == "/accounts/posts/"
    assert inside(browser)
    assert Entry.objects.filter(deed="accounts.signed_in", subject=f"account:{person.pk}").count() == 1


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_outside(person: User, next: str) -> None:
    assert sign_in(Client(), person.email, next=next)["Location"] == "/"


GUESSES = [60, pytest.param(1000, marks=pytest.mark.slow)]


@pytest.mark.parametrize("guesses", GUESSES)
def test_a_thousand_guesses_on_one_name_are_looked_at_five_times(
    person: User, monkeypatch: pytest.MonkeyPatch, guesses: int
) -> None:
    looked = _count_checks(monkeypatch)
    for number in range(guesses):
        if limits.take(person.email, f"192.0.2.{number % 250}"):
            person.check_password("грешна")
    assert len(looked) == 5


@pytest.mark.parametrize("names", GUESSES)
def test_a_thousand_names_from_one_address_are_looked_at_thirty_times(names: int) -> None:
    taken = [limits.take(f"name{number}@example.bg", "192.0.2.9") for number in range(names)]
    assert taken.count(True) == 30


def test_the_page_stops_after_five_wrong_and_even_the_right_one_waits(person: User) -> None:
    with time_machine.travel("2026-11-22 10:00 +0200", tick=False) as clock:
        for _ in range(5):
            sign_in(Client(), person.email, "грешна")
        browser = Client()
        assert "Опитите бяха много" in sign_in(browser, person.email).text
        clock.shift(dt.timedelta(minutes=15, seconds=1))
        sign_in(browser, person.email)
        assert inside(browser)


def test_the_wait_doubles(person: User) -> None:
    with time_machine.travel("2026-11-22 10:00 +0200", tick=False) as clock:
        for minutes in (15, 30, 60):
            for _ in range(5):
                assert limits.take(person.email, "192.0.2.1")
            assert not limits.take(person.email, "192.0.2.2")
            clock.shift(dt.timedelta(minutes=minutes, seconds=-1))
            assert not limits.take(person.email, "192.0.2.2")
            clock.shift(dt.timedelta(seconds=2))
        limits.give_back(person.email, "192.0.2.1")
        assert Attempts.objects.filter(key=limits.name_key(person.email)).count() == 0


def test_an_unknown_name_gets_the_same_text_as_a_wrong_password(person: User) -> None:
    blocked = make.user(password=make.PASSWORD, is_active=False)
    no_password = make.user()
    answers = set()
    for number, (email, password) in enumerate(
        [
            (person.email, "грешна"),
            ("nobody@example.bg", "грешна"),
            (blocked.email, make.PASSWORD),
            (no_password.email, "грешна"),
        ]
    ):
        response = sign_in(Client(), email, password, address=f"192.0.2.{number}")
        answers.add(
            (
                response.status_code,
                response.text.replace(email, "").split("<main")[1].split("csrfmiddlewaretoken")[0],
            )
        )
    assert len(answers) == 1


def test_an_unknown_name_takes_as_long_as_a_wrong_password(person: User) -> None:
    """Median gap of the work done at most 10 ms; by processor time, which a busy machine does not stretch."""
    known, unknown = [], []
    for number in range(15):
        known.append(_seconds(person.email, number))
        Attempts.objects.all().delete()
        unknown.append(_seconds(f"nobody{number}@example.bg", number))
        Attempts.objects.all().delete()
    assert abs(statistics.median(known) - statistics.median(unknown)) <= 0.010


def test_asking_for_a_new_password_says_the_same_to_everybody(person: User, mailoutbox: list[object]) -> None:
    answers = set()
    for email in (person.email, "nobody@example.bg"):
        response = Client().post("/accounts/password/reset/", {"email": email})
        answers.add((response.status_code, response["Location"]))
    assert len(answers) == 1
    assert len(mailoutbox) == 1


def test_a_password_renewed_by_letter_ends_every_session(person: User, mailoutbox: list[object]) -> None:
    elsewhere, browser = Client(), Client()
    sign_in(elsewhere, person.email)
    browser.post("/accounts/password/reset/", {"email": person.email})
    body = mailoutbox[0].body  # type: ignore[attr-defined]
    path = next(word for word in body.split() if word.startswith("http")).split("testserver")[1]
    form = browser.get(path, follow=True)
    new = "три лодки в мъглата 12"
    browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert not inside(elsewhere)
    sign_in(browser, person.email, new)
    assert inside(browser)
    assert "вече не важи" in Client().get(path, follow=True).text


class TestTheLifeOfASession:
    def test_half_an_hour_without_a_request_ends_it(self, person: User) -> None:
        with time_machine.travel("2026-11-22 10:00 +0200", tick=False) as clock:
            browser = Client()
            sign_in(browser, person.email)
            assert inside(browser)
            clock.shift(dt.timedelta(minutes=29))
            assert inside(browser)
            clock.shift(dt.timedelta(minutes=30, seconds=1))
            response = browser.get("/accounts/posts/?state=vacant")
            assert response["Location"] == f"{LOGIN}?next=/accounts/posts/%3Fstate%3Dvacant"
            assert "Сесията изтече" in browser.get(LOGIN).text

    def test_ten_hours_in_all_end_it(self, person: User) -> None:
        with time_machine.travel("2026-11-22 08:00 +0200", tick=False) as clock:
            browser = Client()
            sign_in(browser, person.email)
            for _ in range(29):
                assert inside(browser)
                clock.shift(dt.timedelta(minutes=20))
            assert inside(browser)
            clock.shift(dt.timedelta(minutes=20))
            assert not inside(browser)

    def test_staying_counts_as_a_sign_of_life(self, person: User) -> None:
        with time_machine.travel("2026-11-22 10:00 +0200", tick=False) as clock:
            browser = Client()
            sign_in(browser, person.email)
            inside(browser)
            clock.shift(dt.timedelta(minutes=26))
            assert browser.get("/accounts/keep-alive/").status_code == 204
            clock.shift(dt.timedelta(minutes=26))
            assert inside(browser)

    def test_block_ends_it_at_once_in_every_browser(self, person: User) -> None:
        first, second = Client(), Client()
        sign_in(first, person.email)
        sign_in(second, person.email)
        actions.block(make.actor("national_admin"), person, reason="напусна")
        assert not inside(first)
        assert not inside(second)
        assert Session.objects.filter(user=person).count() == 0
        sign_in(first, person.email)
        assert not inside(first)

    def test_leaving_ends_it_and_the_old_cookie_opens_nothing(self, person: User) -> None:
        browser, thief = Client(), Client()
        sign_in(browser, person.email)
        thief.cookies = browser.cookies.copy()
        assert inside(thief)
        browser.post("/accounts/logout/")
        assert not inside(thief)
        assert Entry.objects.filter(deed="accounts.signed_out").count() == 1

    def test_signing_in_changes_the_key(self, person: User) -> None:
        browser = Client()
        browser.get(LOGIN)
        session = browser.session
        session["x"] = 1
        session.save()
        before = session.session_key
        sign_in(browser, person.email)
        assert browser.session.session_key != before

    def test_a_new_password_ends_the_others_and_keeps_this_one(self, person: User) -> None:
        here, there = Client(), Client()
        sign_in(here, person.email)
        sign_in(there, person.email)
        new = "три лодки в мъглата 12"
        data = {"oldpassword": make.PASSWORD, "password1": new, "password2": new}
        assert here.post("/accounts/password/change/", data).status_code == 302
        assert inside(here)
        assert not inside(there)
        assert Session.objects.filter(user=person).count() == 1

    def test_ones_sessions_are_listed_and_ended_one_by_one(self, person: User) -> None:
        here, there, other = Client(), Client(HTTP_USER_AGENT="Таблет на Елица"), make.client_for("evaluator")
        sign_in(here, person.email)
        sign_in(there, person.email)
        inside(there)
        page = here.get(ME).text
        assert "Таблет на Елица" in page
        key = page.split("/accounts/sessions/")[1].split("/")[0]
        assert key not in str(Session.objects.values_list("session_key"))
        other.post(f"/accounts/sessions/{key}/end/")
        assert inside(there)
        here.post(f"/accounts/sessions/{key}/end/")
        assert not inside(there)
        assert inside(here)

    def test_all_others_end_together(self, person: User) -> None:
        here, there = Client(), Client()
        sign_in(here, person.email)
        sign_in(there, person.email)
        here.post("/accounts/sessions/end-others/")
        assert inside(here)
        assert not inside(there)

    def test_rows_past_their_time_are_swept(self, person: User) -> None:
        with time_machine.travel("2026-11-20 10:00 +0200", tick=False):
            sign_in(Client(), person.email)
        assert actions.sweep_sessions() == 1
        assert limits.sweep() >= 0


def test_signed_in_pages_are_kept_by_no_cache(person: User) -> None:
    browser = Client()
    sign_in(browser, person.email)
    response = browser.get(ME)
    assert response["Cache-Control"] == "no-store"
    for name in (
        "Content-Security-Policy",
        "X-Frame-Options",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
    ):
        assert response[name]
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_a_part_of_a_page_is_not_replaced_by_the_sign_in_page() -> None:
    response = Client().get("/accounts/posts/", headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (401, b"")


def test_nobody_signs_up() -> None:
    assert Client().get("/accounts/signup/").status_code == 404
    assert User.objects.count() == 0


def test_the_demonstration_is_entered_only_in_the_demonstration(settings: object) -> None:
    guest = make.user(
        "regional_coordinator", "BG/LOV", demonstration=True, email="coordinator-lovech@example.bg"
    )
    make.user("national_admin", demonstration=True, email="administrator@example.bg")
    address = reverse("accounts_enter_as_key", args=["coordinator-lovech"])
    assert Client().post(address).status_code == 404
    settings.DEMONSTRATION, settings.SECOND_FACTOR_ASKED = True, False  # type: ignore[attr-defined]
    browser = Client()
    assert browser.get(address).status_code == 405
    assert browser.post(address)["Location"] == "/"
    assert guest.name in browser.get(ME).text
    browser.post(reverse("accounts_enter_as"), {"key": "administrator"})
    assert browser.get("/accounts/people/").status_code == 200
    assert Client().post(reverse("accounts_enter_as_key", args=["nobody"])).status_code == 404
    keys = [one.key for one in queries.demonstration_people()]
    assert keys == ["administrator", "coordinator-lovech"]
    make.user("evaluator")  # a real account: the doors shut
    assert Client().post(address).status_code == 404


def test_the_check_refuses_a_demonstration_over_real_accounts(settings: object) -> None:
    from opora.foundation.accounts.checks import demonstration_over_real_accounts as check

    make.user("evaluator")
    assert check(databases=["default"]) == []
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    assert [error.id for error in check(databases=["default"])] == ["accounts.E001"]
    assert check() == []
    User.objects.all().delete()
    assert check(databases=["default"]) == []


def _seconds(email: str, number: int) -> float:
    browser = Client()
    began = time.thread_time()
    sign_in(browser, email, "грешна", address=f"192.0.2.{number}")
    return time.thread_time() - began


def _count_checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    monkeypatch.setattr(User, "check_password", lambda self, raw: seen.append(raw))
    return seen
