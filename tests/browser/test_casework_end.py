"""Monday morning, contract, transfer and toolkit as people do them, with their limits (UX §7)."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import violations
from tests.browser.recorder import Task, squeezed


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def test_u6_monday_morning_without_a_click(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    task = Task.begin("U6", page)
    task.sees("просрочени планове", "Просрочени планове")
    task.show(
        "кой план и с колко е просрочен", bool(re.search(r"Деница Ябълкова.*?дни след срока", main(page)))
    )
    task.sees("срокове до седем дни", "Срокове: просрочени и до седем дни")
    free = house.one("select capacity - occupied from register_service where code = 'LOV-17'")
    waiting = house.one("select waiting from register_service where code = 'LOV-17'")
    task.show("свободни места", bool(re.search(rf"\b{free} свободн", main(page))))
    task.show("чакащи", bool(re.search(rf"\b{waiting} чакащ", main(page))))
    open_files = house.one(
        "select count(*) from casework_clientfile f join accounts_user u on u.id = f.lead_id "
        "where u.email = 'worker-troyan@example.bg' and f.stage not in ('closed', 'transferred')"
    )
    task.show("досиета по водещ", f"Теодора Бойкова {open_files}" in main(page))
    task.sees("чакащи решения", "предлага досие на Център за обществена подкрепа – Троян")
    task.sees("отваряния по спешност за преглед", "Отваряния по спешност за преглед")
    assert violations(page) == []
    task.end()


def test_the_contract_is_composed_and_signed(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto("/files/Д-2026-002/contract/")
    task = Task.begin("contract", page)
    page.get_by_label("Такса").fill("без такса")
    page.get_by_role("button", name="Промени условията").click()
    page.get_by_role("link", name="Покажи договора за печат").click()
    known, asked = re.search(r"Попълнени от досието: (\d+) от (\d+) места", main(page)).groups()  # type: ignore[union-attr]
    task.show("поне 90 % са попълнени от досието", int(known) / int(asked) >= 0.9)
    task.sees("липсващото е изброено", "Човек: адрес")
    task.show("на липсващото място стои „…“", "Адрес …" in main(page))
    task.sees("целите и дейностите са от плана", "Група по рисуване, всеки вторник")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Изтегли PDF за печат и подпис").click()
    task.show("PDF за подпис", Path(taken.value.path()).read_bytes()[:4] == b"%PDF")
    page.get_by_role("link", name="Договор", exact=True).first.click()
    page.get_by_role("button", name="Запиши подписването").click()
    page.get_by_text("Договор № 1 е подписан").first.wait_for()
    task.show(
        "договорът е подписан",
        house.one("select count(*) from casework_contract where signed_on is not null") == 2,
    )
    task.end()


@pytest.mark.slow
def test_a_file_goes_to_another_service(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    task = Task.begin("transfer", page)
    page.get_by_role("link", name="предлага досие на").click()
    task.sees("кой предлага и защо", "Семейството се мести в Троян")
    task.sees("какво идва с досието", "плановете с отметките, прегледите и подписаните договори")
    task.show("самото досие още не се чете", "Стои настрана" not in main(page))
    page.get_by_label("Водещ на случая").select_option(label="Теодора Бойкова, социален работник")
    page.get_by_role("button", name="Приеми досието").click()
    page.get_by_text("Приехте досието").first.wait_for()
    task.sees("новото досие е на етап Приемане", "Прието от Дневен център за деца с увреждания „Дъга“")
    task.end()
    old = new_page(house, "head-daga")
    code = house.one("select f.code from casework_clientfile f join casework_transfer t on t.file_id = f.id")
    old.goto(f"/files/{code}/")
    assert "Прехвърлено" in main(old)
    assert old.get_by_label("Какво се случи").count() == 0
    until = house.rows(
        "select distinct until from casework_member m join casework_transfer t on t.file_id = m.file_id"
    )
    assert all(row[0] is not None for row in until)


@pytest.mark.slow
def test_a_toolkit_is_exported_imported_and_changed(own_house: Any, new_page: Any, tmp_path: Path) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    page.goto("/files/toolkits/")
    page.get_by_role("link", name="Център за обществена подкрепа", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Изнеси като един файл").click()
    file = tmp_path / "instrument.zip"
    taken.value.save_as(file)
    assert "manifest.json" in zipfile.ZipFile(file).namelist()
    other = new_page(house, "head-daga")
    other.goto("/files/toolkits/")
    task = Task.begin("toolkit", other)
    other.get_by_label("Инструментариум от друга услуга").set_input_files(file)
    other.get_by_role("button", name="Внеси инструментариума").click()
    other.get_by_text("е при Вас").first.wait_for()
    task.show(
        "откъде идва",
        "Опора, версия 1" in main(other) and "Център за обществена подкрепа – Троян, версия 2" in main(other),
    )
    other.get_by_role("link", name="Промени въпросите: оценка").click()
    other.locator("summary", has_text="С кого е близко детето").click()
    other.locator("[name=friends-label]").fill("С кого играе детето")
    other.get_by_label("Какво променихте и защо").fill("По-прост въпрос.")
    other.get_by_role("button", name="Запиши новата версия").click()
    other.get_by_role("link", name="Какво е променено спрямо взетия инструментариум").click()
    other.get_by_role("heading", name="Какво е променено").wait_for()
    task.sees("разликата поле по поле", "С кого е близко детето С кого играе детето")
    task.show("само промененото се различава", "1 ред" in main(other))
    assert violations(other) == []
    task.end()
