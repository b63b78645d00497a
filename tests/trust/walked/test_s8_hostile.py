"""S8: text that means harm or nothing, in every field of every form; then what was stored is shown again."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.trust.addresses import LEAVES, paths
from tests.trust.walk import HEAVY, body_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

PEOPLE = ("", "worker-troyan", "head-troyan", "coordinator-kardzhali", "coordinator-lovech")
MARK = "x-taken"
SUM = "982007569"
"""31337 × 31337: a template that was evaluated would write it."""
WRAPPINGS = ("{}", '"{}', "'{}", "{}\n{}", " {} ", ">{}<", "%{}%", "\\{}")
BASES = (
    f"<{MARK}>", f"</p><{MARK} onload=1>", f"<svg><{MARK}/></svg>", f"<!--><{MARK}>", f'" autofocus onfocus={MARK} a="',
    f"javascript:{MARK}", "{{31337*31337}}", "${31337*31337}", "{%print(31337*31337)%}", "#{31337*31337}",
    "' OR 1=1 --", "'; DROP TABLE casework_event; --", "1) UNION SELECT * FROM accounts_user --", "%_%__", "\\u0027 OR TRUE",
    "../../../../etc/passwd", "=HYPERLINK(\"http://x\")", "+1+1", "@SUM(1)", "\u202egnp.exe\u202c", "\u200b\u200d\ufeff",
    "\U0001f9d2\U0001f3fd\u200d\U0001f4bb\U00020000", "a\u0301" * 40, "\x00нула", "ред\r\nSet-Cookie: a=b", "ﷺ" * 60, "0" * 400,
)  # fmt: skip
STRINGS = [wrapping.format(base, base) for wrapping, base in itertools.product(WRAPPINGS, BASES)]
LONG = "Ж" * 1_000_000
EACH = 12
"""Of the strings each form gets so many in `make test-all`, other ones than the form before it, and the long one; notes get all."""


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes and its fields with what a person would leave in them."""

    page: str
    action: str
    fields: tuple[tuple[str, str, str], ...]
    """(kind, name, value); kind `text` is what people type, `day` a date, `kept` the rest."""

    @property
    def shape(self) -> tuple[str, tuple[str, ...]]:
        """The same form on another object is the same."""
        return re.sub(r"\d+", "N", self.action), tuple(sorted({name for _kind, name, _value in self.fields}))

    def filled(self, said: str, *, days: bool) -> dict[str, list[str]]:
        """Every typed field says this; dates too where `days`."""
        found: dict[str, list[str]] = {}
        for kind, name, value in self.fields:
            hostile = kind == "text" or (days and kind == "day")
            found.setdefault(name, []).append(said if hostile else value)
        return found


def test_no_field_of_any_form_breaks_a_page(demonstration: dict[str, Client]) -> None:
    """Every form gets one of the strings in turn: no error of the server, nothing shown as anything but text."""
    turn = itertools.cycle(STRINGS)
    shapes, taken, bad = filled_in(demonstration, lambda: [next(turn)])
    assert shapes > 150
    assert taken > 30
    assert "\n".join(bad[:40]) == ""


@pytest.mark.every
def test_no_field_of_any_form_breaks_a_page_whatever_is_typed(demonstration: dict[str, Client]) -> None:
    """Every form gets strings of every kind, and a million letters."""
    assert len(set(STRINGS)) >= 200
    turn = itertools.cycle(STRINGS)
    shapes, taken, bad = filled_in(demonstration, lambda: [*itertools.islice(turn, EACH), LONG])
    assert shapes > 150
    assert taken > 300
    assert "\n".join(bad[:40]) == ""


def filled_in(people: dict[str, Client], strings: Callable[[], list[str]]) -> tuple[int, int, list[str]]:
    """Every form of five people sent with each of the strings it gets: how many forms, how often taken, what went wrong."""
    shapes, tried, taken, bad = 0, 0, 0, []
    for who in PEOPLE:
        browser = people[who]
        browser.raise_request_exception = False
        for form in forms_of(browser):
            shapes += 1
            for said in strings():
                wrong, accepted = sent(browser, form, said, days=tried % 3 == 2)
                tried, taken = tried + 1, taken + accepted
                bad += [f"{who or 'visitor'} {one}" for one in wrong]
    print(f"{shapes} forms, {tried} sent, {taken} taken and shown")
    return shapes, taken, bad


