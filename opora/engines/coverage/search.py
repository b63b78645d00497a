"""Finding the plan: by parts that do not touch, then whole if small, else by weeks; always with a proven bound.

Weeks meet only in who has ever met whom. Let the cost of a first meeting be shared out over the weeks in any way: the
sum of the weeks' optima is then a lower bound of the whole (Lagrangian decomposition), and the weeks' plans laid side by
side are a plan. The shares move to the weeks that use the pair, until the two meet or the time is over.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from opora.engines.coverage.model import Layout, layout, program
from opora.engines.coverage.need import Case, Numbers, some
from opora.engines.coverage.plan import Plan, nothing, planned, point, read
from opora.engines.solver import solve

Tell = Callable[[int, int, str], None]
SMALL = 150
"""Visits up to which a part goes to the solver whole at once."""
ROUNDS = 4
INSTANT = 0.01
"""Seconds in which the solver is not worth starting."""


@dataclass(frozen=True)
class Effort:
    """Until when (``time.monotonic``), how far from the best the cost may stay, and whom to tell."""

    until: float
    slack: float
    tell: Tell | None = None

    def share(self, part: float, slack: float = 1.0) -> Effort:
        """A part of the time that is left and of the slack."""
        now = time.monotonic()
        return replace(self, until=now + max(0.0, (self.until - now) * part), slack=self.slack * slack)

    def met(self, plan: Plan) -> bool:
        """The plan is as good as asked."""
        return plan.value - plan.bound <= self.slack

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.until


def search(case: Case, effort: Effort, start: Plan) -> Plan:
    """Find the best plan of one part, from a plan that is known."""
    at = layout(case)
    size = at.visits.shape[1]
    if not size:
        return replace(start, bound=start.value)
    if size <= SMALL or case.need.shape[2] == 1:
        return whole(case, at, effort, start)
    best = _rounds(case, at, effort.share(0.8), start)
    if not effort.met(best) and not effort.over:
        found = whole(case, at, effort, best)
        best = replace(found, bound=max(best.bound, found.bound))
    return best


def whole(case: Case, at: Layout, effort: Effort, start: Plan) -> Plan:
    """Give the whole program to the solver; with no time left the plan that is known stands, unproven."""
    left = effort.until - time.monotonic()
    if left < INSTANT:
        return replace(start, bound=0.0)
    settings = {"mip_abs_gap": max(1e-9, effort.slack)}
    done = solve(program(case, at), time_limit=left, start=point(case, at, start), settings=settings)
    found = start if done.x is None else read(case, at, done.x)
    if start.value < found.value:
        found = start
    bound = max(0.0, done.bound) if math.isfinite(done.bound) else 0.0
    return replace(found, bound=min(found.value, bound))


@dataclass(frozen=True)
class _Weeks:
    """The weeks solved side by side: their hours, and how far each is from its best."""

    hours: Numbers
    value: Numbers
    bound: Numbers


def _rounds(case: Case, at: Layout, effort: Effort, start: Plan) -> Plan:
    weeks = case.need.shape[2]
    able = np.zeros((*case.road.shape, weeks), dtype=bool)
    able[tuple(at.visits)] = True
    share = able / np.maximum(1, able.sum(axis=2))[:, :, None]
    present = able.any(axis=1)
    join = present / np.maximum(1, present.sum(axis=1))[:, None]
    best, floor = start, 0.0
    last = _Weeks(start.hours, np.full(weeks, np.inf), np.zeros(weeks))
    for number in range(ROUNDS):
        last = _side_by_side(case, share, join, effort.share(0.6), last)
        floor, hours = max(floor, float(last.bound.sum())), last.hours
        if case.faces is not None and _crowded(case, hours):
            hours = _one_after_another(case, effort.share(0.3))
        found = planned(case, hours)
        best = found if found.value < best.value else best
        best = replace(best, bound=min(best.value, floor))
        if effort.tell is not None:
            effort.tell(number + 1, ROUNDS, f"{best.gap:.2%}")
        if effort.met(best) or effort.over:
            break
        if (last.value - last.bound).sum() <= 0.7 * effort.slack:
            share = _moved(share, best)
            last = replace(last, value=np.full(weeks, np.inf))
    return best


def _side_by_side(case: Case, share: Numbers, join: Numbers, effort: Effort, last: _Weeks) -> _Weeks:
    """The best plan of every week alone, faces and members at their week's share; good weeks stay as they are."""
    weeks, slack = case.need.shape[2], 0.6 * effort.slack / case.need.shape[2]
    hours, value, bound = last.hours.copy(), last.value.copy(), last.bound.copy()
    rest = np.nonzero(value - bound > slack + 1e-9)[0].tolist()
    for n, t in enumerate(rest):
        one = week(case, t, face=case.face * share[:, :, t], join=case.join * join[:, t])
        start = planned(one, hours[..., t : t + 1])
        found = whole(one, layout(one), effort.share(1 / (len(rest) - n), 0.6 / weeks), start)
        hours[..., t] = found.hours[..., 0]
        value[t], bound[t] = found.value, found.bound
    return _Weeks(hours, value, bound)


def _one_after_another(case: Case, effort: Effort) -> Numbers:
    """Week after week, the faces already met free: a plan that keeps the limit of faces."""
    weeks = case.need.shape[2]
    hours, met, inside = nothing(case).hours, case.met, np.zeros(len(case.people), dtype=bool)
    for t in range(weeks):
        one = week(case, t, face=np.where(met, 0.0, case.face), join=np.where(inside, 0.0, case.join))
        one = replace(one, met=met)
        start = nothing(one)
        found = whole(one, layout(one), effort.share(1 / (weeks - t), 0.6 / weeks), start)
        hours[..., t] = found.hours[..., 0]
        met = met | some(found.visits, 2)
        inside = some(met, 1)
    return hours


def week(case: Case, t: int, *, face: Numbers, join: Numbers) -> Case:
    """One week of the question, with its own costs of faces and members."""
    return replace(case, need=case.need[:, :, t : t + 1], free=case.free[:, t : t + 1], face=face, join=join)


def _moved(share: Numbers, best: Plan) -> Numbers:
    """Lay the cost of a face on the weeks that use it; one that nobody uses stays spread."""
    used = best.visits.sum(axis=2)
    return np.where((used > 0)[:, :, None], best.visits / np.maximum(1, used)[:, :, None], share)


def _crowded(case: Case, hours: Numbers) -> bool:
    met = some(hours > 0, 2, 3) | case.met
    return bool(case.faces is not None and (met.sum(axis=0) > case.faces).any())
