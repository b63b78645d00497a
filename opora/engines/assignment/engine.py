"""The face of the engine."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.assignment.begin import begin
from opora.engines.assignment.problem import Apart, Problem, Stay, Together, asked
from opora.engines.assignment.program import Fines
from opora.engines.assignment.relax import relaxed
from opora.engines.assignment.result import Assignment
from opora.engines.assignment.search import Found, Task, Tell, cheapest, judged, placed
from opora.engines.assignment.units import Units, united
from opora.engines.assignment.words import reasons
from opora.engines.common.checks import positive

RESERVE = 0.97
"""Part of the time limit for searching; the rest is for words."""


def assign(
    cost: ArrayLike,
    size: ArrayLike,
    capacity: ArrayLike,
    *,
    together: Together = (),
    apart: Apart = (),
    forbidden: ArrayLike | None = None,
    least: ArrayLike | None = None,
    stay: Stay | None = None,
    gap: float = 1e-3,
    time_limit: float = 60,
    tell: Tell | None = None,
) -> Assignment:
    """Propose a home for each: first as few people without a place as can be, then the least cost.

    ``cost[n, m]``: of group i in home h, any finite numbers. ``size[n]``: people (leaving one out weighs its size), or
    ``[n, m]``: what each uses in each home (leaving out weighs one each). ``capacity[m]``. ``together``: (i, j, reward):
    ``None`` means in one home (may chain), a number is saved if they share one. ``apart``: pairs that must not.
    ``forbidden[n, m]``: true where not. ``least[m]``: load every home should reach; no home may then stay empty. It comes
    after leaving nobody out and before cost, so it is kept when it can be (``short`` tells otherwise); 0 asks nothing.
    ``stay``: (homes[n] with −1 for none, bonus or bonus[n]): what is saved by leaving each where it is. ``gap``: stop when
    (cost − bound) / |cost| is no more; 0 asks for the proven optimum. ``time_limit``: seconds, then the best found with
    its bound. ``tell(done, total, note)``: progress.

    Raises ``ValueError`` for input that makes no sense, with one sentence. Model, sources: docs/engines/assignment.md.
    """
    until = time.monotonic() + RESERVE * positive("time_limit", time_limit)
    positive("gap", gap, zero=True)
    problem = asked(cost, size, capacity, together, apart, forbidden, least, stay)
    units = united(problem)
    return answered(problem, units, solved(units, gap, until, tell))


def solved(units: Units, gap: float, until: float, tell: Tell | None) -> Found:
    """Bound, start, places, cost."""
    if not units.shape[0]:
        return replace(judged(units, np.zeros(0, dtype=np.int64)), bound=0.0)
    fines = fines_of(units)
    prices = relaxed(units, fines, until, gap)
    task = Task(units, prices, fines, gap, until, tell)
    task.say(0, "bound")
    found = placed(task, judged(units, begin(units, prices)))
    return cheapest(task, found)


def fines_of(units: Units) -> Fines:
    """Dearer than any rearrangement of a few homes, yet of the size of the costs; search.py proves the order of goals."""
    if not units.cost.size:
        return Fines(1.0, 1.0)
    widest = float(((units.cost.max(axis=1) - units.cost.min(axis=1)) / units.people).max())
    highest = float((np.abs(units.cost).max(axis=1) / units.people).max())
    fine = 1.0 + 4 * widest + highest + 2 * max((w for _, _, w in (*units.pairs, *units.links)), default=0.0)
    return Fines(fine, fine)


def answered(problem: Problem, units: Units, found: Found) -> Assignment:
    """The answer in the caller's groups."""
    home = units.homes(found.home).astype(np.int64)
    bound = min(found.bound, found.value)
    distance = found.value - bound
    gap = distance / max(1e-9, abs(found.value)) if distance > 0 else 0.0
    first = found.left <= found.left_bound + 1e-7 and found.short <= found.short_bound + 1e-7
    proven = first and distance <= 1e-6 * max(1.0, abs(found.value))
    return Assignment(
        home=home,
        cost=found.value,
        bound=bound,
        gap=gap,
        proven=proven,
        unplaced=np.flatnonzero(home < 0),
        why=reasons(problem, units, found.home, gap=gap, proven=proven, left_proven=first),
        load=units.loads(found.home),
        short=units.short(found.home),
        left_out=found.left,
        left_out_bound=found.left_bound,
    )
