"""Why the plan is as it is, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from opora.engines.assignment.problem import Problem
from opora.engines.assignment.units import Units
from opora.engines.common.reasons import N_, Reason

Array = np.ndarray[Any, Any]
MOST = 50
"""Groups without a place that are explained one by one."""


def reasons(
    problem: Problem, units: Units, home: Array, *, gap: float, proven: bool, left_proven: bool
) -> tuple[Reason, ...]:
    """Arithmetic first, then who has no place and why, then what was kept and what is proven."""
    return (
        *_arithmetic(problem),
        *_unplaced(units, home),
        *_short(units, home),
        *_kept(problem, units, home),
        *_proof(gap, proven, left_proven),
    )


def _arithmetic(problem: Problem) -> Iterator[Reason]:
    n, m = problem.shape
    places = float(problem.capacity.sum())
    if n and m and not np.ptp(problem.load, axis=1).any():
        people = float(problem.load[:, 0].sum())
        yield Reason(N_("Хора: {people}. Места: {places}."), {"people": people, "places": places})
        if people > places:
            yield Reason(
                N_("Местата са с {short} по-малко от хората."), {"short": people - places}, "against"
            )
    else:
        yield Reason(N_("Групи: {groups}. Места: {places}."), {"groups": n, "places": places})


def _unplaced(units: Units, home: Array) -> Iterator[Reason]:
    without = np.flatnonzero(home < 0)
    for unit in without[:MOST]:
        yield _why_unplaced(units, int(unit), home)
    if len(without) > MOST:
        yield Reason(N_("Без място са и още {count} групи."), {"count": len(without) - MOST}, "against")


def _why_unplaced(units: Units, unit: int, home: Array) -> Reason:
    names = ", ".join(str(group) for group in np.flatnonzero(units.of == unit))
    if not units.shape[1]:
        return Reason(N_("Без място: {group}. Няма нито един дом."), {"group": names}, "against")
    size, largest = float(units.load[unit].min()), float(units.capacity.max())
    if (units.load[unit] > units.room()).all():
        return Reason(
            N_("Без място: {group}. Заедно са {size}, а най-големият дом има {largest} места."),
            {"group": names, "size": size, "largest": largest},
            "against",
        )
    if not units.allowed[unit].any():
        return Reason(
            N_("Без място: {group}. Никой достатъчно голям дом не е допустим."), {"group": names}, "against"
        )
    free = float((units.capacity - units.loads(home))[units.allowed[unit]].max())
    return Reason(
        N_("Без място: {group}. Нужни са {size} места в един дом, а свободни са най-много {free}."),
        {"group": names, "size": size, "free": max(0.0, free)},
        "against",
    )


def _short(units: Units, home: Array) -> Iterator[Reason]:
    loads, short = units.loads(home), units.short(home)
    for at in np.flatnonzero(short):
        yield Reason(
            N_("Дом {home} ще има {load} от нужните най-малко {least}."),
            {"home": int(at), "load": float(loads[at]), "least": float(units.least[at])},
            "against",
        )


def _kept(problem: Problem, units: Units, home: Array) -> Iterator[Reason]:
    groups = units.homes(home)
    if problem.friends:
        kept = sum(groups[i] == groups[j] >= 0 for i, j, _ in problem.friends)
        yield Reason(
            N_("Приятели заедно: {count} от {all} двойки."),
            {"count": int(kept), "all": len(problem.friends)},
            "for",
        )
    if (lived := problem.kept >= 0).any():
        stay = int((groups[lived] == problem.kept[lived]).sum())
        yield Reason(
            N_("Остават в досегашния дом: {count} от {all}."), {"count": stay, "all": int(lived.sum())}, "for"
        )


def _proof(gap: float, proven: bool, left_proven: bool) -> Iterator[Reason]:
    if not left_proven:
        yield Reason(
            N_("Времето свърши, преди да се докаже, че повече хора не могат да имат място."), {}, "unknown"
        )
    if proven:
        yield Reason(N_("Доказано: по-добро разпределение няма."), {}, "for")
    else:
        # Rounded up: a proof must not promise more than it holds.
        percent = f"{np.ceil(gap * 1e4) / 100:.2f}".replace(".", ",")
        yield Reason(
            N_("Доказано: най-доброто възможно е по-евтино с не повече от {percent} %."),
            {"percent": percent},
            "for",
        )
