"""A proven lower bound and what each column would add to it: prices of people and of places.

Prices of places by a short deflected subgradient, then the linear program over the columns that are near at these
prices, then every other column is priced, until none would help. The bound is computed from the prices alone over all
columns, so it holds whatever the linear solver's tolerances are, and wherever the loop is stopped.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from opora.engines.assignment.program import Fines, Part, Program, ends, linked, pair_costs, pair_of, program
from opora.engines.assignment.units import Units
from opora.engines.solver import solve

Array = np.ndarray[Any, Any]
SMALL = 20_000
"""Columns up to which all are taken at once."""
NEAR = 8
"""Columns per unit to begin with."""


@dataclass(frozen=True)
class Relaxed:
    """``bound``: proven, for cost + fines. ``single[U, m]``, ``pair[pairs, m]``: reduced costs (inf: not allowed).

    ``share[U, m]``: the fractional plan. ``places[m]``: the price of a place, zero or more. ``unpaid[links, m]``: where
    both ends of a link should become columns.
    """

    bound: float
    single: Array
    pair: Array
    share: Array
    places: Array
    unpaid: Array

    def near(self, units: Units, most: float) -> Part:
        """All columns that add at most so much."""
        single, pair = self.single <= most, self.pair <= most
        return Part(single, pair, linked(units, _reach(units, single, pair)))

    def ordered(self) -> Array:
        """All finite reduced costs of placing somebody, ascending."""
        every = np.concatenate([self.single.ravel(), self.pair.ravel()])
        return np.sort(every[np.isfinite(every)])


def relaxed(units: Units, fines: Fines, until: float) -> Relaxed:
    """Solve it; stopped by the clock at ``until`` the prices so far give a weaker bound, still proven."""
    alone = np.where(units.allowed, units.cost, np.inf)
    both = pair_costs(units)
    if alone.size + both.size <= SMALL:
        part = Part(np.isfinite(alone), np.isfinite(both), linked(units, np.isfinite(alone)))
        solved = _solved(units, part, fines, until)
        return _priced(units, alone, both, fines, *solved) if solved else _unsolved(units, alone, both, fines)
    return _by_pricing(units, alone, both, fines, until)


def _by_pricing(units: Units, alone: Array, both: Array, fines: Fines, until: float) -> Relaxed:
    prices = _subgradient(units, alone, fines)
    part = _first(units, alone + units.load * prices, both, prices)
    best = _unsolved(units, alone, both, fines, prices)
    while time.monotonic() < until:
        solved = _solved(units, part, fines, until)
        if solved is None:
            break
        found = _priced(units, alone, both, fines, *solved)
        best = found if found.bound > best.bound else best
        wider = _wider(units, part, found)
        if found.bound >= solved[0] - 2e-5 * max(1.0, abs(solved[0])) or wider.count == part.count:
            break
        part = wider
    return best


def _subgradient(units: Units, alone: Array, fines: Fines, steps: int = 120) -> Array:
    """Prices of places that make the cheapest homes about full."""
    prices, best, direction = np.zeros(units.shape[1]), (-np.inf, np.zeros(units.shape[1])), 0.0
    rows = np.arange(units.shape[0])
    out, scale, stalled = fines.person * units.people, 1.0, 0
    target = float(np.minimum(alone.min(axis=1, initial=np.inf), out).sum())
    span = max(1e-9, float(np.ptp(units.cost)) * 0.05 * units.shape[0])
    for _ in range(steps):
        table = alone + units.load * prices
        choice = table.argmin(axis=1)
        least = table[rows, choice]
        value = float(np.minimum(least, out).sum() - units.capacity @ prices)
        stalled = 0 if value > best[0] else stalled + 1
        best = max(best, (value, prices), key=lambda pair: pair[0])
        if stalled >= 5:
            scale, stalled, prices, direction = scale / 1.6, 0, best[1], 0.0
            continue
        taken = np.flatnonzero(least < out)
        over = np.bincount(choice[taken], units.load[taken, choice[taken]], units.shape[1]) - units.capacity
        direction = 0.6 * direction + over
        goal = max(best[0], target) + scale * span
        prices = np.maximum(0.0, prices + (goal - value) / max(1e-9, float((direction**2).sum())) * direction)
    return best[1]


def _first(units: Units, table: Array, both: Array, prices: Array) -> Part:
    """Each unit's nearest homes at these prices, and each pair's."""
    one, other, _ = ends(units.pairs)
    single = _nearest(table)
    pair = _nearest(both + (units.load[one] + units.load[other]) * prices)
    return Part(single, pair, linked(units, _reach(units, single, pair)))


def _nearest(table: Array) -> Array:
    chosen = np.zeros(table.shape, dtype=bool)
    if table.size:
        take = min(NEAR, table.shape[1])
        nearest = np.argpartition(table, take - 1, axis=1)[:, :take]
        np.put_along_axis(chosen, nearest, True, axis=1)
    return chosen & np.isfinite(table)


def _wider(units: Units, part: Part, found: Relaxed) -> Part:
    """Add what the prices call for, and what is about to be called for."""
    lowest = min(found.single.min(initial=0.0), found.pair.min(initial=0.0))
    edge = min(-1e-9, lowest * 0.02)
    single, pair = part.single | (found.single < edge), part.pair | (found.pair < edge)
    link, where = np.nonzero(found.unpaid)
    for units_ in ends(units.links)[:2]:
        single[units_[link], where] = True
    return Part(single, pair, linked(units, _reach(units, single, pair)))


def _reach(units: Units, single: Array, pair: Array) -> Array:
    reach = single.copy()
    one, other, _ = ends(units.pairs)
    for units_ in (one, other):
        reach[units_] |= pair
    return reach


def _solved(
    units: Units, part: Part, fines: Fines, until: float
) -> tuple[float, Program, Array, Array] | None:
    built = program(units, part, fines, whole=False)
    outcome = solve(built.model, time_limit=max(0.1, until - time.monotonic()))
    if outcome.status != "optimal" or outcome.x is None or outcome.prices is None:
        return None
    return outcome.value, built, outcome.x, outcome.prices


def _unsolved(units: Units, alone: Array, both: Array, fines: Fines, places: Array | None = None) -> Relaxed:
    """What prices of places alone prove, without the linear program."""
    prices = np.zeros(units.shape[1]) if places is None else places
    people = (alone + units.load * prices).min(axis=1, initial=np.inf)
    nothing = np.zeros((len(units.links), units.shape[1]), dtype=bool)
    return _proven(units, alone, both, fines, people, -prices, np.zeros(units.shape), nothing)


def _priced(
    units: Units,
    alone: Array,
    both: Array,
    fines: Fines,
    value: float,
    built: Program,
    point: Array,
    duals: Array,
) -> Relaxed:
    """Price every column at the duals of a part's linear program."""
    count, homes = units.shape
    pull, known = np.zeros(units.shape), np.zeros((len(units.links), homes), dtype=bool)
    at, where = built.link
    one, other, _ = ends(units.links)
    known[at, where] = True
    claims = np.maximum(0.0, -duals[count + homes :])
    np.add.at(pull, (one[at], where), claims[: len(at)])
    np.add.at(pull, (other[at], where), claims[len(at) :])
    found = _proven(units, alone, both, fines, duals[:count], duals[count : count + homes], pull, known)
    missed = np.zeros(known.shape)
    missed[at, where] = np.minimum(0.0, claims[: len(at)] + claims[len(at) :] - ends(units.links)[2][at])
    return replace(found, bound=found.bound + _below(missed), share=built.presence(point))


