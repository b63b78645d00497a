"""Pictures for the README and click logs of people's tasks, into docs/evidence: `make evidence`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "tests" / "browser"
TESTS = [HERE / "test_tasks.py", *sorted(HERE.glob("test_casework*.py")), HERE / "test_pictures.py"]


def main() -> int:
    """Do the tasks once more and keep what they show."""
    world = os.environ | {"OPORA_MODE": "test", "OPORA_EVIDENCE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-m", "browser", *map(str, TESTS)]
    return subprocess.run(command, cwd=ROOT, env=world, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
