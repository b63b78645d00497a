"""The exact search: over the columns that can still matter, and a certificate that the others cannot.

Any plan with a column of reduced cost above T costs more than bound + T. So the search over the others proves the lesser of
its own bound and bound + T for the whole question; T grows until that is enough.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from opora.engines.assignment.program import Fines, Part, linked, pair_costs, program
from opora.engines.assignment.relax import SMALL, Relaxed
from opora.engines.assignment.units import Units
from opora.engines.solver import solve

Array = np.ndarray[Any, Any]
Tell = Callable[[int, int, str], None]
FIRST = 6
"""Columns per unit in the first search."""
FIRST_SHARE = (0.05, 0.25)
"""Or those whose reduced cost is below this share of the gap asked for; the second with friends (wider from the LP)."""
FIRST_TIME = 0.5
"""Share of the time left that a search may take when more columns are to come."""
BROAD: dict[str, str | bool | int | float] = {"mip_lp_age_limit": 2, "presolve": "off"}
"""Options of HiGHS for searches of many columns: the core is already reduced; forget slack cuts early (measured)."""
COARSE = 3e-4
"""Relative gap of a search that is not the last."""


@dataclass(frozen=True)
class Found:
    """A plan of the units and what is proven. ``left_bound``, ``short_bound``, ``bound``: no plan has less."""

    home: Array
    left: float
    short: float
    value: float
    left_bound: float = 0.0
    short_bound: float = 0.0
    bound: float = -math.inf

    @property
    def order(self) -> tuple[float, float, float]:
        """What is better: fewer left out, then less shortfall, then cheaper."""
        return round(self.left, 7), round(self.short, 7), self.value


@dataclass(frozen=True)
class Task:
    """What all stages share."""

    units: Units
    relaxed: Relaxed
    fines: Fines
    gap: float
    until: float
    tell: Tell | None

    def left(self) -> float:
        """Seconds that remain."""
        return self.until - time.monotonic()

    def say(self, stage: int, note: str) -> None:
        """Tell how far it is."""
        if self.tell is not None:
            self.tell(stage, 3, note)


def judged(units: Units, home: Array) -> Found:
    """A plan with its values."""
    return Found(home, units.left(home), float(units.short(home).sum()), units.value(home))


def better(found: Found, home: Array | None, units: Units) -> Found:
    """The better of the two, bounds kept."""
    if home is None:
        return found
    other = judged(units, home)
    if other.order >= found.order:
        return found
    return replace(found, home=other.home, left=other.left, short=other.short, value=other.value)


def everywhere(units: Units) -> Part:
    """All columns."""
    return Part(units.allowed, np.isfinite(pair_costs(units)), linked(units, units.allowed))


def placed(task: Task, found: Found) -> Found:
    """First goals first: as few people left out as possible, then as little shortfall."""
    found = replace(found, left_bound=_unavoidable(task.units))
    if _met(found) or task.left() <= 0:
        return found
    task.say(1, "room for everybody")
    edge = _edge(task.relaxed, task.units, FIRST)
    part = _with(task.units, task.relaxed.near(task.units, edge), found.home)
    home, fined = _run(task, part, found, task.fines, gap=COARSE, share=0.3)
    fined = min(fined, task.relaxed.bound + _beyond(task.relaxed.ordered(), edge))
    found = better(found, home, task.units)
    if found.left > found.left_bound + 1e-7:
        home, bound = _run(task, everywhere(task.units), found, task.fines, goal="left", share=0.5)
        found = better(found, home, task.units)
        found = replace(
            found, left_bound=min(found.left, max(found.left_bound, _up(bound, task.units.people)))
        )
    if found.short > found.short_bound + 1e-7:
        fines = replace(task.fines, left=found.left)
        home, bound = _run(task, everywhere(task.units), found, fines, goal="short", share=0.5)
        found = better(found, home, task.units)
        found = replace(found, short_bound=min(found.short, max(0.0, bound)))
    return replace(found, bound=fined - _fined(task, found))


def cheapest(task: Task, found: Found) -> Found:
    """Then the least cost among the plans that are as good in the first goals."""
    fines = replace(task.fines, left=found.left, short=found.short)
    fined = _fined(task, found)
    floor, costs = task.relaxed.bound - fined, task.relaxed.ordered()
    found = replace(found, bound=_rounded(task, min(max(floor, found.bound), found.value)))
    most = float(costs[-1]) if len(costs) else 0.0
    edge = max(
        _edge(task.relaxed, task.units, FIRST),
        FIRST_SHARE[bool(task.units.pairs)] * task.gap * abs(floor),
    )
    while not _enough(task, found) and task.left() > 0:
        task.say(2, f"{found.value:.6g} ≥ {found.bound:.6g}")
        last = edge >= min(_needed(task, found, floor), most)
        part = _with(task.units, task.relaxed.near(task.units, edge), found.home)
        gap = task.gap if last else max(task.gap, COARSE)
        home, bound = _run(
            task, part, found, fines, gap=gap, with_start=last, share=1.0 if last else FIRST_TIME
        )
        found = better(found, home, task.units)
        proven = min(bound - fined, floor + _beyond(costs, edge))
        found = replace(found, bound=_rounded(task, max(found.bound, min(proven, found.value))))
        if last and edge >= most:
            break
        edge = _further(costs, edge, _needed(task, found, floor))
    return found


def _beyond(costs: Array, edge: float) -> float:
    """The least reduced cost of a column left away."""
    following = int(np.searchsorted(costs, edge, side="right"))
    return float(costs[following]) if following < len(costs) else math.inf


def _fined(task: Task, found: Found) -> float:
    """The fines of a plan that leaves out and falls short as much as this one."""
    return task.fines.person * found.left + task.fines.shortfall * found.short


def _further(costs: Array, edge: float, needed: float) -> float:
    """The next T: what is needed, but not at a stroke so many columns that the search drowns."""
    now = int(np.searchsorted(costs, edge, side="right"))
    reach = float(costs[min(len(costs) - 1, max(SMALL, 2 * now))]) if len(costs) else edge
    wanted = needed * (1 + 1e-9) + 1e-9
    return max(edge * 1.25 + 1e-9, min(wanted, reach)) if wanted > edge else edge * 1.25 + 1e-9


def _run(
    task: Task,
    part: Part,
    found: Found,
    fines: Fines,
    *,
    goal: str = "cost",
    gap: float = 0.0,
    share: float = 1.0,
    with_start: bool = False,
) -> tuple[Array | None, float]:
    """One exact search. Gives its best plan and its bound (with fines)."""
    built = program(task.units, part, fines, whole=True, goal=goal)
    start = built.start(found.home) if with_start else None
    outcome = solve(
        built.model,
        time_limit=max(0.05, task.left() * share),
        gap=gap,
        start=start,
        settings={"mip_feasibility_tolerance": 1e-7, **(BROAD if part.count > 5000 else {})},
    )
    if outcome.status == "infeasible":
        return None, math.inf
    if outcome.x is None:
        return None, outcome.bound
    # HiGHS 1.16 can value a start too low after its presolve, and cut the truth off: then once more without a start.
    true = abs(float(built.model.cost @ outcome.x) - outcome.value) <= 1e-6 * max(1.0, abs(outcome.value))
    if not true and start is not None:
        return _run(task, part, found, fines, goal=goal, gap=gap, share=share)
    return _lawful(task.units, built.plan(outcome.x)), outcome.bound if true else -math.inf


def _lawful(units: Units, home: Array) -> Array | None:
    """A plan that keeps every rule exactly, not only within the solver's tolerance."""
    inside = np.flatnonzero(home >= 0)
    fits = (units.loads(home) <= units.room()).all() and units.allowed[inside, home[inside]].all()
    return home if fits and not any(home[i] == home[j] >= 0 for i, j in units.apart) else None


