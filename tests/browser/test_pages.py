"""Every page: axe without one violation, no sideways scroll, a quiet console (X1, X2)."""

from __future__ import annotations

import hashlib
import re
from itertools import groupby
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser import looking
from tests.browser.pages import NO_PAGES, OWN, PAGES, PEOPLE, Look, looks

MISSING = "Failed to load resource: the server responded with a status of 404"
NARROW, BROAD = 390, 1280


def names(resolver: URLResolver | None = None) -> set[str]:
    found: set[str] = set()
    for one in (resolver or get_resolver()).url_patterns:
        found |= names(one) if isinstance(one, URLResolver) else {one.name or str(one.pattern)}
        assert isinstance(one, (URLResolver, URLPattern))
    return found


def test_every_address_is_a_page_or_says_why_not() -> None:
    assert names() - set(PAGES) - set(NO_PAGES) == set()
    assert (set(PAGES) | set(NO_PAGES)) - names() == set()
    assert set(PAGES) & set(NO_PAGES) == set()


@pytest.mark.slow
def test_each_page_in_its_own_persons_hands(house: Any, real_house: Any, new_page: Any) -> None:
    wrong: list[str] = []
    ordered = sorted(looks(house), key=lambda look: look.person)
    for person, own in groupby(ordered, key=lambda look: look.person):
        page = new_page(real_house if person == OWN else house, person)
        heard = looking.listen(page)
        for look in own:
            wrong += looked_at(page, look, heard)
    assert wrong == [], "\n".join(wrong)


def looked_at(page: Any, look: Look, heard: list[str]) -> list[str]:
    """One page at 1280 px with axe, then at 320 px for what scrolls sideways."""
    heard.clear()
    page.set_viewport_size({"width": BROAD, "height": 900})
    try:
        answer = page.goto(look.path)
    except Exception as error:  # Chromium refuses to show an answer that is neither good nor has words
        return [f"{look.person} {look.path}: {str(error).splitlines()[0]}"]
    if answer.status >= 400:
        return [f"{look.person or 'visitor'} {look.path}: {answer.status}"]
    found = looking.violations(page) + looking.sideways(page) + heard
    return [f"{look.person or 'visitor'} {look.path}: {one}" for one in found]


@pytest.mark.every
@pytest.mark.parametrize("language", ["bg", "en"])
def test_every_page_for_every_person_at_both_widths(
    house: Any, real_house: Any, new_page: Any, language: str
) -> None:
    """A page that a person sees exactly as another did is looked at once."""
    wrong, known, looked = [], set(), 0
    paths = sorted({look.path for look in looks(house)} - {"/accounts/logout/"})
    for person in PEOPLE:
        page = new_page(real_house if person == OWN else house, person)
        speak(page, language)
        heard = looking.listen(page)
        for path in paths:
            heard.clear()
            mark = fingerprint(page, path)
            if mark in known:
                continue
            known.add(mark)
            looked += 1
            wrong += [f"{person or 'visitor'} {path} {one}" for one in at_both_widths(page, path, heard)]
    assert wrong == [], "\n".join(wrong)
    assert looked > len(paths)


def speak(page: Any, language: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])


def fingerprint(page: Any, path: str) -> str:
    """What stands on the page without what differs at every visit: tokens, times, the person's name."""
    answer = page.request.get(path)
    text = answer.text().split("<main", 1)[-1].split("</main", 1)[0]
    text = re.sub(r'(csrfmiddlewaretoken|ticket)" value="[^"]*"|\d\d:\d\d(:\d\d)?', "", text)
    return hashlib.sha256(f"{answer.status}{text}".encode()).hexdigest()


def at_both_widths(page: Any, path: str, heard: list[str]) -> list[str]:
    found = []
    for width in (BROAD, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if width == BROAD:
            answer = page.goto(path)
            if answer.status >= 500:
                return [f"{answer.status}"]
        found += [f"{width}: {one}" for one in looking.violations(page)]
        if (over := looking.overflow(page)) > 0:
            found.append(f"{width}: {over} px sideways")
    return found + [one for one in heard if not one.startswith(MISSING)]
