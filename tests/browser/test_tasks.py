"""People's own tasks with their limits (UX §7): counted, shown, kept as evidence."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from tests.browser.recorder import Task, squeezed


def test_u1_who_has_not_returned_the_card_and_remind_them(own_house: Any, new_page: Any) -> None:
    house = own_house()
    page = new_page(house, "coordinator-lovech")
    others = waiting_letters(house)
    task = Task.begin("U1", page)
    page.get_by_role("link", name="Отвори таблото").click()
    task.sees("14 от 19 върнати", "14 от 19 върнати")
    task.show("по общини 11/3/2/2/1", expected_by_municipality(page) == [11, 3, 2, 2, 1])
    task.sees("дни закъснение", "Дни закъснение")
    task.sees("последен контакт", "напомняне")
    page.get_by_role("button", name="Напомни на 5 услуги").click()
    page.get_by_text("5 напомняния са в изходящата поща").wait_for()
    task.show("5 напомняния в изходящата поща", waiting_letters(house) == others + 5)
    task.sees("10 секунди за оттегляне", "Напомнянията тръгват")
    page.get_by_role("button", name="Оттегли напомнянията").click()
    page.get_by_text("оттеглени").first.wait_for()
    task.show("след оттегляне пощата е празна", waiting_letters(house) == others)
    task.end()


def expected_by_municipality(page: Any) -> list[int]:
    table = page.get_by_role("table").first
    cells = [squeezed(text) for text in table.locator("tbody tr td:nth-child(2)").all_inner_texts()]
    return [int(text) for text in cells if text.isdigit()][-5:]


def waiting_letters(house: Any) -> int:
    return int(house.one("select count(*) from outbox_message where state = 'waiting'"))


def test_u3_the_regional_analysis_as_docx(own_house: Any, new_page: Any, fresh: Path, tmp_path: Path) -> None:
    house = own_house(fresh, worker=True, queue=False)
    page = new_page(house, "coordinator-kardzhali")
    task = Task.begin("U3", page)
    page.get_by_role("link", name="Изготви областен анализ").click()
    page.get_by_role("button", name="Направи анализ").click()
    seen = watch_progress(page)
    task.show("напредък по глави", bool(seen) or quick(house))
    page.get_by_role("link", name="Отвори анализа").click()
    task.sees("липсващите карти", "20 карти от 20 очаквани")
    task.sees("източници", "Карти, източници и метод")
    task.sees("дата", time.strftime("%d.%m.%Y"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Word, за редактиране").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    screen, paper = numbers_on_screen(page), numbers_in_document(file)
    task.show("числата в документа са от екрана", len(screen) > 100 and screen == paper)
    task.show("документът се редактира", file.suffix == ".docx" and bool(paragraphs(file)))
    task.end()


def quick(house: Any) -> bool:
    """Work of less than two seconds needs no bar; it is counted by chapter all the same."""
    done, total, seconds = house.rows(
        "select done, total, (julianday(finished_at) - julianday(started_at)) * 86400 from jobs_job order by id desc"
    )[0]
    return bool(done == total == 7 and seconds < 2)


def watch_progress(page: Any) -> set[str]:
    """What the bar says until the analysis is ready."""
    seen, end = set(), time.monotonic() + 90
    while time.monotonic() < end and not page.get_by_role("link", name="Отвори анализа").count():
        seen |= set(re.findall(r"\d от 7: обл. Кърджали: \w[^\n]+", page.locator("main").inner_text()))
        page.wait_for_timeout(150)
    return seen


def numbers_on_screen(page: Any) -> list[list[str]]:
    """The tables of all chapters, row by row, without their headings; read in a tab of their own."""
    chapters = [one.get_attribute("href") for one in page.locator(".needs-contents a").all()]
    tab, rows = page.context.new_page(), []
    for address in chapters:
        tab.goto(page.url.split("?")[0] + address)
        rows += tab.evaluate(
            """() => [...document.querySelectorAll("main section table")].filter((t) => !t.closest("details"))
            .flatMap((t) => [...t.querySelectorAll("tbody tr")]).map((r) => [...r.children].map((c) => c.innerText))"""
        )
    tab.close()
    return [[squeezed(text) for text in row] for row in rows]


def numbers_in_document(file: Path) -> list[list[str]]:
    from docx import Document

    found = []
    for table in Document(str(file)).tables:
        found += [[squeezed(cell.text) for cell in row.cells] for row in table.rows[1:]]
    return found


def paragraphs(file: Path) -> list[str]:
    from docx import Document

    return [one.text for one in Document(str(file)).paragraphs if one.text]


def test_u8_the_head_fills_and_returns_the_card(own_house: Any, new_page: Any) -> None:
    house = own_house()
    page = new_page(house, "head-troyan")
    task = Task.begin("U8", page)
    page.locator("main").get_by_role(
        "link", name="кризисна интервенция: Център за обществена подкрепа – Троян"
    ).click()
    ready, of = ready_of(page)
    task.show("готови от регистъра поне 70 %", ready / of >= 0.7)
    page.get_by_role("link", name="Започни попълването").click()
    for name, value in (("children", "21"), ("adults", "8"), ("women", "14"), ("disability", "5")):
        fill(page, f"users.users_{name}", value)
    task.show("записва се само", saves_itself(page))
    page.get_by_role("button", name="Запази и продължи").click()
    page.get_by_label("Логопед").click()
    fill_the_rest(page)
    page.get_by_role("button", name="Запази и продължи").click()
    fill(page, "crisis.crisis_cases", "0")
    page.get_by_label("отчасти").click()
    page.locator("[name='q:crisis.team_conditions']").wait_for()
    fill(page, "crisis.team_conditions", "Още половин щат за психолог.")
    fill(page, "crisis.lacking", "Психиатър наблизо и транспорт от селата.")
    page.get_by_role("button", name="Запази и провери").click()
    page.get_by_role("heading", name="Проверете преди изпращане").wait_for()
    task.sees("страница за проверка", "Промени")
    task.sees("източник до стойността", "от регистъра")
    page.get_by_role("button", name="Изпрати").click()
    page.wait_for_url("**/receipt/**")
    task.show("номер на разписката", bool(re.search(r"К-\d{4}-\d{3}", page.locator("main").inner_text())))
    task.show("картата е изпратена", stage(house, "LOV-17") == "submitted")
    task.end()


def ready_of(page: Any) -> tuple[int, int]:
    """„36 от 45 готови“."""
    found = re.search(r"(\d+) от (\d+) готови", page.locator("main").inner_text())
    assert found
    return int(found[1]), int(found[2])


def fill(page: Any, path: str, value: str) -> None:
    """Type as a person does: the field by keyboard, then the keys."""
    page.locator(f"[name='q:{path}']").focus()
    page.keyboard.type(value)
    page.keyboard.press("Tab")


def fill_the_rest(page: Any) -> None:
    """The questions a ticked specialist opens."""
    page.locator("main form input[type=text]:visible").first.wait_for()
    for one in page.locator("main form input[type=text]:visible").all():
        one.focus()
        page.keyboard.type("40")
        page.keyboard.press("Tab")


def saves_itself(page: Any) -> bool:
    page.get_by_text("Черновата е записана в").first.wait_for(timeout=10_000)
    return True


def stage(house: Any, service: str) -> str:
    return str(house.one("select stage from survey_card where code = ?", house.card(service)))


def test_u11_find_a_service_from_the_header(house: Any, new_page: Any) -> None:
    page = new_page(house, "worker-troyan")
    task = Task.begin("U11", page)
    page.keyboard.press("/")
    page.keyboard.type("дневен момчилгр", delay=20)
    page.locator("#op-suggestions a").first.wait_for()
    page.get_by_role("link", name="Дневен център за деца с увреждания „Дъга“").wait_for()
    rows = page.locator("#op-suggestions li").all_inner_texts()
    task.show("най-много 5 предложения", 1 <= len(rows) <= 5)
    task.show("телефон и ръководител", "Румяна Ялъмова" in rows[0] and "03631/600010" in rows[0])
    task.note("suggest_ms", suggestion_ms(page))
    page.locator("#op-suggestions a").first.click()
    page.wait_for_url("**/register/KRZ-10/**")
    task.sees("страницата на услугата", "„Дъга“")
    task.end()


def suggestion_ms(page: Any) -> float:
    """The server's median answer to a key in the search field."""
    return float(
        page.evaluate(
            """() => { const all = performance.getEntriesByType("resource").filter((e) => e.name.includes("/suggest/"))
            .map((e) => e.responseEnd - e.requestStart).sort((a, b) => a - b); return all[Math.floor(all.length / 2)] || 0 }"""
        )
    )


