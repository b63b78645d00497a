"""What one more specialist would change: a first guess for all, the true difference for those that are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from opora.engines.coverage.greedy import fill
from opora.engines.coverage.need import Case, Numbers, Specialist, some
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


@dataclass(frozen=True)
class _Newcomer:
    """One more specialist: skill q, a place with its hours on the road [s], and the hours [s, t] for a start."""

    q: int
    place: str
    road: Numbers
    free: float
    fill: Numbers

    @property
    def guess(self) -> float:
        return float(self.fill.sum())


def prices(
    case: Case, plan: Plan, where: Mapping[str, Numbers], *, extra: float, most: int, effort: Effort
) -> tuple[Price, ...]:
    """Price the skills with the largest first guess, each at its best place; the largest price first."""
    first = _guesses(case, plan, where, extra)[:most]
    told = [_price(case, plan, one, effort.share(1 / (len(first) - n))) for n, one in enumerate(first)]
    return tuple(sorted(told, key=lambda one: -one.hours))


def _guesses(case: Case, plan: Plan, where: Mapping[str, Numbers], extra: float) -> list[_Newcomer]:
    unmet = np.maximum(0.0, case.need - plan.hours.sum(axis=0))
    best = []
    for q in range(len(case.skills)):
        tried = [
            _Newcomer(q, place, road, extra, _fill(case, unmet, q, road, extra))
            for place, road in where.items()
        ]
        best += [max(tried, key=lambda one: round(one.guess, 6))] if tried else []
    return sorted((one for one in best if one.guess > 1e-6), key=lambda one: -one.guess)


def _fill(case: Case, unmet: Numbers, q: int, road: Numbers, extra: float) -> Numbers:
    """Hours [s, t] the newcomer takes, week by week, from what is unmet."""
    able = np.arange(len(case.skills)) == q
    weeks = range(unmet.shape[2])
    return np.stack([fill(case, unmet[:, :, t], able, road, extra)[:, q] for t in weeks], axis=1)


def _price(case: Case, plan: Plan, new: _Newcomer, effort: Effort) -> Price:
    wider = _joined(case, new)
    part = next(part for part in parts(wider) if part.people[-1])
    mine = part.of(wider)
    hours = np.where(
        part.needs[:, :, None], np.append(plan.hours, np.zeros((1, *case.need.shape)), axis=0), 0.0
    )
    before = planned(mine, hours)
    hours = hours.copy()
    hours[-1, :, new.q] = new.fill
    start = planned(mine, hours)
    if wider.faces is not None and (some(start.visits, 2).sum(axis=0) > wider.faces).any():
        start = before
    after = search(mine, effort, start)
    slack = plan.value - plan.bound
    return Price(
        skill=case.skills[new.q],
        place=new.place,
        hours=float(after.hours.sum() - before.hours.sum()),
        saved=before.value - after.value,
        low=max(0.0, before.value - slack - after.value),
        high=before.value - after.bound,
        guess=new.guess,
    )


def _joined(case: Case, new: _Newcomer) -> Case:
    """The case with one more specialist, the last."""
    can = np.zeros((1, len(case.skills)), dtype=bool)
    can[0, new.q] = True
    size = len(new.road)
    return replace(
        case,
        can=np.append(case.can, can, axis=0),
        road=np.append(case.road, new.road[None], axis=0),
        free=np.append(case.free, np.full((1, case.need.shape[2]), new.free), axis=0),
        face=np.append(case.face, np.full((1, size), case.weights.face), axis=0),
        join=np.append(case.join, case.weights.member),
        met=np.append(case.met, np.zeros((1, size), dtype=bool), axis=0),
        people=(*case.people, Specialist("", (case.skills[new.q],))),
    )
