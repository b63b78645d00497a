"""A visit on a tablet without a network (U2), the whole way of a round, and what a device keeps (R17)."""

from __future__ import annotations

import io
import itertools
import time
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import CHROMIUM, SWITCHES, enter
from tests.browser.looking import violations
from tests.browser.recorder import Task, squeezed

TABLET = {"width": 1024, "height": 768}
CANARY = "щурец зад третата печка"
PATIENCE = 30.0


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def picture(words: str = "") -> dict[str, Any]:
    """A photograph with a place in it."""
    from PIL import Image

    made, exif = Image.new("RGB", (320, 240), (11, 93, 78)), Image.Exif()
    exif[0x010E] = "GPS 42.6 25.4 " + words
    out = io.BytesIO()
    made.save(out, "JPEG", exif=exif)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def today_visit(house: Any) -> str:
    """The first visit of the running round that nobody has begun."""
    return str(
        house.one(
            "select v.code from monitoring_visit v join monitoring_round r on r.id = v.round_id "
            "where r.closed_at is null and r.code like 'LOV%' and v.stage = 'planned' "
            'order by v."on", v."order"'
        )
    )


def until(what: Any, *, patience: float = PATIENCE) -> None:
    """Wait for something that the server or the page does by itself."""
    end = time.monotonic() + patience
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def status(page: Any) -> str:
    return squeezed(page.locator("[data-status]").inner_text())


def choose(page: Any, code: str, value: str) -> None:
    """Press the words of one level."""
    page.locator(f"[data-item='{code}'] .mo-level:has(input[value='{value}'])").click()


def codes(page: Any) -> list[str]:
    return [
        str(one)
        for one in page.eval_on_selector_all("[data-item]", "all => all.map(one => one.dataset.item)")
    ]


def test_u2_a_visit_without_a_network(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "coordinator-lovech", width=TABLET["width"])
    visit = today_visit(house)
    task = Task.begin("U2", page)
    page.get_by_role("link", name="Оцени: ").first.click()
    page.get_by_role("button", name="Подготви за работа без мрежа").click()
    page.get_by_text("Готово за работа без мрежа").wait_for()
    assert visit in page.url
    page.context.set_offline(True)
    task.show(
        "какво значи всяка степен",
        page.locator("[data-item='1.1'] .mo-level__text").count() == 5,
    )
    task.show("доказателството до показателя", "Две досиета" in main(page))
    asked = codes(page)
    for place, code in enumerate(asked[:12]):
        choose(page, code, "4" if place < 2 else "2")
    task.sees("колко от 20 показателя", "12 от 20")
    for code in asked[:2]:
        page.locator(f"[data-slot='note:{code}']").focus()
        page.keyboard.type("Видяхме плана.")
    for code in asked[12:]:
        choose(page, code, "3" if code in asked[12:14] else "1")
    for code in asked[12:14]:
        page.locator(f"[data-photo-for='{code}']").set_input_files(picture())
    page.get_by_text("Записано на устройството").wait_for()
    task.show(
        "записано на устройството",
        house.one(
            "select count(*) from monitoring_entry e join monitoring_observer o on o.id = e.observer_id join monitoring_visit v on v.id = o.visit_id where v.code = ?",
            visit,
        )
        == 0,
    )
    page.context.set_offline(False)
    page.locator("[data-status]", has_text="Изпратено").wait_for()
    task.show("изпратено", True)
    page.get_by_role("button", name="Приключи оценяването").click()
    page.get_by_role("button", name="Заключи оценките").click()
    page.get_by_text("Оценките са заключени.").first.wait_for()
    marks = "select count(*) from monitoring_mark m join monitoring_observer o on o.id = m.observer_id join monitoring_visit v on v.id = o.visit_id where v.code = ? and o.locked_at is not null and m.level is not null"
    assert house.one(marks, visit) == 20
    assert house.one("select count(*) from monitoring_photo") == 2
    kept = b"".join(
        file.read_bytes() for file in (house.folder / "data" / "files").rglob("*") if file.is_file()
    )
    assert b"GPS 42.6" not in kept
    task.end()


ENTRIES = (
    "select count(*) from monitoring_entry e join monitoring_observer o on o.id = e.observer_id "
    "join monitoring_visit v on v.id = o.visit_id where v.code = ? and e.value like ?"
)


def prepared(page: Any, visit: str) -> None:
    """The marking page of a visit, with the device made ready and the network gone."""
    page.goto(f"/monitoring/visits/{visit}/mark/")
    page.get_by_role("button", name="Подготви за работа без мрежа").click()
    page.get_by_text("Готово за работа без мрежа").wait_for()
    page.context.set_offline(True)


