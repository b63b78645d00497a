"""A plan to start from: the linear program's sure part, then each other by the cheapest chain of moves that lets it in."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.engines.assignment.chains import Chains
from opora.engines.assignment.relax import Relaxed
from opora.engines.assignment.units import Units

Array = np.ndarray[Any, Any]
ROUNDS = 3
"""How often the dearest are lifted out and put in again."""


def begin(units: Units, relaxed: Relaxed) -> Array:
    """Give a plan that keeps every rule; it may leave out more than needed."""
    count, homes = units.shape
    chains = Chains(units)
    if not count or not homes:
        return chains.home
    size = units.load.max(axis=1)
    best, likely = relaxed.share.argmax(axis=1), relaxed.share.max(axis=1)
    for unit in np.lexsort((np.arange(count), -size, -np.round(likely, 6))):
        if likely[unit] > 0.99 and chains.open_to(unit)[best[unit]]:
            chains.move(int(unit), int(best[unit]))
    for unit in np.lexsort((np.arange(count), -size)):
        if chains.home[unit] < 0:
            chains.insert(int(unit))
    for _ in range(ROUNDS):
        if not _again(chains, relaxed):
            break
    return chains.home


def _again(chains: Chains, relaxed: Relaxed) -> bool:
    """Lift each out that lives dearer than the bound says, dearest first, and put it in anew; keep what is better."""
    home, changed = chains.home, False
    inside = np.flatnonzero(home >= 0)
    extra = relaxed.single[inside, home[inside]] / chains.units.people[inside]
    order = inside[np.argsort(-extra, kind="stable")][: 20 + len(inside) // 10]
    for unit in np.concatenate([np.flatnonzero(home < 0), order]):
        changed |= chains.reinsert(int(unit))
    return changed
