"""Small sitings and their answers by trying every choice."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def median(seed: int, *, gaps: float = 0.0, whole: bool = True) -> tuple[Array, Array, int]:
    """Distances, weights (some zero) and p; ``gaps`` is the share of impossible pairs."""
    chance = np.random.default_rng(seed)
    n, m = (int(one) for one in chance.integers(1, 12, 2))
    far = chance.integers(0, 30, (n, m)).astype(float) if whole else chance.random((n, m)) * 30
    far[chance.random((n, m)) < gaps] = np.inf
    return far, chance.integers(0, 6, n).astype(float), int(chance.integers(1, min(m, 5) + 1))


def plane(n: int, m: int, seed: int = 0) -> tuple[Array, Array]:
    """Points on a plane: distances of n demands to m sites and uneven weights."""
    chance = np.random.default_rng(seed)
    people, sites = chance.random((n, 1, 2)), chance.random((1, m, 2))
    return np.hypot(*np.moveaxis(people - sites, 2, 0)) * 100, np.ceil(chance.pareto(1.2, n) * 20 + 1)


def graph(n: int, seed: int) -> Array:
    """Shortest paths in a random connected graph with lengths 1 … 100, as OR-Library's pmed."""
    from scipy.sparse.csgraph import shortest_path

    chance = np.random.default_rng(seed)
    table = np.zeros((n, n))
    table[np.arange(n - 1), np.arange(1, n)] = chance.integers(1, 101, n - 1)
    table[chance.integers(0, n, n * n // 50), chance.integers(0, n, n * n // 50)] = chance.integers(
        1, 101, n * n // 50
    )
    return np.asarray(shortest_path(table, directed=False))


def best_median(far: Array, people: Array, p: int, fixed: Any = (), forbidden: Any = ()) -> float:
    """Least cost over all choices; inf if none serves everybody."""
    counted = people > 0
    return min(
        (
            float((far[counted][:, list(one)].min(axis=1) * people[counted]).sum())
            for one in combinations(range(far.shape[1]), p)
            if set(fixed) <= set(one) and not set(forbidden) & set(one)
        ),
        default=np.inf,
    )


def best_cover(
    far: Array, people: Array, p: int, radius: float, fixed: Any = (), forbidden: Any = ()
) -> float:
    """Most weight within the radius over all choices."""
    return max(
        float(people[(far[:, list(one)] <= radius).any(axis=1)].sum())
        for one in combinations(range(far.shape[1]), p)
        if set(fixed) <= set(one) and not set(forbidden) & set(one)
    )
