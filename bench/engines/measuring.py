"""Seconds of CPU with children, memory, and peers in environments of their own.

Ours runs in a forked child, so that its memory is its own and one case does not warm up the next. A peer runs
`bench/engines/peers/SCRIPT.py` in `.venv-peers/ENVIRONMENT`, made once from `peers/ENVIRONMENT.txt`: several cannot be
imported in one process, and some are under the GPL, so none is a dependency of Opora. The clock for both starts when
the instance is read and the libraries are loaded (`begin()` in a peer's script), unless a row says otherwise.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHARED = ROOT.parent / "shared"
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""For both sides: threads of a matrix library that wait for a busy core count as CPU and say nothing about the work."""
LIMIT = 200.0
"""Seconds of the clock after which a peer is stopped; it then counts as that limit."""


@dataclass(frozen=True)
class Run:
    """What one run gave and took: the answer (``None`` if stopped), CPU and clock seconds, most memory in MiB."""

    answer: Any
    cpu: float
    clock: float
    memory: float


@dataclass(frozen=True)
class Row:
    """One line of docs/benchmarks.md. ``bound``: how exact (proven, gap, difference); ``asked``: what the issue asks."""

    engine: str
    case: str
    ours: str
    peer: str = "–"
    theirs: str = "–"
    ratio: str = "–"
    bound: str = "–"
    asked: str = "–"
    met: str = "–"
    """да / не / –, judged by the script from the measured numbers."""

    def say(self) -> None:
        """Print the row for a person and, if asked for, note it for the table."""
        print(" | ".join(asdict(self).values()), flush=True)
        if notes := os.environ.get("BENCH_ROWS"):
            with open(notes, "a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(self), ensure_ascii=False) + "\n")


def ours(work: Callable[[], Any], *, warm: Callable[[], Any] | None = None) -> Run:
    """Do the work in a forked child; ``warm`` runs there before the clock starts (imports, first-use loading)."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_carried, args=(work, warm, sender))
    child.start()
    sender.close()
    try:
        answer, cpu, clock, memory = pickle.loads(receiver.recv_bytes())
    except EOFError:
        raise SystemExit("the measured work ended without an answer") from None
    child.join()
    return Run(answer, cpu, clock, memory)


def _carried(work: Callable[[], Any], warm: Callable[[], Any] | None, sender: Any) -> None:
    if warm is not None:
        warm()
    before, began = _used(), time.perf_counter()
    answer = work()
    clock, cpu = time.perf_counter() - began, _used() - before
    sender.send_bytes(pickle.dumps((answer, cpu, clock, _memory())))


def _used() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def _memory() -> float:
    """Most memory in MiB of this process and of the largest child."""
    return (
        max(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
        )
        / 1024
    )


def peer(environment: str, script: str, given: Mapping[str, Any], *, limit: float = LIMIT) -> Run:
    """Run a peer on arrays and numbers; past the limit it is killed and its answer is ``None``.

    The script reads ``sys.argv[1]`` (npz), prints one JSON line with ``cpu``, ``clock``, ``memory`` and ``answer``;
    ``peers/timing.py`` does that.
    """
    python = _environment(environment)
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        np.savez(file, **{name: np.asarray(value) for name, value in given.items()})
        file.flush()
        began = time.perf_counter()
        try:
            ran = subprocess.run(
                [str(python), str(HERE / "peers" / f"{script}.py"), file.name],
                capture_output=True, text=True, timeout=limit + 30, check=False,
                env={**os.environ, **ONE_THREAD, "PEER_LIMIT": str(limit), "PYTHONPATH": ""}, start_new_session=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Run(None, limit, time.perf_counter() - began, float("nan"))
    # A peer that its own alarm stopped has told so before it ended.
    if ran.returncode and not (ran.returncode == -signal.SIGKILL and ran.stdout.strip()):
        raise SystemExit(f"{script}: {ran.stderr[-2000:]}")
    said = json.loads(ran.stdout.splitlines()[-1])
    return Run(said["answer"], said["cpu"], said["clock"], said["memory"])


def _environment(name: str) -> Path:
    """Make the environment of a peer once; it is kept beside the checkout's own."""
    folder, wanted = ROOT / ".venv-peers" / name, HERE / "peers" / f"{name}.txt"
    python, mark = folder / "bin" / "python", folder / "ready"
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted.read_text(encoding="utf-8"):
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(wanted)], check=True)
        mark.write_text(wanted.read_text(encoding="utf-8"), encoding="utf-8")
    return python


def ratio(theirs: Run, mine: Run) -> float:
    """How many times the peer's CPU is ours."""
    return theirs.cpu / max(mine.cpu, 1e-9)


def seconds(run: Run) -> str:
    """CPU seconds as the table writes them; ``> 200`` for a peer that was stopped."""
    if run.answer is None:
        return f"> {run.cpu:.0f} s (спрян)"
    return f"{run.cpu * 1000:.1f} ms" if run.cpu < 0.1 else f"{run.cpu:.2f} s"


def judged(*holds: bool) -> str:
    """„да“ if everything holds, else „не“."""
    return "да" if all(holds) else "не"
