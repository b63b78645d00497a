"""The one best set, and the price of every forced change, by asking a :class:`Program` again and again."""

from __future__ import annotations

import math
from collections.abc import Callable

from opora.engines.selection.model import Task
from opora.engines.selection.program import NEAR, Found, Program

Tell = Callable[[int, int, str], None]


def filled(task: Task, program: Program) -> tuple[frozenset[int], float]:
    """Give the best set and the proven bound on its units; among equal sets the first in the ranking.

    People whose reduced cost proves that they are in every best set, or in none, are not asked about.
    """
    found = program.best({}, program.first)
    if found.people is None:
        program.proven = False
        return program.first, found.bound
    program.proven &= found.proven
    chosen, fixed = found.people, _settled(program, found)
    for person in task.ranking:
        if person in fixed or not program.proven:
            continue
        if person not in chosen and not program.late:
            other = program.best(fixed | {person: 1})
            if other.people is not None and other.total >= found.total:
                chosen = other.people
        fixed[person] = int(person in chosen)
    program.proven &= not program.late
    return chosen, found.bound


def losses(
    task: Task, program: Program, chosen: frozenset[int], tell: Tell | None = None
) -> tuple[list[float], list[int]]:
    """Units lost if each person's place is turned, as :func:`flow.losses`, and who is not settled in time.

    For those the loss is a proven lower bound.
    """
    best, lost, unsettled = task.total(chosen), [math.inf] * len(task.units), set[int]()
    floor = _floors(program, best)
    for done, person in enumerate(program.people):
        if lost[person] > 0 and program.late:
            lost[person] = floor[person]
            unsettled.add(person)
        elif lost[person] > 0:
            found = program.best({person: int(person not in chosen)})
            lost[person] = _loss(found, best)
            unsettled |= set() if found.proven else {person}
            for other in _witnessed(found, best, chosen):
                lost[other] = 0
                unsettled.discard(other)
        if tell is not None:
            tell(done + 1, len(program.people), "certificate")
    return lost, sorted(unsettled)


def _loss(found: Found, best: int) -> float:
    if found.people is not None and found.proven:
        return max(0, best - found.total)
    return math.inf if found.bound == -math.inf else max(0.0, best - found.bound)


def _witnessed(found: Found, best: int, chosen: frozenset[int]) -> frozenset[int]:
    """Who is tied because this is a second best set: everybody in whom the two differ."""
    if found.people is None or found.total < best:
        return frozenset()
    return found.people ^ chosen


def _floors(program: Program, best: int) -> dict[int, float]:
    """What turning each person costs at least, by the reduced costs of the relaxation; 0 where they say nothing."""
    found = program.relaxed
    outcome = None if found is None else found.outcome
    if found is None or outcome is None or outcome.reduced is None:
        return dict.fromkeys(program.people, 0.0)
    return {
        one: max(0.0, best - found.bound + abs(outcome.reduced[at]) * program.scale - NEAR)
        for at, one in enumerate(program.people)
    }


def _settled(program: Program, found: Found) -> dict[int, int]:
    """Whose place the reduced costs of the relaxation prove."""
    floor = _floors(program, found.total)
    return {one: int(one in (found.people or ())) for one in program.people if floor[one] > 0.5}
