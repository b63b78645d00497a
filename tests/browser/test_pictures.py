"""The pictures of the README: taken only for `make evidence`, so that a test run leaves the tree clean."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.browser.pages import HEAD, KARDZHALI, LOVECH, VISITOR, places
from tests.browser.recorder import EVIDENCE, picture

SHOWN = (
    ("first-page", VISITOR, "/", 980),
    ("board", LOVECH, "/survey/rounds/{open}/", 960),
    ("card", HEAD, "/survey/cards/{untouched}/sections/places/", 960),
    ("analysis", KARDZHALI, "/analyses/{analysis}/", 1240),
)
"""File, person, address, height in px."""


@pytest.mark.skipif(not os.environ.get("OPORA_EVIDENCE"), reason="pictures are taken by `make evidence`")
@pytest.mark.parametrize(("name", "person", "address", "height"), SHOWN, ids=[one[0] for one in SHOWN])
def test_picture(house: Any, new_page: Any, name: str, person: str, address: str, height: int) -> None:
    page = new_page(house, person)
    page.goto(address.format(**places(house)))
    picture(page, EVIDENCE / f"{name}.png", height=height)
    assert (EVIDENCE / f"{name}.png").stat().st_size < 100_000
