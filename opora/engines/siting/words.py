"""What a siting says about itself: how far people are, beside the mean the far ones too, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Vector, Whole, numbers
from opora.engines.common.reasons import N_, NN_, Reason

if TYPE_CHECKING:
    from opora.engines.siting.core import Answer
    from opora.engines.siting.lists import Problem


@dataclass(frozen=True)
class Spread:
    """How far people are, in the units of the distance: mean, what 95 of 100 do not exceed, the worst and who has it."""

    mean: float
    p95: float
    worst: float
    worst_at: int
    unserved: float
    """People whom nobody serves."""


def spread(distance: ArrayLike, weight: ArrayLike, serves: ArrayLike) -> Spread:
    """Measure a plan: ``distance[n, m]``, ``weight[n]`` people, ``serves[n]`` the site of each demand or −1."""
    table = numbers("distance", distance, (None, None), infinite=True)
    people = numbers("weight", weight, (len(table),))
    site = np.asarray(serves, dtype=np.int64)
    return _spread(table, people, site)


def _spread(table: Vector, people: Vector, site: Whole) -> Spread:
    counted = np.flatnonzero((people > 0) & (site >= 0))
    unserved = float(people[site < 0].sum())
    if not len(counted):
        return Spread(0.0, 0.0, 0.0, -1, unserved)
    far = table[counted, site[counted]]
    order = np.argsort(far, kind="stable")
    running = np.cumsum(people[counted][order])
    at = min(int(np.searchsorted(running, 0.95 * running[-1] * (1 - 1e-12))), len(order) - 1)
    worst = int(far.argmax())
    mean = float((far * people[counted]).sum() / people[counted].sum())
    return Spread(mean, float(far[order[at]]), float(far[worst]), int(counted[worst]), unserved)


def why_median(problem: Problem, answer: Answer, serves: Whole, proven: bool) -> tuple[Reason, ...]:
    """Explain a p-median plan in a few sentences."""
    people = np.zeros(len(serves))
    people[problem.rows] = problem.weight
    return (
        opened(problem.p, int(problem.allowed.sum()), int(problem.fixed.sum())),
        *distances(_spread(problem.distance, people, serves)),
        sureness(answer.cost, answer.bound, proven),
    )


def opened(count: int, allowed: int, fixed: int) -> Reason:
    """How many open, of how many."""
    return Reason(
        NN_(
            "Отваря се {count} място от {allowed} възможни; предварително определени: {fixed}.",
            "Отварят се {count} места от {allowed} възможни; предварително определени: {fixed}.",
        ),
        {"count": count, "allowed": allowed, "fixed": fixed},
    )


def distances(measured: Spread) -> tuple[Reason, ...]:
    """The mean never alone: the far ones stand beside it."""
    said = [
        Reason(
            N_(
                "Средното разстояние за човек е {mean}. За 95 от 100 души то е най-много {p95}, а най-голямото е {worst}."
            ),
            {"mean": measured.mean, "p95": measured.p95, "worst": measured.worst},
        )
    ]
    if measured.unserved > 0:
        said.append(
            Reason(N_("Без достъпно място остават {people} души."), {"people": measured.unserved}, "against")
        )
    return tuple(said)


def sureness(cost: float, bound: float, proven: bool) -> Reason:
    """How good the plan is known to be."""
    if proven:
        return Reason(N_("Доказано е: друг избор със същия брой места не е по-добър."), {}, "for")
    gap = abs(cost - bound) / max(1e-300, abs(cost)) if np.isfinite(cost) else np.inf
    return Reason(
        N_("Не е доказано, че това е най-добрият избор. Най-много {percent} % могат да се спечелят."),
        {"percent": (100 * gap, 3)},
        "unknown",
    )