def test_u23_people_by_region_kind_of_service_and_age(house: Any, new_page: Any, tmp_path: Path) -> None:
    page = new_page(house, "analyst")
    task = Task.begin("U23", page)
    page.get_by_role("link", name="Справки").click()
    task.sees("услуги по област и тип", "Услуги по област и тип услуга")
    task.sees("към дата", "Към " + time.strftime("%d.%m.%Y"))
    page.get_by_role("link", name="Хора с открито досие").click()
    page.get_by_role("heading", name="Хора с открито досие по област").wait_for()
    task.sees("по възраст", "14–17")
    task.sees("определения", "Как е сметнато")
    total = squeezed(page.locator("main table tbody tr, main table thead tr").nth(1).inner_text())
    files = {}
    for name, kind in (("CSV", "csv"), ("Excel", "xlsx")):
        with page.expect_download() as download:
            page.locator("li", has_text=name).get_by_role("link").first.click()
        files[kind] = tmp_path / f"table.{kind}"
        download.value.save_as(files[kind])
    lines = [line.split(";") for line in files["csv"].read_text("utf-8-sig").splitlines()]
    task.show(
        "CSV по област, вид и възраст", {"обл. Ловеч", "7–13"} <= {cell for line in lines for cell in line}
    )
    task.show("CSV и екран с едни числа", lines[1][3] in total)
    text = files["csv"].read_text("utf-8-sig")
    task.show("скритите клетки са обяснени", ":c" in text and "„:c“ значи скрито малко число под 5" in text)
    task.show("XLSX с бележка как е направена", how_made(files["xlsx"], lines[1][3]))
    task.end()


