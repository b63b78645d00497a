"""Run every engine's benchmark and write docs/benchmarks.md. python -m bench.engines [NAME…]"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from bench.engines.measuring import HERE, ONE_THREAD, ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
COLUMNS = ("engine", "case", "ours", "peer", "theirs", "ratio", "bound", "asked", "met")
HEADS = ("engine", "case", "ours", "peer", "theirs", "ratio", "how exact", "asked", "met")


def names() -> list[str]:
    """Every module here that measures one engine."""
    return sorted(
        p.stem for p in HERE.glob("*.py") if p.stem not in ("__init__", "__main__", "measuring", "recipes")
    )


def measured(chosen: list[str]) -> list[dict[str, str]]:
    """Run each in a process of its own; one that fails is named and the others go on."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "rows.jsonl"
        for name in chosen:
            print(f"== {name}", flush=True)
            ran = subprocess.run(
                [sys.executable, "-m", f"bench.engines.{name}"], cwd=ROOT, check=False,
                env={**os.environ, **ONE_THREAD, "BENCH_ROWS": str(notes), "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            if ran.returncode:
                print(f"{name} failed", file=sys.stderr)
        lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
    return [json.loads(line) for line in lines]


def machine() -> str:
    """What the figures were measured on."""
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "highspy"))
    return f"{os.cpu_count()} cores of {cpu}, {platform.system()}, Python {platform.python_version()}, {libraries}"


def page(rows: list[dict[str, str]]) -> str:
    """The table as a document."""
    head = f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}\n"
    body = "".join("| " + " | ".join(row[c].replace("|", "/") for c in COLUMNS) + " |\n" for row in rows)
    return (
        "# Benchmarks of the engines\n\n"
        f"Written by `make bench` on {dt.date.today():%Y-%m-%d}: {machine()}. CPU seconds with children unless a row "
        "says clock; a peer stopped by the limit of 200 s counts as 200 s. Instances in `../shared` or made by "
        "`bench/engines` from a printed seed; peers in environments of their own (`bench/engines/peers`). „не“ in the last column is a "
        "target not met, said plainly.\n\n" + head + body
    )


if __name__ == "__main__":
    wanted = sys.argv[1:] or names()
    found = measured(wanted)
    if not sys.argv[1:]:
        PAGE.write_text(page(found), encoding="utf-8")
    print(page(found))
