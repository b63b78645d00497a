"""The head takes a whole file out for decades, and opens it without Opora (R23)."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from typing import Any

import pytest
from pypdf import PdfReader

from tests.browser.looking import listen, sideways, violations
from tests.browser.recorder import Task, squeezed

HEAD, FILE = "head-troyan", "Д-2026-001"


def main(page: Any) -> str:
    return squeezed(page.locator("main").first.inner_text())


def test_x23_an_archive_is_asked_for_made_and_opens_without_opora(
    own_house: Any, new_page: Any, tmp_path: Any
) -> None:
    house = own_house(queue=False, worker=True)
    page = new_page(house, HEAD)
    page.goto(f"/files/{FILE}/documents/")
    task = Task.begin("X23", page)
    page.get_by_role("link", name="Архив за дълго пазене").click()
    task.sees("не е шифрован", "не е шифрован")
    task.sees("отваря се и без Опора", "отваря и без Опора")
    page.get_by_label("За какво е архивът").fill("Досието се пази и извън Опора.")
    page.get_by_role("button", name="Направи архива").click()
    page.get_by_role("link", name="Към архива").click(timeout=60_000)
    task.sees("готов и докога", "Може да се вземе до")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Изтегли архива (ZIP)").click()
    content = waiting.value.path().read_bytes()
    told = re.search(r"SHA-256\) ([0-9a-f]{64})", main(page))
    task.show("контролната сума е същата", bool(told) and told[1] == hashlib.sha256(content).hexdigest())
    archive = zipfile.ZipFile(io.BytesIO(content))
    sums = archive.read(f"{FILE}/manifest-sha256.txt").decode().splitlines()
    listed = [
        hashlib.sha256(archive.read(f"{FILE}/{name}")).hexdigest() == told_sum
        for told_sum, name in (line.split("  ", 1) for line in sums)
    ]
    task.show("всичко вътре е непроменено", len(listed) >= 3 and all(listed))
    data = json.loads(archive.read(f"{FILE}/data/file.json"))
    known = house.one(
        "select count(*) from casework_event e join casework_clientfile f on f.id = e.file_id where f.code = ?",
        FILE,
    )
    task.show("всяко събитие е вътре", len(data["tables"]["casework.event"]) == known > 3)
    sheets = len(PdfReader(io.BytesIO(archive.read(f"{FILE}/data/file.pdf"))).pages)
    task.show("досието се чете", sheets > 3)
    names = {row[0] for row in house.rows("select last_name from casework_person where last_name <> ''")}
    task.show(
        "в имената на файлове няма имена", not any(one in " ".join(archive.namelist()) for one in names)
    )
    task.end()


@pytest.mark.slow
def test_the_page_of_archives_keeps_the_rules_of_every_page(own_house: Any, new_page: Any) -> None:
    house = own_house(queue=False, worker=True)
    page = new_page(house, HEAD)
    heard = listen(page)
    page.goto(f"/files/{FILE}/archive/")
    assert violations(page) == []
    page.get_by_role("button", name="Направи архива").click()
    page.locator(".govuk-error-summary").wait_for()
    assert violations(page) == []
    page.get_by_label("За какво е архивът").fill("Проба")
    page.get_by_role("button", name="Направи архива").click()
    page.get_by_role("link", name="Към архива").click(timeout=60_000)
    assert violations(page) == []
    assert sideways(page) == []
    assert heard == []


@pytest.mark.parametrize("who", ["worker-troyan", "psychologist-troyan"])
def test_who_only_works_on_the_file_is_offered_none(house: Any, new_page: Any, who: str) -> None:
    page = new_page(house, who)
    page.goto(f"/files/{FILE}/documents/")
    page.get_by_role("heading", name="Документи на досието").wait_for()
    assert page.get_by_role("link", name="Архив за дълго пазене").count() == 0
    assert page.goto(f"/files/{FILE}/archive/").status == 404
