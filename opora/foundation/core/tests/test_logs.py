"""The log: JSON lines with the request's number, without anything about people (S18)."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.core import logs

SECRETS = [
    "ivan.petrov@example.bg",
    "7501020018",
    "+359 888 123 456",
    "0888-123-456",
    "?q=Иван+Петров",
    "„Иван Петров“",
    "'Иван Петров'",
]


def line(
    level: int = logging.WARNING, text: str = "пример", error: Any = None, **extra: Any
) -> dict[str, Any]:
    record = logging.LogRecord("opora.test", level, __file__, 1, text, (), error)
    for key, value in extra.items():
        setattr(record, key, value)
    found: dict[str, Any] = json.loads(logs.formatter(as_json=True).format(record))
    return found


def test_a_line_is_json_with_time_level_place_and_the_number_of_the_request() -> None:
    with structlog.contextvars.bound_contextvars(request_id="0011223344556677"):
        found = line(status=404, route="register_service")
    assert found["event"] == "пример"
    assert (found["level"], found["logger"], found["request_id"]) == (
        "warning",
        "opora.test",
        "0011223344556677",
    )
    assert (found["status"], found["route"]) == (404, "register_service")
    assert found["timestamp"].endswith("Z")


@pytest.mark.parametrize("secret", SECRETS)
def test_what_may_be_about_a_person_is_blotted_out(secret: str) -> None:
    found = line(text=f"Not Found: /register/LOV-01/ {secret}")
    assert secret.strip("?„“'") not in json.dumps(found, ensure_ascii=False)
    assert found["event"].startswith("Not Found: /register/LOV-01/")


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_no_number_as_long_as_an_identity_number_stays(number: str) -> None:
    assert number not in logs.without_people(f"ЕГН {number}.")


def test_an_error_gives_its_kind_and_lines_but_not_its_words() -> None:
    try:
        raise ValueError("Иван Петров, 7501020018")
    except ValueError as error:
        found = line(text="Internal Server Error: /x/", error=(ValueError, error, error.__traceback__))
    assert found["error"] == "ValueError"
    assert "test_logs.py" in found["at"][-1]
    assert "Петров" not in json.dumps(found, ensure_ascii=False)


def test_a_person_at_the_terminal_reads_a_plain_line() -> None:
    record = logging.LogRecord("opora.test", logging.ERROR, __file__, 1, "грешка", (), None)
    assert logs.formatter(as_json=False).format(record) == "ERROR opora.test грешка"
