"""Many people at once on a server as it is run for real: trial 21 of the trust tests, C1 on SQLite and C2 on PostgreSQL."""

from __future__ import annotations

import http.client
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from bench.casework.country import FIRST, FOLDER, ROOT, TEXT
from opora.care.casework import stages
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock

LOG = Path(FOLDER.name) / "log"
TOKEN = "a" * 32


def note_of() -> dict[str, str]:
    """A note as the form sends it."""
    day = clock.today().strftime("%d.%m.%Y")
    return {"key": os.urandom(16).hex(), "text": TEXT, "kind": "home_visit", "on": day}


@dataclass
class Somebody:
    """A signed-in worker with the codes of their files, asking one thing after another."""

    port: int
    session: str
    codes: list[str]
    seed: int
    took: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)

    def work(self, end: float) -> None:
        """30 % list, 45 % file page with its audit, 15 % search, 10 % note, until the end."""
        dice, line = (
            random.Random(self.seed),
            http.client.HTTPConnection("127.0.0.1", self.port, timeout=60),
        )
        while time.monotonic() < end:
            start = time.perf_counter()
            line.request(*self._asked(dice), headers=self._headers())
            answer = line.getresponse()
            answer.read()
            self.took.append(time.perf_counter() - start)
            if answer.status not in (200, 302):
                self.wrong.append(answer.status)

    def _asked(self, dice: random.Random) -> tuple[str, str, str]:
        roll, code = dice.random(), quote(dice.choice(self.codes))
        if roll < 0.3:
            return "GET", "/files/", ""
        if roll < 0.75:
            return "GET", f"/files/{code}/", ""
        if roll < 0.9:
            return "POST", "/files/find/", urlencode({"q": dice.choice(FIRST)[:3]})
        return "POST", f"/files/{code}/", urlencode(note_of())

    def _headers(self) -> dict[str, str]:
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return {
            "Cookie": cookies,
            "X-CSRFToken": TOKEN,
            "Referer": f"http://127.0.0.1:{self.port}/",
            **form,
        }


def workers(port: int, many: int) -> list[Somebody]:
    """So many workers who have files in work, signed in."""
    leads = User.objects.filter(led_files__stage=stages.WORK).order_by("pk").distinct()[:many]
    found = [
        Somebody(
            port,
            people.client_of(one).cookies["sessionid"].value,
            list(one.led_files.filter(stage=stages.WORK).values_list("code", flat=True)[:30]),
            seed,
        )
        for seed, one in enumerate(leads)
    ]
    connection.close()
    return found


def at_once(seconds: float, connections: int = 16, threads: int = 2) -> None:
    """Print requests a second, median and p95 of so many connections; they come from the same cores."""
    port = 18_000 + os.getpid() % 10_000
    command = [sys.executable, "-m", "opora.config.cli", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", str(threads)]  # fmt: skip
    # Not as in tests, where the wall of row-level security is open.
    env = os.environ | {"OPORA_MODE": "demo", "OPORA_SECRET_KEY": settings.SECRET_KEY}
    with LOG.open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=env)
    try:
        everybody = workers(port, connections)
        wait(port)
        lasted = _together(everybody, seconds)
        print(f"  2 processes of {threads} thread{'s' * (threads > 1)}:", end="", flush=True)
        tell(everybody, lasted)
    finally:
        server.terminate()
        server.wait()


def _together(everybody: list[Somebody], seconds: float) -> float:
    started = time.monotonic()
    threads = [threading.Thread(target=one.work, args=(started + seconds,)) for one in everybody]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return time.monotonic() - started


def tell(everybody: list[Somebody], lasted: float) -> None:
    """What they saw, as one line."""
    took = sorted(one for somebody in everybody for one in somebody.took)
    wrong = [one for somebody in everybody for one in somebody.wrong]
    print(
        f"  {len(everybody)} at once for {lasted:.0f} s: {len(took) / lasted:.0f} requests/s, "
        f"median {took[len(took) // 2] * 1000:.0f} ms, p95 {took[int(len(took) * 0.95)] * 1000:.0f} ms, "
        f"{len(wrong)} wrong {sorted(set(wrong))}; load comes from the same cores"
    )


def wait(port: int) -> None:
    """Until the server answers."""
    for _ in range(600):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health/")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer: " + LOG.read_text()[-2000:])
