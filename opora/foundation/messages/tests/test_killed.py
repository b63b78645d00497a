"""R4 for mail: a sender killed at random sends no letter twice and loses none; of which nobody can know, a person is asked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

KILLING = "opora.foundation.messages.tests.killing"
pytestmark = pytest.mark.once


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    """A folder with an empty database as a file: the tables of the tests, copied."""
    if connection.vendor != "sqlite":
        pytest.skip("the trial has a file of its own")
    (tmp_path / "opora_data_dir").mkdir()
    connection.ensure_connection()
    (tmp_path / "opora_data_dir" / "trial.sqlite3").write_bytes(connection.connection.serialize())
    return tmp_path


def run(folder: Path, kills: int, seed: int, *more: str) -> subprocess.CompletedProcess[str]:
    """The trial on a database file of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPORA_")}
    environment |= {"OPORA_MODE": "test", "DJANGO_SETTINGS_MODULE": "opora.config.settings"}
    for name in ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR"):
        environment[name] = str(folder / name.lower())
    environment["OPORA_DATABASE_URL"] = f"sqlite:///{folder}/opora_data_dir/trial.sqlite3"
    command = [sys.executable, "-m", KILLING, str(kills), str(seed), *more]
    return subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=600)


def met(folder: Path, kills: int, seed: int) -> dict[str, int]:
    """Where the kills met a letter."""
    ran = run(folder, kills, seed)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    found = re.search(r"^(\d+) kills met the work: \{(.*)\}$", ran.stdout, re.MULTILINE)
    assert found, ran.stdout
    print(ran.stdout)
    assert int(found[1]) >= kills
    return {place: int(number) for place, number in re.findall(r"'(\w+)': (\d+)", found[2])}


def test_r4_mail_few_kills(folder: Path) -> None:
    assert sum(met(folder, 4, 1).values()) >= 4


@pytest.mark.slow
def test_r4_mail_thirty_kills(folder: Path) -> None:
    found = met(folder, 30, 2)
    assert min(found["sending"], found["handed"]) >= 5, found


@pytest.mark.slow
def test_r4_the_trial_of_mail_can_fail(folder: Path) -> None:
    """A letter of which nobody knows, sent again by itself, arrives twice; the trial notices."""
    ran = run(folder, 60, 3, "careless")
    assert ran.returncode != 0
    assert re.search("double|wrong", ran.stderr), ran.stdout + ran.stderr[-2000:]
