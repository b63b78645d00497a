"""The dictionary of Opora's data: which table serves which activity, and which holds nothing of a person, with the reason."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Table:
    """One table: the activity it serves, or why no person stands in it."""

    label: str
    activity: str
    reason: str


@functools.cache
def tables() -> dict[str, Table]:
    """By label, such as `casework.person`."""
    with (Path(__file__).parent / "dictionary.csv").open(encoding="utf-8") as file:
        return {
            row["model"]: Table(row["model"], row["activity"], row["reason"]) for row in csv.DictReader(file)
        }


def of_activity(key: str) -> list[str]:
    """Labels of the tables of one activity, in order."""
    return [one.label for one in tables().values() if one.activity == key]
