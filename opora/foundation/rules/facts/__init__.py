"""The rules Opora comes with; none of them verified."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from pathlib import Path


@functools.cache
def builtin() -> Mapping[str, Mapping[str, str]]:
    """Code → row of facts/rules.csv."""
    with (Path(__file__).parent / "rules.csv").open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
