"""People's own tasks in client files with their limits (UX §7): counted, shown, kept as evidence."""

from __future__ import annotations

from typing import Any

from tests.browser.recorder import Task, squeezed


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def test_u7_the_head_approves_a_plan(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    worker = new_page(house, "worker-troyan")
    send_a_changed_plan(worker)
    page = new_page(house, "head-troyan")
    task = Task.begin("U7", page)
    page.get_by_role("link", name="План № 2").click()
    task.sees("различия от последния план", "Различия от действащия план")
    task.sees("потребности без цел", "Потребности без цел")
    task.sees("кой участва от семейството", "детето или самият човек")
    page.get_by_role("button", name="Одобри плана").click()
    page.get_by_text("План № 2 е одобрен.").first.wait_for()
    task.show(
        "одобрение или връщане с бележка",
        house.one(
            "select p.state from casework_plan p join casework_clientfile f on f.id = p.file_id "
            "where f.code = 'Д-2026-001' and p.number = 2"
        )
        == "approved",
    )
    task.end()


def send_a_changed_plan(page: Any) -> None:
    """The worker's part before: a second plan of the first child with one goal more."""
    page.goto("/files/Д-2026-001/plan/")
    page.get_by_role("button", name="Започни нов план").click()
    page.get_by_role("link", name="Направи цел: Семейство и привързаност").click()
    page.get_by_label("Цел", exact=True).fill("Вечеря заедно")
    page.get_by_label("По какво ще личи").fill("Три вечери седмично.")
    page.get_by_role("button", name="Запиши целта").click()
    page.get_by_label("детето или самият човек").check()
    page.get_by_role("button", name="Изпрати за одобрение").click()
    page.get_by_text("чака одобрение от ръководителя").first.wait_for()


def test_u10_a_note_after_a_home_visit(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    task = Task.begin("U10", page)
    page.keyboard.press("/")
    page.keyboard.type("росен")
    page.locator("#op-suggestions a").first.wait_for()
    page.locator("#op-suggestions a").first.click()
    page.wait_for_url("**/files/**")
    page.get_by_label("Какво се случи").focus()
    page.keyboard.type("Посетихме дома. Детето показа рисунките си.")
    page.get_by_label("Посещение в дома").check()
    page.get_by_role("button", name="Запиши бележката").click()
    page.get_by_text("Бележката е записана").first.wait_for()
    first = squeezed(page.locator(".op-timeline__item").first.inner_text())
    task.show(
        "хронологията е допълнена веднага",
        "Детето показа рисунките си" in first and "Посещение в дома" in first,
    )
    task.sees("следващият срок е в заглавието", "Следващ срок", within=".op-identity")
    task.end()


def test_u11_a_client_by_part_of_a_name(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    task = Task.begin("U11c", page)
    page.keyboard.press("/")
    page.keyboard.type("станк")
    page.locator("#op-suggestions a").first.wait_for()
    rows = page.locator("#op-suggestions li").all_inner_texts()
    task.show("най-много 5 предложения", 1 <= len(rows) <= 5)
    task.show(
        "възраст, услуга, водещ", all(word in rows[0] for word in ("години", "Троян", "Теодора Бойкова"))
    )
    page.locator("#op-suggestions a").first.click()
    page.wait_for_url("**/files/**")
    task.show("името не стои в адреса", "станк" not in page.url.lower() and "q=" not in page.url)
    task.end()
    stranger = new_page(house, "head-daga")
    stranger.keyboard.press("/")
    with stranger.expect_response("**/suggest/"):
        stranger.keyboard.type("станк")
    assert "Милена" not in stranger.locator("body").inner_text()


def test_u12_a_new_file_at_intake(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    task = Task.begin("U12", page)
    page.get_by_role("link", name="отворени досиета").click()
    page.get_by_role("link", name="Ново досие").first.click()
    task.sees("какво се казва на родителя", "Какво казвате на човека и родителя")
    page.get_by_label("Име", exact=True).fill("Калина")
    page.get_by_label("Фамилия", exact=True).fill("Росенова")
    page.get_by_label("Дата на раждане").fill("05.02.2014")
    below = page.get_by_label("родител", exact=True)
    stood = below.bounding_box()
    page.get_by_label("Дата на раждане").blur()
    page.get_by_text("Може би този човек вече има досие").wait_for()
    task.show("предупреждение за двойно досие, докато се пише", True)
    task.show("предупреждението не мести полетата", below.bounding_box() == stood)
    page.get_by_label("Фамилия", exact=True).fill("Нова")
    page.get_by_label("родител", exact=True).check()
    page.get_by_label("желание за услуга без насочване").check()
    task.sees("основание", "Основание да водите досие")
    page.get_by_role("button", name="Създай досието").click()
    page.get_by_text("Създадено е досие").first.wait_for()
    task.show("сроковете текат", "Предварителна оценка" in main(page))
    task.end()


def test_u13_a_goal_from_a_need(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto("/files/Д-2026-001/plan/")
    page.get_by_role("button", name="Започни нов план").click()
    page.get_by_role("link", name="Направи цел: Семейство и привързаност").wait_for()
    task = Task.begin("U13", page)
    task.sees("потребностите се предлагат като цели", "Потребности без цел")
    page.get_by_role("link", name="Направи цел: Семейство и привързаност").click()
    task.show("нищо не се пише отново", "Майката е сама и работи на смени." in main(page))
    task.show(
        "отговорник и срок са попълнени",
        bool(page.get_by_label("Отговаря").input_value() and page.get_by_label("Срок").input_value()),
    )
    page.get_by_label("Цел", exact=True).fill("Вечеря заедно")
    page.get_by_label("По какво ще личи").fill("Три вечери седмично.")
    page.get_by_role("button", name="Запиши целта").click()
    page.get_by_text("Целта е записана в плана.").first.wait_for()
    task.show("думите на детето", page.get_by_label("Думите на детето или човека").count() == 1)
    task.end()
