"""Makers of small questions, and of the families of generalised assignment (Chu and Beasley 1997)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

SHARED = Path(__file__).resolve().parents[5] / "shared" / "benchmarks"


@dataclass(frozen=True)
class Question:
    """Inputs of `assign`."""

    cost: np.ndarray
    size: np.ndarray
    capacity: np.ndarray
    options: dict[str, Any] = field(default_factory=dict)


def question(seed: int) -> Question:
    """Up to five groups and three homes with every option at random."""
    chance = np.random.default_rng(seed)
    n, m = int(chance.integers(1, 6)), int(chance.integers(1, 4))
    cost = chance.uniform(-5, 20, (n, m)) if chance.random() < 0.3 else chance.integers(-3, 20, (n, m))
    size = chance.integers(1, 4, n) if chance.random() < 0.6 else chance.integers(1, 5, (n, m))
    capacity = chance.integers(0, 8, m)
    options: dict[str, Any] = {"forbidden": chance.random((n, m)) < 0.2}
    pairs = [tuple(map(int, chance.choice(n, 2, replace=False))) for _ in range(5)] if n > 1 else []
    options["together"] = [
        (*pair, None if chance.random() < 0.25 else float(chance.integers(0, 15)))
        for pair in pairs[: int(chance.integers(0, 4))]
    ]
    must = {frozenset(entry[:2]) for entry in options["together"] if entry[2] is None}
    options["apart"] = [] if must else pairs[3 : 3 + int(chance.integers(0, 3))]
    if chance.random() < 0.4 and size.ndim == 1:
        least = np.minimum(chance.integers(0, 4, m), capacity)
        options["least"] = least if least.sum() <= size.sum() else np.zeros(m)
    if chance.random() < 0.5:
        options["stay"] = (chance.integers(-1, m, n), float(chance.integers(0, 5)))
    return Question(cost.astype(float), size, capacity, options)


def best(asked: Question) -> tuple[float, float, float]:
    """People left out, shortfall and cost of the best plan, by trying all."""
    n, m = asked.cost.shape
    plans = (_values(asked, np.array(home)) for home in itertools.product(range(-1, m), repeat=n))
    return min(values for values in plans if values is not None)


def _values(asked: Question, home: np.ndarray) -> tuple[float, float, float] | None:
    """The three values of a plan, ``None`` if it breaks a rule."""
    n, m = asked.cost.shape
    load = np.broadcast_to(asked.size[:, None], (n, m)) if asked.size.ndim == 1 else asked.size
    people = asked.size if asked.size.ndim == 1 else np.ones(n)
    inside = np.flatnonzero(home >= 0)
    taken = np.bincount(home[inside], load[inside, home[inside]], m)
    one = asked.options
    met = [(i, j) for i, j in itertools.combinations(range(n), 2) if home[i] == home[j] >= 0]
    if (
        (taken > asked.capacity).any()
        or one["forbidden"][inside, home[inside]].any()
        or any(home[i] != home[j] for i, j, w in one["together"] if w is None)
        or any(tuple(sorted(pair)) in met for pair in one["apart"])
    ):
        return None
    cost = asked.cost[inside, home[inside]].sum()
    cost -= sum(w for i, j, w in one["together"] if w is not None and home[i] == home[j] >= 0)
    kept, bonus = one.get("stay", (np.full(n, -1), 0.0))
    cost -= bonus * int(((home == kept) & (home >= 0)).sum())
    short = np.maximum(one.get("least", np.zeros(m)) - taken, 0).sum()
    return float(people[home < 0].sum()), float(short), round(float(cost), 9)


def town(seed: int, people: int = 60, homes: int = 6, slack: int = 0) -> Question:
    """People in a square of 100 × 100 km, groups of one to three, homes with as many places as people and ``slack``."""
    chance = np.random.default_rng(seed)
    size = chance.choice([1, 1, 1, 2, 3], people)
    capacity = np.full(homes, (size.sum() + slack) // homes)
    capacity[: (size.sum() + slack) % homes] += 1
    spots, places = chance.uniform(0, 100, (people, 2)), chance.uniform(0, 100, (homes, 2))
    km = np.linalg.norm(spots[:, None] - places[None], axis=2)
    return Question(size[:, None] * km, size, capacity)


def published(name: str) -> Question:
    """One of the published instances of generalised assignment."""
    rest = [float(word) for word in (SHARED / "gap" / name).read_text(encoding="ascii").split()]
    m, n, rest = int(rest[0]), int(rest[1]), rest[2:]
    cost, size = (np.array(rest[at : at + m * n]).reshape(m, n).T for at in (0, m * n))
    return Question(cost, size, np.array(rest[2 * m * n :]))


def of_class(kind: str, homes: int, groups: int, seed: int) -> Question:
    """Made like the classes c, d and e (there: 0.8 of the mean load)."""
    chance = np.random.default_rng(seed)
    shape = (groups, homes)
    if kind == "c":
        size, cost = chance.integers(5, 26, shape), chance.integers(10, 51, shape)
    elif kind == "d":
        size = chance.integers(1, 101, shape)
        cost = 111 - size + chance.integers(-10, 11, shape)
    else:
        size = np.floor(1 - 10 * np.log(1 - chance.random(shape))).astype(int)
        cost = np.floor(1000 / size - 10 * chance.random(shape)).astype(int)
    return Question(cost, size, np.floor(0.8 * size.sum(axis=0) / homes))
