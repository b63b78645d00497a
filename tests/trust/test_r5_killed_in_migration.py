"""R5: the update of the database is killed again and again; it is whole before or whole after, and no row is changed."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.trust.houses import ROOT, House

pytestmark = pytest.mark.slow
KILLS, WALL_KILLS = 20, 14
FILL = r"""
from opora.care.casework.tests import make
place = make.service()
worker, head = make.person_in(place, "case_manager"), make.person_in(place, "service_manager")
for n in range(30):
    make.approved(make.as_actor(worker), make.as_actor(head), make.file(place, worker=worker, first_name=f"Дете{n}"))
"""
STATE = r"""
import hashlib, json
from django.apps import apps
from django.db import connection
from opora.care.casework import walls
sums = {}
for model in apps.get_app_config("casework").get_models():
    rows = sorted(repr(row) for row in model._default_manager.values_list())
    sums[model._meta.db_table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
shut = 0
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid AND c.relrowsecurity AND c.relforcerowsecurity")
        shut = cursor.fetchone()[0]
print(json.dumps({"sums": sums, "shut": shut, "all": len(walls.guarded(apps))}))
"""


def killed(house: House, after: float) -> bool:
    """Whether the update was still at work when it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "opora.config.cli", "migrate"], cwd=ROOT, env=house.environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(after)
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return alive


def state(house: House) -> dict[str, object]:
    done = house.python(STATE)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def schema(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = opened.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()
    return [(name, re.sub(r"\s+", " ", sql)) for name, sql in found if not name.startswith("sqlite_")]


@pytest.mark.every
def test_r5_from_nothing_killed_twenty_times_the_tables_are_those_of_one_run(tmp_path: Path) -> None:
    whole, broken = House(tmp_path / "whole", "test"), House(tmp_path / "broken", "test")
    for house in (whole, broken):
        house.folder.mkdir()
    assert whole.opora("migrate").returncode == 0
    chance = random.Random(5)
    alive = sum(killed(broken, chance.uniform(0.8, 4)) for _ in range(KILLS))
    assert alive >= KILLS // 2, "the kills came too late to prove anything"
    ended = broken.opora("migrate")
    assert ended.returncode == 0, ended.stderr
    assert schema(broken.folder / "data/opora.sqlite3") == schema(whole.folder / "data/opora.sqlite3")
    assert broken.python(FILL).returncode == 0
    assert state(broken)["all"] == state(whole)["all"]


@pytest.mark.every
@pytest.mark.skipif("OPORA_DATABASE_URL" not in os.environ, reason="the wall is PostgreSQL's")
def test_r5_raising_the_wall_killed_shuts_all_tables_or_none_and_changes_no_row(tmp_path: Path) -> None:
    import psycopg

    name = f"opora_r5_{os.getpid()}"
    keeper = psycopg.connect(os.environ["OPORA_DATABASE_URL"], autocommit=True)
    keeper.execute(f"CREATE DATABASE {name}")
    address = re.sub(r"/[^/]*$", f"/{name}", os.environ["OPORA_DATABASE_URL"])
    house = House(tmp_path, "test", {"OPORA_DATABASE_URL": address})
    try:
        assert house.opora("migrate").returncode == 0
        filled = house.python(FILL)
        assert filled.returncode == 0, filled.stderr[-2000:]
        before, seen = state(house), set()
        begun = time.monotonic()
        assert house.opora("migrate").returncode == 0
        took = time.monotonic() - begun
        for kill in range(WALL_KILLS):  # from before its first statement to after its last
            lowered = house.python(
                "from django.core.management import call_command; call_command('migrate', 'casework', '0001')"
            )
            assert lowered.returncode == 0, lowered.stderr[-2000:]
            killed(house, took * (0.2 + 1.4 * kill / WALL_KILLS))
            now = state(house)
            assert now["sums"] == before["sums"]
            assert now["shut"] in (0, now["all"]), "between old and new"
            seen.add(now["shut"])
            assert house.opora("migrate").returncode == 0
        assert seen == {0, before["all"]}, "kills on both sides of the change"
        assert state(house) == before
    finally:
        keeper.execute(f"DROP DATABASE {name} WITH (FORCE)")
        keeper.close()
