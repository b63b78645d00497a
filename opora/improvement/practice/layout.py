"""Where services stand in the picture of who learnt from whom: columns by how far from the origin, few crossings.

Pure: names in, places out. Whoever learns stands right of whoever taught; where two services taught each other, the
later tie is left out of the columns and still drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Tie = tuple[str, str]
SWEEPS = 6


@dataclass(frozen=True)
class Spot:
    """Column from 0 and place in it from 0; `of` places in the column."""

    column: int
    row: int
    of: int


def lay_out(nodes: Sequence[str], ties: Sequence[Tie]) -> dict[str, Spot]:
    """A spot for each node. Same input, same picture."""
    forward = _without_cycles(nodes, ties)
    columns = _columns(nodes, forward)
    ordered = _ordered(_in_columns(nodes, columns), forward)
    return {
        name: Spot(column, row, len(names))
        for column, names in enumerate(ordered)
        for row, name in enumerate(names)
    }


def _without_cycles(nodes: Sequence[str], ties: Sequence[Tie]) -> list[Tie]:
    """Ties in the order given, but for those that would close a circle."""
    kept: list[Tie] = []
    after: dict[str, set[str]] = {name: set() for name in nodes}
    for teacher, learner in dict.fromkeys(ties):
        if teacher == learner or _reaches(after, learner, teacher):
            continue
        after[teacher].add(learner)
        kept.append((teacher, learner))
    return kept


def _reaches(after: dict[str, set[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        fresh = after[name] - seen
        seen |= fresh
        waiting.extend(fresh)
    return False


def _columns(nodes: Sequence[str], ties: Sequence[Tie]) -> dict[str, int]:
    """Longest way from an origin."""
    column = dict.fromkeys(nodes, 0)
    for _ in nodes:
        moved = False
        for teacher, learner in ties:
            if column[learner] <= column[teacher]:
                column[learner], moved = column[teacher] + 1, True
        if not moved:
            break
    return column


def _in_columns(nodes: Sequence[str], column: dict[str, int]) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for name in nodes:
        found[column[name]].append(name)
    return found


def _ordered(columns: list[list[str]], ties: Sequence[Tie]) -> list[list[str]]:
    """Each beside the mean of its neighbours, there and back a few times (barycentres)."""
    for sweep in range(SWEEPS):
        places = {name: row / max(1, len(names) - 1) for names in columns for row, name in enumerate(names)}
        pairs = ties if sweep % 2 == 0 else [(learner, teacher) for teacher, learner in ties]
        columns = [_sorted(names, pairs, places) for names in columns]
    return columns


def _sorted(names: list[str], pairs: Sequence[Tie], places: dict[str, float]) -> list[str]:
    def mean(name: str) -> float:
        beside = [places[one] for one, other in pairs if other == name]
        return sum(beside) / len(beside) if beside else places[name]

    return sorted(names, key=lambda name: (mean(name), places[name]))
