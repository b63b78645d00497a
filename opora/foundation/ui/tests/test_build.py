"""The committed style sheet, tokens and fonts belong to their sources; nothing foreign is in them."""

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from opora.foundation.ui import formats, tokens

UI = Path(tokens.__file__).parent
ROOT = Path(settings.BASE_DIR).parent
CSS = UI / "static/ui/opora.css"
ALLOWED_ADDRESSES = ("http://www.w3.org/", "https://bg.wikipedia.org/")


def test_committed_files_are_current():
    answer = subprocess.run(
        [sys.executable, ROOT / "scripts/build_css.py", "--check"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr


def test_the_skin_is_ours():
    css = CSS.read_text(encoding="utf-8")
    for foreign in ("GDS Transport", "crown", "#1d70b8", "#00703c", "assets/"):
        assert foreign not in css
    assert '"Sofia Sans"' in css
    assert tokens.BRAND in css


def test_every_file_the_style_sheet_asks_for_is_there():
    for address in re.findall(r'url\("?([^")]+)"?\)', CSS.read_text(encoding="utf-8")):
        assert (CSS.parent / address).is_file(), address


def test_the_lock_names_no_host():
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    for name, package in json.loads(lock)["packages"].items():
        assert not name or "integrity" in package, name


def test_no_foreign_address_in_our_files():
    for path in UI.rglob("*"):
        if (
            path.suffix in (".html", ".scss", ".js", ".py", ".json", ".css", ".svg")
            and "tests" not in path.parts
        ):
            for address in re.findall(r"https?://[^\s\"'<)]+", path.read_text(encoding="utf-8")):
                assert address.startswith(ALLOWED_ADDRESSES), (path, address)


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours written #rrggbb."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        (tokens.INK, tokens.PAPER, 15),
        (tokens.BRAND, tokens.PAPER, 7),
        (tokens.PAPER, tokens.BRAND, 7),
        (tokens.MUTED, tokens.PAPER, 6),
        (tokens.MUTED, tokens.SURFACE, 4.5),
        (tokens.CONTROL, tokens.PAPER, 3),
        (tokens.ACCENT, tokens.PAPER, 7),
        (tokens.ACCENT, tokens.ACCENT_SOFT, 4.5),
        (tokens.ERROR, tokens.PAPER, 6),
        (tokens.BRAND, tokens.SURFACE, 4.5),
        *[
            (getattr(tokens, f"{k}_INK"), getattr(tokens, f"{k}_FILL"), 7)
            for k in ("DONE", "WAITING", "WRONG", "NONE", "INFO")
        ],
    ],
)
def test_contrast(ink, ground, least):
    assert contrast(ink, ground) >= least


def test_map_steps_darken_evenly_for_grey_print():
    steps = [luminance(colour) for colour in tokens.SEQUENCE]
    assert steps == sorted(steps, reverse=True)
    assert all(a - b > 0.05 for a, b in itertools.pairwise(steps))


@pytest.mark.parametrize("name", ["SofiaSans-Regular.ttf", "SofiaSans-SemiBold.ttf"])
def test_paper_font_holds_all_we_write(name):
    ttlib = pytest.importorskip("fontTools.ttLib")
    font = ttlib.TTFont(UI / "fonts" / name)
    wanted = (
        "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюяѝABCxyz0123456789„“–—€№%×·…"
        + formats.THIN_SPACE
        + formats.MINUS
        + "\u00a0"
    )
    assert [sign for sign in wanted if ord(sign) not in font.getBestCmap()] == []
