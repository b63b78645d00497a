"""From a burnt machine to a signed-in person (R7 small); a wrong key and half a file are refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

PASSWORD = "светулка над Осъм 47"
FILL = """
from opora.foundation.accounts.actors import system
from opora.foundation.accounts.tests import make
from opora.foundation.audit.actions import publish_heads, record
make.user("regional_coordinator", "BG/LOV", email="ivo@example.bg", name="Иво Пробен", password=%r)
for number in range(20):
    record(system(), "consult", f"К-2026-{number:03d}", chain="org:1")
publish_heads()
"""
SIGN_IN = """
from django.test import Client
from django.urls import reverse
client = Client()
client.post(reverse("account_login"), {"login": "ivo@example.bg", "password": %r})
print("signed in" if "_auth_user_id" in client.session else "refused")
"""
MORE = """
from opora.foundation.accounts.actors import system
from opora.foundation.audit.actions import publish_heads, record
record(system(), "consult", "К-2026-999", chain="org:1")
publish_heads()
"""
COUNTED = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'audit_entry'")
    print(cursor.fetchone()[0])
"""
pytestmark = pytest.mark.slow


class Machine:
    """Folders of one machine, and commands run on it."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.keys = folder / "keys"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("OPORA_")
        }
        self.environment |= {
            "OPORA_MODE": "test",
            "OPORA_DATA_DIR": str(folder / "data"),
            "OPORA_KEY_DIR": str(self.keys),
            "OPORA_HEADS_DIR": str(folder / "heads"),
            "DJANGO_SETTINGS_MODULE": "opora.config.settings",
        }
        if database:
            self.environment["OPORA_DATABASE_URL"] = database

    def opora(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "opora.config.cli", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def python(self, code: str) -> str:
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=True
        ).stdout


def test_r7_from_a_burnt_machine_to_a_signed_in_person(tmp_path: Path) -> None:
    old, new = Machine(tmp_path / "old"), Machine(tmp_path / "new")
    kept = tmp_path / "kept.opora"
    assert old.opora("migrate").returncode == 0
    old.python(FILL % PASSWORD)
    made = old.opora("backup", str(kept))
    assert made.returncode == 0, made.stderr
    shutil.copytree(old.keys, new.keys)
    shutil.rmtree(old.folder)

    restored = new.opora("restore", str(kept))
    assert restored.returncode == 0, restored.stderr
    assert new.python(SIGN_IN % PASSWORD) == "signed in\n"
    verified = new.opora("audit", "verify")
    assert verified.returncode == 0, verified.stdout

    again = new.opora("restore", str(kept))
    assert again.returncode != 0
    assert "--replace" in again.stdout + again.stderr

    half = tmp_path / "half.opora"
    half.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    cut = new.opora("restore", str(half), "--replace")
    assert cut.returncode != 0
    assert "повреден или непълен" in cut.stdout + cut.stderr

    stranger = Machine(tmp_path / "stranger")
    assert stranger.opora("migrate").returncode == 0
    assert stranger.opora("backup", str(tmp_path / "own.opora")).returncode == 0
    wrong = stranger.opora("restore", str(kept), "--replace")
    assert wrong.returncode != 0
    assert "друг ключ" in wrong.stdout + wrong.stderr


def _own_database() -> str:
    """A database of its own in the tests' PostgreSQL; gives its address."""
    address = os.environ["OPORA_DATABASE_URL"]
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS opora_drill")
        cursor.execute("CREATE DATABASE opora_drill")
    return address.rpartition("/")[0] + "/opora_drill"


@pytest.mark.django_db(transaction=True)
def test_r7_on_postgresql_an_older_state_comes_back(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("runs beside PostgreSQL: python scripts/with_postgres.py -- pytest -m slow")
    machine, kept = Machine(tmp_path, _own_database()), tmp_path / "kept.opora"
    assert machine.opora("migrate").returncode == 0
    machine.python(FILL % PASSWORD)
    made = machine.opora("backup", str(kept))
    assert made.returncode == 0, made.stderr
    machine.python(MORE)
    assert "--replace" in machine.opora("restore", str(kept)).stderr
    restored = machine.opora("restore", str(kept), "--replace")
    assert restored.returncode == 0, restored.stderr
    verified = json.loads(machine.opora("audit", "verify", "--json").stdout)
    assert verified["ok"]
    # 20 rows of the backup and the one that says it was put back; the row written since is gone.
    assert verified["entries"] == 21
    assert machine.python(COUNTED) == "20.0\n", "the planner knows what lies in the tables"
