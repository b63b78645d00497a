"""Questions about a plan: what if this person goes there, why not there, and who carries the burden of it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.assignment.chains import Chains
from opora.engines.assignment.engine import answered, fines_of
from opora.engines.assignment.problem import Apart, Problem, Stay, Together, asked
from opora.engines.assignment.relax import Relaxed, relaxed
from opora.engines.assignment.result import Assignment
from opora.engines.assignment.search import Task, Tell, cheapest, judged, placed
from opora.engines.assignment.units import Units, united
from opora.engines.common.checks import numbers, whole
from opora.engines.common.reasons import N_, Reason

Array = np.ndarray[Any, Any]
BONUS = 0.01
"""Worth of staying, as a share of the mean cost of a group: decides between plans of nearly equal cost."""
MOST_MOVED = 20
"""More others than this do not move for one question, unless somebody would lose a place."""


@dataclass(frozen=True)
class WhatIf:
    """The plan with one group where it was asked to be, ``moved``: the others who change homes, what it costs more."""

    plan: Assignment
    moved: Array
    cost_change: float
    why: tuple[Reason, ...]


class Desk:
    """One published plan and the questions about it; the inputs are those of ``assign``, ``published[n]`` the homes."""

    def __init__(
        self,
        cost: ArrayLike,
        size: ArrayLike,
        capacity: ArrayLike,
        published: ArrayLike,
        *,
        together: Together = (),
        apart: Apart = (),
        forbidden: ArrayLike | None = None,
        least: ArrayLike | None = None,
        stay: Stay | None = None,
    ) -> None:
        self.problem: Problem = asked(cost, size, capacity, together, apart, forbidden, least, stay)
        self.units: Units = united(self.problem)
        n, m = self.problem.shape
        homes = numbers("published", published, (n,), least=-1)
        if (homes != np.round(homes)).any() or (homes >= m).any():
            raise ValueError(f"published must hold whole numbers from −1 to {m - 1}")
        self.published = homes.astype(np.int64)
        self.home = np.full(self.units.shape[0], -1)
        self.home[self.units.of] = self.published
        if (self.home[self.units.of] != self.published).any():
            raise ValueError("published splits a group that must be in one home")
        self._relaxed: Relaxed | None = None

    def what_if(
        self, person: int, home: int, *, gap: float = 1e-4, time_limit: float = 30, tell: Tell | None = None
    ) -> WhatIf:
        """Put one in a home and keep the others as near the published plan as can be.

        Two plans are made: by the cheapest chains of moves from the published one, and by the whole search with a
        small bonus for staying. The cheaper stands if it moves at most ``MOST_MOVED`` others. Raises ``ValueError`` if
        the person may never live there.
        """
        until = time.monotonic() + 0.95 * time_limit
        unit = self._asked(person, home)
        if not self.units.allowed[unit, home]:
            raise ValueError(f"group {person} cannot live in home {home}: it is forbidden or too small")
        held = self._held(unit, home)
        near = judged(held, self._by_chains(held, unit, home))
        fines = fines_of(held)
        found = near
        if time.monotonic() < until:
            task = Task(held, relaxed(held, fines, until, gap), fines, gap, until, tell)
            found = cheapest(task, placed(task, near))
        chosen = found if self._few(found.home, unit) or found.order[:2] < near.order[:2] else replace(
            near, bound=found.bound, left_bound=found.left_bound, short_bound=found.short_bound
        )  # fmt: skip
        return self._told(chosen.home, person, home)

    def why_not(self, person: int, home: int) -> tuple[Reason, ...]:
        """Say why one is not in a home: forbidden, too small, someone there, full, dearer, and who would have to move."""
        unit = self._asked(person, home)
        if self.home[unit] == home:
            return (Reason(N_("По плана е точно там."), {}, "for"),)
        if self.problem.forbidden[self.units.of == unit, home].any():
            return (Reason(N_("Този дом не е допустим."), {}, "against"),)
        size, room = float(self.units.load[unit, home]), float(self.units.capacity[home])
        if not self.units.allowed[unit, home]:
            values = {"size": size, "room": room}
            return (Reason(N_("Нужни са {size} места, а домът има само {room}."), values, "against"),)
        return (*self._there(unit, home), *self._dearer(unit, home), *self._chain_of(unit, home))

    def at_least(self, person: int, home: int) -> float:
        """How much dearer any plan with this person there is than the published one, at least; from the prices alone."""
        unit = self._asked(person, home)
        if not self.units.allowed[unit, home]:
            return math.inf
        fines = fines_of(self.units)
        self._relaxed = self._relaxed or relaxed(self.units, fines, time.monotonic() + 60)
        now = judged(self.units, self.home)
        fined = fines.person * now.left + fines.shortfall * now.short
        of = [at for at, pair in enumerate(self.units.pairs) if unit in pair[:2]]
        extra = min([self._relaxed.single[unit, home], *(self._relaxed.pair[at, home] for at in of)])
        return float(self._relaxed.bound + max(0.0, extra) - fined - now.value)

    def _asked(self, person: int, home: int) -> int:
        n, m = self.problem.shape
        return int(self.units.of[whole("person", person, 0, n - 1)]) + 0 * whole("home", home, 0, m - 1)

    def _held(self, unit: int, home: int) -> Units:
        """The same question with the unit held there and a bonus for everybody who stays."""
        units = self.units
        cost, allowed, people = units.cost.copy(), units.allowed.copy(), units.people.copy()
        inside = np.flatnonzero(self.home >= 0)
        bonus = BONUS * max(
            1e-9, float(np.abs(cost[inside, self.home[inside]]).mean()) if len(inside) else 1.0
        )
        cost[inside, self.home[inside]] -= bonus
        allowed[unit] = False
        allowed[unit, home] = True
        people[unit] += units.people.sum()
        return replace(units, cost=cost, allowed=allowed, people=people, step=0.0)

    def _by_chains(self, held: Units, unit: int, home: int) -> Array:
        """Everybody as published, the unit there, and only those moved on who must be."""
        chains = Chains(held)
        chains.move(unit, home)
        for other in np.flatnonzero(self.home >= 0):
            at = int(self.home[other])
            if other != unit and chains.open_to(int(other))[at]:
                chains.move(int(other), at)
        for other in np.lexsort((np.arange(len(self.home)), -held.people)):
            if chains.home[other] < 0:
                chains.insert(int(other))
        for other in np.flatnonzero((chains.home != self.home) & (np.arange(len(self.home)) != unit)):
            chains.reinsert(int(other))
        return chains.home

    def _few(self, home: Array, unit: int) -> bool:
        groups = np.flatnonzero(self.units.homes(home) != self.published)
        return int((self.units.of[groups] != unit).sum()) <= MOST_MOVED

    def _told(self, homes: Array, person: int, home: int) -> WhatIf:
        now, then = judged(self.units, self.home), judged(self.units, homes)
        plan = answered(self.problem, self.units, replace(then, left_bound=0.0))
        changed = np.flatnonzero(plan.home != self.published)
        moved = changed[self.units.of[changed] != self.units.of[person]]
        values = {"moved": len(moved), "change": then.value - now.value}
        why = [
            Reason(N_("Други групи, които сменят дома: {moved}."), {"moved": len(moved)}, "change"),
            Reason(N_("Цената на плана се променя с {change}."), {"change": values["change"]}, "change"),
        ]
        if then.left > now.left + 1e-9:
            lost = then.left - now.left
            why.append(Reason(N_("Без място остават още {lost} души."), {"lost": lost}, "against"))
        return WhatIf(plan, moved, float(then.value - now.value), tuple(why))

    def _there(self, unit: int, home: int) -> list[Reason]:
        said, there = [], np.flatnonzero(self.home == home)
        for one, other in self.units.apart:
            foe = {one: other, other: one}.get(unit)
            if foe is not None and foe in there:
                names = ", ".join(map(str, np.flatnonzero(self.units.of == foe)))
                said.append(
                    Reason(
                        N_("Там е {other}, а двамата не бива да са в един дом."), {"other": names}, "against"
                    )
                )
        load, room = float(self.units.loads(self.home)[home]), float(self.units.capacity[home])
        if load + self.units.load[unit, home] > self.units.room()[home]:
            values = {"load": load, "room": room}
            said.append(Reason(N_("Домът е пълен: заети са {load} от {room} места."), values, "against"))
        return said

    def _dearer(self, unit: int, home: int) -> list[Reason]:
        said = []
        if (now := int(self.home[unit])) >= 0:
            more = float(self.units.cost[unit, home] - self.units.cost[unit, now])
            if more > 0:
                said.append(Reason(N_("Струва с {more} повече от сегашния дом."), {"more": more}, "against"))
            else:
                said.append(
                    Reason(N_("Сам по себе си би струвал с {less} по-малко."), {"less": -more}, "for")
                )
        least = self.at_least(int(np.flatnonzero(self.units.of == unit)[0]), home)
        if least > 0:
            said.append(
                Reason(N_("Всеки план с него там струва поне с {least} повече."), {"least": least}, "against")
            )
        return said

    def _chain_of(self, unit: int, home: int) -> list[Reason]:
        homes = self._by_chains(self._held(unit, home), unit, home)
        movers = [u for u in np.flatnonzero(homes != self.home) if u != unit]
        change = judged(self.units, homes).value - judged(self.units, self.home).value
        names = ", ".join(str(g) for u in movers for g in np.flatnonzero(self.units.of == u)) or "0"
        template = N_("Ако отиде там, дома сменят и: {movers}. Цената на плана се променя с {change}.")
        return [Reason(template, {"movers": names, "change": float(change)}, "change")]


def what_if(  # noqa: PLR0917 - the inputs of assign, then the question
    cost: ArrayLike,
    size: ArrayLike,
    capacity: ArrayLike,
    published: ArrayLike,
    person: int,
    home: int,
    **options: Any,
) -> WhatIf:
    """``Desk(cost, size, capacity, published, …).what_if(person, home)`` in one call; options of both by name."""
    own = {name: options.pop(name) for name in ("gap", "time_limit", "tell") if name in options}
    return Desk(cost, size, capacity, published, **options).what_if(person, home, **own)


def why_not(  # noqa: PLR0917 - the inputs of assign, then the question
    cost: ArrayLike,
    size: ArrayLike,
    capacity: ArrayLike,
    published: ArrayLike,
    person: int,
    home: int,
    **options: Any,
) -> tuple[Reason, ...]:
    """``Desk(cost, size, capacity, published, …).why_not(person, home)`` in one call."""
    return Desk(cost, size, capacity, published, **options).why_not(person, home)
