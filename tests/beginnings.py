"""What tests begin with, made once for one state of the product and kept beside pytest's own cache: the tables, the demonstration.

Eighty migrations take fifteen seconds; each process of the suite, and each installation a trial starts, would pay them anew. Whatever
stands in the product, its packages or today's date changes the name under which a thing is kept, and everything older goes.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "kept"
DATABASE = Path("data") / "opora.sqlite3"
TOOK = "took"
"""Seconds, in the folder of the demonstration."""
MIGRATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
"""


@cache
def state() -> str:
    """Digest of everything that could change what is kept."""
    sums = hashlib.sha256(f"{sys.version} {dt.date.today()}".encode())
    for file in [ROOT / "requirements" / "dev.txt", Path(__file__), *product()]:
        sums.update(f"{file.relative_to(ROOT)} {file.stat().st_size} ".encode() + file.read_bytes())
    return sums.hexdigest()[:16]


def product() -> Iterator[Path]:
    """Files of the product, without its tests."""
    for folder, names, files in os.walk(ROOT / "opora"):
        names[:] = sorted(set(names) - {"__pycache__", "tests"})
        yield from (Path(folder) / name for name in sorted(files))


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name; `make` fills it where it is not there. Of two who ask at once one makes and the other waits."""
    home = KEPT / state()
    with locked(name):
        if not (home / name).exists():
            for older in KEPT.glob("*/"):
                if older != home:
                    shutil.rmtree(older, ignore_errors=True)
            begun = home / f"{name}.begun"
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir(parents=True)
            make(begun)
            begun.rename(home / name)
    return home / name


@contextmanager
def locked(name: str) -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrated() -> Path:
    """An SQLite file with every table as the migrations leave them, the cache's among them, and not a row more."""
    return kept("migrated", _migrate) / DATABASE


def with_tables(folder: Path) -> None:
    """An installation's folder begins with the tables; `opora migrate` then only puts in the built-in facts."""
    (folder / DATABASE).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(migrated(), folder / DATABASE)


def demonstration() -> Path:
    """The folder of a demonstration as one command makes it from nothing (R22); its first analysis waits in the queue."""
    return kept("demonstration", _demonstrate)


def settled() -> Path:
    """The same with its first analysis made."""
    return kept("settled", _settle)


def _migrate(folder: Path) -> None:
    (folder / "data").mkdir()
    run(folder, "demo", "-c", MIGRATE)
    with sqlite3.connect(
        folder / DATABASE
    ) as connection:  # a copy in memory could not be read with its log outside
        connection.execute("PRAGMA journal_mode=DELETE")


def _demonstrate(folder: Path) -> None:
    began = time.monotonic()
    run(folder, "demo", "-m", "opora.config.cli", "demo", "--prepare")
    (folder / TOOK).write_text(f"{time.monotonic() - began:.1f}", encoding="ascii")


def _settle(folder: Path) -> None:
    shutil.copytree(demonstration(), folder, dirs_exist_ok=True)
    run(folder, "demo", "-m", "opora.config.cli", "worker", "--once")


def run(folder: Path, mode: str, *words: str) -> None:
    """Python on an installation in `folder`, with nothing of the suite's own settings."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(("OPORA_", "DJANGO_"))}
    places = {f"OPORA_{name.upper()}_DIR": str(folder / name) for name in ("data", "keys", "heads")}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=given | places | {"OPORA_MODE": mode, "DJANGO_SETTINGS_MODULE": "opora.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
