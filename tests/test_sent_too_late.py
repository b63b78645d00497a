"""A form that comes too late is not taken, and the words in it are given back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from opora.evidence.monitoring import actions, stages
from opora.evidence.monitoring.tests import make as visits
from opora.foundation.accounts.tests import make as people

pytestmark = pytest.mark.django_db
WORDS = "Съгласни сме.\nЩе мерим напредъка <веднъж> на три месеца."


def returned(page: str) -> list[str]:
    """Texts of the boxes that cannot be typed in."""
    return [
        unescape(text).strip()
        for text in re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.S)
    ]


@pytest.fixture
def late() -> tuple[Any, Any]:
    """A visit whose service has just answered, and the browser of the head who still has the page open."""
    visit = visits.visit(stages.REPORTED)
    head = people.client_for("service_manager", visit.service.path)
    actions.answer_report(visits.head(visit.service), visit, text="Отговорихме по-рано.")
    return visit, head


def test_words_that_came_second_are_given_back(late: tuple[Any, Any]) -> None:
    visit, head = late
    answer = head.post(f"/monitoring/visits/{visit.code}/answer/", {"text": WORDS})
    assert answer.status_code == 404
    assert [text.replace("\r\n", "\n") for text in returned(answer.text)] == [WORDS]
    assert f'href="/monitoring/visits/{visit.code}/"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_page_that_was_only_asked_for_says_nothing_of_sending(late: tuple[Any, Any]) -> None:
    visit, head = late
    answer = head.get(f"/monitoring/visits/{visit.code}/answer/?text=две+думи")
    assert (answer.status_code, returned(answer.text)) == (404, [])
    assert "Страницата не е намерена" in answer.text


def test_who_may_not_gets_the_words_and_no_more(late: tuple[Any, Any]) -> None:
    """The same page for an address that is closed and for one that leads nowhere."""
    visit, _head = late
    stranger = people.client_for("service_manager", "BG/KRZ/KRZ16")
    pages = [
        stranger.post(f"/monitoring/visits/{code}/answer/", {"text": WORDS})
        for code in (visit.code, "M-2026-99999")
    ]
    assert [page.status_code for page in pages] == [404, 404]
    assert len({page.text.replace(visit.code, "").replace("M-2026-99999", "") for page in pages}) == 1


def test_secrets_marks_and_single_words_stay_away(late: tuple[Any, Any]) -> None:
    visit, head = late
    sent = {
        "text": WORDS, "password": "две думи", "new_password2": "две думи", "seen": "text:abc why:def", "a-0-seen": "x y",
        "code": "123 456", "do": "offer", "w:1.1": "преди това", "empty": "  ",
    }  # fmt: skip
    assert len(returned(head.post(f"/monitoring/visits/{visit.code}/answer/", sent).text)) == 1


@pytest.mark.parametrize("path", ["/monitoring/visits/M-1/answer/", "/nothing/here/"])
def test_a_form_of_another_site_says_nothing_here(path: str) -> None:
    """Without the token of the form nothing of it stands on a page of ours, be it an address that leads nowhere."""
    answer = Client(enforce_csrf_checks=True).post(path, {"text": WORDS})
    assert answer.status_code in (403, 404)
    assert "напредъка" not in answer.text


@pytest.mark.parametrize(
    ("error", "status"),
    [(OperationalError("database or disk is full"), 503), (ValueError("a fault of ours"), 500)],
)
def test_what_could_not_be_written_is_given_back(
    error: Exception, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = visits.visit(stages.REPORTED)
    head = people.client_for("service_manager", visit.service.path)
    head.raise_request_exception = False

    def fail(*given: Any, **named: Any) -> None:
        raise error

    monkeypatch.setattr(actions, "answer_report", fail)
    answer = head.post(f"/monitoring/visits/{visit.code}/answer/", {"text": WORDS})
    assert (answer.status_code, len(returned(answer.text))) == (status, 1)
