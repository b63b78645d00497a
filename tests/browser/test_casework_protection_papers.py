"""Tasks around a breach: a worker tells it, the head decides and stops the clock (D16, counted)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.recorder import Task


@pytest.mark.slow
def test_a_worker_tells_of_a_breach(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    task = Task.begin("D16a", page)
    page.get_by_role("link", name="Съобщи за нарушение на лични данни").click()
    task.sees("без имена", "Без имена и лични номера")
    page.get_by_label("Какво се е случило").fill("Принтираната програма на групата е забравена в автобус.")
    page.get_by_role("button", name="Съобщи", exact=True).click()
    task.sees("номерът", "Съобщено е с номер Н-")
    task.sees("кой вече знае", "Ръководителят и длъжностното лице вече имат писмо")
    task.end()
    letters = "select count(*) from outbox_message where key like 'breach-told:%' and about = 'Н-2026-003'"
    assert house.one(letters) == 2


@pytest.mark.slow
def test_the_head_decides_and_stops_the_clock(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    task = Task.begin("D16b", page)
    task.sees("часовете на първата страница", "Нарушения на сигурността на лични данни")
    page.get_by_role("link", name="Нарушение Н-").click()
    task.sees("какво липсва", "За уведомлението още липсва")
    page.get_by_role("link", name="Решете какъв е рискът за хората").click()
    task.sees("програмата не решава", "Опора не предлага отговор")
    page.get_by_label("Има риск за хората: уведомява се").check()
    page.get_by_label("Защо", exact=True).fill("Писмото е отворено от непознат.")
    page.get_by_role("button", name="Запиши решението").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Уведомление до Комисията PDF").click()
    task.show("уведомлението", waiting.value.suggested_filename.endswith("-commission.pdf"))
    page.get_by_role("link", name="Запишете уведомяването на Комисията").click()
    page.get_by_label("Комисията за защита на личните данни").check()
    page.get_by_label("Как", exact=True).fill("изх. № 131")
    page.get_by_role("button", name="Запиши уведомяването").click()
    task.sees("часовникът спря", "Комисията е уведомена")
    task.end()
