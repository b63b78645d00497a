"""Makers for the tests of scoring, and the published instance."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from opora.engines.scoring import Framework

ASEM = Path(__file__).resolve().parents[5] / "shared" / "benchmarks" / "asem"


def marks(services: int = 12, criteria: int = 4, seed: int = 1, missing: float = 0.0) -> np.ndarray:
    """Marks from 0 to 100, some missing."""
    chance = np.random.default_rng(seed)
    table = 100 * chance.random((services, criteria))
    table[chance.random(table.shape) < missing] = np.nan
    return table


def places(table: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Places [services] under one weighting, the plain way: 1 + how many are strictly better."""
    seen = ~np.isnan(table)
    score = (np.where(seen, table, 0) * weights).sum(axis=1) / (seen * weights).sum(axis=1)
    return 1 + (score[None, :] > score[:, None] + 1e-12 * 100).sum(axis=1)


def exact_two(table: list[tuple[int, int]]) -> list[list[Fraction]]:
    """Shares of places for two criteria and a uniform weight, by hand: lines cross at known weights."""
    count = len(table)
    cuts = {Fraction(0), Fraction(1)}
    for a, b in table:
        for c, d in table:
            if (a - c) - (b - d):
                at = Fraction(d - b, (a - c) - (b - d))
                cuts |= {at} if 0 < at < 1 else set()
    shares = [[Fraction(0)] * count for _ in range(count)]
    ordered = sorted(cuts)
    for low, high in pairwise(ordered):
        w = (low + high) / 2
        score = [w * a + (1 - w) * b for a, b in table]
        for i in range(count):
            shares[i][sum(other > score[i] for other in score)] += high - low
    return shares


def tree(**other: object) -> Framework:
    """Two pillars of two indicators each."""
    parents = {"a": "P", "b": "P", "c": "Q", "d": "Q", "P": "I", "Q": "I"}
    return Framework(["a", "b", "c", "d"], parents, **other)


def columns(**changed: list[float]) -> dict[str, list[float]]:
    """Five services on the four indicators of the tree."""
    return {
        "a": [1, 2, 3, 4, 5],
        "b": [5, 4, 3, 2, 1],
        "c": [10, 40, 20, 50, 30],
        "d": [1, 3, 2, 5, 4],
    } | changed


@cache
def asem_rows(name: str) -> list[dict[str, str]]:
    """One file of the published instance; the test is skipped where it is absent."""
    if not ASEM.exists():
        pytest.skip("the published instance ASEM is not beside the checkout")
    with (ASEM / f"ASEM_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asem() -> tuple[dict[str, list], Framework, list[str]]:
    """Raw columns, the framework and the units of ASEM."""
    rows, meta = (
        asem_rows("iData"),
        [m for m in asem_rows("iMeta") if m["Type"] in ("Indicator", "Aggregate")],
    )

    def of(name: str) -> dict[str, str]:
        return {m["iCode"]: m[name] for m in meta}

    framework = Framework(
        [m["iCode"] for m in meta if m["Type"] == "Indicator"],
        of("Parent"),
        {code: float(one) for code, one in of("Direction").items()},
        {code: float(one) for code, one in of("Weight").items()},
        of("Denominator"),
    )
    raw: dict[str, list] = {code: [as_published(row[code]) for row in rows] for code in framework.columns}
    return raw | {"EurAsia_group": [r["EurAsia_group"] for r in rows]}, framework, [r["uCode"] for r in rows]


def as_published(written: str) -> float:
    """COINr's own results were computed from values of eleven characters; the raw file has more digits."""
    if not written:
        return float("nan")
    value = float(written)
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 1
    return round(value, max(0, 10 - whole))


def published(name: str, code: str, units: list[str]) -> np.ndarray:
    """One column of COINr's results."""
    by = {row["unit"]: row for row in asem_rows(name)}
    return np.array([float(by[unit][code]) for unit in units])
