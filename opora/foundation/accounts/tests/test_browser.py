"""In a real browser: the warning before a session ends (S14), no foreign script runs (S7), axe and reflow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from opora.foundation.accounts import actions
from opora.foundation.accounts.tests import make
from opora.foundation.territory.actions import load_builtin_facts

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
HOSTILE = '<script>window.hit=1</script><img src="/x" onerror="window.hit=1">{{7*7}}'
PAGES = (
    "",
    "people/",
    "people/invite/",
    "posts/",
    "posts/LOV/1/",
    "posts/LOV/1/appoint/",
    "roles/",
    "people/{pk}/",
)
NARROW = 320
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, live_server: Any) -> Iterator[Any]:
    """A page in which a national administrator with a hostile name is signed in."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    load_builtin_facts()
    actions.make_posts()
    keeper = make.client_of(make.user("national_admin", name=HOSTILE, organisation=HOSTILE))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        context = browser.new_context(locale="bg-BG", base_url=live_server.url)
        cookie = keeper.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        yield context.new_page()
        browser.close()


def test_the_warning_comes_at_25_minutes_and_the_end_at_30(page: Any, live_server: Any) -> None:
    page.clock.install()
    page.goto("/accounts/posts/")
    page.clock.fast_forward("24:50")
    assert not page.locator("#op-session").is_visible()
    page.clock.fast_forward("00:11")
    assert page.locator("#op-session").is_visible()
    page.get_by_role("button", name="Остани в системата").click()
    page.locator("#op-session").wait_for(state="hidden")
    assert page.url == f"{live_server.url}/accounts/posts/"
    page.context.clear_cookies()
    page.clock.fast_forward("30:01")
    page.wait_for_url("**/accounts/login/?next=%2Faccounts%2Fposts%2F")


def test_hostile_names_run_nowhere_and_our_pages_break_no_rule_of_theirs(page: Any) -> None:
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    person = make.user("regional_coordinator", "BG/LOV", name=HOSTILE, profession=HOSTILE)
    for path in PAGES:
        page.goto("/accounts/" + path.format(pk=person.pk))
        assert page.evaluate("window.hit") is None
        assert "{{7*7}}" in page.content()
    assert complaints == []


def test_pages_are_accessible_and_fold_to_a_narrow_screen(page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    person, wrong = make.user("regional_coordinator", "BG/LOV"), []
    for path in PAGES:
        page.goto("/accounts/" + path.format(pk=person.pk))
        found = Axe().run(page).response["violations"]
        wrong += [f"{path}: {one['id']} {one['nodes'][0]['html'][:90]}" for one in found]
        page.set_viewport_size({"width": NARROW, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > NARROW:
            wrong.append(f"{path}: scrolls sideways")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert wrong == []
