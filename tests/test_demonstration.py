"""What a newcomer finds after `make demo`: the data are there, and the first analysis comes by itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def opora(home: Path, *words: str) -> None:
    places = {f"OPORA_{name}_DIR": str(home / name.lower()) for name in ("DATA", "KEY", "HEADS")}
    given = {name: value for name, value in os.environ.items() if not name.startswith(("OPORA_", "DJANGO_"))}
    command = [sys.executable, "-m", "opora.config.cli", *words]
    subprocess.run(command, cwd=ROOT, env=given | places | {"OPORA_MODE": "demo"}, check=True, timeout=300)


@pytest.mark.slow
def test_the_first_analysis_is_made_by_the_worker(tmp_path):
    opora(tmp_path, "demo", "--prepare")
    opora(tmp_path, "worker", "--once")
    with sqlite3.connect(tmp_path / "data" / "opora.sqlite3") as data:
        jobs = data.execute("SELECT state, error FROM jobs_job").fetchall()
        made = data.execute("SELECT count(*) FROM needs_analysis").fetchone()
    assert jobs == [("done", "")]
    assert made == (1,)
