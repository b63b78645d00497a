"""People of a family in rows of generations, ordered so that lines cross little. Values in, values out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 4


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
    """Rows of keys from the eldest generation down; `loose` are people without a tie of blood or marriage."""

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
    level = _levels([one for one in people if one.key in tied], couples, sibships)
    rows = _ordered(known, level, couples, sibships)
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
    steps = _steps(pairs, sibships)
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


def _steps(
    pairs: Sequence[Pair], sibships: dict[tuple[str, ...], tuple[str, ...]]
) -> dict[str, list[tuple[str, int]]]:
    steps: dict[str, list[tuple[str, int]]] = {}
    for pair in pairs:
        steps.setdefault(pair.one, []).append((pair.other, 0))
        steps.setdefault(pair.other, []).append((pair.one, 0))
    for parents, children in sibships.items():
        for parent in parents:
            for child in children:
                steps.setdefault(parent, []).append((child, 1))
                steps.setdefault(child, []).append((parent, -1))
    return steps


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


def _ordered(
    known: dict[str, Kin],
    level: dict[str, int],
    pairs: Sequence[Pair],
    sibships: dict[tuple[str, ...], tuple[str, ...]],
) -> tuple[tuple[str, ...], ...]:
    """Each generation from left to right: partners side by side, children under their parents."""
    first = _sides(known, pairs, sibships)
    above = {child: parents for parents, children in sibships.items() for child in children}
    below: dict[str, list[str]] = {}
    for parents, children in sibships.items():
        for parent in parents:
            below.setdefault(parent, []).extend(children)
    rows = [
        [key for key in level if level[key] == number]
        for number in range(max(level.values(), default=-1) + 1)
    ]
    place: dict[str, float] = {}
    for row in rows:
        place |= _spread(sorted(row, key=first.__getitem__))
    for sweep in range(SWEEPS):
        down = sweep % 2 == 1
        for number in range(len(rows)) if down else reversed(range(len(rows))):
            near: Mapping[str, Sequence[str]] = above if down else below
            rows[number] = _row(rows[number], pairs, near, place, first)
            place |= _spread(rows[number])
    return tuple(tuple(row) for row in rows)


def _spread(row: Sequence[str]) -> dict[str, float]:
    """Places one apart, the middle of the row at zero."""
    return {key: index - (len(row) - 1) / 2 for index, key in enumerate(row)}


def _sides(
    known: dict[str, Kin], pairs: Sequence[Pair], sibships: dict[tuple[str, ...], tuple[str, ...]]
) -> dict[str, float]:
    """A first place for each: the father's people to the left of the centre, the mother's to the right."""
    steps = _steps(pairs, sibships)
    order = {key: number for number, key in enumerate(known)}
    place: dict[str, float] = {}
    for start in sorted(known, key=lambda key: not known[key].centre):
        if start in place:
            continue
        place[start], width, queue = float(100 * len(place)), {start: 64.0}, deque([start])
        while queue:
            at = queue.popleft()
            for other, step in steps.get(at, ()):
                if other in place:
                    continue
                side = 1.0 if known[other].sex == "f" else -1.0
                width[other] = width[at] / 2 if step < 0 else width[at] / 4
                shift = side * width[other] if step <= 0 else order[other] / 1000
                place[other] = place[at] + shift
                queue.append(other)
    return place


def _row(
    row: list[str], pairs: Sequence[Pair], near: Mapping[str, Sequence[str]],
    place: dict[str, float], first: dict[str, float],
) -> list[str]:  # fmt: skip
    """The row sorted by where its people's parents (or children) stand; partners are kept together."""

    def wanted(key: str) -> float:
        ties = [place[other] for other in near.get(key, ())]
        return sum(ties) / len(ties) if ties else place[key]

    units = [_facing(unit, wanted, first) for unit in _units(row, pairs)]
    middle = {unit: sum(map(wanted, unit)) / len(unit) for unit in units}
    units.sort(key=lambda unit: (round(middle[unit], 6), sum(first[key] for key in unit) / len(unit)))
    return [key for unit in units for key in unit]


def _units(row: list[str], pairs: Sequence[Pair]) -> list[tuple[str, ...]]:
    """Groups joined by partnership, each walked so that as many partners as can be stand side by side."""
    beside: dict[str, list[str]] = {key: [] for key in row}
    for pair in pairs:
        if pair.one in beside and pair.other in beside:
            beside[pair.one].append(pair.other)
            beside[pair.other].append(pair.one)
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for key in sorted(row, key=lambda one: len(beside[one])):
        if key not in seen:
            unit = _walked(key, beside, seen)
            found.append(tuple(unit))
    return found


def _walked(start: str, beside: dict[str, list[str]], seen: set[str]) -> list[str]:
    walk, waiting = [], [start]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        walk.append(at)
        waiting += sorted((one for one in beside[at] if one not in seen), key=lambda one: -len(beside[one]))
    return walk


def _facing(
    unit: tuple[str, ...], wanted: Callable[[str], float], first: dict[str, float]
) -> tuple[str, ...]:
    """The unit as it stands or turned round, whichever lies nearer to where its people come from."""
    half = len(unit) // 2
    if not half:
        return unit

    def lean(at: Callable[[str], float]) -> float:
        return sum(map(at, unit[-half:])) - sum(map(at, unit[:half]))

    turned = lean(wanted) or lean(first.__getitem__)
    return unit if turned >= 0 else unit[::-1]
