"""A proven lower bound: the Lagrangian of "each demand is served once", climbed by a deflected subgradient.

L(u) = Σu + Σ of the p smallest ρ_j, ρ_j = Σ_i min(0, c_ij − u_i). Any u gives a bound; ``u_i`` never exceeds what an
unlisted pair costs, so the bound from short lists holds for the whole matrix (Beasley 1993; Cornuéjols et al. 1977).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from opora.engines.common.checks import Vector, Whole
from opora.engines.siting.lists import Entries, Flags, added

Look = Callable[[Flags, int, float, float], float]
"""(sites chosen now, round, target, bound) → target: a chance to find a better plan on the way."""


@dataclass(frozen=True)
class Bound:
    """The best bound met: its multipliers, the ρ of every site, the p sites it picks, and how often each was picked."""

    value: float
    u: Vector
    rho: Vector
    picked: Flags
    often: Vector


@dataclass(frozen=True)
class Pace:
    """How the climb steps: at most ``rounds``; after ``patience`` without gain the step shrinks, until ``least``."""

    rounds: int
    step: float = 1.0
    patience: int = 12
    least: float = 5e-3
    renew: int = 30


ROOT = Pace(600)
CORE = Pace(200, 1.0, 6, 0.02)
NODE = Pace(30, 0.5, 5, 0.03, 15)


@dataclass(frozen=True)
class Sites:
    """How many are open, which must be, which may be."""

    p: int
    inside: Flags
    allowed: Flags


def climb(
    entries: Entries,
    u: Vector,
    sites: Sites,
    *,
    weight: Vector,
    target: float,
    pace: Pace,
    deadline: float,
    look: Look | None = None,
) -> Bound:
    """Climb from ``u`` until the bound passes ``target`` or the pace or time ends.

    Steps are scaled by ``weight``: without that a village and a city of very different weight never settle together.
    """
    best: Bound | None = None
    step, stale = pace.step, 0
    u = np.minimum(u, entries.limit)
    direction, often = np.zeros(len(u)), np.zeros(entries.sites)
    margin = 0.25 * u + 1e-3 * np.where(np.isfinite(entries.limit), entries.limit, u)
    active = entries
    for turn in range(pace.rounds):
        if turn % pace.renew == 0 and pace.renew < pace.rounds:
            active = _active(entries, u, margin)
            u = np.minimum(u, active.limit)
        value, rho, picked, served = relaxed(active, u, sites)
        often = 0.9 * often + 0.1 * picked
        if best is None or value > best.value + 1e-7 * abs(best.value):
            best, stale = Bound(value, u.copy(), rho, picked, often), 0
        else:
            stale += 1
        if best.value > target or time.monotonic() > deadline:
            break
        if stale >= pace.patience:
            step, stale, u = step / 1.5, 0, best.u.copy()
            direction[:] = 0
            if step < pace.least:
                break
        direction = 0.7 * direction + 0.3 * (1.0 - served)
        moved = weight * direction
        size = float((direction * moved).sum())
        if size <= 0:
            break
        if look is not None:
            target = look(picked, turn, target, value)
        u = np.maximum(
            np.minimum(u + step * max(target - value, 1e-9 * abs(target)) / size * moved, active.limit), 0
        )
    assert best is not None
    return Bound(best.value, best.u, best.rho, best.picked, often)


def _active(entries: Entries, u: Vector, margin: Vector) -> Entries:
    """Only the pairs that can matter in the next rounds; ``u`` may not rise past the others meanwhile."""
    ceiling = np.minimum(entries.limit, u + margin)
    return entries.where(entries.cost < ceiling[entries.rows], ceiling)


def relaxed(entries: Entries, u: Vector, sites: Sites) -> tuple[float, Vector, Flags, Vector]:
    """L(u), every ρ, the sites picked (equal ones by number) and how many of them would serve each demand."""
    reduced = entries.cost - u[entries.rows]
    below = np.flatnonzero(reduced < 0)
    cols = entries.cols[below]
    rho = added(cols, reduced[below], entries.sites)
    picked = sites.inside.copy()
    free = np.flatnonzero(sites.allowed & ~sites.inside)
    left = sites.p - int(sites.inside.sum())
    picked[free[np.argsort(rho[free], kind="stable")[:left]]] = True
    served = np.bincount(entries.rows[below[picked[cols]]], minlength=len(u)).astype(float)
    return float(u.sum() + rho[picked].sum()), rho, picked, served


def settle(bound: Bound, sites: Sites, target: float) -> Sites:
    """Fix what the bound decides: a site whose opening (or closing) pushes it past ``target`` stays closed (open)."""
    chosen, other = bound.picked & ~sites.inside, sites.allowed & ~bound.picked
    inside, allowed = sites.inside.copy(), sites.allowed.copy()
    worst = bound.rho[chosen].max() if chosen.any() else -math.inf
    next_ = bound.rho[other].min() if other.any() else math.inf
    allowed &= ~(other & (bound.value + bound.rho - worst > target))
    inside |= chosen & (bound.value - bound.rho + next_ > target)
    return Sites(sites.p, inside, allowed)


def loose(bound: Bound, sites: Sites, columns: Whole) -> Vector:
    """What serving anybody from each column adds to the bound before that pair's own cost."""
    chosen = bound.picked & ~sites.inside
    worst = bound.rho[chosen].max() if chosen.any() else 0.0
    extra = np.where(bound.picked | sites.inside, 0.0, np.maximum(bound.rho - worst, 0.0))
    return np.asarray(extra[columns])
