"""Tasks around a crisis, a group and one's own week, with their limits: counted, shown, kept as evidence."""

from __future__ import annotations

import datetime as dt
import re
import urllib.request
from typing import Any

import pytest
from icalendar import Calendar

from tests.browser.recorder import COUNTING, Task, squeezed
from tests.browser.test_casework_two import begin_plan

PSYCHOLOGIST = "psychologist-troyan"


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def test_c7_a_crisis_is_opened_assessed_and_closed(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto("/files/Д-2026-001/")
    task = Task.begin("C7", page)
    page.get_by_role("link", name="Криза", exact=True).click()
    page.get_by_role("link", name="Запиши сигнал").click()
    task.sees("бърз изход", "Бърз изход")
    task.sees("първо 112", "обадете на 112")
    page.get_by_label("училище или детска градина").check()
    page.get_by_label("Какво се съобщава").fill("Детето дойде със синина и не иска да се прибира.")
    page.get_by_role("button", name="Запиши сигнала и започни криза").click()
    page.get_by_role("heading", name="Криза № 1").wait_for()
    task.show("часовникът тече", bool(re.search(r"остават 2[34] часа", main(page))))
    task.sees("нормата е непроверена", "непроверена норма")
    page.get_by_label("Какво установихте").fill("Говорих с детето и с майката. Опасност сега няма.")
    page.get_by_label("не", exact=True).check()
    page.get_by_role("button", name="Запиши оценката на сигнала").click()
    page.get_by_text("Срокът е спрян").first.wait_for()
    page.get_by_label("човекът е в безопасност у дома").check()
    page.get_by_label("Какво следва").fill("Утре посещение в дома.")
    page.get_by_role("button", name="Закрий кризата").click()
    page.get_by_text("Кризата е закрита.").first.wait_for()
    task.show("изход и какво следва", "човекът е в безопасност у дома" in main(page))
    letters = house.rows("select subject || ' ' || body from outbox_message where about = 'Д-2026-001'")
    told = " ".join(row[0] for row in letters if "чака" in row[0])
    task.show(
        "в писмото само номер", "Д-2026-001" in told and not re.search("криза|синина|сигнал", told, re.I)
    )
    task.end()


def test_c6_attendance_of_twelve_on_one_screen(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, PSYCHOLOGIST)
    page.goto("/files/groups/Г-2026-001/")
    task = Task.begin("C6", page)
    page.get_by_role("link", name="Запиши занятие").click()
    people = page.locator(".cw-person")
    task.show("дванадесет на един екран", people.count() == 12)
    task.show("присъстващите са отбелязани", page.locator("input[value=present]:checked").count() == 12)
    page.get_by_label("Тема").fill("Портрет")
    people.nth(1).get_by_label("отсъства", exact=True).check()
    people.nth(4).get_by_label("отсъства с причина").check()
    page.get_by_role("button", name="Запиши занятието").click()
    page.get_by_text("Присъствието е записано").first.wait_for()
    written = "select count(*) from casework_event where kind = 'group' and text like '%Портрет%'"
    task.show("ред в хронологията на всяко дете", house.one(written) == 12)
    page.get_by_role("link", name="Към групата").click()
    task.sees("присъствие на всяко дете и на групата", "Дял на присъствието")
    task.end()


def test_u17_the_week_in_ones_own_calendar_and_a_session_from_it(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, PSYCHOLOGIST)
    once = Task.begin("U17", page)
    page.get_by_role("link", name="Моята седмица и календар").click()
    once.sees("без имена вътре", "Без имена вътре")
    page.get_by_role("button", name="Направи календарен адрес").click()
    link = page.get_by_role("link", name="Отвори в календара")
    link.wait_for()
    address = link.get_attribute("href").replace("webcal://", "http://")
    page.evaluate("document.addEventListener('click', (e) => e.preventDefault())")
    link.click()  # the person's own calendar takes over here
    content = urllib.request.urlopen(address).read().decode()
    names = [row[0] for row in house.rows("select first_name from casework_person")]
    once.show("в адреса няма имена", not any(name in content for name in names))
    once.end()
    sessions = [one for one in Calendar.from_ical(content).walk("VEVENT") if "сесия" in str(one["summary"])]
    assert len(sessions) == 4
    page = new_page(house, PSYCHOLOGIST)
    each = Task.begin("U17b", page)
    page.evaluate(
        "(to) => { document.querySelector('main').innerHTML = `<a href='${to}'>събитие</a>`; }",
        str(sessions[0]["url"]),
    )
    page.get_by_role("link", name="събитие").click()
    page.get_by_role("heading", name="Запишете").wait_for()
    kinds = page.locator("input[name=kind]")
    each.show(
        "видовете са по последна употреба",
        kinds.first.is_checked() and kinds.first.input_value() == "session",
    )
    page.get_by_label("Какво се случи").fill("Говорихме за училище. Договорихме знак за почивка.")
    page.get_by_role("button", name="Запиши срещата").click()
    page.get_by_text("Записано е в хронологията").first.wait_for()
    each.show("стои в хронологията", "Договорихме знак" in main(page))
    each.end()


def test_u15_two_people_wrote_the_same_goal(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    one, two = new_page(house, "worker-troyan"), new_page(house, PSYCHOLOGIST)
    begin_plan(one)
    for page in (two, one):
        page.goto("/files/Д-2026-001/plan/")
        page.get_by_role("link", name="Промени целта").first.click()
        page.get_by_label("Цел", exact=True).wait_for()
    two.get_by_label("Цел", exact=True).fill("Да има двама приятели")
    two.get_by_label("Отговаря").fill("Милен Дечков")
    two.get_by_role("button", name="Запиши целта").click()
    two.get_by_text("Целта е записана").first.wait_for()
    task = Task("U15", one)
    one.evaluate(COUNTING)
    one.context.add_init_script(COUNTING)
    one.evaluate("sessionStorage.clear()")
    one.get_by_label("Цел", exact=True).fill("Да има приятел и да го покани")
    one.get_by_role("button", name="Запиши целта").click()
    one.get_by_role("heading", name="Двама души промениха").wait_for()
    task.show("двата текста", all(text in main(one) for text in ("двама приятели", "да го покани")))
    task.show("кой и кога", bool(re.search(rf"Милен Дечков, {dt.date.today():%d.%m.%Y}", main(one))))
    task.sees("телефонът на колегата", "обадете се: Милен Дечков, 0670 600 02")
    one.locator("input[value=theirs]").check()
    one.get_by_role("button", name="Запази избраното").click()
    one.get_by_text("Двата текста са събрани").first.wait_for()
    stands = house.rows("select title, responsible from casework_goal order by id desc")
    task.show("нищо не е загубено", ("Да има двама приятели", "Милен Дечков") in stands)
    task.end()


@pytest.mark.slow
def test_x9_a_note_survives_a_killed_page(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto("/files/Д-2026-001/")
    text = ("Майката разказа как мина седмицата и какво се промени у дома. " * 9)[:500]
    page.get_by_label("Какво се случи").focus()
    page.keyboard.type(text)
    page.wait_for_timeout(2_000)
    state = page.context.storage_state()
    page.context.close()
    again = new_page(house, "", storage_state=state)
    again.goto("/files/Д-2026-001/")
    kept = again.get_by_label("Какво се случи").input_value()
    assert len(kept) >= 498
    assert text.startswith(kept)
    assert "Върната е черновата" in main(again)
