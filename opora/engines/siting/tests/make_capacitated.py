"""Instances of siting with capacities: small made ones, the published files, every plan by hand."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

SHARED = Path(__file__).resolve().parents[5] / "shared" / "benchmarks"


class Instance(NamedTuple):
    """What ``capacitated`` takes, in its order."""

    cost: np.ndarray
    demand: np.ndarray
    capacity: np.ndarray
    fixed_cost: np.ndarray


def instance(
    seed: int, customers: int = 7, places: int = 3, *, spare: float = 1.4, whole: bool = True
) -> Instance:
    """Demands 1 to 9, capacities that hold ``spare`` times all demand together, so that they bind."""
    draw = np.random.default_rng(seed)
    demand = draw.integers(1, 10, customers).astype(float) if whole else draw.uniform(1, 10, customers)
    part = draw.uniform(0.6, 1.4, places)
    capacity = np.ceil(part / part.sum() * demand.sum() * spare)
    cost = draw.integers(0, 60, (customers, places)).astype(float)
    return Instance(cost, demand, capacity, draw.integers(0, 90, places).astype(float))


def every_plan(given: Instance) -> float:
    """The least cost over all ways to serve each customer whole from one place; infinite if none fits."""
    count, places = given.cost.shape
    best = np.inf
    for serves in itertools.product(range(places), repeat=count):
        load = np.bincount(serves, given.demand, places)
        if (load <= given.capacity + 1e-9).all():
            opened = np.unique(serves)
            best = min(
                best, given.cost[np.arange(count), list(serves)].sum() + given.fixed_cost[opened].sum()
            )
    return float(best)


def published(name: str) -> tuple[Instance, float]:
    """A file of Holmberg and others or of OR-Library, with its proven optimum."""
    family = "sscflp" if name.startswith("p") else "cap"
    if not SHARED.is_dir():
        pytest.skip("the published instances are not beside this checkout")
    with (SHARED / f"{family}_optima.csv").open(encoding="utf-8") as stream:
        optimum = {row["instance"]: float(row["optimum"]) for row in csv.DictReader(stream)}[name]
    path = SHARED / family / (name if family == "sscflp" else f"{name}.txt")
    first, second, *rest = path.read_text(encoding="utf-8").split()
    read = _holmberg if family == "sscflp" else _library
    return read(int(first), int(second), np.array(rest, dtype=float)), optimum


def _holmberg(m: int, n: int, v: np.ndarray) -> Instance:
    start = 2 * m + n
    return Instance(v[start : start + n * m].reshape(n, m), v[2 * m : start], v[:m], v[m : 2 * m])


def _library(m: int, n: int, v: np.ndarray) -> Instance:
    rows = v[2 * m : 2 * m + n * (m + 1)].reshape(n, m + 1)
    return Instance(rows[:, 1:], rows[:, 0], v[: 2 * m : 2], v[1 : 2 * m : 2])