def _with(units: Units, part: Part, home: Array) -> Part:
    """The part with the columns of a plan, so that the plan can be its start."""
    single, pair, link = part.single.copy(), part.pair.copy(), part.link.copy()
    inside = np.flatnonzero(home >= 0)
    single[inside, home[inside]] = True
    for table, edges in ((pair, units.pairs), (link, units.links)):
        for at, (one, other, _) in enumerate(edges):
            if home[one] == home[other] >= 0:
                table[at, home[one]] = True
    return Part(single, pair, link)


def _edge(relaxed: Relaxed, units: Units, per_unit: int) -> float:
    """The reduced cost up to which there are so many columns per unit."""
    costs = relaxed.ordered()
    return float(max(0.0, costs[min(len(costs) - 1, per_unit * units.shape[0])])) if len(costs) else 0.0


def _last(relaxed: Relaxed) -> float:
    costs = relaxed.ordered()
    return float(costs[-1]) if len(costs) else 0.0


def _needed(task: Task, found: Found, floor: float) -> float:
    """How far above the bound a column must reach before it can be left away."""
    return found.value - max(task.units.step - 1e-6, task.gap * abs(found.value), 0.0) - floor


def _enough(task: Task, found: Found) -> bool:
    slack = max(task.gap * abs(found.value), 1e-6 * max(1.0, abs(found.value)) if task.gap == 0 else 0.0)
    return found.value - found.bound <= slack


def _met(found: Found) -> bool:
    return found.left <= found.left_bound + 1e-7 and found.short <= found.short_bound + 1e-7


def _unavoidable(units: Units) -> float:
    """People who cannot all have a place by arithmetic: no home for their unit, or fewer places than people."""
    homeless = ~units.allowed.any(axis=1) if units.shape[1] else np.ones(units.shape[0], dtype=bool)
    alone = float(units.people[homeless].sum())
    by_size = bool((units.load == units.people[:, None]).all())
    short = float(units.people.sum() - units.capacity.sum()) if by_size else 0.0
    return max(alone, _up(short - 1e-6, units.people))


def _up(bound: float, people: Array) -> float:
    """Round a bound on people up to a whole number if all sizes are."""
    if not math.isfinite(bound):
        return 0.0
    return float(max(0, math.ceil(bound - 1e-6))) if (people == np.round(people)).all() else max(0.0, bound)


def _rounded(task: Task, bound: float) -> float:
    """Whole costs have whole totals."""
    if not task.units.step or not math.isfinite(bound):
        return bound
    return float(math.ceil(bound - 1e-6 * max(1.0, abs(bound)) ** 0.5))
