"""Families as columns of numbers, made when first asked for and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

from opora.engines.matching.model import Child, Family

Column = np.ndarray[Any, np.dtype[Any]]
_UNKNOWN = 255  # −1 as a signed byte: a row of bytes becomes a column at once
_ANSWER = {None: _UNKNOWN, False: 0, True: 1}
_STAND = {None: _UNKNOWN, "acceptable": 0, "uncertain": 1, "no": 2}
_OPEN = (-np.inf, np.inf)
_NOWHERE = (np.nan, np.nan)


class Pool:
    """The families of a search, compiled once: keep it for many children. It changes how quickly, never what, is answered.

    A column is made by the first search that needs it. Each method gives one number per family, in the order of ``families``; −1 means not known.
    """

    def __init__(self, families: Iterable[Family]) -> None:
        self.families: tuple[Family, ...] = tuple(families)
        self._kept: dict[Any, Column] = {}
        self._index: dict[str, int] | None = None
        self._homes: dict[str, Column] | None = None

    @classmethod
    def of(cls, families: Pool | Iterable[Family]) -> Pool:
        """Give a pool of these families (a pool as it is). Raises ``ValueError`` when an id comes twice."""
        if isinstance(families, Pool):
            return families
        pool = cls(families)
        if wrong := [one for one in pool.families if not isinstance(one, Family)]:
            raise ValueError(f"families must be of the type Family, not {type(wrong[0]).__name__}")
        unique("families", pool.families)
        return pool

    def __len__(self) -> int:
        return len(self.families)

    @property
    def index(self) -> dict[str, int]:
        """Where each family stands, by id."""
        if self._index is None:
            self._index = {family.id: place for place, family in enumerate(self.families)}
        return self._index

    def covers(self, code: str) -> Column:
        """1 the family can meet the need, 0 it cannot."""
        return self._column(("covers", code), lambda: [_ANSWER[f.covers.get(code)] for f in self.families])

    def stands(self, code: str) -> Column:
        """0 acceptable, 1 uncertain, 2 no."""
        return self._column(("stands", code), lambda: [_STAND[f.stands.get(code)] for f in self.families])

    def experienced(self, code: str) -> Column:
        """1 the family has cared for such a need."""
        return self._column(("experienced", code), lambda: [code in f.experienced for f in self.families])

    def trait(self, code: str) -> Column:
        """1 the family has the trait, 0 it has not."""
        return self._column(("trait", code), lambda: [_ANSWER[f.traits.get(code)] for f in self.families])

    def approved(self) -> Column:
        """1 approved, 0 not."""
        return self._column("approved", lambda: [_ANSWER[f.approved] for f in self.families])

    def placement(self, code: str) -> Column:
        """1 this kind of placement is offered, 0 not."""
        return self._column(
            ("placement", code),
            lambda: [_UNKNOWN if f.placements is None else code in f.placements for f in self.families],
        )

    def free(self) -> Column:
        """Free places."""
        if "free" not in self._kept:
            self._kept["free"] = np.array(
                [-1 if f.free is None else f.free for f in self.families], dtype=np.int64
            )
        return self._kept["free"]

    def inside(self, area: frozenset[str]) -> Column:
        """1 lives in one of the municipalities, 0 elsewhere."""
        return self._column(
            ("area", area),
            lambda: [_UNKNOWN if f.municipality is None else f.municipality in area for f in self.families],
        )

    def speaks(self, languages: frozenset[str]) -> Column:
        """1 has one of the languages, 0 none."""
        return self._column(
            ("speaks", languages),
            lambda: [
                _UNKNOWN if f.languages is None else not languages.isdisjoint(f.languages)
                for f in self.families
            ],
        )

    def household(self) -> Column:
        """1 who lives in the household is known."""
        return self._column(
            "household", lambda: [_UNKNOWN if f.cares_for is None else 1 for f in self.families]
        )

    def ages(self) -> Column:
        """2 × n: the stated years; without end where not stated."""
        return self._pairs("ages", lambda f: f.ages or _OPEN)

    def approved_ages(self) -> Column:
        """2 × n: the years of the approval; without end where it names none."""
        return self._pairs("approved_ages", lambda f: f.approved_ages or _OPEN)

    def place(self) -> Column:
        """2 × n: latitude and longitude in radians; nan where not known."""
        return self._pairs("place", lambda f: f.place or _NOWHERE, np.pi / 180)

    def order(self) -> Column:
        """Who goes before whom at equal points: 0 for the longest waiting, then by id."""
        if "order" not in self._kept:
            waiting = np.array([-family.waiting for family in self.families], dtype=np.int64)
            ids = np.array([family.id for family in self.families], dtype=np.str_)
            ranks = np.empty(len(self), dtype=np.int64)
            ranks[np.lexsort((ids, waiting))] = np.arange(len(self))
            self._kept["order"] = ranks
        return self._kept["order"]

    def living_with(self, apart: frozenset[str]) -> Column:
        """Positions of the families where one of these lives."""
        if self._homes is None:
            lived: dict[str, list[int]] = {}
            for place, family in enumerate(self.families):
                for who in family.cares_for or ():
                    lived.setdefault(who, []).append(place)
            self._homes = {who: np.array(places) for who, places in lived.items()}
        homes = [self._homes[who] for who in sorted(apart) if who in self._homes]
        return np.unique(np.concatenate(homes)) if homes else np.zeros(0, dtype=int)

    def _column(self, key: Any, values: Callable[[], list[int]]) -> Column:
        if key not in self._kept:
            self._kept[key] = np.frombuffer(bytes(values()), dtype=np.int8)
        return self._kept[key]

    def _pairs(self, key: str, value: Callable[[Family], tuple[float, float]], unit: float = 1.0) -> Column:
        if key not in self._kept:
            listed = chain.from_iterable(value(family) for family in self.families)
            self._kept[key] = np.fromiter(listed, float, 2 * len(self)).reshape(-1, 2).T * unit
        return self._kept[key]


def unique(what: str, records: Sequence[Child | Family]) -> None:
    """Raise ``ValueError`` when an id comes twice."""
    ids = [one.id for one in records]
    if len(set(ids)) != len(ids):
        seen: set[str] = set()
        twice = next(one for one in ids if one in seen or seen.add(one))  # type: ignore[func-returns-value]
        raise ValueError(f"{what} must have an id each; {twice} comes twice")
