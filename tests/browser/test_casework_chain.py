"""The whole chain in Кърджали: 20 of 20 visited by two, shortlist, panel, award, card, and a toolkit that Троян takes and adapts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.looking import sideways, violations
from tests.browser.test_casework_monitoring import given_a_round_for_every_service, main
from tests.browser.test_casework_practice import PANEL, Chain

OBSERVERS = ("coordinator-kardzhali", "coordinator-kardzhali-2")
BEST, DAGA = "„Дъга“", "KRZ-10"
MARK = """
([levels, note]) => document.querySelectorAll("[data-item]").forEach((item) => {
  item.querySelector(`input[type=radio][value="${levels[item.dataset.item] ?? levels.all}"]`).click();
  const words = item.querySelector("textarea");
  words.value = note;
  words.dispatchEvent(new Event("input", { bubbles: true }));
  words.dispatchEvent(new Event("change", { bubbles: true }));
})
"""
"""Every level pressed and every note typed, as fast as a page takes it; forty hands would be slow."""
VISITS = """
select v.code, s.code from monitoring_visit v join register_service s on s.id = v.service_id
join monitoring_round r on r.id = v.round_id where r.code = ? order by v."on", v."order"
"""


@pytest.mark.slow
def test_from_twenty_visits_to_a_toolkit_in_another_town(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    # Given a round with a visit to each of the twenty services of Kardzhali
    first = given_a_round_for_every_service(house, new_page)
    round_ = first.rsplit("-", 1)[0]
    visits = dict(house.rows(VISITS, round_))
    assert len(visits) == 20
    # When both observers have marked all of them, differences are talked over and every service has its report
    for place, key in enumerate(OBSERVERS):
        when_one_observer_marks_all(new_page(house, key), visits, place)
    then_reports_go_out(house, new_page(house, OBSERVERS[0]), visits)
    # Then the round is closed with 20 of 20, and each service that can be reached was written to
    then_the_round_closes(house, new_page, round_)
    # When the award reads this round, and the panel decides
    chain = Chain(house, new_page)
    when_the_award_reads(chain, round_)
    chain.hand_the_list_over()
    for member in PANEL:
        chain.vote(member)
    chain.decide()
    assert chain.take_minutes().startswith(b"%PDF")
    # Then a service in Troyan asks, „Дъга“ agrees, and the work begins
    code = chain.ask()
    chain.agree(code)
    chain.work(code)
    # And Troyan takes the toolkit of „Дъга“ with one click and adapts it, its way in sight
    then_the_toolkit_is_taken_and_adapted(house, new_page, code)


def when_one_observer_marks_all(page: Any, visits: dict[str, str], place: int) -> None:
    """„Дъга“ stands out; the second sees one thing of it two steps lower."""
    for number, (visit, service) in enumerate(visits.items()):
        levels = {"all": 1 + (number + place) % 2}
        if service == DAGA:
            levels = {"all": 4, "1.4": 4 - 2 * place}
        page.goto(f"/monitoring/visits/{visit}/mark/")
        page.evaluate(MARK, [levels, f"Видяхме три досиета, ред {number}."])
        page.locator("[data-status]", has_text="Изпратено").wait_for()
        page.get_by_role("button", name="Приключи оценяването").click()
        page.wait_for_url("**/lock/")
        page.get_by_role("button", name="Заключи оценките").click()
        page.get_by_text("Оценките са заключени.").first.wait_for()


def then_reports_go_out(house: Any, page: Any, visits: dict[str, str]) -> None:
    for visit, service in visits.items():
        if service == DAGA:
            page.goto(f"/monitoring/visits/{visit}/consensus/")
            page.get_by_label("3: За повечето хора е показана промяна").check()
            page.get_by_label("Какво решихте и защо").fill("Сравнението е за повечето хора.")
            page.get_by_role("button", name="Запиши общата оценка").click()
        page.goto(f"/monitoring/visits/{visit}/report/")
        page.get_by_label("Силни страни").fill("Екипът познава хората.")
        page.get_by_label("Какво да се подобри").fill("Напредъкът да се отбелязва всеки месец.")
        page.get_by_role("button", name="Изпрати доклада на услугата").click()
        page.get_by_text("Докладът е при услугата.").first.wait_for()
    reachable = house.one("select count(*) from register_service where code like 'KRZ-%' and email <> ''")
    written = house.one(
        "select count(*) from outbox_message where key like ?", f"visit-report:{visit.rsplit('-', 1)[0]}-%"
    )
    assert written == reachable > 0


def then_the_round_closes(house: Any, new_page: Any, round_: str) -> None:
    page = new_page(house, OBSERVERS[0])
    page.goto(f"/monitoring/rounds/{round_}/")
    assert "20 от 20 посетени, 20 с доклад" in main(page)
    page.get_by_role("button", name="Приключи кръга").click()
    page.get_by_text("Приключен").first.wait_for()
    page.goto(f"/monitoring/rounds/{round_}/agreement/")
    assert "Алфа на Крипендорф" in main(page)
    assert violations(page) == []


def when_the_award_reads(chain: Chain, round_: str) -> None:
    """The coordinator chooses the new round; services stay divided by activity."""
    page = chain.keeper
    page.goto(f"/practices/periods/{chain.award}/round/")
    page.get_by_label("Кръг посещения").select_option(round_)
    assert page.get_by_label("по дейност").is_checked()
    chain.look(page)
    page.get_by_role("button", name="Запази").click()
    page.wait_for_url(f"**/periods/{chain.award}/")
    seen = main(page)
    assert f"оценки от кръг {round_}" in seen
    assert "Дневна грижа" in seen
    assert "Групи, които са малки за класиране" in seen
    page.get_by_role("link", name="Всички заедно").click()
    assert "Само за поглед" in main(page)
    page.goto(f"/practices/periods/{chain.award}/places/{DAGA}/")
    assert "място в групата „Дневна грижа“" in main(page)
    chain.look(page)


def then_the_toolkit_is_taken_and_adapted(house: Any, new_page: Any, code: str) -> None:
    page = new_page(house, "head-troyan")
    page.goto(f"/practices/adaptations/{code}/")
    assert violations(page) + sideways(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Вземи в моите инструментариуми").click()
    page.wait_for_url("**/files/toolkits/*/")
    seen = main(page)
    assert BEST in seen.split("Откъде идва")[1]
    page.get_by_role("link", name="Промени въпросите: оценка").click()
    page.get_by_label("Нов въпрос 1").fill("Кой знак познават и в детската градина?")
    page.get_by_label("Какво променихте и защо").fill("Работим и с градината.")
    page.get_by_role("button", name="Запиши новата версия").click()
    page.get_by_text("Какво е променено спрямо взетия инструментариум").wait_for()
    page.get_by_role("link", name="Какво е променено спрямо взетия инструментариум").click()
    assert "детската градина" in main(page)
    page.goto(f"/practices/adaptations/{code}/")
    page.get_by_role("link", name="Взет е при Вас").wait_for()
    origin = new_page(house, "head-daga")
    origin.goto(f"/practices/adaptations/{code}/")
    assert "взет" in main(origin).split("Инструментариуми към практиката")[1]
