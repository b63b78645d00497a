"""Killed in the middle of accepting a workbook: all of it stands, or nothing (R4)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

KILLING = "opora.register.tests.killing"


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    """A folder with an empty database as a file: the tables of the tests, copied."""
    if connection.vendor != "sqlite":
        pytest.skip("the trial has a file of its own")
    connection.ensure_connection()
    (tmp_path / "trial.sqlite3").write_bytes(connection.connection.serialize())
    return tmp_path


@pytest.mark.once
@pytest.mark.slow
def test_r4_imports_twenty_kills(folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPORA_")} | {
        "OPORA_MODE": "test", "OPORA_DATABASE_URL": f"sqlite:///{folder}/trial.sqlite3", "OPORA_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "opora.config.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", KILLING, "20", "4"]
    ran = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    found = re.search(r"^(\d+) kills met the work", ran.stdout, re.MULTILINE)
    assert found, ran.stdout
    assert int(found[1]) >= 20
