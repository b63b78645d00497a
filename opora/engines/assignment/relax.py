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
NEAR = 12
"""Columns per unit to begin with."""
SHY, SHY_SHARE = 2e-5, 0.1
"""How far below the linear program's value, relatively, the bound may stop; or this share of the gap asked for."""


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


@dataclass(frozen=True)
class _Asked:
    """The tables of costs (infinite where not allowed): ``alone[U, m]``, ``both[pairs, m]``."""

    units: Units
    alone: Array
    both: Array
    fines: Fines


@dataclass(frozen=True)
class _Solved:
    """A part's linear program at its optimum."""

    value: float
    built: Program
    point: Array
    duals: Array
    reduced: Array


def relaxed(units: Units, fines: Fines, until: float, gap: float = 0.0) -> Relaxed:
    """Solve it; stopped by the clock at ``until`` the prices so far give a weaker bound, still proven."""
    asked = _Asked(units, np.where(units.allowed, units.cost, np.inf), pair_costs(units), fines)
    if asked.alone.size + asked.both.size <= SMALL:
        part = Part(units.allowed, np.isfinite(asked.both), linked(units, units.allowed))
        solved = _solved(asked, part, until)
        return _priced(asked, solved) if solved else _unsolved(asked, np.zeros(units.shape[1]))
    return _by_pricing(asked, until, max(SHY, SHY_SHARE * gap))


def _by_pricing(asked: _Asked, until: float, shy: float) -> Relaxed:
    units, prices = asked.units, _subgradient(asked)
    part = _first(asked, prices)
    best = _unsolved(asked, prices)
    while time.monotonic() < until:
        solved = _solved(asked, part, until)
        if solved is None:
            break
        found = _priced(asked, solved)
        best = found if found.bound > best.bound else best
        wider = _wider(units, part, found)
        if found.bound >= solved.value - shy * max(1.0, abs(solved.value)) or wider.count == part.count:
            break
        part = wider
    return best


def _subgradient(asked: _Asked, steps: int = 200) -> Array:
    """Prices of places that make the cheapest homes about full: up where too many want in, by ever smaller steps."""
    units, alone, (count, homes) = asked.units, asked.alone, asked.units.shape
    out, rows = asked.fines.person * units.people, np.arange(count)
    weight = np.maximum(1e-9, units.load.mean(axis=1))
    ordered = np.sort(np.minimum(alone, out[:, None]) / weight[:, None], axis=1)
    step = 0.5 * float(np.median(ordered[:, min(homes - 1, 15)] - ordered[:, 0]))
    prices, direction, best = np.zeros(homes), np.zeros(homes), (-np.inf, np.zeros(homes))
    for _ in range(steps):
        table = alone + units.load * prices
        choice = table.argmin(axis=1)
        least = table[rows, choice]
        value = float(np.minimum(least, out).sum() - units.capacity @ prices)
        best = max(best, (value, prices), key=lambda pair: pair[0])
        taken = np.flatnonzero(least < out)
        over = np.bincount(choice[taken], units.load[taken, choice[taken]], homes) - units.capacity
        direction = 0.9 * direction + 0.1 * np.clip(over / np.maximum(1e-9, units.capacity), -1.0, 3.0)
        prices = np.maximum(0.0, prices + step * direction)
        step *= 0.975
    return best[1]


def _first(asked: _Asked, prices: Array) -> Part:
    """Each unit's nearest homes at these prices, and each pair's."""
    units = asked.units
    one, other, _ = ends(units.pairs)
    single = _nearest(asked.alone + units.load * prices)
    pair = _nearest(asked.both + (units.load[one] + units.load[other]) * prices)
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


def _solved(asked: _Asked, part: Part, until: float) -> _Solved | None:
    built = program(asked.units, part, asked.fines, whole=False)
    outcome = solve(built.model, time_limit=max(0.1, until - time.monotonic()))
    if outcome.status != "optimal" or outcome.x is None or outcome.prices is None or outcome.reduced is None:
        return None
    return _Solved(outcome.value, built, outcome.x, outcome.prices, outcome.reduced)


def _unsolved(asked: _Asked, prices: Array) -> Relaxed:
    """What prices of places alone prove, without the linear program."""
    units = asked.units
    people = (asked.alone + units.load * prices).min(axis=1, initial=np.inf)
    nothing = np.zeros((len(units.links), units.shape[1]), dtype=bool)
    return _proven(asked, np.concatenate([people, -prices]), np.zeros(units.shape), nothing)


def _priced(asked: _Asked, solved: _Solved) -> Relaxed:
    """Price every column at the duals of a part's linear program."""
    units, (count, homes) = asked.units, asked.units.shape
    pull, known = np.zeros(units.shape), np.zeros((len(units.links), homes), dtype=bool)
    at, where = solved.built.link
    one, other, reward = ends(units.links)
    known[at, where] = True
    claims = np.maximum(0.0, -solved.duals[count + homes :])
    np.add.at(pull, (one[at], where), claims[: len(at)])
    np.add.at(pull, (other[at], where), claims[len(at) :])
    duals = solved.duals[: count + homes].copy()
    duals[:count] += _evened(solved)
    found = _proven(asked, duals, pull, known)
    missed = np.zeros(known.shape)
    missed[at, where] = np.minimum(0.0, claims[: len(at)] + claims[len(at) :] - reward[at])
    share = solved.built.presence(solved.point)
    return replace(found, bound=found.bound + _below(missed), share=share)


def _proven(asked: _Asked, duals: Array, pull: Array, known: Array) -> Relaxed:
    """The bound of any prices: what all would pay, less what the cheapest column of each falls short of its price.

    ``pull``: claims of the links on their ends, where they are ``known``; elsewhere the claims are set here.
    """
    units, count = asked.units, asked.units.shape[0]
    people = np.minimum(duals[:count], asked.fines.person * units.people)
    places = np.minimum(duals[count:], asked.fines.shortfall * (units.least > 0))
    one, other, _ = ends(units.pairs)
    single = asked.alone - people[:, None] - units.load * places - pull
    pair = (
        asked.both - (people[one] + people[other])[:, None] - (units.load[one] + units.load[other]) * places
    )
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


def _evened(solved: _Solved) -> Array:
    """Take what a column at its upper bound earns below zero out of its people's prices: the same bound, none below."""
    built, reduced = solved.built, solved.reduced
    k1, k2 = len(built.single[0]), len(built.pair[0])
    shift = np.zeros(built.units.shape[0])
    np.minimum.at(shift, built.single[0], reduced[:k1])
    one, other, _ = ends(built.units.pairs)
    both = np.zeros(len(one))
    np.minimum.at(both, built.pair[0], reduced[k1 : k1 + k2] - (shift[one] + shift[other])[built.pair[0]])
    shift[one] += both / 2
    shift[other] += both / 2
    return shift


def _below(table: Array) -> float:
    """How much choosing the cheapest column of each row can save below its price."""
    return float(np.minimum(0.0, table.min(axis=1, initial=0.0)).sum())
