"""Tasks of the head and the data protection officer: a person's data given, a file erased by two (UX §7, counted)."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.browser.recorder import Task


@pytest.mark.slow
def test_a_person_is_given_their_data(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    page.goto("/files/Д-2026-001/")
    task = Task.begin("D9", page)
    page.get_by_role("link", name="Данни и пазене").click()
    page.get_by_role("link", name="Дай копие на човека").click()
    task.sees("какво има в копието", "кой го е чел, за четене (PDF) и за пренасяне (JSON)")
    task.sees("другите хора са закрити", "Имената и телефоните на други хора се закриват")
    page.get_by_label("законен представител").check()
    page.get_by_label("Как проверихте самоличността").fill("лична карта, сверена на място")
    page.get_by_role("button", name="Запиши искането").click()
    page.get_by_role("heading", name="Решете за всяко приложение").wait_for()
    groups = page.get_by_label("дава се, както е")
    for number in range(groups.count()):
        groups.nth(number).check()
    page.get_by_role("button", name="Запиши решенията").click()
    page.get_by_text("Решенията са записани").first.wait_for()
    task.show("за приложението решава човек с име", "Решил" in page.locator("main").inner_text())
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Изтегли копието").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    data = json.loads(archive.read("данни.json"))
    task.show(
        "всички редове и кой ги е чел",
        bool(data["tables"]["casework.event"] and data["who_read_and_changed"]),
    )
    task.show("името не стои в името на файла", waiting.value.suggested_filename == "Д-2026-001-копие.zip")
    page.goto("/files/Д-2026-001/data/")
    task.sees("искането е записано", "Дадени копия")
    task.end()


@pytest.mark.slow
def test_two_persons_erase_a_file(own_house: Any, new_page: Any) -> None:
    house = own_house(worker=True, queue=False)
    head = new_page(house, "head-troyan")
    head.goto("/files/Д-2026-005/")
    task = Task.begin("D7a", head)
    head.get_by_role("link", name="Данни и пазене").click()
    head.get_by_role("link", name="Поискай заличаване").click()
    task.sees("не се връща", "Заличеното не се връща")
    head.get_by_label("данните са събрани без основание").check()
    head.get_by_label("Документ").fill("Решение № 7 от 20.11.2026")
    head.get_by_role("button", name="Изпрати искането").click()
    head.get_by_text("Искането е изпратено").first.wait_for()
    task.show(
        "само един човек нищо не заличава",
        house.one("select count(*) from casework_clientfile where code = 'Д-2026-005'") == 1,
    )
    task.end()
    officer = new_page(house, "data-protection")
    task = Task.begin("D7b", officer)
    officer.get_by_role("link", name="Вашия отговор").click()
    officer.get_by_role("link", name="Д-2026-005: поискано е заличаване").click()
    task.sees("основанието и документът", "Решение № 7 от 20.11.2026")
    task.show("без името на детето", "Лора" not in officer.locator("body").inner_text())
    officer.get_by_role("button", name="Заличи досието").click()
    officer.get_by_text("е заличено").first.wait_for()
    task.show("няма го", house.one("select count(*) from casework_clientfile where code = 'Д-2026-005'") == 0)
    for _try in range(40):
        officer.reload()
        if "заличено, и от диска" in officer.locator("main").inner_text():
            break
        officer.wait_for_timeout(500)
    task.sees("и от диска", "заличено, и от диска")
    task.end()