@pytest.mark.slow
@pytest.mark.every
def test_r17_a_hundred_notes_a_cut_line_two_devices(own_house: Any, new_page: Any, tmp_path: Path) -> None:
    """100 notes typed without a network, the sending cut ten times, two devices in one field: nothing lost, nothing twice,
    nothing readable on the disk.
    """
    house = own_house(queue=False)
    visit = today_visit(house)
    playwright = new_page(house, "coordinator-lovech").context.browser.browser_type
    profile = tmp_path / "profile"
    tablet = playwright.launch_persistent_context(
        str(profile),
        executable_path=str(CHROMIUM),
        args=SWITCHES,
        base_url=house.url,
        locale="bg-BG",
        viewport=TABLET,
    )
    page = tablet.pages[0] if tablet.pages else tablet.new_page()
    page.set_default_timeout(20_000)
    enter(page, "coordinator-lovech")
    prepared(page, visit)
    page.locator("[data-slot='note:2.1']").fill("от таблета")
    for number in range(100):
        page.get_by_role("button", name="Добави думи на потребител").click()
        page.locator("[data-voice-box] textarea").last.fill(f"{CANARY} {number:03d}")
        page.locator("[data-voice-box] textarea").last.blur()
    page.get_by_text("Записано на устройството").wait_for()
    page.reload()
    page.locator("[data-slot='note:2.1']").wait_for()
    assert page.locator("[data-slot='note:2.1']").input_value() == "от таблета"
    assert page.locator("[data-voice-box] textarea").count() >= 100
    assert house.one(ENTRIES, visit, f"{CANARY}%") == 0

    other = new_page(house, "coordinator-lovech")
    prepared(other, visit)
    other.locator("[data-slot='note:2.1']").fill("от телефона")
    other.locator("[data-slot='note:2.1']").blur()
    other.get_by_text("Записано на устройството").wait_for()

    cuts = itertools.count(1)

    def cut(route: Any) -> None:
        if route.request.method == "POST" and next(cuts) <= 10:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/sync/", cut)
    tablet.set_offline(False)
    until(
        lambda: (
            page.evaluate("dispatchEvent(new Event('online'))"),
            page.wait_for_timeout(300),
            status(page).startswith("Изпратено"),
        )[-1]
    )
    assert next(cuts) > 10
    other.context.set_offline(False)
    until(
        lambda: (
            other.evaluate("dispatchEvent(new Event('online'))"),
            other.wait_for_timeout(300),
            status(other).startswith("Изпратено"),
        )[-1]
    )

    assert house.one(ENTRIES, visit, f"{CANARY}%") == 100
    both = "select value from monitoring_entry where slot = 'note:2.1' and replaced_by_id is null and value like 'от т%'"
    assert sorted(value for (value,) in house.rows(both)) == ["от таблета", "от телефона"]
    tablet.close()
    assert plaintext(profile) == []
    other.goto(f"/monitoring/visits/{visit}/versions/")
    assert "от таблета" in main(other)
    other.get_by_label("и двете, една след друга").check()
    other.get_by_role("button", name="Запази избраното").click()
    other.get_by_text("Избраното остава").first.wait_for()
    assert other.locator("[data-slot='note:2.1']").input_value().splitlines() == ["от таблета", "от телефона"]


