"""A full disk or a busy database is told in plain words, and reading goes on (R9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.urls import reverse

from opora.foundation.accounts.tests import make
from opora.foundation.jobs import queries

pytestmark = pytest.mark.django_db


def _failing(error: Exception) -> Any:
    def fail(*given: object, **named: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database or disk is full", "Дискът е пълен."),
        ("attempt to write a readonly database", "само да се четат"),
        ("database is locked", "заета със записване"),
    ],
)
def test_a_trouble_of_the_disk_is_told(said: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make.client_of(make.user("regional_coordinator"), raise_request_exception=False)
    monkeypatch.setattr(queries, "jobs_for", _failing(OperationalError(said)))
    answer = client.get(reverse("jobs_list"))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert words in answer.content.decode()


def test_a_fault_of_the_program_is_told_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    client = make.client_of(make.user("regional_coordinator"), raise_request_exception=False)
    monkeypatch.setattr(queries, "jobs_for", _failing(OperationalError("no such table: jobs_job")))
    answer = client.get(reverse("jobs_list"))
    assert answer.status_code == 500
    assert "Нещо се обърка при нас" in answer.content.decode()
    assert "jobs_job" not in answer.content.decode()


def test_reading_goes_on_when_the_session_cannot_be_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    client = make.client_for("regional_coordinator")
    monkeypatch.setattr(SessionStore, "save", _failing(OperationalError("database or disk is full")))
    assert client.get(reverse("jobs_list")).status_code == 200
