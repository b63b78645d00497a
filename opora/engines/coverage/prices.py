"""What one more specialist would change: a first guess for all, the true difference for those that are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from opora.engines.coverage.need import Case, Numbers, Specialist
from opora.engines.coverage.parts import parts
from opora.engines.coverage.plan import Plan, planned
from opora.engines.coverage.search import Effort, search


@dataclass(frozen=True)
class Price:
    """One more specialist with ``skill`` from ``place``: ``hours`` of unmet need fewer in the plan made anew.

    ``saved`` is the fall of the weighed cost; the true fall between the two best plans is proven to lie between
    ``low`` and ``high``. ``guess``: hours the newcomer could take from the unmet with nobody else's plan changed.
    """

    skill: str
    place: str
    hours: float
    saved: float
    low: float
    high: float
    guess: float


def prices(
    case: Case, plan: Plan, where: Mapping[str, Numbers], *, extra: float, most: int, effort: Effort
) -> tuple[Price, ...]:
    """Price the skills with the largest first guess, each at its best place; the largest price first."""
    first = _guesses(case, plan, where, extra)
    told = [_price(case, plan, q, place, where[place], fill, extra, effort.share(1 / (min(most, len(first)) - n)))
            for n, (_, q, place, fill) in enumerate(first[:most])]  # fmt: skip
    return tuple(sorted(told, key=lambda one: -one.hours))


def _guesses(
    case: Case, plan: Plan, where: Mapping[str, Numbers], extra: float
) -> list[tuple[float, int, str, Numbers]]:
    unmet = np.maximum(0.0, case.need - plan.hours.sum(axis=0))
    found: list[tuple[float, int, str, Numbers]] = []
    for q in range(len(case.skills)):
        fills = [(place, _fill(case, unmet[:, q], q, road, extra)) for place, road in where.items()]
        if fills:
            place, fill = max(fills, key=lambda one: round(float(one[1].sum()), 6))
            found.append((float(fill.sum()), q, place, fill))
    return sorted((one for one in found if one[0] > 1e-6), key=lambda one: (-one[0], one[1]))


def _fill(case: Case, unmet: Numbers, q: int, road: Numbers, extra: float) -> Numbers:
    """Hours [s, t] the newcomer takes, the most useful visit of a week first."""
    taken = np.zeros_like(unmet)
    for t in range(unmet.shape[1]):
        left = extra
        gain = case.unmet[:, q] * unmet[:, t] - case.drive * road
        useful = np.where(gain > 0, gain / np.maximum(1e-9, unmet[:, t] + road), 0.0)
        for s in np.argsort(-useful, kind="stable"):
            amount = min(unmet[s, t], left - road[s])
            if useful[s] > 0 and amount > 0 and case.unmet[s, q] * amount > case.drive * road[s]:
                taken[s, t], left = amount, left - amount - road[s]
    return taken


def _price(
    case: Case, plan: Plan, q: int, place: str, road: Numbers, fill: Numbers, extra: float, effort: Effort
) -> Price:
    wider = _joined(case, q, road, extra)
    mine = next(part for part in parts(wider) if part.people[-1])
    one = mine.of(wider)
    hours = np.concatenate([plan.hours, np.zeros((1, *case.need.shape))])
    hours[-1, :, q] = fill
    kept = np.where(mine.needs[None, :, :, None], hours, 0.0)
    before = planned(replace(one, **_without_last(one)), kept[:-1])
    start = planned(one, kept)
    if wider.faces is not None and (start.visits.any(axis=2).sum(axis=0) > wider.faces).any():
        start = planned(one, np.concatenate([kept[:-1], np.zeros((1, *case.need.shape))]))
    after = search(one, effort, start)
    slack = plan.value - plan.bound
    return Price(
        skill=case.skills[q],
        place=place,
        hours=float(after.hours.sum() - before.hours.sum()),
        saved=before.value - after.value,
        low=max(0.0, before.value - slack - after.value),
        high=before.value - after.bound,
        guess=float(fill.sum()),
    )


def _without_last(case: Case) -> dict[str, Any]:
    names = ("can", "road", "free", "face", "join", "met", "people")
    return {name: getattr(case, name)[:-1] for name in names}


def _joined(case: Case, q: int, road: Numbers, extra: float) -> Case:
    """The case with one more specialist, the last."""
    can = np.zeros((1, len(case.skills)), dtype=bool)
    can[0, q] = True
    add = np.concatenate
    return replace(
        case,
        can=add([case.can, can]),
        road=add([case.road, road[None]]),
        free=add([case.free, np.full((1, case.need.shape[2]), extra)]),
        face=add([case.face, np.full((1, len(road)), case.weights.face)]),
        join=add([case.join, [case.weights.member]]),
        met=add([case.met, np.zeros((1, len(road)), dtype=bool)]),
        people=(*case.people, Specialist("", (case.skills[q],))),
    )
