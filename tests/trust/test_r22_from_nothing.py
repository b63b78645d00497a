"""R22: from nothing to a working installation and to the demonstration, in minutes, without any default password."""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path

import pytest

from tests import beginnings
from tests.trust.houses import production

pytestmark = pytest.mark.slow
MOST_SECONDS = 300
JOIN = """
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
def come(path, **given):
    browser = Client(headers={"X-Forwarded-Proto": "https"})
    return browser.post(path, given, secure=True) if given else browser.get(path, secure=True)
"""
PASSWORD = "светулка над Осъм 47"


def test_from_an_empty_folder_to_the_first_administrator(tmp_path: Path) -> None:
    """One command prints a link; it opens once; nobody else has an account."""
    house, began = production(tmp_path), time.monotonic()
    first = house.opora("first-admin")
    assert first.returncode == 0, first.stderr
    assert time.monotonic() - began <= MOST_SECONDS
    link = re.search(r"/accounts/join/\S+", first.stdout)
    assert link
    assert accounts(tmp_path) == []
    assert house.opora("first-admin").stdout != first.stdout  # a new link makes the former void
    again = house.opora("first-admin").stdout
    path = re.search(r"/accounts/join/\S+", again).group(0)  # type: ignore[union-attr]

    done = house.python(JOIN_ONCE % {"path": path, "old": link.group(0), "password": PASSWORD})
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["404", "200", "302", "404"]
    assert [row[0] for row in accounts(tmp_path)] == ["galina@example.bg"]
    refused = house.opora("first-admin")
    assert refused.returncode == 1
    assert "Вече има национален администратор" in refused.stderr


JOIN_ONCE = (
    JOIN
    + """
import logging
logging.disable(50)
from django.core.management import call_command
call_command("collectstatic", verbosity=0, interactive=False)
given = {"name": "Галина Сарова", "email": "galina@example.bg"} | dict.fromkeys(("password1", "password2"), "%(password)s")
print(come("%(old)s").status_code, come("%(path)s").status_code)
print(come("%(path)s", **given).status_code)
print(come("%(path)s").status_code)
"""
)


def test_the_demonstration_from_nothing() -> None:
    """One command made it, the one other tests copy; nobody of it has a password, so nobody signs in by one."""
    made = beginnings.demonstration()
    assert float((made / beginnings.TOOK).read_text()) <= MOST_SECONDS
    people = accounts(made)
    assert len(people) > 10
    assert [email for email, password in people if not password.startswith("!")] == []


def accounts(folder: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(folder / "data" / "opora.sqlite3") as connection:
        return connection.execute("SELECT email, password FROM accounts_user").fetchall()