@pytest.mark.slow
def test_what_was_not_sent_before_locking_elsewhere_is_shown(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    visit = today_visit(house)
    tablet, desk = (new_page(house, "coordinator-lovech") for _ in range(2))
    prepared(tablet, visit)
    tablet.locator("[data-slot='note:2.1']").fill("само на таблета")
    tablet.locator("[data-slot='note:2.1']").blur()
    tablet.get_by_text("Записано на устройството").wait_for()
    desk.goto(f"/monitoring/visits/{visit}/mark/")
    for code in codes(desk):
        choose(desk, code, "2")
    desk.get_by_role("button", name="Приключи оценяването").click()
    desk.get_by_role("button", name="Заключи оценките").click()
    desk.get_by_text("Оценките са заключени.").first.wait_for()
    tablet.context.set_offline(False)
    tablet.goto(f"/monitoring/visits/{visit}/")
    tablet.get_by_text("На това устройство има неизпратени записи").wait_for()
    assert "само на таблета" in main(tablet)
    tablet.get_by_role("button", name="Махни записите от устройството").click()
    tablet.reload()
    assert "само на таблета" not in main(tablet)


@pytest.mark.slow
def test_from_a_plan_to_an_answered_report(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    visit = given_a_round_for_every_service(house, new_page)
    when_both_observers_mark(house, new_page, visit)
    then_differences_are_talked_over_and_reported(house, new_page, visit)
    then_the_service_answers_and_both_agree_on_a_programme(house, new_page, visit)


def given_a_round_for_every_service(house: Any, new_page: Any) -> str:
    page = new_page(house, "coordinator-kardzhali")
    page.goto("/monitoring/")
    page.get_by_role("link", name="Планирай кръг").click()
    page.get_by_role("button", name="Планирай посещенията").click()
    page.get_by_text("Планирани са 20 посещения.").first.wait_for()
    assert "0 от 20 посетени" in main(page)
    assert violations(page) == []
    page.get_by_role("row", name="„Дъга“").get_by_role("link").first.click()
    seen = main(page)
    assert "Севда Мутафова" in seen
    assert "Юлия Демирева" in seen
    assert "Договореното след миналото посещение" in seen
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def when_both_observers_mark(house: Any, new_page: Any, visit: str) -> None:
    """The first gives 2 everywhere, the second the same but 4 for one; neither sees the other before both have locked."""
    for key, odd in (("coordinator-kardzhali", "2"), ("coordinator-kardzhali-2", "4")):
        page = new_page(house, key)
        page.goto(f"/monitoring/visits/{visit}/mark/")
        for code in codes(page):
            choose(page, code, odd if code == "1.4" else "2")
        page.locator("[data-slot='note:1.4']").fill(f"видяно от {key}")
        page.locator("[data-status]", has_text="Изпратено").wait_for()
        page.locator("[data-slot='note:4.3']").fill(f"дописано от {key}")
        page.get_by_role("button", name="Приключи оценяването").click()
        page.wait_for_url("**/lock/")
        assert house.one(ENTRIES, visit, f"дописано от {key}") == 1
        assert "видяно от coordinator-kardzhali " not in main(page)
        page.get_by_role("button", name="Заключи оценките").click()
        page.get_by_text("Оценките са заключени.").first.wait_for()
        if odd == "2":
            assert "Оценките на другия наблюдател се отварят" in main(page)


def then_differences_are_talked_over_and_reported(house: Any, new_page: Any, visit: str) -> None:
    page = new_page(house, "coordinator-kardzhali-2")
    page.goto(f"/monitoring/visits/{visit}/")
    page.get_by_role("link", name="Обсъди различията").click()
    seen = main(page)
    assert "видяно от coordinator-kardzhali-2" in seen
    assert "1.4 Промяна в живота на хората" in seen
    assert violations(page) == []
    page.get_by_label("3: За повечето хора е показана промяна").check()
    page.get_by_label("Какво решихте и защо").fill("Сравнението е за повечето хора.")
    page.get_by_role("button", name="Запиши общата оценка").click()
    page.get_by_role("link", name="Напиши доклада").click()
    page.get_by_label("Силни страни").fill("Екипът познава хората.")
    page.get_by_label("Какво да се подобри").fill("Напредъкът да се отбелязва всеки месец.")
    page.get_by_role("button", name="Изпрати доклада на услугата").click()
    page.get_by_text("Докладът е при услугата.").first.wait_for()


def then_the_service_answers_and_both_agree_on_a_programme(house: Any, new_page: Any, visit: str) -> None:
    head = new_page(house, "head-daga")
    head.locator(f"a[href*='{visit}/answer/']").click()
    head.get_by_label("Отговор на услугата").fill("Съгласни сме.")
    head.get_by_role("button", name="Изпрати отговора").click()
    head.get_by_label("Какво ще се направи").fill("Месечна отметка на напредъка")
    head.get_by_label("Кой отговаря").fill("Водещите на случаи")
    head.get_by_label("До кога").fill("30.06.2027")
    head.get_by_role("button", name="Добави стъпката").click()
    head.get_by_role("button", name="Изпрати програмата на координатора").click()
    head.get_by_text("Програмата чака съгласието на координатора.").first.wait_for()
    page = new_page(house, "coordinator-kardzhali")
    page.goto("/monitoring/")
    page.locator(f"a[href*='{visit}/programme/']").first.click()
    page.get_by_role("button", name="Приеми програмата").click()
    page.get_by_text("Програмата е договорена.").first.wait_for()
    assert house.one("select stage from monitoring_visit where code = ?", visit) == "agreed"
    head.goto(f"/monitoring/visits/{visit}/")
    with head.expect_download() as taken:
        head.get_by_role("link", name="Докладът за печат").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")


def plaintext(folder: Path) -> list[str]:
    """Files of a browser's profile in which the words can be read, in any writing a browser uses."""
    wanted = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in wanted)
    ]
