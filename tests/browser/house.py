"""Opora as its own process on the demonstration's data: prepared once, copied for every test that writes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0
"""Seconds a server may need for its first answer on a busy machine."""


@dataclass
class House:
    """A running Opora: `url` answers, `folder` holds its data."""

    folder: Path
    url: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands in the database, read beside the running server."""
        file = self.folder / "data" / "opora.sqlite3"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            return connection.execute(question, values).fetchall()

    def one(self, question: str, *values: Any) -> Any:
        """The first value of the first row."""
        return self.rows(question, *values)[0][0]

    def forget_jobs(self) -> None:
        """Nothing waits in the queue any more; only before the start."""
        with sqlite3.connect(self.folder / "data" / "opora.sqlite3") as connection:
            connection.execute("delete from jobs_job")
            connection.execute("delete from django_tasks_database_dbtaskresult")

    def card(self, service: str) -> str:
        """Code of the newest card of a service."""
        return str(
            self.one(
                "select c.code from survey_card c join register_service s on s.id = c.service_id "
                "where s.code = ? order by c.id desc",
                service,
            )
        )

    def start(self, *, worker: bool = False) -> House:
        """Serve the pages, and do the long work where a test waits for it."""
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        bind = ("serve", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4")
        self.processes.append(opora(self.folder, *bind))
        if worker:
            self.processes.append(opora(self.folder, "worker"))
        wait_for(self.url + "/health/", self.processes[0])
        return self

    def stop(self) -> None:
        """End its processes and only them: the server at once, the worker after its step."""
        for process in self.processes:
            process.send_signal(signal.SIGQUIT if process is self.processes[0] else signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=3)
            except subprocess.TimeoutExpired:
                # A thread waits for a browser that opened a line and says nothing.
                os.killpg(process.pid, signal.SIGKILL)
        self.processes.clear()


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a house that lives in `folder`; nothing of the suite's own settings leaks in."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("OPORA_")}
    return kept | {
        "OPORA_MODE": "demo",
        "OPORA_DATA_DIR": str(folder / "data"),
        "OPORA_KEY_DIR": str(folder / "keys"),
        "OPORA_HEADS_DIR": str(folder / "heads"),
    }


def opora(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """The command `opora` in a process of its own; what it says lies in `log`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "opora.config.cli", *words],
            cwd=ROOT, env=surroundings(folder), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


PASSWORD = "светулка над Осъм 47"
SOMEBODY_WITH_A_PASSWORD = f"""
import django; django.setup()
import datetime as dt
from opora.foundation.accounts.models import Grant, User
person = User.objects.create_user("own-password@example.bg", {PASSWORD!r}, name="Яна Парапунова", organisation="Област Ловеч")
Grant.objects.create(user=person, role="regional_coordinator", scope="BG/LOV", since=dt.date(2020, 1, 1), given_by="Опора")
"""


def add_somebody_with_a_password(folder: Path) -> None:
    """The people of the demonstration have none, so the pages of passwords do not exist for them."""
    world = surroundings(folder) | {"DJANGO_SETTINGS_MODULE": "opora.config.settings"}
    subprocess.run([sys.executable, "-c", SOMEBODY_WITH_A_PASSWORD], cwd=ROOT, env=world, check=True)


def copy(template: Path, folder: Path) -> House:
    """A house of one's own, with the same data."""
    shutil.copytree(template, folder)
    return House(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until the address answers; a server that ended says so at once."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer in {PATIENCE:.0f} s")
