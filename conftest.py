"""What every test of Opora shares."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.test import TransactionTestCase
from django.test.testcases import LiveServerThread
from django.utils import translation

from opora.care.casework import middleware, wall
from opora.care.protection import triggers as history
from opora.foundation.audit import triggers
from opora.foundation.core.tests.trial import Trial
from tests import beginnings


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """A database in memory begins with the tables; Django then finds every migration done. PostgreSQL runs them."""
    if connection.vendor != "sqlite":
        yield
        return
    memory = sqlite3.connect(f"file:memorydb_{connection.alias}?mode=memory&cache=shared", uri=True)
    with sqlite3.connect(beginnings.migrated()) as file:
        file.backup(memory)
    memory.execute("DROP TABLE opora_cache")  # the suite's cache is in memory too
    memory.commit()
    yield  # it stays open: a database in memory goes with its last connection
    memory.close()


@pytest.fixture(scope="session")
def tables() -> Path:
    """An SQLite file with every table and nothing in it, to be copied; a trial in a process of its own begins with it."""
    return beginnings.migrated()


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """Folders of a trial in a process of its own, with an empty database of every table."""
    if connection.vendor != "sqlite":
        pytest.skip("the trial has a file of its own")
    found = Trial(tmp_path)
    found.data.mkdir()
    shutil.copy(beginnings.migrated(), found.database)
    return found


@pytest.fixture(autouse=True)
def _fresh_words_and_limits() -> Iterator[None]:
    """Every test starts in Bulgarian and with empty rate limits."""
    cache.clear()
    with translation.override("bg"):
        yield


@pytest.fixture(autouse=True)
def _own_keys(settings: pytest_django.Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keys and heads of the suite lie in its own temporary folder."""
    settings.KEY_DIR = tmp_path_factory.getbasetemp() / "keys"
    settings.HEADS_DIR = tmp_path_factory.getbasetemp() / "heads"


@pytest.fixture(autouse=True)
def _no_files_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections of the suite see every file; a request of somebody without files must see none, as in real work."""
    monkeypatch.setattr(middleware, "nullcontext", wall.nothing)


@pytest.fixture(autouse=True, scope="session")
def _the_audit_may_be_emptied() -> None:
    """Tests with real transactions empty every table at their end; the audit's triggers would refuse."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: TransactionTestCase) -> None:
        with triggers.lifted(connection), history.lifted(connection):
            empty(case)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]


class OneAtATime(ThreadedWSGIServer):
    """Answers one request after another: threads of the live server share the one connection of an SQLite database in memory,
    so a draft saved while a form is sent would end inside the other's transaction. `tests/browser` has real processes.
    """

    def set_app(self, application: Callable[..., Iterable[bytes]] | None) -> None:  # type: ignore[override]
        """Wrap the application in a lock."""
        turn = threading.Lock()

        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            with turn:
                return application(environ, start)  # type: ignore[misc]

        super().set_app(answer)  # type: ignore[arg-type]


LiveServerThread.server_class = OneAtATime


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only`: what the second database is asked for, so that pure tests run once."""
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


MISSED = r"^(Error|TimeoutError): (Locator|Page|Frame|ElementHandle)\."
ONCE_MORE = pytest.mark.flaky(reruns=1, only_rerun=[MISSED])
"""On a busy machine Chromium misses a click or a wait; a failed assertion is never tried again."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Try a browser's missed click once more; leave the tests without a database to the first run."""
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("every"):
            item.add_marker(ONCE_MORE)
    if not config.getoption("--database-only"):
        return
    touching = [item for item in items if _touches_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


def _touches_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    fixtures = {"db", "transactional_db", "django_db_setup", "live_server", "client"}
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & set(getattr(item, "fixturenames", ()))
    )
