"""The outline of a household among placed people: one, also where others stand between its members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from opora.foundation.ui.pictures.kin import Family
from opora.foundation.ui.pictures.outline import Box, Point, outlines

__all__ = ["Point", "Sizes", "homes_of"]

WAY = 8.0
"""How wide the way is that joins parts of a household past people who are not of it."""


@dataclass(frozen=True)
class Sizes:
    """`cell` along a generation, `band` across it, `symbol` (its side), `gutter` between cells, `gap` between bands."""

    cell: float
    band: float
    symbol: float
    gutter: float = 18.0
    gap: float = 26.0


@dataclass(frozen=True)
class Run:
    """Members of a household who stand side by side in a row."""

    low: float
    high: float
    row: int

    @property
    def middle(self) -> float:
        """Along the row."""
        return (self.low + self.high) / 2


def homes_of(
    family: Family, a: Mapping[str, float], d: Sequence[float], sizes: Sizes
) -> list[tuple[Point, ...]]:
    """One outline around all of a household. Parts that do not touch are joined by a way between the rows."""
    homes = _Homes(family, a, d, sizes)
    return outlines([*map(homes.box, homes.runs), *homes.ways()])


class _Homes:
    """The parts of one household and the ways between them."""

    def __init__(self, family: Family, a: Mapping[str, float], d: Sequence[float], sizes: Sizes) -> None:
        self.family, self.a, self.d, self.sizes = family, a, d, sizes
        self.runs = [run for number in range(len(family.rows)) for run in self._runs(number)]

    def _runs(self, number: int) -> list[Run]:
        runs: list[Run] = []
        before = False
        for key in self.family.rows[number]:
            now, edge = self.family.people[key].home, self.sizes.cell / 2 + 4
            if now:
                low = runs.pop().low if before else self.a[key] - edge
                runs.append(Run(low, self.a[key] + edge, number))
            before = now
        return runs

    def box(self, run: Run) -> Box:
        """Around the people of a part."""
        return (run.low, self.d[run.row] - 7, run.high, self._below(run.row))

    def _below(self, row: int) -> float:
        return self.d[row] + self.sizes.band + 2

    def ways(self) -> Iterable[Box]:
        """As many as make it one, the nearest parts first; never two to the same part, so nobody is walled in."""
        group = {run: number for number, run in enumerate(self.runs)}
        for one, other in sorted(combinations(self.runs, 2), key=self._far):
            if group[one] != group[other]:
                old, new = group[other], group[one]
                group = {run: new if number == old else number for run, number in group.items()}
                yield from self._way(one, other)

    def _far(self, both: tuple[Run, Run]) -> tuple[float, ...]:
        """Parts above one another, then those of one row, then those of rows apart."""
        one, other = both
        apart = max(one.low, other.low) - min(one.high, other.high)
        rows = other.row - one.row
        return (0 if rows == 1 and apart < -WAY else 1 if rows == 0 else 2, rows, apart)

    def _way(self, one: Run, other: Run) -> Iterable[Box]:
        low, high = max(one.low, other.low), min(one.high, other.high)
        if other.row == one.row + 1 and high - low > WAY:
            yield (low, self._below(one.row), high, self.d[other.row] - 7)
            return
        stops = self._stops(one, other)
        for row, (begin, end) in enumerate(pairwise(stops), one.row):
            top = self._below(row)
            yield (min(begin, end) - WAY / 2, top, max(begin, end) + WAY / 2, top + WAY)
            if row < other.row:
                yield (end - WAY / 2, top, end + WAY / 2, self._foot(row + 1, other))

    def _foot(self, row: int, other: Run) -> float:
        """How far down a way goes in a row: to the part it leads to, or past the people of the row."""
        return self.d[row] - 7 if row == other.row else self._below(row)

    def _stops(self, one: Run, other: Run) -> list[float]:
        """Where along the rows the way leaves, passes each row between, and arrives."""
        if one.row == other.row:
            first, last = sorted((one, other), key=lambda run: run.low)
            return [first.high - WAY, last.low + WAY]
        leaves, arrives = _nearest(one, other.middle), _nearest(other, one.middle)
        between = [
            min(self._gutters(row), key=lambda at: abs(at - arrives)) for row in range(one.row + 1, other.row)
        ]
        return [leaves, *between, arrives]

    def _gutters(self, row: int) -> list[float]:
        """Places in a row where nobody stands: between neighbours and at both ends."""
        at = [self.a[key] for key in self.family.rows[row]]
        off = (self.sizes.cell + self.sizes.gutter) / 2
        return [at[0] - off, *((one + other) / 2 for one, other in pairwise(at)), at[-1] + off]


def _nearest(run: Run, to: float) -> float:
    """The place on a part nearest to another place."""
    return min(max(to, run.low + WAY), run.high - WAY)
