"""People to place and homes to take them, made over the real settlements of Bulgaria by a printed seed.

1,797 people, 300 groups of two to four who stay together, the others alone; 149 homes of 12 to 14 places. Origins are
drawn by population; a home stands in a settlement drawn by population. The people are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.engines import recipes

SEED = 20141231
PEOPLE, GROUPS, HOMES = 1797, 300, 149
FAR, UNSUPPORTED, WISHES, FRIEND = 400.0, 15.0, (30.0, 20.0, 10.0), 60.0
"""Most km that count, cost of a high need without support, worth of the first to third wish per person, of a friend."""


@dataclass(frozen=True)
class Placement:
    """One instance. ``km[n, m]``; ``cost[n, m]`` as the engine reads it; ``friends``: (group, group, 60)."""

    km: np.ndarray
    cost: np.ndarray
    size: np.ndarray
    capacity: np.ndarray
    friends: tuple[tuple[int, int, float], ...]


def placement(
    seed: int = SEED,
    *,
    slack: bool = True,
    friends: int = 250,
    people: int = PEOPLE,
    groups: int = GROUPS,
    homes: int = HOMES,
    spread: bool = True,
) -> Placement:
    """Make an instance; without ``slack`` there is exactly one place per person.

    ``spread``: homes in different settlements, so that the largest towns must send people away; otherwise a town may
    have several.
    """
    chance = np.random.default_rng(seed)
    towns = recipes.settlements()
    share = towns.people / towns.people.sum()
    size = _sizes(chance, people, groups)
    origin = chance.choice(len(share), len(size), p=share)
    place = chance.choice(len(share), homes, p=share, replace=not spread)
    km = np.minimum(recipes.kilometres(_at(towns, origin), _at(towns, place)), FAR)
    high = chance.binomial(size, 0.2)
    supported = chance.random(homes) < 0.6
    cost = size[:, None] * km + UNSUPPORTED * high[:, None] * ~supported[None]
    _wish(chance, cost, km, size)
    capacity = _capacity(chance, people, homes, slack)
    pairs = {tuple(sorted(chance.choice(len(size), 2, replace=False).tolist())) for _ in range(friends)}
    return Placement(km, cost, size, capacity, tuple((i, j, FRIEND) for i, j in sorted(pairs)))


def _at(towns: recipes.Places, chosen: np.ndarray) -> recipes.Places:
    return recipes.Places(*(column[chosen] for column in towns))


def _sizes(chance: np.random.Generator, people: int, groups: int) -> np.ndarray:
    """Groups of two to four first, then people alone, shuffled."""
    together = chance.choice([2, 3, 4], groups, p=[0.7, 0.2, 0.1])
    size = np.concatenate([together, np.ones(people - together.sum(), dtype=int)])
    return chance.permutation(size)


def _wish(chance: np.random.Generator, cost: np.ndarray, km: np.ndarray, size: np.ndarray) -> None:
    """Two in five groups name three of their ten nearest homes."""
    near = np.argsort(km, axis=1, kind="stable")[:, :10]
    for group in np.flatnonzero(chance.random(len(size)) < 0.4):
        for home, worth in zip(chance.choice(near[group], 3, replace=False), WISHES, strict=False):
            cost[group, home] -= worth * size[group]


def _capacity(chance: np.random.Generator, people: int, homes: int, slack: bool) -> np.ndarray:
    """12 to 14 places each, drawn; without slack as even as can be, one place per person."""
    if slack:
        return chance.integers(12, 15, homes)
    capacity = np.full(homes, people // homes)
    capacity[chance.permutation(homes)[: people % homes]] += 1
    return capacity
