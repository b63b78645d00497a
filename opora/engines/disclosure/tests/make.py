"""Makers for tables in tests."""

import numpy as np

from opora.engines.disclosure import Table, flat, tabulate

REGIONS = [f"R{number}" for number in range(28)]
SERVICES = [f"S{number}" for number in range(10)]
GROUPS = ["G0", "G1", "G2", "G3"]


def counts(seed: int, size: int, shape: float = 1.2, mean: float = 16.0) -> list[int]:
    """Draw counts of people as uneven as in the field: many small, a few large."""
    chance = np.random.default_rng(seed)
    return [int(value) for value in chance.poisson(chance.gamma(shape, mean, size))]


def two_way(seed: int = 1) -> Table:
    """28 regions × 10 services with totals: 319 cells."""
    keys = [(region, service) for region in REGIONS for service in SERVICES]
    leaves = dict(zip(keys, counts(seed, len(keys)), strict=True))
    return tabulate(leaves, [flat("BG", REGIONS), flat("all", SERVICES)])


def margins(seed: int) -> Table:
    """A random table of 2–12 rows × 2–8 columns with its margins, at least one count small."""
    chance = np.random.default_rng(seed)
    rows, columns = (int(one) for one in chance.integers((2, 2), (13, 9)))
    keys = [(f"r{row}", f"c{column}") for row in range(rows) for column in range(columns)]
    leaves = dict(zip(keys, counts(seed, len(keys)), strict=True))
    leaves[keys[seed % len(keys)]] = 1 + seed % 4
    return tabulate(
        leaves,
        [flat("all", [f"r{row}" for row in range(rows)]), flat("both", [f"c{c}" for c in range(columns)])],
    )


def three_way(seed: int = 1) -> Table:
    """28 regions × 10 services × 4 groups with totals: 1,595 cells."""
    keys = [(region, service, group) for region in REGIONS for service in SERVICES for group in GROUPS]
    leaves = dict(zip(keys, counts(seed, len(keys), mean=12.0), strict=True))
    return tabulate(leaves, [flat("BG", REGIONS), flat("all", SERVICES), flat("any", GROUPS)])


def nation(seed: int = 1) -> Table:
    """265 municipalities in 28 regions × 8 services with all totals: 2,646 cells."""
    tree = {
        region: [f"{region}M{number}" for number in range(10 if place < 13 else 9)]
        for place, region in enumerate(REGIONS)
    }
    services = SERVICES[:8]
    keys = [(town, service) for towns in tree.values() for town in towns for service in services]
    leaves = dict(zip(keys, counts(seed, len(keys), shape=0.7, mean=20.0), strict=True))
    return tabulate(leaves, [{"BG": REGIONS, **tree}, flat("all", services)])
