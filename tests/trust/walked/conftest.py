"""The demonstration as a world to walk in: made once for the package, rolled back at its end."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import translation

from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make
from tests import beginnings
from tests.trust.walk import Page, Step, calls, crawl, digest, walk


@pytest.fixture(scope="package")
def _demonstration(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    base, house = tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("walked") / "house"
    # Keys lie where every test looks for them (conftest.py of the house).
    places = override_settings(KEY_DIR=base / "keys", HEADS_DIR=base / "heads", DATA_DIR=house / "data")
    places.enable()
    with django_db_blocker.unblock(), translation.override("bg"):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            _fill(house)
        except BaseException:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
            raise
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
    places.disable()


def _fill(house: Path) -> None:
    from opora.config.demo import prepare
    from opora.evidence.survey.models import Round
    from opora.foundation.accounts.queries import actor_for
    from opora.foundation.territory.models import Region
    from opora.planning.needs import actions

    if connection.vendor == "sqlite":
        shutil.copytree(beginnings.demonstration(), house)
        shutil.copytree(house / "keys", settings.KEY_DIR, dirs_exist_ok=True)
        _copy_rows(house / beginnings.DATABASE)
    else:
        prepare.prepare_demonstration()
    coordinator = actor_for(User.objects.get(email="coordinator-kardzhali@example.bg"))
    closed = Round.objects.get(path="BG/KRZ")
    made = actions.analyse(coordinator, Region.objects.get(code="KRZ"), closed)
    actions.publish(coordinator, made)
    _count_rows()


def _copy_rows(file: Path) -> None:
    """The demonstration that the tests in a browser begin with; the tables are the same."""
    with sqlite3.connect(file) as demonstration, connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            rows = demonstration.execute(f'SELECT * FROM "{table}"').fetchall()
            if rows:
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', rows)


def _count_rows() -> None:
    """As PostgreSQL does by itself within a minute: in one transaction it would guess, and take minutes for a page of many joins."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@dataclass(frozen=True)
class Walked:
    """Every address seen by a visitor and three people, and the tables before and after."""

    steps: tuple[Step, ...]
    before: dict[str, str]
    after: dict[str, str]
    called: tuple[Any, ...]


WALKERS = ("", "coordinator-lovech", "coordinator-kardzhali", "head-troyan")
KEPT_BY_GET = frozenset({"audit_entry", "audit_head", "accounts_session", "reports_release", "casework_look"})
"""What reading may write: the audit, when a file was last opened by whom, the session, and the released table of today's counts (append-only, the same
for the same counts)."""


@pytest.fixture(scope="package")
def walked(_demonstration: None, django_db_blocker: Any) -> Walked:
    with django_db_blocker.unblock(), translation.override("bg"):
        people = browsers()
        before = digest(KEPT_BY_GET)
        with calls() as called:
            steps = walk(people, WALKERS, limit=1)
        return Walked(tuple(steps), before, digest(KEPT_BY_GET), tuple(called))


@pytest.fixture(scope="package")
def site(_demonstration: None, django_db_blocker: Any) -> list[Page]:
    """Everything a visitor reaches from the first page, link by link."""
    with django_db_blocker.unblock(), translation.override("bg"):
        return crawl(Client())


@pytest.fixture
def demonstration(_demonstration: None, db: None) -> dict[str, Client]:
    """The demonstration, and a browser of each of its people by the name of the door; `""` is a visitor's."""
    return browsers()


def person(door: str) -> User | None:
    """Who comes in by this door of the demonstration; `""` is a visitor."""
    return User.objects.get(demonstration=True, email__startswith=f"{door}@") if door else None


def browsers() -> dict[str, Client]:
    """A browser of each person of the demonstration."""
    from opora.config.demo.people import PEOPLE

    people = {one.email.partition("@")[0]: one for one in User.objects.filter(demonstration=True)}
    return {"": Client()} | {one.key: make.client_of(people[one.key]) for one in PEOPLE}
