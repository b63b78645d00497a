"""Client files by keyboard only (X3), without script (X7), with a page that dies while a note is typed (X9)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_casework import main
from tests.browser.test_without import press, tab_to

pytestmark = pytest.mark.slow
FIRST = "Д-2026-001"
LONG = ("Бащата дойде без да се обади и поиска да вземе детето от училище. " * 8)[:500]


def typed(page: Any, label: str, text: str) -> None:
    """Reach the field by Tab and write."""
    assert tab_to(page, label) == []
    page.keyboard.type(text)


def chosen(page: Any, group: str, wanted: str, *, most: int = 12) -> None:
    """Reach a group of radio buttons by Tab, then the one that is wanted by arrows."""
    assert tab_to(page, group) == []
    for _ in range(most):
        if wanted in page.evaluate("document.activeElement.labels?.[0]?.innerText || ''"):
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"arrows do not reach „{wanted}“")


def test_u10_and_u11_by_keyboard_a_client_is_found_and_a_note_written(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.keyboard.press("/")
    page.keyboard.type("росен")
    page.locator("#op-suggestions a").first.wait_for()
    press(page, "Калина Росенова")
    page.wait_for_url("**/files/**")
    typed(page, "Какво се случи", "Посетихме дома.")
    chosen(page, "Телефонен разговор", "Посещение в дома")
    press(page, "Кой присъства и какво каза")
    press(page, "майка", "Space")
    press(page, "Запиши бележката")
    page.get_by_text("Бележката е записана").first.wait_for()
    said = house.rows("select kind, present from casework_event where text = 'Посетихме дома.'")
    assert [tuple(one) for one in said] == [("home_visit", '["mother"]')]


def test_u12_by_keyboard_a_file_is_opened(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    press(page, "отворени досиета")
    page.wait_for_url("**/files/**")
    press(page, "Ново досие")
    page.wait_for_url("**/new/**")
    typed(page, "Име", "Рая")
    typed(page, "Фамилия", "Нова")
    typed(page, "Дата на раждане", "05.02.2014")
    chosen(page, "родител", "родител")
    chosen(page, "направление за социална услуга", "желание за услуга без насочване")
    press(page, "Създай досието")
    page.get_by_text("Създадено е досие").first.wait_for()


def test_u13_and_u7_by_keyboard_a_plan_is_made_sent_and_approved(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto(f"/files/{FIRST}/plan/")
    press(page, "Започни нов план")
    page.get_by_role("link", name="Направи цел: Семейство и привързаност").wait_for()
    press(page, "Направи цел: Семейство и привързаност")
    page.wait_for_url("**/plan/new/**")
    typed(page, "Цел", "Вечеря заедно")
    typed(page, "По какво ще личи", "Три вечери седмично.")
    press(page, "Запиши целта")
    page.get_by_text("Целта е записана в плана.").first.wait_for()
    press(page, "детето или самият човек", "Space")
    press(page, "Изпрати за одобрение")
    page.get_by_text("чака одобрение").first.wait_for()
    head = new_page(house, "head-troyan")
    press(head, "План № 2")
    head.wait_for_url("**/plan/**")
    press(head, "Одобри плана")
    head.get_by_text("План № 2 е одобрен.").first.wait_for()


def test_u18_by_keyboard_an_opinion_for_the_team(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "psychologist-troyan")
    page.goto(f"/files/{FIRST}/")
    press(page, "Становище само за екипа")
    page.wait_for_url("**/team/**")
    typed(page, "Становище", "Да изчакаме отговора на училището.")
    press(page, "Запиши")
    page.get_by_text("Да изчакаме отговора на училището.").first.wait_for()


def test_without_script_a_client_is_found_and_a_note_a_goal_and_a_crisis_are_written(
    own_house: Any, new_page: Any
) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan", java_script_enabled=False)
    page.fill("input[name=q]", "росенова")
    page.locator("form[role=search] button").click()
    page.get_by_role("link", name="Калина Росенова").first.click()
    page.get_by_label("Какво се случи").fill("Обадихме се.")
    page.get_by_role("button", name="Запиши бележката").click()
    assert "Обадихме се." in main(page)
    page.goto(f"/files/{FIRST}/plan/")
    page.get_by_role("button", name="Започни нов план").click()
    page.get_by_role("link", name="Направи цел: Семейство и привързаност").click()
    page.get_by_label("Цел", exact=True).fill("Вечеря заедно")
    page.get_by_label("По какво ще личи").fill("Три вечери седмично.")
    page.get_by_role("button", name="Запиши целта").click()
    assert "Целта е записана в плана." in main(page)
    page.goto(f"/files/{FIRST}/crisis/signal/")
    page.locator("main form[method=post] textarea").first.fill("Детето не се прибра.")
    for radio in page.locator("main form[method=post] fieldset").all():
        if radio.locator("input[type=radio]").count():
            radio.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Запиши сигнала").click()
    assert "Криза № 1" in page.title()


def test_a_note_being_typed_survives_a_killed_page(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto(f"/files/{FIRST}/")
    page.get_by_label("Какво се случи").focus()
    page.keyboard.type(LONG)
    page.wait_for_timeout(2500)
    state = page.context.storage_state()
    page.context.close()
    again = new_page(house, "", storage_state=state)
    again.goto(f"/files/{FIRST}/")
    assert len(LONG) - len(again.get_by_label("Какво се случи").input_value()) <= 2
    assert "Върната е черновата" in main(again)
