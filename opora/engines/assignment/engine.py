"""The face of the engine."""

from __future__ import annotations

import math
import time

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.assignment.begin import begin
from opora.engines.assignment.problem import Apart, Problem, Stay, Together, asked
from opora.engines.assignment.program import Fines
from opora.engines.assignment.relax import relaxed
from opora.engines.assignment.result import Assignment
from opora.engines.assignment.search import Found, Task, Tell, cheapest, judged, placed
from opora.engines.assignment.units import Units, united
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
    """Propose a home for each.

    ``cost[n, m]``; ``size[n]`` people, or ``[n, m]`` the resource each uses in each home; ``capacity[m]``. See
    docs/engines/assignment.md for the model.
    """
    until = time.monotonic() + RESERVE * positive("time_limit", time_limit)
    positive("gap", gap, zero=True)
    problem = asked(cost, size, capacity, together, apart, forbidden, least, stay)
    units = united(problem)
    return answered(problem, units, solved(units, gap, until, tell))


def solved(units: Units, gap: float, until: float, tell: Tell | None) -> Found:
    """Bound, start, places, cost."""
    fines = fines_of(units)
    prices = relaxed(units, fines, until)
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
    first = found.left <= found.left_bound + 1e-7 and found.short <= found.short_bound + 1e-7
    return Assignment(
        home=home,
        cost=found.value,
        bound=bound,
        gap=distance / max(1e-9, abs(found.value)) if distance > 0 else 0.0,
        proven=first and distance <= 1e-6 * max(1.0, abs(found.value)),
        unplaced=np.flatnonzero(home < 0),
        why=(),
        load=units.loads(found.home),
        short=units.short(found.home),
        left_out=found.left,
        left_out_bound=found.left_bound,
    )
