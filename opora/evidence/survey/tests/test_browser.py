"""In a real browser: the draft is saved while one types, questions come and go, nothing is lost, axe and reflow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from opora.evidence.survey import queries, stages
from opora.evidence.survey.models import Card
from opora.evidence.survey.tests import make
from opora.foundation.accounts.tests import make as people

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
    pytest.mark.django_db(transaction=True),
]
Open = Callable[..., Any]


@pytest.fixture
def card() -> Card:
    return make.card()


@pytest.fixture
def open_(monkeypatch: pytest.MonkeyPatch, live_server: Any, card: Card) -> Iterator[Open]:
    """Opens a page in which the head of the card's service is signed in."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    client = people.client_for("service_manager", card.service.path)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)

        def opened(**options: Any) -> Any:
            context = browser.new_context(locale="bg-BG", base_url=live_server.url, **options)
            context.add_cookies([cookie])
            return context.new_page()

        yield opened
        browser.close()


def draft(card: Card) -> dict[str, Any]:
    return queries.draft_of(make.manager(card.service), card).data


def at(card: Card, section: str) -> str:
    return f"/survey/cards/{card.code}/sections/{section}/"


def test_a_head_fills_and_returns_the_card_in_few_clicks(open_: Open, card: Card) -> None:
    page = open_()
    page.add_init_script(
        "document.addEventListener('click', e => { if (e.isTrusted) sessionStorage.n = 1 + +(sessionStorage.n || 0) }, true)"
    )
    page.goto("/survey/")
    page.get_by_role("link", name=card.service.name).first.click()
    assert "от 7 готови" in page.inner_text("main")
    page.get_by_text("Започни попълването").click()
    page.get_by_label("Да", exact=True).click()
    page.get_by_label("Какъв специалист?").fill("логопед")
    page.get_by_role("button", name="Запази и провери").click()
    page.get_by_role("button", name="Изпрати картата").click()
    assert f"{card.code}/1" in page.inner_text("main")
    assert int(page.evaluate("sessionStorage.n")) <= 8
    assert Card.objects.get().stage == stages.SUBMITTED


def test_text_is_on_the_server_within_two_seconds_of_the_last_key(open_: Open, card: Card) -> None:
    page = open_()
    page.goto(at(card, "staff"))
    page.locator('[name="q:staff[0].profession"]').press("End")
    page.locator('[name="q:staff[0].profession"]').press_sequentially(" и кинезитерапевт", delay=40)
    page.wait_for_timeout(2000)
    assert draft(card)["staff"][0]["profession"] == "психолог и кинезитерапевт"
    assert "Черновата е записана в" in page.inner_text("#op-saved")
    page.locator('[name="q:staff[0].filled"]').fill("0,25")
    page.goto("/survey/")
    page.wait_for_timeout(500)
    assert draft(card)["staff"][0]["filled"] == 0.25


def test_questions_come_and_go_and_what_is_typed_meanwhile_stays(open_: Open, card: Card) -> None:
    page = open_()
    page.goto(at(card, "needs"))
    assert page.get_by_label("Какъв специалист?").count() == 0
    page.get_by_label("Да", exact=True).check()
    page.get_by_label("Какъв специалист?").press_sequentially("психиатър", delay=30)
    page.keyboard.press("Tab")
    page.wait_for_timeout(1800)
    assert page.get_by_label("Какъв специалист?").input_value() == "психиатър"
    assert draft(card)["needs"] == {"target": ["children_disabilities"], "lacks": "yes", "whom": "психиатър"}
    page.get_by_label("Не", exact=True).check()
    page.get_by_label("Какъв специалист?").wait_for(state="detached")


@pytest.mark.slow
def test_after_the_session_ends_the_page_says_so_and_saves_when_signed_in_again(
    open_: Open, card: Card
) -> None:
    page = open_()
    page.goto(at(card, "places"))
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.locator('[name="q:places.fee"]').fill("12,5")
    page.get_by_text("Сесията изтече").wait_for()
    assert page.get_by_role("link", name="Влезте отново").get_attribute("target") == "_blank"
    assert "fee" not in draft(card)["places"]
    page.context.add_cookies([one for one in kept if one["name"] == "sessionid"])
    page.get_by_text("Черновата е записана в").wait_for(timeout=10_000)
    assert draft(card)["places"]["fee"] == 12.5


@pytest.mark.slow
def test_without_the_network_the_text_waits_on_the_page(open_: Open, card: Card) -> None:
    page = open_()
    page.goto(at(card, "places"))
    page.context.set_offline(True)
    page.locator('[name="q:places.fee"]').fill("3")
    page.get_by_text("Няма връзка със сървъра").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Черновата е записана в").wait_for(timeout=10_000)
    assert draft(card)["places"]["fee"] == 3


def test_the_whole_way_without_script(open_: Open, card: Card) -> None:
    page = open_(java_script_enabled=False)
    page.goto(at(card, "staff"))
    page.get_by_role("button", name="Добави ред").click()
    page.locator('[name="q:staff[1].profession"]').fill("логопед")
    page.locator('[value="to:needs"]').click()
    page.get_by_label("Да", exact=True).check()
    page.get_by_role("button", name="Обнови въпросите").click()
    page.get_by_label("Какъв специалист?").fill("психиатър")
    page.get_by_role("button", name="Запази и провери").click()
    page.get_by_role("button", name="Изпрати картата").click()
    assert "Разписка номер" in page.inner_text("main")
    assert [row["profession"] for row in Card.objects.get().answers["staff"]] == ["психолог", "логопед"]


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_of_a_card_are_accessible_and_fit(open_: Open, card: Card, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_(viewport={"width": width, "height": 900})
    rest = ("", "sections/places/", "sections/needs/?check=1", "sections/staff/", "check/", "upload/")
    for address in ("/survey/", *(f"/survey/cards/{card.code}/{one}" for one in rest)):
        page.goto(address)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = Axe().run(page, options={"runOnly": tags}).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
