"""Good practices as people meet them: a citizen looks for one; from the shortlist to the award and to another town."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from tests.browser.looking import violations
from tests.browser.recorder import Task, squeezed

PANEL = ("inspector", "evaluator", "coordinator-lovech")


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def test_u25_a_citizen_finds_a_practice(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house)
    task = Task.begin("U25p", page)
    page.get_by_role("link", name="Добри практики").first.click()
    page.get_by_label("Дума", exact=True).fill("преход")
    page.get_by_role("button", name="Покажи").click()
    page.wait_for_url("**q=**")
    task.sees("колко практики", "1 практика")
    task.sees("степен на доказателствата", "Измерено преди и след")
    page.get_by_role("link", name="Преходи без страх").click()
    task.sees("какво трябва да е налице", "Какво трябва да е налице")
    task.sees("преди и след", "3,1 на дете")
    task.sees("кой я е приложил", "Дневен център за деца и младежи с увреждания – Кърджали")
    task.show("без профил", page.get_by_text("Влез", exact=True).is_visible())
    task.end()


class Chain:
    """The steps of the whole way, each by the person who takes it."""

    def __init__(self, house: Any, new_page: Any) -> None:
        self.house, self.new_page = house, new_page
        self.award = str(house.one("select code from practice_period where stage = 'nominations'"))
        self.practice = str(
            house.one("select code from practice_practice where stage = 'published' order by id")
        )
        self.keeper = new_page(house, "coordinator-kardzhali")

    def look(self, page: Any) -> None:
        """No violation on any page of the way."""
        assert violations(page) == []

    def hand_the_list_over(self) -> None:
        self.keeper.goto(f"/practices/periods/{self.award}/")
        assert "е първа в" in main(self.keeper)
        assert "Домашен социален патронаж" in main(self.keeper).split("Не се класират още")[1]
        self.keeper.get_by_role("button", name="Подай списъка на комисията").click()
        self.keeper.get_by_text("Списъкът е при комисията.").first.wait_for()

    def vote(self, key: str) -> None:
        page = self.new_page(self.house, key)
        page.goto(f"/practices/periods/{self.award}/")
        page.get_by_role("link", name="Обявете връзките си").click()
        page.get_by_label("Нямам връзка с никой кандидат").check()
        page.get_by_role("button", name="Запиши обявеното").click()
        page.get_by_role("link", name="„Дъга“").first.click()
        assert "първо място" in main(page)
        self.look(page)
        page.get_by_label("за", exact=True).check()
        page.get_by_label("Защо").fill("Описанието позволява друг да го повтори.")
        page.get_by_role("button", name="Гласувай").click()
        page.get_by_text("е записан").first.wait_for()

    def decide(self) -> None:
        self.keeper.goto(f"/practices/periods/{self.award}/")
        self.keeper.get_by_role("link", name="Запиши решението").click()
        self.look(self.keeper)
        self.keeper.get_by_label("„Дъга“").check()
        self.keeper.get_by_label("Решение на комисията").fill("Комисията награждава „Дъга“.")
        self.keeper.get_by_role("button", name="Запиши решението").click()
        self.keeper.get_by_text("Грамотите и протоколът са готови").first.wait_for()

    def take_minutes(self) -> bytes:
        with self.keeper.expect_download() as taken:
            self.keeper.get_by_role("button", name="Изтегли протокола, PDF").click()
        path = taken.value.path()
        assert taken.value.suggested_filename == f"protokol-{self.award}.pdf"
        return bytes(path.read_bytes())

    def ask(self) -> str:
        page = self.new_page(self.house, "head-troyan")
        page.goto(f"/practices/{self.practice}/")
        page.get_by_role("link", name="Искаме да я приложим").click()
        seen = main(page)
        assert "не е изпълнено" in seen
        assert "заети бройки" in seen
        page.get_by_label("Какво ще направите за това условие").first.fill("Ще вписваме и деца с увреждания.")
        page.get_by_label("Какво искате да промените за хората").fill("Децата да тръгват спокойно.")
        page.get_by_role("button", name="Изпрати искането").click()
        page.get_by_text("Искането е изпратено").first.wait_for()
        return unquote(page.url).rstrip("/").rsplit("/", 1)[-1]

    def agree(self, code: str) -> None:
        page = self.new_page(self.house, "head-daga")
        assert "Център за обществена подкрепа – Троян" in main(page)
        page.goto(f"/practices/adaptations/{code}/answer/")
        self.look(page)
        page.get_by_label("Съгласни сме и ще помогнем").check()
        page.get_by_label("Как ще помогнете").fill("Елате на две занимания.")
        page.get_by_role("button", name="Запази").click()
        page.get_by_text("Отговорът е изпратен").first.wait_for()

    def work(self, code: str) -> None:
        page = self.new_page(self.house, "head-troyan")
        page.goto(f"/practices/adaptations/{code}/")
        page.get_by_role("link", name="Напиши плана").click()
        page.get_by_label("Кой води адаптацията").fill("Ивелина Пенкова")
        page.get_by_label("Стъпки").fill("Обучение на екипа; психологът; 31.03.2027\nПърви три знака")
        page.get_by_role("button", name="Запази").click()
        page.get_by_role("link", name="Запиши измерването").click()
        page.get_by_label("Кризи при смяна за седмица").fill("4,5")
        page.get_by_role("button", name="Запиши измерването").click()
        page.get_by_role("link", name="Отбележи началото").click()
        page.get_by_label("От коя дата").fill(
            page.evaluate("new Date().toLocaleDateString('bg-BG').replace(' г.', '')")
        )
        page.get_by_role("button", name="Запази").click()
        page.get_by_text("Ще напомним за първото измерване").first.wait_for()
        assert "4,5 на дете" in main(page)


@pytest.mark.slow
def test_from_the_shortlist_to_another_town(own_house: Any, new_page: Any) -> None:
    # Given the shortlist of Kardzhali with its gates, and a panel that has not declared its ties
    chain = Chain(own_house(queue=False), new_page)
    # When the list is handed over, three members vote with reasons and the decision is recorded
    chain.hand_the_list_over()
    for member in PANEL:
        chain.vote(member)
    chain.decide()
    # Then there are minutes, a certificate, and the award stands on the public card
    assert chain.take_minutes().startswith(b"%PDF")
    visitor = new_page(chain.house)
    visitor.goto("/practices/awards/")
    assert f"{chain.award}-1" in main(visitor)
    year = chain.award.rsplit("-", 1)[-1]
    visitor.goto(f"/practices/{chain.practice}/")
    assert f"Награда за {year} г." in main(visitor)
    # And when a service in Troyan asks for the practice, "Дъга" agrees and the work begins
    code = chain.ask()
    chain.agree(code)
    chain.work(code)
    # Then it stands in the public tree and in the picture of who learnt from whom
    visitor.goto(f"/practices/{chain.practice}/")
    assert "Център за обществена подкрепа – Троян" in main(visitor).split("Кой се учи от тази практика")[1]
    visitor.goto("/practices/network/")
    assert "Център за обществена подкрепа – Троян" in main(visitor)
