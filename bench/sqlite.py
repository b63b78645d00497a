"""Durable commits and waits of eight writers, with and without the queue. Run: python bench/sqlite.py"""

import subprocess
import sys
import tempfile
from pathlib import Path

SECONDS = 4.0


def measure(*options: str) -> str:
    """Let writers work and describe their waits in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        acks = Path(folder) / "acks"
        acks.mkdir()
        herd = [
            sys.executable,
            "-m",
            "opora.foundation.core.tests.herd",
            f"{folder}/bench.sqlite3",
            str(acks),
        ]
        subprocess.run([*herd, "--seconds", str(SECONDS), *options], check=True, stdout=subprocess.DEVNULL)
        waits = sorted(
            float(line.split()[1]) for log in acks.iterdir() for line in log.read_text().splitlines()
        )
    middle, late = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    rate = len(waits) / SECONDS
    return f"{rate:,.0f}/s, median {middle:.1f} ms, p99 {late:.1f} ms, longest {waits[-1]:.0f} ms"


if __name__ == "__main__":
    print("1 writer:", measure("--writers", "1"))
    print("8 writers with the queue:", measure())
    print("8 writers without:", measure("--no-queue"))
