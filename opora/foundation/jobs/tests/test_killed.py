"""Workers killed at random leave no wrong end state (R4)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLING = "opora.foundation.jobs.tests.killing"


def _kill(folder: Path, kills: int, seed: int) -> int:
    """Run the trial on a database file of its own; gives how many kills met the job unfinished."""
    environment = {name: value for name, value in os.environ.items() if name != "OPORA_DATABASE_URL"}
    environment |= {"OPORA_MODE": "test", "DJANGO_SETTINGS_MODULE": "opora.config.settings"}
    for name in ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR"):
        environment[name] = str(folder / name.lower())
    command = [sys.executable, "-m", KILLING, str(kills), str(seed)]
    ran = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    return int(ran.stdout.split("kills, ")[1].split()[0])


@pytest.mark.slow
def test_r4_twenty_kills(tmp_path: Path) -> None:
    assert _kill(tmp_path, 20, 1) > 5


@pytest.mark.slow
def test_r4_a_hundred_kills(tmp_path: Path) -> None:
    assert _kill(tmp_path, 110, 3) >= 50
