"""Where each of a family stands and where the lines between them run, before anything is drawn.

`a` runs along a generation, `d` from one generation to the next; a drawing may stand upright or lie on its side.
Nobody overlaps by construction: every person has a cell of their own, and lines run in the gutters between
cells and in tracks between generations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opora.foundation.ui.pictures.kin import Family, Pair
from opora.foundation.ui.pictures.kin_homes import Point, Sizes, homes_of
from opora.foundation.ui.pictures.spacing import kept_apart, running

TRACK = 10.0
SWEEPS = 24


@dataclass(frozen=True)
class Line:
    """A drawn line: whose it is, the points (a, d) it goes through, and whether the two have parted."""

    of: frozenset[str]
    points: tuple[Point, ...]
    apart: bool = False


@dataclass(frozen=True)
class Placed:
    """Middle of each symbol, the lines, outlines of the household, and the size of the whole."""

    at: dict[str, Point]
    lines: tuple[Line, ...]
    homes: tuple[tuple[Point, ...], ...]
    length: float
    depth: float


def placed(family: Family, sizes: Sizes) -> Placed:
    """Give everybody a place."""
    return _Placing(family, sizes).done()


class _Placing:
    """One family being placed."""

    def __init__(self, family: Family, sizes: Sizes) -> None:
        self.family, self.sizes = family, sizes
        self.row_of = family.row_of
        self.index = {key: number for row in family.rows for number, key in enumerate(row)}
        self.beside = {pair.both: pair for pair in family.pairs if self._adjacent(pair.one, pair.other)}
        self.drops = self._gutters()
        self.a = self._along()
        self.d, self.bus, self.arch = self._across()

    def done(self) -> Placed:
        lines = [*self._pair_lines(), *self._stems()]
        homes = homes_of(self.family, self.a, self.d, self.sizes)
        every = [point for line in lines for point in line.points] + [p for home in homes for p in home]
        half = self.sizes.cell / 2
        spans = [a + side for a in self.a.values() for side in (-half, half)]
        spans += [point[0] + side for point in every for side in (-3, 3)]
        low, high = min(spans, default=0.0), max(spans, default=0.0)
        at = {key: (a - low, self._middle(key)) for key, a in self.a.items()}
        moved = tuple(Line(one.of, _moved(one.points, -low), one.apart) for one in lines)
        deepest = max((point[1] for home in homes for point in home), default=0.0)
        depth = max(self.d[-1] + self.sizes.band + 8, deepest + 3) if self.d else 0.0
        return Placed(at, moved, tuple(_moved(home, -low) for home in homes), high - low, depth)

    def _adjacent(self, one: str, other: str) -> bool:
        same = self.row_of[one] == self.row_of[other]
        return same and abs(self.index[one] - self.index[other]) == 1

    def _gutters(self) -> dict[tuple[int, int], list[tuple[str, ...]]]:
        """Which sibships come down in the gutter before which cell of a row."""
        found: dict[tuple[int, int], list[tuple[str, ...]]] = {}
        for parents in self.family.sibships:
            places = sorted(self.index[key] for key in parents)
            spot = places[0] + 1
            if (
                len(parents) == 1
                and self._partner_at(parents[0], spot)
                and not self._partner_at(parents[0], spot - 2)
            ):
                spot = places[0]
            found.setdefault((self.row_of[parents[0]], spot), []).append(parents)
        for (_number, spot), waiting in found.items():
            waiting.sort(key=lambda parents: sum(self.index[key] - spot + 0.5 for key in parents))
        return found

    def _partner_at(self, key: str, index: int) -> bool:
        row = self.family.rows[self.row_of[key]]
        return 0 <= index < len(row) and frozenset((key, row[index])) in self.beside

    def _steps(self, number: int) -> list[float]:
        """Distances between neighbours of a row."""
        row = self.family.rows[number]
        return [self._gutter(number, spot) + self.sizes.cell for spot in range(1, len(row))]

    def _gutter(self, number: int, spot: int) -> float:
        return self.sizes.gutter + 8 * max(len(self.drops.get((number, spot), ())) - 1, 0)

    def _along(self) -> dict[str, float]:
        a: dict[str, float] = {}
        for number, row in enumerate(self.family.rows):
            at = running(self._steps(number))
            middle = (at[-1] if at else 0.0) / 2
            a |= {key: place - middle for key, place in zip(row, at, strict=True)}
        rows = range(len(self.family.rows))
        best = dict(a)
        for sweep in range(SWEEPS):
            for number in rows if sweep % 2 else reversed(rows):
                row = self.family.rows[number]
                wanted = [self._wanted(key, a) for key in row]
                a |= dict(zip(row, kept_apart(wanted, self._steps(number)), strict=True))
            # Wishes that cannot all be met drive people apart without end, so the best sweep counts, not the last.
            if not sweep or self._cost(a) <= self._cost(best):
                best = dict(a)
        return best

    def _cost(self, a: dict[str, float]) -> float:
        """How wide it is, and how far everybody stands from where they belong."""
        off = sum(abs(self._wanted(key, a) - at) for key, at in a.items())
        return max(a.values(), default=0.0) - min(a.values(), default=0.0) + off

    def _wanted(self, key: str, a: dict[str, float]) -> float:
        """Under the parents' drop, above the children; beside the partner for who has neither."""
        pulls = []
        for parents, children in self.family.sibships.items():
            if key in children or key in parents:
                middle = sum(a[one] for one in children) / len(children)
                shift = self._drop(parents, a) - middle
                pulls.append(a[key] + (shift if key in children else -shift))
        if pulls:
            return sum(pulls) / len(pulls)
        near = [a[other] for both in self.beside if key in both for other in both if other != key]
        step = self.sizes.cell + self.sizes.gutter
        return near[0] + (step if a[key] > near[0] else -step) if near else a[key]

    def _drop(self, parents: tuple[str, ...], a: dict[str, float]) -> float:
        """Where the children's line comes down: between the partners, or close by a parent alone."""
        number, spot, off = self._spot(parents)
        row = self.family.rows[number]
        side = (self._gutter(number, spot) + self.sizes.cell) / 2
        left = row[spot - 1] if spot else None
        if frozenset(parents) in self.beside:
            return (a[row[spot - 1]] + a[row[spot]]) / 2 + off
        return (a[left] + side if left in parents else a[row[spot]] - side) + off

    def _spot(self, parents: tuple[str, ...]) -> tuple[int, int, float]:
        """Row and gutter in which it comes down, and how far from the gutter's middle."""
        (number, spot), waiting = next((at, found) for at, found in self.drops.items() if parents in found)
        return number, spot, 8 * (waiting.index(parents) - (len(waiting) - 1) / 2)

    def _across(self) -> tuple[list[float], dict[tuple[str, ...], float], dict[frozenset[str], float]]:
        """Where each row begins, and the tracks of sibships and of partners who do not stand side by side."""
        bus: dict[tuple[str, ...], float] = {}
        arch: dict[frozenset[str], float] = {}
        begins, d = [], 4.0
        for number, row in enumerate(self.family.rows):
            comes = [parents for parents in self.family.sibships if self.row_of[parents[0]] == number - 1]
            comes.sort(key=lambda parents: self._drop(parents, self.a))
            far = [p for p in self.family.pairs if self.row_of[p.one] == number and p.both not in self.beside]
            d += (self.sizes.gap / 2) if number else 0.0
            bus |= {parents: d + TRACK * place for place, parents in enumerate(comes)}
            d += TRACK * len(comes)
            arch |= {pair.both: d + TRACK * place for place, pair in enumerate(far)}
            d += TRACK * len(far) + ((self.sizes.gap / 2) if number else 4.0)
            begins.append(d)
            d += self.sizes.band if row else 0.0
        return begins, bus, arch

    def _middle(self, key: str) -> float:
        return self.d[self.row_of[key]] + self.sizes.symbol / 2

    def _pair_lines(self) -> Iterable[Line]:
        for pair in self.family.pairs:
            one, other = sorted((pair.one, pair.other), key=self.a.__getitem__)
            if pair.both in self.beside:
                middle, half = self._middle(one), self.sizes.symbol / 2
                yield Line(
                    pair.both, ((self.a[one] + half, middle), (self.a[other] - half, middle)), pair.apart
                )
            else:
                yield Line(pair.both, self._arched(pair, one, other), pair.apart)

    def _arched(self, pair: Pair, one: str, other: str) -> tuple[Point, ...]:
        """Up from the first, along a track above the row, down to the other."""
        top, track = self.d[self.row_of[one]], self.arch[pair.both]
        left, right = self.a[one] + self._off(pair, one), self.a[other] + self._off(pair, other)
        return ((left, top), (left, track), (right, track), (right, top))

    def _off(self, pair: Pair, key: str) -> float:
        """Arches that end at one person stand apart from one another and from the line of the parents."""
        mine = [both for both in self.arch if key in both]
        side = 1 if mine.index(pair.both) % 2 else -1
        return side * min(5.0 + 4 * (mine.index(pair.both) // 2), self.sizes.symbol / 2 - 2)

    def _stems(self) -> Iterable[Line]:
        for parents, children in self.family.sibships.items():
            drop, track, own = self._drop(parents, self.a), self.bus[parents], frozenset(parents)
            yield Line(own, (*self._start(parents, drop), (drop, track)))
            ends = [self.a[child] for child in children] + [drop]
            if max(ends) > min(ends):
                yield Line(own | frozenset(children), ((min(ends), track), (max(ends), track)))
            for child in children:
                yield Line(
                    own | {child}, ((self.a[child], track), (self.a[child], self.d[self.row_of[child]]))
                )

    def _start(self, parents: tuple[str, ...], drop: float) -> tuple[Point, ...]:
        both = frozenset(parents)
        if len(parents) == 1:
            low = self._middle(parents[0]) + self.sizes.symbol / 4
            return ((self.a[parents[0]], low), (drop, low))
        return ((drop, self.arch[both] if both in self.arch else self._middle(parents[0])),)


def _moved(points: Iterable[Point], by: float) -> tuple[Point, ...]:
    return tuple((a + by, d) for a, d in points)
