"""Transfer with its history, copies, newer toolkits, a hand-over to a day to come and changes of linked people, as people do them."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from opora.care.casework.toolkits.package import Package, pack
from opora.care.casework.toolkits.shipped import shipped
from opora.evidence.survey.workbook import read_xlsx, write_xlsx
from tests.browser.looking import overflow, violations
from tests.browser.recorder import squeezed

pytestmark = pytest.mark.slow

TODAY = dt.datetime.now(dt.UTC).date()


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def looked(page: Any, name: str) -> None:
    """No fault that axe finds and nothing beside the window, wide and narrow; pictures where `OPORA_SHOTS` names a folder."""
    folder = os.environ.get("OPORA_SHOTS")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], name
        assert overflow(page) <= 0, (name, width)
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def write(house: Any, statement: str, *values: Any) -> None:
    """What would come with time, put into the running house."""
    with sqlite3.connect(house.folder / "data" / "opora.sqlite3", timeout=30) as connection:
        connection.execute(statement, values)


def test_a_file_moves_with_its_history_and_the_old_one_opens_with_a_reason(
    own_house: Any, new_page: Any
) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    pk, old = house.rows(
        "select t.id, f.code from casework_transfer t join casework_clientfile f on f.id = t.file_id"
    )[0]
    page.goto(f"/files/transfers/{pk}/")
    assert "цялата история" in main(page)
    looked(page, "transfer-answer")
    page.get_by_label("Водещ на случая").select_option(label="Теодора Бойкова, социален работник")
    page.get_by_role("button", name="Приеми досието").click()
    page.get_by_text("Приехте досието").first.wait_for()
    new = house.one(
        "select f.code from casework_clientfile f join casework_transfer t on t.made_id = f.id where t.id = ?",
        pk,
    )
    assert "Откъде дойде досието" in squeezed(page.locator("body").inner_text())
    looked(page, "new-file")
    for part in ("assessment", "plan", "review", "contract", "outcome", "enclosures", "crisis"):
        page.goto(f"/files/{new}/{part}/")
        looked(page, f"new-{part}")
    page.goto(f"/files/{new}/plan/")
    assert "от Дневен център" in main(page)
    write(
        house,
        "update casework_clientfile set read_until = ? where code = ?",
        str(TODAY - dt.timedelta(days=1)),
        old,
    )
    write(
        house,
        "update casework_member set until = since where file_id = (select id from casework_clientfile where code = ?)",
        old,
    )
    former = new_page(house, "head-daga")
    former.goto(f"/files/{old}/")
    former.get_by_role("heading", name="Досието е прехвърлено").wait_for()
    looked(former, "archive")
    former.get_by_label("искане на съд, прокуратура или полиция").check()
    former.get_by_label("Опишете").fill("Съдът поиска препис от плана за дело № 12.")
    former.get_by_role("button", name="Отвори с тази причина").click()
    former.get_by_text("е отворено за четене").first.wait_for()
    looked(former, "archive-open")
    page.goto(f"/files/{new}/")
    assert "дело № 12" in main(page)


def test_the_offer_says_what_goes_and_what_stays(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    code = house.one(
        "select f.code from casework_clientfile f join register_service s on s.id = f.service_id where s.code = 'LOV-17' "
        "and f.stage = 'work' and f.sealed = 0 order by f.id"
    )
    page.goto(f"/files/{code}/transfer/?service=KRZ-10")
    looked(page, "transfer-offer")
    page.get_by_label("Защо прехвърляте досието").fill("Семейството се мести.")
    page.get_by_label("попълнените формуляри").uncheck()
    assert page.get_by_label("Последен ден").input_value() == ""
    page.get_by_label("Последен ден").fill(f"{TODAY + dt.timedelta(days=7):%d.%m.%Y}")
    page.get_by_role("button", name="Предложи досието").click()
    page.get_by_text("Част от историята остава тук").first.wait_for()
    assert page.get_by_label("Защо прехвърляте досието").input_value() == "Семейството се мести."
    page.get_by_label("попълнените формуляри").check()
    page.get_by_role("button", name="Предложи досието").click()
    page.get_by_text("Досието е предложено").first.wait_for()
    looked(page, "transfer-offered")


def test_each_attachment_of_a_copy_is_decided_and_the_copy_says_so(
    own_house: Any, new_page: Any, tmp_path: Path
) -> None:
    house = own_house(queue=False)
    code = house.one(
        "select f.code from casework_enclosure e join casework_clientfile f on f.id = e.file_id join register_service s "
        "on s.id = f.service_id where e.attachment_id is not null and e.removed_at is null and s.code = 'LOV-17' and f.sealed = 0"
    )
    page = new_page(house, "head-troyan")
    page.goto(f"/files/{code}/data/copy/")
    looked(page, "copy-ask")
    page.get_by_label("човекът сам").check()
    page.get_by_label("Как проверихте самоличността").fill("лична карта")
    page.get_by_role("button", name="Запиши искането").click()
    page.get_by_role("heading", name="Решете за всяко приложение").wait_for()
    looked(page, "copy-parts")
    assert page.get_by_role("button", name="Изтегли копието").count() == 0
    groups = page.get_by_label("дава се, както е")
    for number in range(groups.count()):
        groups.nth(number).check()
    page.get_by_label("не се дава").first.check()
    page.get_by_role("button", name="Запиши решенията").click()
    page.get_by_text("Посочете основанието").first.wait_for()
    looked(page, "copy-refused")
    page.get_by_label("Основание да не се даде").first.fill("чл. 5 от вътрешната заповед")
    page.get_by_role("button", name="Запиши решенията").click()
    page.get_by_text("Решенията са записани").first.wait_for()
    looked(page, "copy-decided")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Изтегли копието").click()
    taken.value.save_as(tmp_path / "copy.zip")
    assert "досие.pdf" in zipfile.ZipFile(tmp_path / "copy.zip").namelist()
    if folder := os.environ.get("OPORA_SHOTS"):
        (Path(folder) / "copy.pdf").write_bytes(zipfile.ZipFile(tmp_path / "copy.zip").read("досие.pdf"))


def reworded(package: Package, **words: str) -> Package:
    """The package with other words for some questions of its assessment."""
    tables = read_xlsx(package.parts["forms/assessment.xlsx"])
    head = tables["survey"][0]
    name, label = head.index("name"), next(n for n, cell in enumerate(head) if cell.startswith("label"))
    for row in tables["survey"][1:]:
        row[label] = words.get(row[name], row[label])
    return package.with_parts({"forms/assessment.xlsx": write_xlsx(tables)})


def test_a_newer_toolkit_is_compared_and_taken_piece_by_piece(
    own_house: Any, new_page: Any, tmp_path: Path
) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    kit = house.one("select k.id from casework_toolkit k where k.code = 'community_support'")
    page.goto(f"/files/toolkits/{kit}/assessment/")
    page.locator("summary", has_text="С кого е близко детето").click()
    page.locator("[name=friends-label]").fill("С кого играе детето")
    page.get_by_label("Какво променихте и защо").fill("По-прост въпрос.")
    page.get_by_role("button", name="Запиши новата версия").click()
    page.get_by_text("Записана е версия").first.wait_for()
    base = shipped()["community_support"]
    made = reworded(base, friends="Кои са приятелите на детето", school="Как върви училището")
    made = replace(made, number=base.number + 1, history=(base.origin,))
    (tmp_path / "new.zip").write_bytes(pack(made))
    page.goto("/files/toolkits/")
    looked(page, "toolkits")
    page.get_by_label("Инструментариум от друга услуга").set_input_files(tmp_path / "new.zip")
    page.get_by_role("button", name="Внеси инструментариума").click()
    page.get_by_role("heading", name="Сравнете новата версия с Вашата").wait_for()
    assert "Кои са приятелите на детето" in main(page)
    looked(page, "toolkit-update")
    page.get_by_role("button", name="Приеми избраното като нова версия").click()
    page.get_by_text("Изберете кое да остане").first.wait_for()
    looked(page, "toolkit-unchosen")
    page.get_by_label("С кого играе детето").check()
    page.get_by_role("button", name="Приеми избраното като нова версия").click()
    page.get_by_text("По-старите остават").first.wait_for()
    looked(page, "toolkit-taken")
    page.goto(f"/files/toolkits/{kit}/?version=1")
    looked(page, "toolkit-old")
    page.get_by_role("button", name="Върни се към версия 1").click()
    page.get_by_text("същата като версия 1").first.wait_for()


def test_a_hand_over_to_a_day_to_come_shows_both(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    code = house.one(
        "select f.code from casework_clientfile f join accounts_user u on u.id = f.lead_id where u.email = "
        "'worker-troyan@example.bg' and f.stage = 'work' and f.sealed = 0 order by f.id"
    )
    page.goto(f"/files/{code}/lead/")
    choices = page.get_by_label("Нов водещ на случая")
    other = next(words for words in choices.locator("option").all_inner_texts() if "Теодора" not in words)
    choices.select_option(label=other)
    page.get_by_label("От кой ден").fill(f"{TODAY + dt.timedelta(days=12):%d.%m.%Y}")
    page.get_by_role("button", name="Смени водещия").click()
    page.get_by_text("Дотогава води досегашният").first.wait_for()
    last = f"{TODAY + dt.timedelta(days=11):%d.%m.%Y}"
    assert f"Теодора Бойкова до {last}, после {other.split(',')[0]}" in squeezed(
        page.locator("body").inner_text()
    )
    looked(page, "lead-until")
    page.goto(f"/files/{code}/lead/")
    looked(page, "lead")
    page.goto("/files/")
    looked(page, "files")


def test_what_changed_of_one_person_is_offered_in_the_other_file(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    codes = [
        row[0]
        for row in house.rows(
            "select f.code from casework_clientfile f join accounts_user u on u.id = f.lead_id where u.email = "
            "'worker-troyan@example.bg' and f.stage = 'work' and f.sealed = 0 order by f.id"
        )
    ][:2]
    for code in codes:
        page.goto(f"/files/{code}/family/new/")
        page.get_by_label("Какъв се пада на детето").select_option("aunt")
        page.get_by_label("Име", exact=True).fill("Явора")
        page.get_by_label("Фамилия").fill("Проба")
        page.get_by_label("Дата на раждане").fill("04.05.1986")
        page.get_by_label("Телефон").fill("0888 111 222")
        page.get_by_role("button", name="Запиши човека").click()
    page.get_by_role("button", name="Свържи ги като един човек").first.click()
    page.goto(f"/files/{codes[0]}/family/")
    page.get_by_role("link", name="Явора Проба").first.click()
    page.get_by_label("Телефон").fill("0899 333 444")
    page.get_by_role("button", name="Запиши човека").click()
    page.goto(f"/files/{codes[1]}/")
    looked(page, "changes-file")
    page.get_by_role("link", name="Прегледай ги").click()
    looked(page, "changes")
    page.get_by_role("button", name="Приеми").click()
    page.get_by_text("Промяната е приета и тук").first.wait_for()
    assert "0899 333 444" in main(page)
