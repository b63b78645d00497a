"""What a newcomer stumbled over: the calendar address is copied, also by keyboard and by hand; the time left is counted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.looking import overflow, violations

PERSON = "psychologist-troyan"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_calendar_address_is_copied_by_keyboard(own_house: Any, new_page: Any, width: int) -> None:
    page = new_page(own_house(queue=False), PERSON, width=width, permissions=CLIPBOARD)
    page.goto("/files/week/")
    page.get_by_role("button", name="Направи").click()
    box = page.get_by_label("Адрес", exact=True)
    address = box.input_value()
    assert address.endswith(".ics")
    box.focus()
    assert page.evaluate("getSelection().toString()") == address
    page.keyboard.type("х")  # nobody can spoil it
    assert box.input_value() == address
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Копирай"
    page.keyboard.press("Enter")
    page.get_by_text("Копирано").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert violations(page) == []
    assert overflow(page) == 0


def test_without_script_the_address_stands_in_a_box_and_there_is_no_dead_button(
    own_house: Any, new_page: Any
) -> None:
    page = new_page(own_house(queue=False), PERSON, java_script_enabled=False)
    page.goto("/files/week/")
    page.get_by_role("button", name="Направи").click()
    assert page.get_by_label("Адрес", exact=True).input_value().endswith(".ics")
    assert not page.get_by_role("button", name="Копирай").is_visible()


def test_the_time_to_take_reminders_back_is_counted_on_the_page(own_house: Any, new_page: Any) -> None:
    page = new_page(own_house(queue=False), "coordinator-lovech")
    page.goto("/survey/rounds/LOV-2026-1/")
    page.get_by_role("button", name="Напомни на 5 услуги").click()
    page.get_by_role("button", name="Оттегли напомнянията").wait_for()
    place = page.locator("[data-op-seconds]")
    if not place.count():  # between 20 and 8 o'clock letters wait for the morning
        assert "защото нощем не се пише" in page.locator("main").inner_text()
        return
    before = place.inner_text()
    page.wait_for_timeout(2200)
    assert "тръгват след" in before
    assert place.inner_text() != before
    page.reload()
    assert "Напомнянията тръгват" in page.locator("main").inner_text()
