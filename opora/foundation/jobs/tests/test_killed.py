"""Workers killed at random leave no wrong end state (R4)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

KILLING = "opora.foundation.jobs.tests.killing"


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    """A folder with an empty database as a file: the tables of the tests, copied."""
    if connection.vendor != "sqlite":
        pytest.skip("the trial has a file of its own")
    connection.ensure_connection()
    (tmp_path / "trial.sqlite3").write_bytes(connection.connection.serialize())
    return tmp_path


def _kill(folder: Path, kills: int, seed: int) -> int:
    """Run the trial on a database file of its own; gives how many kills met the job unfinished."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPORA_")}
    environment |= {"OPORA_MODE": "test", "DJANGO_SETTINGS_MODULE": "opora.config.settings"}
    environment["OPORA_DATABASE_URL"] = f"sqlite:///{folder}/trial.sqlite3"
    for name in ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR"):
        environment[name] = str(folder / name.lower())
    command = [sys.executable, "-m", KILLING, str(kills), str(seed)]
    ran = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    return int(ran.stdout.split("kills, ")[1].split()[0])


@pytest.mark.once
@pytest.mark.slow
def test_r4_long_work_twenty_kills(folder: Path) -> None:
    assert _kill(folder, 45, 3) >= 20
