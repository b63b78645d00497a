"""What was acknowledged is there after a killed process, a power cut and a full disk (R1, R2, R9, R11)."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERD = "opora.foundation.core.tests.herd"
GCC = shutil.which("gcc")
needs_gcc = pytest.mark.skipif(GCC is None, reason="the simulated disk needs gcc")


@dataclass
class Trial:
    """One database, its writers and what they were told is safe."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database = self.folder / "disk" / "trial.sqlite3"
        self.acks = self.folder / "acks"
        for made in (self.database.parent, self.acks):
            made.mkdir(parents=True, exist_ok=True)

    def start(self, *options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", HERD, str(self.database), str(self.acks), *options]
        started = subprocess.Popen(
            command,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert started.stdout is not None
        assert started.stdout.readline() == "ready\n"
        return started

    def run(self, *options: str) -> None:
        assert self.start(*options).wait(60) == 0

    def kill(self, after: float, *options: str) -> None:
        started = self.start("--seconds", "60", *options)
        time.sleep(after)
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()

    def lines(self) -> list[tuple[int, int, float]]:
        """Acknowledged transactions: writer, number, milliseconds."""
        return [
            (int(log.name), int(line.split()[0]), float(line.split()[1]))
            for log in self.acks.iterdir()
            for line in log.read_text().splitlines()
        ]

    def lost(self, database: Path | None = None) -> int:
        """How many acknowledged transactions the database does not hold; it must be whole."""
        opened = sqlite3.connect(database or self.database)
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        try:
            present = set(opened.execute("SELECT writer, number FROM work"))
        except sqlite3.OperationalError:
            present = set()
        opened.close()
        return len({(writer, number) for writer, number, _ in self.lines()} - present)


@pytest.fixture(scope="session")
def simulated_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared library of disk.c."""
    made = tmp_path_factory.mktemp("disk") / "disk.so"
    source = Path(__file__).with_name("disk.c")
    subprocess.run([str(GCC), "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


Cut = Callable[[Path, str], tuple[int, int]]


@pytest.fixture
def cut_power(simulated_disk: Path) -> Cut:
    """Cut the power under eight writers and give (acknowledged, lost)."""

    def cut(folder: Path, synchronous: str) -> tuple[int, int]:
        shadow = folder / "shadow"
        shadow.mkdir(parents=True)
        disk = {
            "LD_PRELOAD": str(simulated_disk),
            "OPORA_DISK": str(folder / "disk"),
            "OPORA_SHADOW": str(shadow),
        }
        trial = Trial(folder, disk)
        trial.kill(0.4, "--synchronous", synchronous)
        return len(trial.lines()), trial.lost(shadow / trial.database.name)

    return cut


def test_r1_killed_writers_lose_nothing(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    for _ in range(2):
        trial.kill(0.3)
        assert trial.lost() == 0
    assert len(trial.lines()) > 50


@pytest.mark.slow
def test_r1_killed_writers_lose_nothing_in_twelve_rounds(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    for number in range(12):
        trial.kill(0.2 + number / 20)
        assert trial.lost() == 0


@needs_gcc
def test_r2_a_power_cut_loses_nothing_with_the_shipped_settings(tmp_path: Path, cut_power: Cut) -> None:
    acknowledged, lost = cut_power(tmp_path, "FULL")
    assert acknowledged > 20
    assert lost == 0


@needs_gcc
def test_r2_the_trial_can_fail_synchronous_normal_loses_work(tmp_path: Path, cut_power: Cut) -> None:
    # A cut may fall right after a checkpoint, when nothing is at stake; of five one does not.
    cuts = (cut_power(tmp_path / str(number), "NORMAL") for number in range(5))
    assert any(0 < lost <= acknowledged for acknowledged, lost in cuts)


@needs_gcc
@pytest.mark.slow
def test_r2_twenty_power_cuts(tmp_path: Path, cut_power: Cut) -> None:
    for number in range(20):
        assert cut_power(tmp_path / str(number), "FULL")[1] == 0


@needs_gcc
@pytest.mark.parametrize("errno", [28, 30], ids=["disk full", "disk read-only"])
def test_r9_a_failing_disk_loses_nothing_acknowledged(
    tmp_path: Path, simulated_disk: Path, errno: int
) -> None:
    flag = tmp_path / "fail"
    disk = {"LD_PRELOAD": str(simulated_disk), "OPORA_DISK": str(tmp_path / "disk"), "OPORA_FAIL": str(flag)}
    trial = Trial(tmp_path, disk)
    command = [
        sys.executable,
        "-m",
        "opora.foundation.core.tests.full",
        str(trial.database),
        str(flag),
        str(errno),
    ]
    ran = subprocess.run(command, check=False, env=os.environ | disk, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def _waits(folder: Path, *options: str) -> list[float]:
    trial = Trial(folder)
    trial.run("--seconds", "2.5", *options)
    assert trial.lost() == 0
    return sorted(wait for *_, wait in trial.lines())


@pytest.mark.slow
def test_r11_the_queue_keeps_eight_writers_fair(tmp_path: Path) -> None:
    """Counts and order, not milliseconds: those are printed by bench/sqlite.py on a quiet machine."""
    queued = _waits(tmp_path / "queue")
    polling = _waits(tmp_path / "none", "--no-queue")
    assert queued[-1] < polling[-1]
    assert queued[-1] < 1500
