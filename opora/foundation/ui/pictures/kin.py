"""People of a family in rows of generations, ordered so that lines cross little. Values in, values out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opora.foundation.ui.pictures.kin_order import ordered, steps_between


@dataclass(frozen=True)
class Kin:
    """One person. `sex` is `m`, `f` or anything else; `lines` stand below the name; `home`: lives with the child.

    `parents` are keys of at most two others. `centre` is whom the picture is about.
    """

    key: str
    name: str
    sex: str = ""
    lines: tuple[str, ...] = ()
    dead: bool = False
    centre: bool = False
    home: bool = False
    parents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Two partners; `apart` when they have parted."""

    one: str
    other: str
    apart: bool = False

    @property
    def both(self) -> frozenset[str]:
        """Without an order."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True)
class Family:
    """Rows of keys from the eldest generation down; `loose` are people without a tie who live elsewhere."""

    people: dict[str, Kin]
    rows: tuple[tuple[str, ...], ...]
    pairs: tuple[Pair, ...]
    sibships: dict[tuple[str, ...], tuple[str, ...]]
    loose: tuple[str, ...]

    @property
    def row_of(self) -> dict[str, int]:
        """In which row each stands."""
        return {key: number for number, row in enumerate(self.rows) for key in row}


def family(people: Sequence[Kin], pairs: Iterable[Pair] = ()) -> Family:
    """Put people into generations. ValueError when somebody would stand above or beside their own parent."""
    known = {one.key: one for one in people}
    sibships = _sibships(people, known)
    every = {pair.both: pair for pair in _couples(sibships)}
    every |= {pair.both: pair for pair in pairs if pair.both <= known.keys() and pair.one != pair.other}
    couples = tuple(every.values())
    tied = {key for pair in couples for key in pair.both} | {one.key for one in people if one.centre}
    tied |= {key for parents, children in sibships.items() for key in (*parents, *children)}
    tied |= {one.key for one in people if one.home}  # a household is one, also with who is no relative
    level = _levels([one for one in people if one.key in tied], couples, sibships)
    rows = ordered(known, level, couples, sibships)
    return Family(known, rows, couples, sibships, tuple(key for key in known if key not in tied))


def _sibships(people: Sequence[Kin], known: dict[str, Kin]) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for one in people:
        parents = tuple(key for key in dict.fromkeys(one.parents) if key in known and key != one.key)[:2]
        if parents:
            same = next((key for key in found if set(key) == set(parents)), parents)
            found[same] = (*found.get(same, ()), one.key)
    return found


def _couples(sibships: Iterable[tuple[str, ...]]) -> list[Pair]:
    return [Pair(parents[0], parents[1]) for parents in sibships if len(parents) == 2]


def _levels(
    people: Sequence[Kin], pairs: Sequence[Pair], sibships: dict[tuple[str, ...], tuple[str, ...]]
) -> dict[str, int]:
    """Generation of each, the eldest 0. Who has no way to the centre stands beside its parents."""
    steps = steps_between(pairs, sibships)
    level: dict[str, int] = {}
    start = sorted(people, key=lambda one: not one.centre)
    for one in start:
        if one.key in level:
            continue
        found = _reached(one.key, steps)
        shift = -1 - min(found.values()) if level else 0
        level |= {key: place + shift for key, place in found.items()}
    eldest = min(level.values(), default=0)
    return {key: place - eldest for key, place in level.items()}


def _reached(start: str, steps: dict[str, list[tuple[str, int]]]) -> dict[str, int]:
    level, queue = {start: 0}, deque([start])
    while queue:
        at = queue.popleft()
        for other, step in steps.get(at, ()):
            if other not in level:
                level[other] = level[at] + step
                queue.append(other)
            elif level[other] != level[at] + step:
                raise ValueError(f"{other} would stand in two generations")
    return level
