"""The frameworks Opora comes with: twenty indicators of practice with words for each level, and the standards by direction."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

FACTS = Path(__file__).parent / "facts"


@functools.cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of one file of facts."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
