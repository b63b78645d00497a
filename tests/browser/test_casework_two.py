"""Two caseworkers in two browsers, one plan, one assessment, one chronology: nobody's text is lost (R12)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.looking import overflow, violations
from tests.browser.recorder import squeezed

pytestmark = pytest.mark.slow

LEAD, PSYCHOLOGIST, FILE = "worker-troyan", "psychologist-troyan", "/files/Д-2026-001/"
GOAL = "select title, responsible, family_part from casework_goal order by id desc limit 1"
PART = (
    "select p.situation, p.strengths from casework_assessmentpart p join casework_assessment a on a.id = p.assessment_id "
    "where p.domain = 'social' order by a.number desc limit 1"
)


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def begin_plan(page: Any) -> None:
    page.goto(f"{FILE}plan/")
    page.get_by_role("button", name="Започни нов план").click()
    page.get_by_role("link", name="Направи цел: Семейство и привързаност").click()
    page.get_by_label("Цел", exact=True).fill("Вечеря заедно")
    page.get_by_label("По какво ще личи").fill("Три вечери седмично.")
    page.get_by_role("button", name="Запиши целта").click()
    page.get_by_text("Целта е записана").first.wait_for()


def open_goal(page: Any) -> None:
    """The goal that was written last."""
    page.goto(f"{FILE}plan/")
    page.get_by_role("link", name="Промени целта").last.click()
    page.get_by_label("Цел", exact=True).wait_for()


def save_goal(page: Any, **texts: str) -> None:
    names = {"title": "Цел", "responsible": "Отговаря", "family": "Какво прави семейството"}
    for name, text in texts.items():
        page.get_by_label(names[name], exact=name == "title").fill(text)
    page.get_by_role("button", name="Запиши целта").click()


def told_of_both(page: Any, mine: str, theirs: str) -> None:
    page.get_by_role("heading", name="Двама души промениха").wait_for()
    assert mine in main(page)
    assert theirs in main(page)
    assert page.locator("input[value=mine]:checked").count() >= 1, (
        "the own text is never thrown away by default"
    )


def test_one_goal_in_two_browsers_round_after_round(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    one, two = new_page(house, LEAD), new_page(house, PSYCHOLOGIST)
    begin_plan(one)
    for number, take in enumerate(("theirs", "mine", "mine", "theirs")):
        first, second = (one, two) if number % 2 else (two, one)
        mine, theirs = f"Моят текст {number}", f"Текстът на колегата {number}"
        open_goal(first)
        open_goal(second)
        save_goal(first, title=theirs)
        first.get_by_text("Целта е записана").first.wait_for()
        save_goal(second, title=mine)
        told_of_both(second, mine, theirs)
        assert house.rows(GOAL)[0][0] == theirs, "nothing is overwritten before the person chooses"
        second.locator(f"input[value={take}]").first.check()
        second.get_by_role("button", name="Запази избраното").click()
        second.get_by_text("Двата текста са събрани").first.wait_for()
        assert house.rows(GOAL)[0][0] == (mine if take == "mine" else theirs)


def test_different_fields_of_one_goal_meet_without_asking(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    one, two = new_page(house, LEAD), new_page(house, PSYCHOLOGIST)
    begin_plan(one)
    open_goal(one)
    open_goal(two)
    save_goal(two, responsible="Милен Дечков")
    two.get_by_text("Целта е записана").first.wait_for()
    save_goal(one, title="Да има приятел в класа")
    one.get_by_text("Целта е записана").first.wait_for()
    assert house.rows(GOAL)[0][:2] == ("Да има приятел в класа", "Милен Дечков")


def test_a_third_text_while_one_chooses_asks_again_and_the_page_left_keeps_the_text(
    own_house: Any, new_page: Any
) -> None:
    house = own_house(queue=False)
    one, two = new_page(house, LEAD), new_page(house, PSYCHOLOGIST)
    begin_plan(one)
    open_goal(one)
    open_goal(two)
    save_goal(two, title="Първият текст на колегата")
    two.get_by_text("Целта е записана").first.wait_for()
    save_goal(one, title="Моят дълъг текст")
    told_of_both(one, "Моят дълъг текст", "Първият текст на колегата")
    merging = one.url
    open_goal(two)
    save_goal(two, title="Вторият текст на колегата")
    two.get_by_text("Целта е записана").first.wait_for()
    one.get_by_role("button", name="Запази избраното").click()
    told_of_both(one, "Моят дълъг текст", "Вторият текст на колегата")
    state = one.context.storage_state()
    one.context.close()
    again = new_page(house, "", storage_state=state)
    again.goto(merging)
    told_of_both(again, "Моят дълъг текст", "Вторият текст на колегата")
    again.get_by_role("button", name="Запази избраното").click()
    again.get_by_text("Двата текста са събрани").first.wait_for()
    assert house.rows(GOAL)[0][0] == "Моят дълъг текст"


def test_the_merge_page_keeps_the_rules_of_every_page(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    one, two = new_page(house, LEAD), new_page(house, PSYCHOLOGIST, width=390)
    begin_plan(one)
    open_goal(one)
    open_goal(two)
    save_goal(one, title="Моят текст", responsible="Теодора")
    one.get_by_text("Целта е записана").first.wait_for()
    save_goal(two, title="Друг текст", responsible="Милен")
    told_of_both(two, "Друг текст", "Моят текст")
    assert violations(two) == []
    assert overflow(two) == 0


def test_one_assessment_in_two_browsers(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    one, two = new_page(house, LEAD), new_page(house, PSYCHOLOGIST)
    one.goto(f"{FILE}assessment/")
    one.get_by_role("button", name="Започни нова оценка").click()
    one.get_by_role("button", name="Запази оценката").wait_for()
    two.goto(f"{FILE}assessment/")
    save_part(two, situation="Колегата: няма приятели.", strengths="Колегата: пее.")
    saved(two)
    one.locator("[name=health-situation]").fill("Здрава е.")
    save_part(one, situation="Моето: един приятел.")
    one.get_by_text("записа междувременно").first.wait_for()
    assert "Колегата: няма приятели." in main(one)
    assert one.locator("[name=social-situation]").input_value() == "Моето: един приятел."
    assert one.locator("[name=social-strengths]").input_value() == "Колегата: пее."
    assert house.rows(PART)[0] == ("Колегата: няма приятели.", "Колегата: пее.")
    assert violations(one) == []
    save_part(one, situation="Няма много приятели, един е.")
    saved(one)
    assert house.rows(PART)[0] == ("Няма много приятели, един е.", "Колегата: пее.")
    two.locator("[name=education-situation]").fill("Ходи на училище.")
    two.get_by_role("button", name="Запази оценката").click()
    saved(two)
    assert house.rows(PART)[0] == ("Няма много приятели, един е.", "Колегата: пее."), (
        "not touched, not overwritten"
    )


def save_part(page: Any, **texts: str) -> None:
    for name, text in texts.items():
        page.locator(f"[name=social-{name}]").fill(text)
    page.get_by_role("button", name="Запази оценката").click()


def saved(page: Any) -> None:
    page.get_by_text("Оценката е записана").first.wait_for()


def type_note(page: Any, text: str) -> None:
    page.get_by_label("Какво се случи").fill(text)
    page.get_by_text("Черновата е записана").first.wait_for()


def test_two_people_draft_a_note_of_one_file_and_each_gets_back_their_own(
    own_house: Any, new_page: Any
) -> None:
    house = own_house(queue=False)
    texts = {LEAD: "Водещата: говорих с майката.", PSYCHOLOGIST: "Психологът: детето рисува."}
    states = {}
    pages = {who: new_page(house, who) for who in texts}
    for page in pages.values():
        page.goto(FILE)
    for who, page in pages.items():
        type_note(page, texts[who])
    for who, page in pages.items():
        states[who] = page.context.storage_state()
        page.context.close()
    for who, text in texts.items():
        page = new_page(house, "", storage_state=states[who])
        page.goto(FILE)
        assert page.get_by_label("Какво се случи").input_value() == text
        page.get_by_label("Телефонен разговор").check()
        page.get_by_role("button", name="Запиши бележката").click()
        page.get_by_text("Бележката е записана").first.wait_for()
    written = [
        row[0]
        for row in house.rows("select text from casework_event where kind = 'call' order by id desc limit 2")
    ]
    assert sorted(written) == sorted(texts.values())
    assert house.one("select count(*) from drafts_draft where key like 'note:%'") == 0


@pytest.mark.parametrize("ends", ["closed", "written"])
def test_one_person_at_two_screens_loses_neither_draft(own_house: Any, new_page: Any, ends: str) -> None:
    house = own_house(queue=False)
    desk, phone = new_page(house, LEAD), new_page(house, LEAD, width=390)
    desk.goto(FILE)
    phone.goto(FILE)
    type_note(desk, "На бюрото: дълъг разговор с майката.")
    type_note(phone, "По пътя: детето чака пред входа.")
    if ends == "written":
        phone.get_by_label("Телефонен разговор").check()
        phone.get_by_role("button", name="Запиши бележката").click()
        phone.get_by_text("Бележката е записана").first.wait_for()
    state = desk.context.storage_state()
    desk.context.close()
    phone.context.close()
    again = new_page(house, "", storage_state=state)
    again.goto(FILE)
    kept = again.get_by_label("Какво се случи").input_value()
    assert "На бюрото: дълъг разговор с майката." in kept
    assert ("По пътя" in kept) == (ends == "closed")
