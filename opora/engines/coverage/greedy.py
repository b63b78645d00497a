"""A quick plan: everybody in turn takes, week by week, the visits worth most for the time they take."""

from __future__ import annotations

import numpy as np

from opora.engines.coverage.need import Case, Flags, Numbers
from opora.engines.coverage.plan import Plan, planned


def fill(case: Case, unmet: Numbers, able: Flags, road: Numbers, free: float) -> Numbers:
    """Hours [s, q] one person takes in one week from the unmet [s, q], the visit worth most per hour first."""
    taken = np.zeros_like(unmet)
    worth = np.where(able[None], case.unmet * unmet, 0.0).sum(axis=1)
    hours = np.where(able[None], unmet, 0.0).sum(axis=1)
    near = np.nonzero(np.isfinite(road) & (worth > 0))[0]
    useful = (worth[near] - case.drive * road[near]) / (hours[near] + road[near] + 1e-9)
    for s in near[np.argsort(-useful, kind="stable")].tolist():
        left = free - road[s]
        if left <= 1e-9:
            continue
        gives = _shared(case.unmet[s], np.where(able, unmet[s], 0.0), left)
        if case.unmet[s] @ gives > case.drive * road[s]:
            taken[s] = gives
            free = left - gives.sum()
    return taken


def _shared(worth: Numbers, wanted: Numbers, left: float) -> Numbers:
    """Hours of one visit by skill, the heaviest need first."""
    order = np.argsort(-worth, kind="stable")
    before = np.cumsum(wanted[order]) - wanted[order]
    gives = np.zeros_like(wanted)
    gives[order] = np.clip(left - before, 0.0, wanted[order])
    return gives


def greedy(case: Case) -> Plan:
    """A plan that keeps every limit; often within a tenth of the best."""
    hours = np.zeros((len(case.people), *case.need.shape))
    met = case.met.copy()
    # Whoever can do fewer things goes first: the others have a choice.
    order = np.argsort(case.can.sum(axis=1), kind="stable").tolist()
    for t in range(case.need.shape[2]):
        unmet = case.need[:, :, t].copy()
        for e in order:
            road = case.road[e]
            if case.faces is not None:
                road = np.where(met[e] | (met.sum(axis=0) < case.faces), road, np.inf)
            hours[e, :, :, t] = fill(case, unmet, case.can[e], road, float(case.free[e, t]))
            unmet -= hours[e, :, :, t]
            met[e] |= hours[e, :, :, t].sum(axis=1) > 0
    return planned(case, hours)
