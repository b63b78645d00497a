"""People's own tasks with the family of a client file: genogram, consent, a drawing (brief C3, UX §4)."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import pytest

from tests.browser import looking
from tests.browser.recorder import Task, squeezed

FILE = "/files/Д-2026-001/"
FAMILY, CONSENTS, PAPERS = f"{FILE}family/", f"{FILE}consents/", f"{FILE}enclosures/"

WATCH = """() => new MutationObserver(() => {
  const row = document.querySelector("[data-progress]");
  if (row.querySelector("progress")) sessionStorage.setItem("seen", (sessionStorage.getItem("seen") || "") + row.textContent);
}).observe(document.querySelector("[data-progress]"), {childList: true, subtree: true, characterData: true})"""
"""What the page told of each file, kept past the next page."""


def drawing(folder: Path) -> Path:
    from PIL import Image

    file = folder / "Калина рисува.png"
    Image.new("RGB", (300, 200), "#ffd84a").save(file)
    return file


def recording(folder: Path) -> Path:
    file = folder / "разговор.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16_000))
    return file


def test_f1_the_genogram_is_changed_in_four_clicks(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto(FAMILY)
    before = page.locator(".op-picture__wide svg").first.locator("desc").text_content()
    assert "Камен Стоев" not in str(before)
    task = Task.begin("F1", page)
    page.get_by_role("link", name="Камен Стоев").click()
    page.get_by_label("Живее с детето").check()
    page.get_by_role("button", name="Запиши човека").click()
    page.get_by_text("е в семейната карта").first.wait_for()
    picture = page.locator(".op-picture__wide svg").first
    told = str(picture.locator("desc").text_content())
    task.show("промяната е на семейната карта", "Камен Стоев" in told and picture.is_visible())
    row = squeezed(page.get_by_role("row", name="Камен Стоев").inner_text())
    task.show("същото като списък", "живее с детето" in row)
    task.end()


def test_f2_a_consent_of_the_mother(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto(CONSENTS)
    task = Task.begin("F2", page)
    page.get_by_role("link", name="Запиши съгласие").click()
    task.show("кой може да го даде е избран", page.get_by_label("Росица Росенова (майка)").is_checked())
    page.get_by_label("публикуване на снимка, рисунка или разказ").check()
    page.get_by_label("За кого и за какво точно").fill("рисунка на стената в центъра")
    page.get_by_role("button", name="Запиши съгласието").click()
    page.get_by_text("Съгласието е записано.").first.wait_for()
    card = squeezed(page.locator(".op-card", has_text="рисунка на стената").first.inner_text())
    task.show("състояние и срок", "в сила" in card and "до оттегляне" in card)
    task.show("бланка за печат", page.get_by_role("link", name="Отпечатай бланка").is_visible())
    task.end()
    page.goto(f"{CONSENTS}new/")
    page.get_by_label("снимки и записи на глас").check()
    page.get_by_label("за когото е досието").check()
    page.get_by_role("button", name="Запиши съгласието").click()
    assert "ЗЗЛД 25в" in page.locator("main").inner_text()
    assert page.get_by_label("снимки и записи на глас").is_checked()
    assert house.one("select count(*) from casework_consent where giver_id is null") == 0


def test_f3_a_drawing_comes_into_the_chronology(own_house: Any, new_page: Any, tmp_path: Path) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto(PAPERS)
    task = Task.begin("F3", page)
    task.sees("какво липсва и до кога", "липсва")
    page.get_by_label("Вид документ").select_option("drawing")
    page.get_by_label("Файлове").set_input_files(drawing(tmp_path))
    page.get_by_label("Какво е (по избор)").fill("слънце")
    page.evaluate(WATCH)
    page.get_by_role("button", name="Приложи", exact=True).click()
    page.get_by_role("row", name="слънце").wait_for()
    seen = str(page.evaluate("sessionStorage.getItem('seen')"))
    task.show("докъде е стигнал файлът", "Калина рисува.png: изпраща се" in seen and "приложен" in seen)
    page.get_by_role("link", name="Хронология").click()
    shown = page.locator(".op-timeline img[alt*='слънце']")
    shown.wait_for()
    width = shown.evaluate("(img) => img.decode().then(() => img.naturalWidth)")
    task.show("рисунката се вижда в хронологията", width == 300)
    task.end()


def test_a_recording_of_the_child_is_heard_in_the_chronology(
    own_house: Any, new_page: Any, tmp_path: Path
) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto(PAPERS)
    page.get_by_label("Вид документ").select_option("voice")
    page.get_by_label("Файлове").set_input_files(recording(tmp_path))
    page.get_by_label("Какво е (по избор)").fill("за училището")
    page.get_by_role("button", name="Приложи", exact=True).click()
    page.get_by_role("row", name="за училището").wait_for()
    page.goto(FILE)
    sound = page.get_by_label("запис на гласа на детето: за училището")
    assert sound.evaluate("(one) => one.preload") == "none"
    heard = sound.evaluate(
        """(one) => new Promise((done, broken) => {
             one.addEventListener("ended", () => done([one.duration, one.currentTime]));
             one.addEventListener("error", () => broken(one.error.message));
             one.play(); })"""
    )
    assert heard == [1, 1]
    assert looking.violations(page) == []


@pytest.mark.slow
def test_a_file_that_is_refused_is_told_beside_its_name_and_the_form_stays(
    own_house: Any, new_page: Any, tmp_path: Path
) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan")
    page.goto(PAPERS)
    bad = tmp_path / "лоша.png"
    bad.write_bytes(b"<html>")
    page.get_by_label("Вид документ").select_option("letter")
    page.get_by_label("Какво е (по избор)").fill("писмо от баба")
    page.get_by_label("Файлове").set_input_files([drawing(tmp_path), bad])
    page.get_by_role("button", name="Приложи", exact=True).click()
    page.get_by_text("Каквото попълнихте, е запазено.").wait_for()
    lines = page.locator("[data-progress] p").all_inner_texts()
    assert any("Калина рисува.png: приложен" in line for line in lines)
    assert any("лоша.png" in line and "разширението" in line for line in lines)
    assert page.get_by_label("Какво е (по избор)").input_value() == "писмо от баба"
    left = page.get_by_label("Файлове").evaluate("(field) => [...field.files].map((file) => file.name)")
    assert left == ["лоша.png"]
    assert house.one("select count(*) from casework_enclosure where kind = 'letter'") == 1
    assert looking.violations(page) == []


@pytest.mark.slow
def test_without_script_the_same_form_sends_the_files_and_says_which_were_refused(
    own_house: Any, new_page: Any, tmp_path: Path
) -> None:
    house = own_house(queue=False)
    page = new_page(house, "worker-troyan", java_script_enabled=False)
    page.goto(PAPERS)
    page.get_by_label("Вид документ").select_option("drawing")
    page.get_by_label("Файлове").set_input_files(drawing(tmp_path))
    page.get_by_role("button", name="Приложи", exact=True).click()
    page.get_by_text("1 документ е приложен.").first.wait_for()


@pytest.mark.slow
def test_pages_of_the_family_have_no_violations_and_do_not_push_sideways(
    own_house: Any, new_page: Any
) -> None:
    house = own_house(queue=False)
    page = new_page(house, "head-troyan")
    for address in (
        FAMILY, f"{FAMILY}new/", f"{FILE}presence/", CONSENTS, f"{CONSENTS}new/", PAPERS, "/files/presence/?part=session&who=child",
        f"{FILE}documents/kin/?to=service",
    ):  # fmt: skip
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        assert looking.violations(page) == [], address
        assert looking.sideways(page) == [], address
