"""A passkey made and used in a real browser with Chromium's virtual authenticator (S13)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from opora.foundation.accounts.tests import make

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page with an authenticator of its own."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        page = browser.new_context(locale="bg-BG").new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        yield page
        browser.close()


def sign_in(page: Any, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/?next=/accounts/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", make.PASSWORD)
    page.get_by_role("button", name="Влез", exact=True).click()


def add_key(page: Any, base: str, *, alone: bool) -> None:
    page.goto(f"{base}/accounts/2fa/passkeys/add/")
    if alone:
        page.get_by_label("Влизане само с този ключ, без парола").check()
    page.get_by_role("button", name="Добави ключ").click()
    page.wait_for_url(f"{base}/accounts/2fa/recovery-codes/")


def sign_out(page: Any, base: str) -> None:
    page.goto(f"{base}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Излез").click()
    page.context.clear_cookies()


def test_a_passkey_alone_opens(live_server: Any, page: Any) -> None:
    person = make.user("case_manager", password=make.PASSWORD, name="Теодора Бойкова")
    sign_in(page, live_server.url, person.email)
    page.wait_for_url("**/second-factor/**")
    add_key(page, live_server.url, alone=True)
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    sign_out(page, live_server.url)
    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/posts/")
    page.get_by_role("button", name="Влез с ключ за достъп").click()
    page.wait_for_url(f"{live_server.url}/accounts/posts/")
    assert page.get_by_text("Теодора Бойкова").first.is_visible()


def test_a_passkey_is_the_second_step_after_the_password(live_server: Any, page: Any) -> None:
    person = make.user("case_manager", password=make.PASSWORD)
    sign_in(page, live_server.url, person.email)
    add_key(page, live_server.url, alone=False)
    sign_out(page, live_server.url)
    sign_in(page, live_server.url, person.email)
    page.wait_for_url("**/2fa/authenticate/**")
    page.get_by_role("button", name="Използвай ключ за достъп").click()
    page.wait_for_url(f"{live_server.url}/accounts/")


def test_a_key_made_for_another_address_opens_nothing(live_server: Any, page: Any) -> None:
    person = make.user("case_manager", password=make.PASSWORD)
    sign_in(page, live_server.url, person.email)
    add_key(page, live_server.url, alone=True)
    sign_out(page, live_server.url)
    other = live_server.url.replace("localhost", "127.0.0.1")
    page.goto(f"{other}/accounts/login/")
    page.get_by_role("button", name="Влез с ключ за достъп").click()
    page.get_by_text("Ключът не беше приет").wait_for()
    assert "/accounts/login/" in page.url
