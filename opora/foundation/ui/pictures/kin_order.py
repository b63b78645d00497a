"""Each generation from left to right, so that lines cross little: by sweeps of middles, down and up in turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

SWEEPS = 4


class _Person(Protocol):
    @property
    def sex(self) -> str: ...
    @property
    def centre(self) -> bool: ...


class _Pair(Protocol):
    @property
    def one(self) -> str: ...
    @property
    def other(self) -> str: ...


def steps_between(
    pairs: Sequence[_Pair], sibships: dict[tuple[str, ...], tuple[str, ...]]
) -> dict[str, list[tuple[str, int]]]:
    """To whom there is a way from each, and how many generations down it goes."""
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


def ordered(
    known: Mapping[str, _Person],
    level: dict[str, int],
    pairs: Sequence[_Pair],
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
    known: Mapping[str, _Person], pairs: Sequence[_Pair], sibships: dict[tuple[str, ...], tuple[str, ...]]
) -> dict[str, float]:
    """A first place for each: the father's people to the left of the centre, the mother's to the right."""
    steps = steps_between(pairs, sibships)
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
    row: list[str], pairs: Sequence[_Pair], near: Mapping[str, Sequence[str]],
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


def _units(row: list[str], pairs: Sequence[_Pair]) -> list[tuple[str, ...]]:
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
