"""Words in a form that was not sent: whatever happens to page, session or network, they wait for whoever typed them (X9)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import enter
from tests.browser.looking import overflow, violations
from tests.browser.test_casework_two import (
    FILE,
    LEAD,
    PSYCHOLOGIST,
    begin_plan,
    main,
    open_goal,
    save_goal,
    told_of_both,
)

REVIEW, RISK = f"{FILE}opinions/team/", f"{FILE}crisis/risk/"
TEXT = ("Майката разказа как мина седмицата и какво се промени у дома. " * 9)[:500]
WAITING = "select count(*) from drafts_unsent where sealed is not null"


def box(page: Any) -> Any:
    """The first box for words on the page."""
    return page.locator("form[data-op-words] textarea").first


def opened(page: Any, address: str = "/files/new/") -> Any:
    """The box for words of a page that already asked what waits there."""
    with page.expect_response("**/drafts/unsent/"):
        page.goto(address)
    return box(page)


def typed(page: Any, text: str, address: str = "/files/new/") -> None:
    """A person types and pauses."""
    opened(page, address).focus()
    page.keyboard.type(text)
    page.get_by_text("Черновата е записана в").last.wait_for()
    page.wait_for_timeout(2_000)


def again(page: Any, address: str = "/files/new/") -> str:
    found = opened(page, address)
    page.locator("[data-op-line=restored]").first.wait_for()
    return str(found.input_value())


def test_x9_words_survive_a_session_that_ended(own_house: Any, new_page: Any) -> None:
    """Given a new file being written, when the session ends, then after signing in again the words stand where they stood."""
    house = own_house(queue=False)
    page = new_page(house, LEAD)
    typed(page, TEXT)
    page.get_by_label("Име", exact=True).fill("Боряна")
    page.wait_for_timeout(1_500)
    page.context.clear_cookies()
    page.reload()
    assert "/accounts/login/" in page.url
    signed_in = new_page(house, LEAD)
    assert len(again(signed_in)) >= 498
    assert signed_in.get_by_label("Име", exact=True).input_value() == "Боряна"
    assert "Върнато е написаното от Вас" in main(signed_in)
    assert "Върнато е" not in main(new_page(house, PSYCHOLOGIST))
    assert violations(signed_in) == []
    signed_in.set_viewport_size({"width": 390, "height": 844})
    assert overflow(signed_in) <= 0


@pytest.mark.slow
def test_x9_words_survive_a_killed_page(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, LEAD)
    typed(page, TEXT)
    state = page.context.storage_state()
    page.context.close()
    kept = again(new_page(house, "", storage_state=state))
    assert len(kept) >= 498
    assert TEXT.startswith(kept)


@pytest.mark.slow
def test_x9_words_survive_a_broken_network_and_a_server_that_was_killed(
    own_house: Any, new_page: Any
) -> None:
    house = own_house(queue=False)
    page = new_page(house, LEAD)
    typed(page, "Първо изречение.")
    page.context.set_offline(True)
    page.keyboard.type(" Второ изречение.")
    page.get_by_text("Няма връзка със сървъра").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Черновата е записана в").last.wait_for()
    assert again(page) == "Първо изречение. Второ изречение."
    house.stop()
    house.start()
    later = new_page(house, LEAD)
    assert again(later) == "Първо изречение. Второ изречение."


@pytest.mark.slow
def test_a_form_that_was_sent_leaves_nothing_behind(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, LEAD)
    typed(page, "Екипът мисли, че е рано за промяна.", REVIEW)
    again(page, REVIEW)
    page.locator("form[data-op-words] button[type=submit]").first.click()
    page.wait_for_url(lambda address: "opinions/team" not in address)
    assert house.one(WAITING) == 0
    assert opened(page, REVIEW).input_value() == ""
    assert page.locator("[data-op-line=restored]").count() == 0


@pytest.mark.slow
def test_a_form_with_a_mistake_keeps_what_was_typed_until_it_is_taken(own_house: Any, new_page: Any) -> None:
    """Given a risk without its level, when it is sent, shown again, mended and sent, then nothing waits of either page."""
    house = own_house(queue=False)
    page = new_page(house, LEAD)
    typed(page, TEXT, RISK)
    page.get_by_role("button", name="Запиши оценката на риска").click()
    page.locator("[data-op-errors]").wait_for()
    assert box(page).input_value() == TEXT
    assert page.locator("[data-op-line=restored]").count() == 0, "it shows what was sent, not an older draft"
    assert house.one(WAITING) == 1
    page.locator("input[type=radio][value='1']").last.check()
    for field in page.locator("form[data-op-words] textarea").all():
        if not field.input_value():
            field.fill("Казаното от майката.")
    page.get_by_role("button", name="Запиши оценката на риска").click()
    page.wait_for_url(lambda address: not address.endswith("/risk/"))
    assert house.one(WAITING) == 0
    opened(page, RISK)
    assert page.locator("[data-op-line=restored]").count() == 0


@pytest.mark.slow
def test_a_field_called_as_a_part_of_the_form_is_a_field(own_house: Any, new_page: Any) -> None:
    """Needs of a practice are linked in a form with a field „elements“."""
    house = own_house(queue=False)
    page = new_page(house, "coordinator-kardzhali")
    address = "/practices/П-2025-001/needs/"
    opened(page, address)
    boxes = page.locator("form[data-op-words] textarea")
    boxes.first.fill("Семействата пътуват два часа.")
    page.get_by_text("Черновата е записана в").last.wait_for()
    assert again(page, address) == "Семействата пътуват два часа."
    assert house.one(WAITING) == 1


@pytest.mark.slow
def test_one_begins_anew_and_may_think_again(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, LEAD)
    typed(page, "Старият текст.")
    assert again(page) == "Старият текст."
    with page.expect_response("**/drafts/unsent/"):
        page.get_by_role("button", name="Започни отначало").click()
    assert (box(page).input_value(), house.one(WAITING)) == ("", 0)
    with page.expect_response("**/drafts/unsent/"):
        page.get_by_role("button", name="Върни написаното").click()
    assert box(page).input_value() == "Старият текст."
    assert again(page) == "Старият текст."


@pytest.mark.slow
def test_two_windows_of_one_person_overwrite_nothing(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    one, two = new_page(house, LEAD), new_page(house, LEAD)
    opened(two)
    typed(one, "От първия прозорец.")
    box(two).focus()
    two.keyboard.type("От втория прозорец.")
    two.get_by_text("Черновата е записана в").last.wait_for()
    assert house.one(WAITING) == 2
    assert again(one) == "От втория прозорец."
    one.get_by_role("button", name="Започни отначало").click()
    one.wait_for_timeout(500)
    assert again(one) == "От първия прозорец."


@pytest.mark.slow
def test_words_put_back_meet_what_a_colleague_wrote_meanwhile(own_house: Any, new_page: Any) -> None:
    """A goal half written yesterday; a colleague changed it since: both texts are shown, as if the page had stood open."""
    house = own_house(queue=False)
    one, two = new_page(house, LEAD), new_page(house, PSYCHOLOGIST)
    begin_plan(one)
    open_goal(one)
    one.get_by_label("Цел", exact=True).fill("Моят текст от вчера")
    one.get_by_text("Черновата е записана в").last.wait_for()
    one.goto(FILE)
    open_goal(two)
    save_goal(two, title="Текстът на колегата")
    two.get_by_text("Целта е записана").first.wait_for()
    open_goal(one)
    one.locator("[data-op-line=restored]").wait_for()
    assert one.get_by_label("Цел", exact=True).input_value() == "Моят текст от вчера"
    one.get_by_role("button", name="Запиши целта").click()
    told_of_both(one, "Моят текст от вчера", "Текстът на колегата")


@pytest.mark.slow
def test_fields_that_come_with_an_answer_are_filled_too(own_house: Any, new_page: Any) -> None:
    """A form of a toolkit shows some questions only after an answer to another."""
    house = own_house(queue=False)
    page = new_page(house, LEAD)
    page.goto(f"{FILE}forms/")
    page.locator("main").get_by_role("link").filter(has_text="№").first.click()
    address = page.url
    opened(page, address)
    shown = set(page.eval_on_selector_all("#sv-fields [name]", "all => all.map((one) => one.name)"))
    for radio in page.locator("#sv-fields input[type=radio]").all():
        with page.expect_response(lambda answer: "/forms/" in answer.url):
            radio.check(force=True)
        page.wait_for_timeout(200)
        more = (
            set(page.eval_on_selector_all("#sv-fields [name]", "all => all.map((one) => one.name)")) - shown
        )
        wide = [
            name
            for name in more
            if page.locator(f"textarea[name='{name}'], input[type=text][name='{name}']").count()
        ]
        if wide:
            break
    else:
        pytest.fail("no question of this form depends on another")
    field = page.locator(f"[name='{wide[0]}']").first
    field.fill("само след отговора")
    page.get_by_text("Черновата е записана в").last.wait_for()
    page.wait_for_timeout(1_500)
    opened(page, address)
    page.locator(f"[name='{wide[0]}']").first.wait_for()
    page.wait_for_timeout(500)
    assert page.locator(f"[name='{wide[0]}']").first.input_value() == "само след отговора"


@pytest.mark.slow
def test_the_link_to_sign_in_again_stays_in_place_and_the_words_are_saved_after_it(
    own_house: Any, new_page: Any
) -> None:
    """Given a session that ended under somebody who types, when they sign in again in another tab, then the page goes on."""
    house = own_house(queue=False)
    page = new_page(house, LEAD)
    typed(page, "Преди края.")
    page.context.clear_cookies()
    page.keyboard.type(" След края.")
    link = page.get_by_role("link", name="Влезте отново в нов раздел")
    link.wait_for()
    link.focus()
    page.wait_for_timeout(5_000)
    assert link.evaluate("one => document.activeElement === one"), (
        "it is not drawn anew while one reaches for it"
    )
    tab = page.context.new_page()
    enter(tab, LEAD)
    page.get_by_text("Черновата е записана в").last.wait_for()
    assert again(page) == "Преди края. След края."
