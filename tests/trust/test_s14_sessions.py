"""S14: a session ends when it must: idle, after ten hours, at sign-out, when somebody is blocked or changes a password."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from opora.foundation.accounts import actions
from opora.foundation.accounts.actors import system
from opora.foundation.accounts.models import Grant, User
from opora.foundation.accounts.tests import make
from opora.foundation.core import clock

pytestmark = pytest.mark.django_db
BEGAN = dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)
ROLE = "evaluator"
NEW_PASSWORD = "щурци край Янтра 83 вечер"


def signed_in(person: User | None = None) -> tuple[User, Client]:
    person = person or make.user(ROLE, password=make.PASSWORD)
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": person.email, "password": make.PASSWORD})
    assert answer.status_code == 302
    return person, browser


def inside(browser: Client) -> bool:
    return browser.get(reverse("accounts_me")).status_code == 200


@pytest.mark.parametrize(("minutes", "stays"), [(29.9, True), (30.0, False), (600, False)])
def test_half_an_hour_without_a_request(minutes: float, stays: bool) -> None:
    with clock.at(BEGAN):
        _person, browser = signed_in()
    with clock.at(BEGAN + dt.timedelta(minutes=minutes)):
        assert inside(browser) is stays


def test_ten_hours_at_most_however_busy() -> None:
    with clock.at(BEGAN):
        _person, browser = signed_in()
    minutes, last = 0, 10 * 60
    while minutes + 20 < last:
        minutes += 20
        with clock.at(BEGAN + dt.timedelta(minutes=minutes)):
            assert inside(browser), minutes
    with clock.at(BEGAN + dt.timedelta(minutes=last, seconds=1)):
        assert not inside(browser)


def test_signing_out_ends_it_on_the_server() -> None:
    _person, browser = signed_in()
    taken = browser.cookies["sessionid"].value
    browser.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["sessionid"] = taken
    assert not inside(thief)


def test_signing_in_gives_a_new_number() -> None:
    person = make.user(ROLE, password=make.PASSWORD)
    browser = Client()
    browser.get(reverse("account_login"))
    browser.session.save()
    before = browser.session.session_key
    browser.post(reverse("account_login"), {"login": person.email, "password": make.PASSWORD})
    assert browser.session.session_key != before


def test_who_is_blocked_is_out_on_the_next_request_everywhere() -> None:
    person, one = signed_in()
    _same, other = signed_in(person)
    assert inside(one)
    assert inside(other)
    actions.block(system(), person, reason="напуснал")
    assert not inside(one)
    assert not inside(other)
    answer = Client().post(reverse("account_login"), {"login": person.email, "password": make.PASSWORD})
    assert not answer.wsgi_request.user.is_authenticated


def test_a_role_counts_and_ends_on_the_next_request() -> None:
    person, browser = signed_in(make.user(password=make.PASSWORD))
    assert browser.get(reverse("survey_home")).status_code == 404
    make.grant(person, "regional_coordinator")
    assert browser.get(reverse("survey_home")).status_code == 200
    actions.end_grant(system(), Grant.objects.get(user=person), reason="смяна")
    assert browser.get(reverse("survey_home")).status_code == 404


def test_a_new_password_ends_the_other_sessions() -> None:
    person, mine = signed_in()
    _same, other = signed_in(person)
    given = {"oldpassword": make.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert mine.post(reverse("account_change_password"), given).status_code == 302
    assert not inside(other)
    assert inside(mine)


def test_one_ends_the_session_forgotten_elsewhere() -> None:
    person, mine = signed_in()
    _same, other = signed_in(person)
    mine.post(reverse("accounts_end_other_sessions"))
    assert inside(mine)
    assert not inside(other)


def test_the_back_button_shows_nothing() -> None:
    """The browser may keep no page of a signed-in person."""
    _person, browser = signed_in()
    for name in ("home", "accounts_me", "register_list"):
        assert browser.get(reverse(name))["Cache-Control"] == "no-store"
