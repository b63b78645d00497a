"""Makers of marks: the published tables, and 500 random ones with gaps whose alphas an oracle stored."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

LEVELS = ("nominal", "ordinal", "interval", "ratio")
STORED = Path(__file__).with_name("krippendorff.csv")
TABLES = 500
_ = np.nan

KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
"""Computing Krippendorff's Alpha-Reliability (2011), part C: 4 observers, 12 units."""
ENCYCLOPEDIA = np.array(
    [
        [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
        [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
        [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
    ]
)
"""Wikipedia's example: 3 observers, 15 units."""


def tables(count: int = TABLES) -> list[np.ndarray]:
    """Draw tables of 2–8 observers and 2–40 units with gaps, from chance to nearly full agreement, also of fractions."""
    return [table(np.random.default_rng([20261127, number])) for number in range(count)]


def table(chance: np.random.Generator) -> np.ndarray:
    """Draw one table."""
    observers, units, values = chance.integers(2, 9), chance.integers(2, 41), chance.integers(2, 9)
    truth = chance.integers(0, values, units)
    off = chance.random((observers, units)) < chance.random()
    code = np.where(off, chance.integers(0, values, (observers, units)), truth)
    scale = np.arange(values) if chance.random() < 0.7 else np.sort(chance.random(values).round(3)) * 9
    marks = scale[code].astype(float)
    marks[chance.random(marks.shape) < chance.random() * 0.6] = np.nan
    return marks


def visits(units: int = 1200, observers: int = 5, seed: int = 1) -> np.ndarray:
    """Draw marks of 1–5 with moderate agreement and one gap in five, as visits to services give them."""
    chance = np.random.default_rng(seed)
    truth = chance.normal(3, 1, units)
    marks = np.clip(np.rint(truth + chance.normal(0, 0.6, (observers, units))), 1, 5)
    marks[chance.random(marks.shape) < 0.2] = np.nan
    return marks


def stored() -> list[dict[str, float]]:
    """Read what the package krippendorff 0.9.0 gave for the tables; nan where it refused."""
    with STORED.open(encoding="utf-8", newline="") as file:
        return [{level: float(row[level]) for level in LEVELS} for row in csv.DictReader(file)]


def store(rows: list[list[float | None]]) -> None:
    """Write what the oracle gave, one row a table."""
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LEVELS)
        writer.writerows([repr(float("nan") if v is None else v) for v in row] for row in rows)
