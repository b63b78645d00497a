"""R4 for files: archives and keys whose workers are killed leave no wrong state, and every kill met the work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

KILLING = "opora.care.casework.tests.killing"
pytestmark = pytest.mark.once


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    """A folder with an empty database as a file: the tables of the tests, copied, which is quicker than all migrations."""
    if connection.vendor != "sqlite":
        pytest.skip("the trial has a file of its own")
    (tmp_path / "opora_data_dir").mkdir()
    connection.ensure_connection()
    (tmp_path / "opora_data_dir" / "trial.sqlite3").write_bytes(connection.connection.serialize())
    return tmp_path


def run(folder: Path, what: str, kills: int, seed: int, *more: str) -> subprocess.CompletedProcess[str]:
    """The trial on a database file of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OPORA_")}
    environment |= {"OPORA_MODE": "test", "DJANGO_SETTINGS_MODULE": "opora.config.settings"}
    for name in ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR"):
        environment[name] = str(folder / name.lower())
    environment["OPORA_DATABASE_URL"] = f"sqlite:///{folder}/opora_data_dir/trial.sqlite3"
    command = [sys.executable, "-m", KILLING, what, str(kills), str(seed), *more]
    return subprocess.run(
        command, check=False, env=environment, capture_output=True, text=True, timeout=1_500
    )


def met(folder: Path, what: str, kills: int, seed: int) -> dict[str, int]:
    """Where the kills met the work; every one asked for did."""
    ran = run(folder, what, kills, seed)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    found = re.search(r"^(\d+) kills met the work: \{(.*)\}$", ran.stdout, re.MULTILINE)
    assert found, ran.stdout
    print(ran.stdout)
    assert int(found[1]) >= kills
    return {place: int(number) for place, number in re.findall(r"'([\w ]+)': (\d+)", found[2])}


def test_r4_archives_few_kills(folder: Path) -> None:
    assert sum(met(folder, "archives", 2, 1).values()) >= 2


def test_r4_keys_few_kills(folder: Path) -> None:
    assert sum(met(folder, "keys", 8, 1).values()) >= 8


@pytest.mark.slow
def test_r4_archives_twenty_kills(folder: Path) -> None:
    found = met(folder, "archives", 20, 2)
    assert min(found["making"], found["keeping"]) >= 4, found


@pytest.mark.slow
def test_r4_keys_thirty_kills(folder: Path) -> None:
    found = met(folder, "keys", 30, 2)
    assert min(found["identity numbers"], found["names"]) >= 4, found


@pytest.mark.parametrize(("what", "words"), [("archives", "half kept"), ("keys", "unreadable")])
@pytest.mark.slow
def test_r4_the_trial_can_fail(folder: Path, what: str, words: str) -> None:
    """Kept in two transactions, or with the old key thrown away too early, the same kills are noticed."""
    ran = run(folder, what, 40, 3, "careless")
    assert ran.returncode != 0
    assert words in ran.stderr, ran.stdout + ran.stderr[-2000:]
