"""The answers by trying everything, with other means than the engine's."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import linprog

from opora.engines.coverage import Need, Person, Rules, Specialist, Weights


def best_cost(
    need: Need, specialists: list[Specialist], travel: Any, hours: Any, *, faces: int | None = None,
    known: Any = None, weights: Weights | None = None, longest: float = 150.0,
) -> float:  # fmt: skip
    """The least cost of a team: every set of visits is tried, the hours by linear programming."""
    weights = weights or Weights()
    wanted, travel = np.asarray(need.hours, float), np.asarray(travel, float)
    size, (s_, _, t_) = len(specialists), wanted.shape
    severity = np.broadcast_to(np.asarray(need.severity, float).reshape(-1), s_)
    free = np.broadcast_to(
        np.asarray(hours, float).reshape(-1, 1) if np.ndim(hours) == 1 else hours, (size, t_)
    )
    triples = [(e, s, t) for e, s, t in product(range(size), range(s_), range(t_)) if travel[e, s] <= longest]
    best = np.inf
    for chosen in product((0, 1), repeat=len(triples)):
        visits = [triple for triple, yes in zip(triples, chosen, strict=True) if yes]
        met = {(e, s) for e, s, _ in visits}
        if faces is not None and any(sum(s == one for _, one in met) > faces for s in range(s_)):
            continue
        fixed = weights.road * sum(2 * travel[e, s] / 60 for e, s, _ in visits)
        fixed += weights.face * sum(not (known is not None and known[e][s]) for e, s in met)
        fixed += weights.member * len({e for e, _ in met})
        if fixed < best:
            unmet = _least_unmet(wanted, severity, specialists, travel, free, visits)
            best = min(best, fixed + weights.unmet * unmet)
    return float(best)


def _least_unmet(wanted: Any, severity: Any, specialists: Any, travel: Any, free: Any, visits: Any) -> float:
    for e, t in {(e, t) for e, _, t in visits}:
        if free[e, t] < sum(2 * travel[e, s] / 60 for a, s, b in visits if (a, b) == (e, t)) - 1e-9:
            return np.inf
    columns = [(e, s, q, t) for e, s, t in visits for q in specialists[e].skills]
    if not columns:
        return float((severity[:, None, None] * wanted).sum())
    rows, sides = [], []
    for s, q, t in np.ndindex(wanted.shape):
        rows.append([float((s, q, t) == (b, c, d)) for _, b, c, d in columns])
        sides.append(wanted[s, q, t])
    for e, t in np.ndindex(free.shape):
        rows.append([float((e, t) == (a, d)) for a, _, _, d in columns])
        sides.append(free[e, t] - sum(2 * travel[e, s] / 60 for a, s, b in visits if (a, b) == (e, t)))
    done = linprog([-severity[s] for _, s, _, _ in columns], A_ub=rows, b_ub=sides)
    return float((severity[:, None, None] * wanted).sum() + done.fun)


def best_rota(people: list[Person], days: list[int], weekend: list[bool], rules: Rules) -> tuple[float, ...]:
    """The best (open slots, most, sum of squares, most weekends, weekend squares, −wishes): every rota is tried."""
    slots = list(product(range(len(days)), range(len(rules.roles))))
    best: tuple[float, ...] | None = None
    for choice in product(range(-1, len(people)), repeat=len(slots)):
        on: dict[int, list[int]] = {p: [] for p in range(len(people))}
        for (d, _), p in zip(slots, choice, strict=True):
            if p >= 0:
                on[p].append(d)
        if not _keeps(people, days, rules, slots, choice, on):
            continue
        loads = [len(on[p]) for p in on]
        ends = [sum(weekend[d] for d in on[p]) for p in on]
        likes = sum((days[d] in people[p].wishes) - (days[d] in people[p].avoids) for p in on for d in on[p])
        worth = (
            choice.count(-1),
            max(loads),
            sum(n * n for n in loads),
            max(ends),
            sum(n * n for n in ends),
            -likes,
        )
        best = worth if best is None or worth < best else best
    assert best is not None
    return best


def _keeps(people: Any, days: Any, rules: Rules, slots: Any, choice: Any, on: Any) -> bool:
    for (d, r), p in zip(slots, choice, strict=True):
        if p >= 0 and (rules.roles[r] not in people[p].roles or days[d] in people[p].absent):
            return False
    for p, mine in on.items():
        if len(set(mine)) < len(mine) or (people[p].most is not None and len(mine) > people[p].most):
            return False
        for length, most in rules.windows:
            if any(sum(first <= days[d] < first + length for d in mine) > most for first in days):
                return False
    for d in range(len(days)):
        there = [p for (one, _), p in zip(slots, choice, strict=True) if one == d]
        for skill, least in rules.skills:
            able = sum(p < 0 or skill in people[p].skills for p in there)
            if able < min(least, len(there)):
                return False
    return True
