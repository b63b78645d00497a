"""Who carries the burden of a plan: the mean hides the one sent farthest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import numbers
from opora.engines.common.reasons import N_, Reason


@dataclass(frozen=True)
class Burden:
    """Distance per person placed: mean, 95th percentile, most, the group that has it; people beyond ``far``."""

    mean: float
    p95: float
    most: float
    worst: int
    beyond: float
    without: float
    why: tuple[Reason, ...]


def burden(home: ArrayLike, distance: ArrayLike, size: ArrayLike, *, far: float = 100.0) -> Burden:
    """Summarise a plan ``home[n]`` by ``distance[n, m]`` and people ``size[n]``."""
    table = numbers("distance", distance, (None, None))
    people = numbers("size", size, (table.shape[0],))
    homes = numbers("home", home, (table.shape[0],), least=-1).astype(int)
    inside = np.flatnonzero(homes >= 0)
    without = float(people[homes < 0].sum())
    if not len(inside) or not people[inside].sum():
        return Burden(0.0, 0.0, 0.0, -1, 0.0, without, _words(0.0, 0.0, 0.0, far, without))
    own, weight = table[inside, homes[inside]], people[inside]
    order = np.argsort(own, kind="stable")
    share = np.cumsum(weight[order]) / weight.sum()
    p95 = float(own[order][np.searchsorted(share, 0.95)])
    mean, most, worst = float(own @ weight / weight.sum()), float(own.max()), int(inside[own.argmax()])
    beyond = float(weight[own > far].sum())
    return Burden(mean, p95, most, worst, beyond, without, _words(mean, most, beyond, far, without))


def _words(mean: float, most: float, beyond: float, far: float, without: float) -> tuple[Reason, ...]:
    return (
        Reason(N_("Средно {mean} км от близките; най-много {most} км."), {"mean": mean, "most": most}),
        Reason(N_("На повече от {far} км: {beyond} души."), {"far": far, "beyond": beyond}, "against"),
        Reason(N_("Без място: {without} души."), {"without": without}, "against"),
    )
