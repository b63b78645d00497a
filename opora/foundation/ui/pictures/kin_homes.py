"""Outlines of a household among placed people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opora.foundation.ui.pictures.kin import Family

Point = tuple[float, float]


@dataclass(frozen=True)
class Sizes:
    """`cell` along a generation, `band` across it, `symbol` (its side), `gutter` between cells, `gap` between bands."""

    cell: float
    band: float
    symbol: float
    gutter: float = 18.0
    gap: float = 26.0


def homes_of(
    family: Family, a: Mapping[str, float], d: Sequence[float], sizes: Sizes
) -> list[tuple[Point, ...]]:
    """One outline around those of a household who stand together; rows are joined where they lie above one another."""
    chains: list[list[tuple[float, float, int]]] = []
    for number in range(len(family.rows)):
        free = [chain for chain in chains if chain[-1][2] == number - 1]
        for low, high in _runs(family, a, sizes, number):
            chain = next((one for one in free if one[-1][0] < high - 8 and low + 8 < one[-1][1]), None)
            if chain is None:
                chains.append([(low, high, number)])
            else:
                free.remove(chain)
                chain.append((low, high, number))
    return [_outline(chain, d, sizes) for chain in chains]


def _runs(family: Family, a: Mapping[str, float], sizes: Sizes, number: int) -> list[tuple[float, float]]:
    runs: list[tuple[float, float]] = []
    before = False
    for key in family.rows[number]:
        now, edge = family.people[key].home, sizes.cell / 2 + 4
        if now and before:
            runs[-1] = (runs[-1][0], a[key] + edge)
        elif now:
            runs.append((a[key] - edge, a[key] + edge))
        before = now
    return runs


def _outline(
    chain: Sequence[tuple[float, float, int]], d: Sequence[float], sizes: Sizes
) -> tuple[Point, ...]:
    right, left = [], []
    for place, (low, high, number) in enumerate(chain):
        top, bottom = d[number] - 7, d[number] + sizes.band + 2
        begin = top if place == 0 else top - 6
        end = bottom if place == len(chain) - 1 else d[number + 1] - 13
        right += [(high, begin), (high, end)]
        left += [(low, begin), (low, end)]
    return (*right, *reversed(left))