def _proven(
    units: Units,
    alone: Array,
    both: Array,
    fines: Fines,
    people: Array,
    places: Array,
    pull: Array,
    known: Array,
) -> Relaxed:
    """The bound of any prices: what all would pay, less what the cheapest column of each falls short of its price.

    ``pull``: claims of the links on their ends, where they are ``known``; elsewhere the claims are set here.
    """
    people = np.minimum(people, fines.person * units.people)
    places = np.minimum(places, fines.shortfall * (units.least > 0))
    one, other, _ = ends(units.pairs)
    single = alone - people[:, None] - units.load * places - pull
    pair = both - (people[one] + people[other])[:, None] - (units.load[one] + units.load[other]) * places
    pair -= pull[one] + pull[other]
    unpaid = _claim(units, single, pair, known)
    paid = float(people.sum() + np.where(places < 0, units.capacity, units.least) @ places)
    bound = paid + _below(single) + _below(pair)
    return Relaxed(bound, single, pair, np.zeros(units.shape), np.maximum(0.0, -places), unpaid)


def _claim(units: Units, single: Array, pair: Array, known: Array) -> Array:
    """Let the ends of each link pay its reward out of what they have left; say where that is not enough."""
    of, unpaid = pair_of(units), np.zeros(known.shape, dtype=bool)
    for link, (one, other, reward) in enumerate(units.links):
        asked = np.where(known[link] | ~(units.allowed[one] & units.allowed[other]), 0.0, reward)
        for last, unit in enumerate((one, other)):
            left = single[unit] if of[unit] < 0 else np.minimum(single[unit], pair[of[unit]])
            unpaid[link] |= (asked > left + 1e-9) & bool(last)
            paid = asked if last else np.clip(left, 0.0, asked)
            single[unit] -= paid
            if of[unit] >= 0:
                pair[of[unit]] -= paid
            asked = asked - paid
    return unpaid


def _below(table: Array) -> float:
    """How much choosing the cheapest column of each row can save below its price."""
    return float(np.minimum(0.0, table.min(axis=1, initial=0.0)).sum())
