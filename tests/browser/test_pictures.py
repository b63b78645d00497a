"""The pictures of the README, of client files and of their papers: taken only for `make evidence`, so that a test run leaves
the tree clean."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.pages import HEAD, KARDZHALI, LOVECH, VISITOR, WORKER, places
from tests.browser.recorder import EVIDENCE, picture, small

SHOWN = (
    ("first-page", VISITOR, "/", 980),
    ("board", LOVECH, "/survey/rounds/{open}/", 960),
    ("card", HEAD, "/survey/cards/{untouched}/sections/places/", 960),
    ("analysis", KARDZHALI, "/analyses/{analysis}/", 1240),
    ("file", WORKER, "/files/{file}/", 1240),
    ("file-family", WORKER, "/files/{file}/family/", 1240),
    ("file-assessment", WORKER, "/files/{assessed}/assessment/", 1240),
    ("file-opinions", WORKER, "/files/{assessed}/opinions/", 1240),
    ("file-plan", WORKER, "/files/{file}/plan/", 1240),
    ("file-crisis", WORKER, "/files/{endangered}/crisis/1/", 1240),
    ("outcomes", HEAD, "/files/outcomes/", 1240),
    ("caseload", HEAD, "/files/load/", 960),
)
"""File, person, address, height in px."""


pytestmark = pytest.mark.skipif(
    not os.environ.get("OPORA_EVIDENCE"), reason="pictures are taken by `make evidence`"
)


@pytest.mark.parametrize(("name", "person", "address", "height"), SHOWN, ids=[one[0] for one in SHOWN])
def test_picture(house: Any, new_page: Any, name: str, person: str, address: str, height: int) -> None:
    page = new_page(house, person)
    page.goto(address.format(**places(house)))
    picture(page, EVIDENCE / f"{name}.png", height=height)
    assert (EVIDENCE / f"{name}.png").stat().st_size < 100_000


@pytest.mark.parametrize("which", ["file", "endangered"])
def test_pictures_of_papers(house: Any, new_page: Any, tmp_path: Path, which: str) -> None:
    """The first sheet of every paper of a client file, as it is printed."""
    page, code = new_page(house, HEAD), places(house)[which]
    page.goto(f"/files/{code}/documents/")
    kinds = page.locator("input[name=kind]").evaluate_all("all => all.map(one => one.value)")
    if which == "endangered":
        kinds = [one for one in kinds if one == "safety"]
    assert kinds
    for kind in kinds:
        page.goto(f"/files/{code}/documents/{kind}/")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="PDF").click()
        first_sheet(waiting.value.path(), tmp_path, EVIDENCE / f"paper-{kind}.png")


def first_sheet(pdf: Path, folder: Path, path: Path) -> None:
    """A small picture of the first sheet."""
    from PIL import Image

    subprocess.run(["pdftoppm", "-r", "60", "-png", "-singlefile", pdf, folder / "sheet"], check=True)
    small(Image.open(io.BytesIO((folder / "sheet.png").read_bytes())).convert("RGB"), path)
