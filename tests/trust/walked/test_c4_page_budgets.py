"""C4: what a page costs, on the demonstration: queries, weight over the line, requests."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.trust.test_s1_objects import closed_to
from tests.trust.walk import HEAVY, Step, walk
from tests.trust.walked.conftest import Walked, person

QUERIES = 12
PAPERS = 40
"""A paper of a client file, shown before it is taken, is laid from every part of the file."""
BYTES = 150 * 1024
REQUESTS = 15
pytestmark = pytest.mark.django_db


def over_budget(steps: list[Step]) -> list[str]:
    return [
        f"{one.queries} queries, {one.weight / 1024:.0f} KB: {one.path} as {one.who or 'a visitor'}"
        for one in steps
        if one.is_page and (one.queries > most_of(one) or one.weight > BYTES)
    ]


MONDAY = 18
"""A head's first page shows seven kinds of things that wait (UX U6), and asks once or twice for each room with work for them."""
OUTCOMES = 27
"""Outcomes are reckoned from every part of the files: so many statements however many files there are."""
FILES = 19
"""Pages of a client file write who read them (three statements), count how many files this person opened (two), give back
the draft and ask who works on it today."""


KIN = 26
"""How long a file is kept is asked of every file of the same people."""
VISIT = 13
"""The page of a visit says beside each mark that stands what its level looks like."""
SERVICE = 14
"""The page of a service asks once or twice for each room that has something to show there."""
PRACTICES, BOARDS = 17, 26
"""A card or an adaptation is laid from ten tables, its toolkits among them; a shortlist and an effect from cards, visits, marks and rules."""
LAID = ("practice_period", "practice_effect")


IMPACT = 15
"""An impact assessment is laid from the facts of five rooms, live."""
MUNICIPALITY = 13
"""Who keeps the lists of the country sees what may be brought to a municipality too."""


def most_of(one: Step) -> int:
    if one.name.startswith("protection_impact"):
        return IMPACT
    if one.name == "territory_place":
        return MUNICIPALITY
    if one.name == "casework_data":
        return KIN
    if one.name == "monitoring_visit":
        return VISIT
    if one.name == "register_service":
        return SERVICE
    if one.name.startswith("practice_"):
        return BOARDS if one.name.startswith(LAID) else PRACTICES
    if one.name in ("casework_papers", "casework_paper"):
        return PAPERS
    if one.name.startswith("casework_outcome"):
        return OUTCOMES
    if one.name == "home":
        return MONDAY
    return FILES if one.name.startswith("casework_") else QUERIES


@pytest.mark.once  # the wall of PostgreSQL adds its own statements: one a request, and its transaction
def test_every_page_keeps_its_budget(walked: Walked) -> None:
    """At most 12 queries and 150 KB over the line, whoever looks; a paper of a client file may ask for more."""
    pages = [one for one in walked.steps if one.is_page]
    assert len(pages) > 150
    assert "\n".join(over_budget(pages)) == ""


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("things", [2, pytest.param(3, marks=pytest.mark.every)])
def test_every_page_of_everybody_keeps_its_budget(demonstration: dict[str, Client], things: int) -> None:
    """Where the door is closed there is no page."""
    steps = [
        one
        for who in demonstration
        for one in walk(demonstration, [who], limit=things, skip={*HEAVY, *closed_to(person(who))})
    ]
    assert sum(one.is_page for one in steps) > 1_000
    assert "\n".join(over_budget(steps)) == ""


def test_the_first_page_and_all_it_asks_for(walked: Walked) -> None:
    """A first visit with an empty cache: the page, its styles, scripts and the fonts those name."""
    heaviest = max((one for one in walked.steps if one.is_page), key=lambda one: one.weight)
    for page in (heaviest, next(one for one in walked.steps if one.name == "home")):
        files = asked_for(page.body.decode())
        weight = page.weight + sum(weigh(name) for name in files)
        assert 4 <= 1 + len(files) <= REQUESTS, files
        assert weight <= BYTES, (page.path, page.weight, {name: weigh(name) for name in files})


def asked_for(html: str) -> list[str]:
    """Static files that a browser fetches for this page."""
    linked = re.findall(
        r'(?:<link[^>]+rel="(?:stylesheet|icon|preload)"[^>]*href|src)="/?static/([^"?]+)"', html
    )
    linked += re.findall(r'<link[^>]+href="/?static/([^"?]+)"', html)
    fonts = [font for name in linked if name.endswith(".css") for font in fonts_of(name)]
    return sorted({*linked, *fonts})


def fonts_of(stylesheet: str) -> list[str]:
    text = Path(str(finders.find(stylesheet))).read_text(encoding="utf-8")
    folder = Path(stylesheet).parent
    found = re.findall(r"url\([\"']?([^)\"']+\.woff2)", text)
    return [
        str((folder / name).as_posix()) if not name.startswith("/") else name.removeprefix("/static/")
        for name in found
    ]


def weigh(name: str) -> int:
    found = finders.find(name)
    assert found, name
    content = Path(str(found)).read_bytes()
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content, 6))
