"""Databases of their own for tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from opora.foundation.core.sqlite.base import DatabaseWrapper


@pytest.fixture
def unblocked(django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """These tests open databases of their own and leave the suite's alone."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def connection(tmp_path: Path, unblocked: None) -> Iterator[BaseDatabaseWrapper]:
    """A file database under an alias of its own."""
    (tmp_path / "data").mkdir()
    settings = connections.settings["default"] | {
        "ENGINE": "opora.foundation.core.sqlite",
        "NAME": str(tmp_path / "data" / "own.sqlite3"),
        "OPTIONS": {"timeout": 0.3},
        "CONN_MAX_AGE": None,
    }
    opened = DatabaseWrapper(settings, "own")
    connections["own"] = opened
    with opened.cursor() as cursor:
        cursor.execute("CREATE TABLE note (words TEXT)")
    yield opened
    opened.close()
    del connections["own"]
