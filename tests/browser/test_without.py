"""What works with less: without script (X7), by keyboard only (X3), with a killed page or a slow server (X9)."""

from __future__ import annotations

import time
from typing import Any

import pytest

SECTION = "/survey/cards/{card}/sections/{name}/"
LONG = "Липсва психиатър наблизо, а пътят до Ловеч отнема цял ден на родителя. " * 7


def test_without_script_one_signs_in_reads_searches_and_returns_a_card(own_house: Any, new_page: Any) -> None:
    house = own_house()
    page = new_page(house, "head-troyan", java_script_enabled=False)
    page.fill("input[name=q]", "обществена подкрепа троян")
    page.locator("form[role=search] button").click()
    assert page.locator("main").get_by_role("link", name="Център за обществена подкрепа – Троян").count()
    card = house.card("LOV-17")
    answers = {
        "users": {"users_children": "21", "users_adults": "8", "users_women": "14", "users_disability": "5"},
        "crisis": {"crisis_cases": "0", "lacking": "Психиатър наблизо."},
    }
    page.goto(SECTION.format(card=card, name="needs"))
    page.get_by_label("никой").check()
    page.get_by_role("button", name="Запази и продължи").click()
    for name, values in answers.items():
        page.goto(SECTION.format(card=card, name=name))
        for field, value in values.items():
            page.fill(f"[name='q:{name}.{field}']", value)
        if name == "crisis":
            page.locator("[name='q:crisis.team_ready'][value=yes]").check()
        page.locator("button[name=do][value=next]").click()
    page.goto(f"/survey/cards/{card}/check/")
    page.get_by_role("button", name="Изпрати").click()
    page.wait_for_url("**/receipt/**")
    assert house.one("select stage from survey_card where code = ?", card) == "submitted"


@pytest.mark.slow
def test_what_was_typed_survives_a_killed_page(own_house: Any, new_page: Any) -> None:
    house = own_house()
    address = SECTION.format(card=house.card("LOV-17"), name="crisis")
    page = new_page(house, "head-troyan")
    page.goto(address)
    page.locator("[name='q:crisis.lacking']").focus()
    page.keyboard.type(LONG.strip())
    page.wait_for_timeout(2500)
    state = page.context.storage_state()
    page.context.close()
    again = new_page(house, "", storage_state=state)
    again.goto(address)
    kept = again.locator("[name='q:crisis.lacking']").input_value()
    assert len(LONG.strip()) - len(kept) <= 2


@pytest.mark.slow
def test_a_slow_answer_does_not_undo_what_was_typed_meanwhile(own_house: Any, new_page: Any) -> None:
    house = own_house()
    page = new_page(house, "head-troyan")
    page.goto(SECTION.format(card=house.card("LOV-17"), name="users"))

    def slowly(route: Any) -> None:
        time.sleep(0.7)
        route.continue_()

    page.route("**/sections/**", slowly)
    typed = {"users_children": "21", "users_adults": "8", "users_women": "14", "users_disability": "5"}
    for name, value in typed.items():
        page.locator(f"[name='q:users.{name}']").focus()
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    page.wait_for_timeout(4000)
    shown = {name: page.locator(f"[name='q:users.{name}']").input_value() for name in typed}
    assert shown == typed


FOCUS_SEEN = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return "nothing";
  const drawn = (el) => { const s = getComputedStyle(el); return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0)
    || s.boxShadow !== "none"; };
  const label = e.labels?.[0];
  const seen = drawn(e) || (label && (drawn(label) || getComputedStyle(label, "::before").boxShadow !== "none"
    || getComputedStyle(label, "::before").outlineStyle !== "none"));
  const box = e.getBoundingClientRect();
  return seen && box.width > 0 ? "" : e.outerHTML.slice(0, 120);
}"""


def tab_to(page: Any, text: str, *, most: int = 150) -> list[str]:
    """Press Tab until the thing with this text has focus; tells what had focus without showing it."""
    unseen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if hidden := page.evaluate(FOCUS_SEEN):
            unseen.append(hidden)
        name = page.evaluate(
            "() => { const e = document.activeElement; return (e.innerText || e.labels?.[0]?.innerText || e.name || '').trim() }"
        )
        if text in name:
            return [one for one in unseen if one != "nothing"]
    raise AssertionError(f"Tab does not reach „{text}“ within {most} steps")


def press(page: Any, text: str, key: str = "Enter") -> None:
    assert tab_to(page, text) == []
    page.keyboard.press(key)


@pytest.mark.slow
def test_u1_by_keyboard_only(own_house: Any, new_page: Any) -> None:
    house = own_house()
    page = new_page(house, "coordinator-lovech")
    press(page, "Отвори таблото")
    page.wait_for_url("**/rounds/**")
    press(page, "Напомни на 5 услуги")
    page.get_by_text("5 напомняния са в изходящата поща").wait_for()
    press(page, "Оттегли напомнянията")
    page.get_by_text("оттеглени").first.wait_for()


def test_u8_by_keyboard_only(own_house: Any, new_page: Any) -> None:
    house = own_house()
    page = new_page(house, "head-troyan")
    press(page, "Център за обществена подкрепа – Троян")
    page.wait_for_url("**/cards/**")
    press(page, "Започни попълването")
    page.wait_for_url("**/sections/users/")
    for label, value in (
        ("Деца до 18", "21"), ("Пълнолетни от 18", "8"), ("момичета и жени", "14"), ("с увреждане", "5"),
    ):  # fmt: skip
        assert tab_to(page, label) == []
        page.keyboard.type(value)
    press(page, "Запази и продължи")
    page.wait_for_url("**/sections/needs/")
    press(page, "никой", "Space")
    press(page, "Запази и продължи")
    page.wait_for_url("**/sections/crisis/")
    assert tab_to(page, "Кризисни ситуации за последните") == []
    page.keyboard.type("0")
    press(page, "да", "Space")
    assert tab_to(page, "Какво най-много липсва") == []
    page.keyboard.type("Психиатър наблизо.")
    press(page, "Запази и провери")
    page.wait_for_url("**/check/")
    press(page, "Изпрати")
    page.wait_for_url("**/receipt/**")


@pytest.mark.slow
def test_tab_goes_round_and_is_caught_nowhere(house: Any, new_page: Any) -> None:
    page = new_page(house, "coordinator-lovech")
    for path in ("/", "/register/", "/register/LOV-17/edit/"):
        page.goto(path)
        stops = page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
            .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true})).length"""
        )
        seen = set()
        for _ in range(stops + 3):
            page.keyboard.press("Tab")
            seen.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        radios = page.locator("input[type=radio]").count()
        assert len(seen) >= (stops - radios) * 0.9, path