def test_two_hundred_notes_are_shown_printed_and_given_as_text(demonstration: dict[str, Client]) -> None:
    """All strings as notes of one file; then its pages, its paper, its table."""
    worker, head = demonstration["worker-troyan"], demonstration["head-troyan"]
    day = dt.date.today().strftime("%d.%m.%Y")
    address = "/files/Д-2026-001/"
    for number, said in enumerate(STRINGS):
        note = {"key": f"{number:032x}", "text": f"Разказ {said}", "kind": "home_visit", "on": day}
        assert worker.post(address, note).status_code in (200, 302), said
    looked = [
        address,
        *(f"{address}?page={n}" for n in range(2, 9)),
        f"{address}documents/chronology/?to=service",
    ]
    assert "\n".join(wrong for path in looked for wrong in harm(worker.get(path), path)) == ""
    for ending in ("pdf", "docx"):
        answer = worker.post(f"{address}documents/chronology/{ending}/?to=court")
        assert answer.status_code == 200, ending
        assert SUM.encode() not in body_of(answer)
    assert "\n".join(harm(head.get("/files/"), "/files/")) == ""


@pytest.mark.parametrize(
    "body", [f"<p><{MARK}>", f"<a onclick='{MARK}'>", "<a href='javascript:1'>", f"<p>{SUM}"]
)
def test_the_trial_sees_harm(body: str) -> None:
    assert harm(HttpResponse(body), "/")
    assert not harm(HttpResponse(f"<p>&lt;{MARK}&gt; {{{{31337*31337}}}}"), "/")


def forms_of(browser: Client) -> Iterator[Form]:
    """Forms that write, each shape once, on every page this person reaches."""
    seen = set()
    for name, path in paths(1):
        if name in LEAVES or name in HEAVY:
            continue
        answer = browser.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        for form in forms_in(body_of(answer), path):
            if form.shape not in seen and "logout" not in form.action:
                seen.add(form.shape)
                yield form


def forms_in(page: bytes, path: str) -> Iterator[Form]:
    """Forms of one page as a person could send them."""
    if not page.strip():
        return
    for form in lxml.html.fromstring(page.decode()).forms:
        if (form.get("method") or "get").lower() != "post":
            continue
        fields = tuple(
            field for element in form.iter("input", "textarea", "select") for field in field_of(element)
        )
        yield Form(path, urljoin(path, form.get("action") or path), fields)


def field_of(element: Any) -> list[tuple[str, str, str]]:
    """What a person would send from this field; a file is left out."""
    name, kind = element.get("name"), element.get("type") or "text"
    if not name or kind in ("submit", "button", "file", "reset"):
        return []
    if element.tag == "select":
        options = [one.get("value") or "" for one in element.iter("option")]
        return [("kept", name, next((one for one in options if one), ""))]
    if element.tag == "textarea":
        return [("text", name, "")]
    value = element.get("value") or ""
    if kind in ("hidden", "radio", "checkbox"):
        return [("kept", name, value or "on")]
    if "width-10" in (element.get("class") or ""):
        return [("day", name, value or "01.12.2026")]
    return [("text", name, value)]


def sent(browser: Client, form: Form, said: str, *, days: bool) -> tuple[list[str], bool]:
    """What went wrong when the form was sent and its answer followed, and whether it was taken; nothing of it stays."""
    whole = transaction.atomic()
    whole.__enter__()
    try:
        answer = browser.post(form.action, form.filled(said, days=days))
        wrong = harm(answer, form.action)
        taken = answer.status_code == 302 and not urlsplit(answer["Location"]).netloc
        if taken:
            wrong += harm(browser.get(answer["Location"]), answer["Location"])
        return [f"{one} after {said[:60]!r} in {form.page}" for one in wrong], taken
    finally:
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def harm(answer: Any, path: str) -> list[str]:
    """Errors of the server, elements or handlers that came out of a text, templates that were evaluated."""
    if answer.status_code >= 500:
        return [f"{answer.status_code}: {path}"]
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
        return []
    body = body_of(answer)
    page = lxml.html.fromstring(body.decode()) if body.strip() else None
    if page is None:
        return []
    found = [f"<{MARK}>: {path}"] if next(page.iter(MARK), None) is not None else []
    if page.xpath(f"//@*[contains(., '{MARK}') and starts-with(name(), 'on')]"):
        found.append(f"a handler: {path}")
    if page.xpath("//@href[starts-with(normalize-space(.), 'javascript:')]"):
        found.append(f"a script in a link: {path}")
    if SUM in page.text_content():
        found.append(f"an evaluated template: {path}")
    return found
