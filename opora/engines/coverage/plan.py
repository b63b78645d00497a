"""A plan of who gives what to whom, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opora.engines.coverage.model import Layout
from opora.engines.coverage.need import Case, Flags, Numbers, some


@dataclass(frozen=True)
class Plan:
    """``hours[e, s, q, t]``, ``visits[e, s, t]``, the weighed ``value`` and a proven lower ``bound``."""

    hours: Numbers
    visits: Flags
    value: float
    bound: float = 0.0

    @property
    def gap(self) -> float:
        """(value − bound) / value."""
        return max(0.0, self.value - self.bound) / max(1e-9, abs(self.value))


def nothing(case: Case) -> Plan:
    """The plan in which nobody goes anywhere."""
    return planned(case, np.zeros((len(case.people), *case.need.shape)))


def planned(case: Case, hours: Numbers) -> Plan:
    """The plan with these hours: a visit wherever there are hours, and its cost."""
    visits = some(hours > 0, 2)
    met = some(visits, 2)
    unmet = np.maximum(0.0, case.need - hours.sum(axis=0))
    road = np.where(met, case.road, 0.0)
    value = (
        (case.unmet[:, :, None] * unmet).sum()
        + case.drive * (road * visits.sum(axis=2)).sum()
        + case.face[met].sum()
        + case.join[some(met, 1)].sum()
    )
    return Plan(hours, visits, float(value))


def read(case: Case, at: Layout, x: Numbers) -> Plan:
    """Turn the solver's point into a plan: visits whole, hours only where there is a visit, nobody over time."""
    _, _, h, u, _ = at.starts
    hours = np.zeros((len(case.people), *case.need.shape))
    visit, skill = at.work
    e, s, t = at.visits[:, visit]
    hours[e, s, skill, t] = np.where((x[visit] > 0.5) & (x[h:u] > 1e-6), x[h:u], 0.0)
    return planned(case, _within(case, hours))


def point(case: Case, at: Layout, plan: Plan) -> Numbers:
    """The solver's point of a plan."""
    y, m, h, u, size = at.starts
    x, met = np.zeros(size), some(plan.visits, 2)
    x[:y] = plan.visits[tuple(at.visits)]
    x[y:m] = met[tuple(at.pairs)]
    x[m:h] = some(met, 1)
    e, s, t = at.visits[:, at.work[0]]
    x[h:u] = plan.hours[e, s, at.work[1], t]
    x[u:] = (case.need - plan.hours.sum(axis=0))[tuple(at.unmet)]
    return x


def _within(case: Case, hours: Numbers) -> Numbers:
    """Take away what the solver's tolerance let through: more than is needed, more than there is time for."""
    given = hours.sum(axis=0)
    hours = hours * np.where(given > case.need, case.need / np.where(given > 0, given, 1.0), 1.0)
    road = np.where(some(hours > 0, 2), case.road[:, :, None], 0.0).sum(axis=1)
    work, left = hours.sum(axis=(1, 2)), case.free - road
    share = np.where(work > left, left / np.where(work > 0, work, 1.0), 1.0)
    return np.asarray(hours * np.clip(share, 0.0, 1.0)[:, None, None, :])
