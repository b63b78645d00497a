"""Opora as a stranger would run it: own folders, own process, nothing of the suite's settings."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests import beginnings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0


@dataclass
class House:
    """Folders of one installation, and the processes started in it."""

    folder: Path
    mode: str = "production"
    more: dict[str, str] = field(default_factory=dict)
    server: subprocess.Popen[bytes] | None = None
    port: int = 0

    def environment(self) -> dict[str, str]:
        """As after `env -i`: only what finding Python takes, and our own variables."""
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.folder),
            "OPORA_MODE": self.mode,
            "OPORA_DATA_DIR": str(self.folder / "data"),
            "OPORA_KEY_DIR": str(self.folder / "keys"),
            "OPORA_HEADS_DIR": str(self.folder / "heads"),
            "OPORA_HOSTS": "127.0.0.1,opora.example",
        } | self.more

    def migrated(self) -> House:
        """As after `opora migrate`: every table, and the built-in facts. The tables come from what the suite keeps; R5 and R22 begin
        with nothing."""
        beginnings.with_tables(self.folder)
        done = self.opora("migrate")
        assert done.returncode == 0, done.stderr
        return self

    def opora(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "opora.config.cli", *words],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    def python(self, code: str) -> subprocess.CompletedProcess[str]:
        surroundings = self.environment() | {"DJANGO_SETTINGS_MODULE": "opora.config.settings"}
        return subprocess.run(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
            cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def serve(self, workers: int = 1) -> None:
        """Start the server and wait for its first answer; its log lies in `log`."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        bind = ["--bind", f"127.0.0.1:{self.port}", "--workers", str(workers), "--threads", "4"]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "opora.config.cli", "serve", *bind],
                cwd=ROOT, env=self.environment(), stdout=log, stderr=log,
            )  # fmt: skip
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.server.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < end, "no answer"
            time.sleep(0.1)

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/health/", headers={"X-Forwarded-Proto": "https"})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def children(self) -> list[int]:
        """Process numbers of the server's workers."""
        assert self.server
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGQUIT)
            try:
                self.server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.server.kill()


def production(folder: Path, **more: str) -> House:
    """An installation for real work, behind a server that speaks TLS."""
    given = {"OPORA_SECRET_KEY": secrets.token_urlsafe(64), "OPORA_BEHIND_PROXY": "1"} | more
    return House(folder, "production", given)
