"""Opinions as people give them: the psychologist's for the team (U18), a specialist's outside on a telephone (UX §7)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.looking import overflow, violations
from tests.browser.recorder import Task, squeezed

WORDS = "Детето се тревожи вечер. Да не се пита пред майката."


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def test_u18_an_opinion_only_for_the_team(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "psychologist-troyan")
    task = Task.begin("U18", page)
    page.keyboard.press("/")
    page.keyboard.type("калина")
    page.locator("#op-suggestions a").first.wait_for()
    page.locator("#op-suggestions a").first.click()
    page.get_by_role("link", name="Становище само за екипа").click()
    task.sees("колко души ще го видят", "Ще го видят: 3 души")
    task.show(
        "имената им, преди да се запише",
        all(name in main(page) for name in ("Ивелина Пенкова", "Теодора Бойкова", "Милен Дечков (Вие)")),
    )
    page.get_by_label("Становище", exact=True).focus()
    page.keyboard.type(WORDS)
    page.get_by_role("button", name="Запиши за екипа").click()
    page.get_by_text("Вижда го само екипът").first.wait_for()
    task.sees("стои при становищата", WORDS)
    task.end()
    worker = new_page(house, "worker-troyan")
    worker.goto("/files/Д-2026-001/opinions/")
    assert WORDS in main(worker)
    stranger = new_page(house, "head-daga")  # has the file open in an emergency no more
    stranger.goto("/files/Д-2026-001/opinions/")
    assert WORDS not in squeezed(stranger.locator("body").inner_text())


@pytest.mark.slow
def test_a_specialist_outside_answers_on_a_telephone(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    worker = new_page(house, "worker-troyan")
    code, link = asked(worker)
    page = new_page(house, width=390, is_mobile=True, has_touch=True)
    page.goto(link)
    assert "Милена" not in page.content()
    looked_at(page)
    task = Task.begin("U18b", page)
    page.get_by_label("Код").fill(code)
    page.get_by_role("button", name="Продължи").click()
    task.sees("въпросът и частта от оценката", "Изпуска р и л")
    task.show("детето е с инициали", "М. С., 15 години" in main(page) and "Милена" not in page.content())
    looked_at(page)
    page.get_by_label("Вашето становище").fill("Два пъти седмично по половин час.")
    page.get_by_label("Степен на потребност").select_option("4")
    page.get_by_text("Черновата е записана").wait_for()
    task.show("черновата се записва сама", True)
    page.get_by_role("button", name="Изпрати становището").click()
    page.get_by_text("Разписка номер").wait_for()
    task.sees("номер на разписката", "Д-2026-003-С1")
    looked_at(page)
    task.end()
    page.goto(link)
    page.get_by_text("Връзката не важи").first.wait_for()
    worker.goto("/files/Д-2026-003/opinions/")
    said = main(worker)
    assert "Два пъти седмично по половин час." in said
    assert "Степените се разминават: от 2 до 4" in said


def asked(page: Any) -> tuple[str, str]:
    """The worker's part: from the need the assessment found to the code told by telephone."""
    page.goto("/files/Д-2026-003/assessment/")
    page.get_by_role("link", name="Попитай").click()
    assert (
        page.get_by_label("Специалист от регистъра")
        .locator("option:checked")
        .inner_text()
        .startswith("логопед")
    )
    page.get_by_label("Въпросът").fill("Колко често да работи с логопед?")
    page.get_by_role("button", name="Изпрати въпроса").click()
    page.get_by_text("Кажете кода по телефона").wait_for()
    code = page.locator("#code").inner_text()
    link = page.get_by_role("link", name="отвори я като него").get_attribute("href")
    page.reload()
    assert page.locator("#code").count() == 0
    return code, link


def looked_at(page: Any) -> None:
    assert violations(page) == []
    assert overflow(page) == 0