def how_made(file: Path, total: str) -> bool:
    from openpyxl import load_workbook

    cells = [str(c.value) for sheet in load_workbook(file) for row in sheet for c in row if c.value]
    return total in cells and any("Източник: открити досиета" in text for text in cells)


def test_u25_a_day_centre_near_momchilgrad(house: Any, new_page: Any) -> None:
    page = new_page(house)
    task = Task.begin("U25", page)
    page.locator("main").get_by_role("link", name="Гражданин").click()
    page.get_by_label("Град или село").focus()
    page.keyboard.type("Момчилград")
    page.get_by_role("button", name="Покажи услугите").click()
    page.get_by_role("link", name="Дневен център за деца с увреждания „Дъга“").click()
    page.wait_for_url("**/find/KRZ-10/")
    for what, text in (
        ("име", "Дневен център за деца с увреждания „Дъга“"), ("телефон", "03631/600010"),
        ("свободни места, по степени", "свободни места"), ("как да стигнете", "Как да стигнете"),
        ("какви документи", "Какви документи да вземете"), ("лесно за четене", "Лесно за четене"),
        ("печат", "Отпечатай"),
    ):  # fmt: skip
        task.sees(what, text)
    task.show("без следене", page.context.cookies() == [] or names(page) <= {"csrftoken", "language"})
    task.end()


def names(page: Any) -> set[str]:
    return {cookie["name"] for cookie in page.context.cookies()}
