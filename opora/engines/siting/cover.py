"""Where to open p sites so that most people have one within a radius (Church and ReVelle 1974)."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Vector, numbers, positive, whole
from opora.engines.common.reasons import N_, Reason
from opora.engines.siting.lists import Flags
from opora.engines.siting.median import choice, flags, serving
from opora.engines.siting.result import Siting
from opora.engines.siting.words import opened, sureness

NOTE = N_("Търсим места, които достигат до най-много хора")


def max_cover(
    distance: ArrayLike,
    weight: ArrayLike,
    p: int,
    radius: float,
    *,
    fixed: Iterable[int] = (),
    forbidden: Iterable[int] = (),
    time_limit: float = 60,
    tell: Callable[[int, int, str], None] | None = None,
) -> Siting:
    """Choose exactly ``p`` sites so that the most weight has an open site at a distance of at most ``radius``.

    ``distance[n, m]`` demand by site (inf where there is no way), ``weight[n]`` people. ``cost`` is the weight that is
    covered and ``bound`` what no plan exceeds; ``serves`` names the nearest open site of each covered demand, −1 for
    the others. ``proven`` means that no plan covers more. Raises ``ValueError`` for wrong input.
    """
    deadline = time.monotonic() + positive("time_limit", time_limit)
    table = numbers("distance", distance, (None, None), infinite=True)
    n, m = table.shape
    people = numbers("weight", weight, (n,))
    must, never = flags("fixed", fixed, m), flags("forbidden", forbidden, m)
    p = whole("p", p, 1, m)
    choice(p, must, never)
    within = positive("radius", radius, zero=True)
    if tell is not None:
        tell(0, 1, NOTE)
    near, merged = _merged(table <= within, people, ~never)
    chosen, bound = _chosen(near, merged, (p, must, ~never), deadline)
    if tell is not None:
        tell(1, 1, NOTE)
    serves = serving(table, chosen)
    inside = (serves >= 0) & (table[np.arange(n), serves] <= within)
    cost = float(people[inside].sum())
    proven = bound < cost + _step(people, cost)
    why = (
        opened(p, int((~never).sum()), int(must.sum())),
        _reached(within, cost, float(people.sum())),
        sureness(cost, bound, proven),
    )
    bound = cost if proven else bound
    return Siting(np.flatnonzero(chosen), np.where(inside, serves, -1), cost, bound, proven, why)


def _merged(near: Flags, people: Vector, allowed: Flags) -> tuple[Flags, Vector]:
    """One row for all demands that the same sites cover; those nobody covers are left out."""
    near = near & allowed
    rows = np.flatnonzero((people > 0) & near.any(axis=1))
    if not len(rows):
        return np.zeros((0, near.shape[1]), dtype=bool), np.zeros(0)
    packed = np.packbits(near[rows], axis=1)
    _, first, group = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    merged: Flags = near[rows[first]]
    return merged, np.bincount(group.ravel(), people[rows], len(first)).astype(float)


def _chosen(
    near: Flags, people: Vector, sites: tuple[int, Flags, Flags], deadline: float
) -> tuple[Flags, float]:
    """Give the chosen sites and what no choice covers more of."""
    p, must, allowed = sites
    start = _greedy(near, people, p, must, allowed)
    covered = near[:, start].any(axis=1)
    if covered.all():
        return start, float(people.sum())
    from opora.engines.solver import solve

    scale = 1.0 if (people == np.rint(people)).all() else 1e6 / people.sum()
    outcome = solve(
        _model(near, people * scale, p, must, allowed),
        time_limit=max(0.01, deadline - time.monotonic()),
        start=np.concatenate([start, covered]).astype(float),
    )
    chosen = start if outcome.x is None else np.asarray(outcome.x[: near.shape[1]] > 0.5)
    if people[near[:, chosen].any(axis=1)].sum() < people[covered].sum():
        chosen = start
    bound = -outcome.bound / scale if math.isfinite(outcome.bound) else float(people.sum())
    return chosen, min(bound, float(people.sum()))


def _greedy(near: Flags, people: Vector, p: int, must: Flags, allowed: Flags) -> Flags:
    """Open one site after another, each time where it covers most people not yet covered; equal ones by number."""
    from scipy import sparse

    chosen, left = must.copy(), ~near[:, must].any(axis=1)
    covers = sparse.csr_array(near.T)
    for _ in range(p - int(must.sum())):
        gain = np.where(chosen | ~allowed, -1.0, covers @ (people * left))
        site = int(gain.argmax())
        chosen[site] = True
        left &= ~near[:, site]
    return chosen


def _model(near: Flags, people: Vector, p: int, must: Flags, allowed: Flags) -> Any:
    from scipy import sparse

    from opora.engines.solver import Model, rows

    n, m = near.shape
    cover = sparse.hstack([sparse.csr_array(near).astype(float), -sparse.eye_array(n)], format="csr")
    number = sparse.csr_array(np.concatenate([np.ones(m), np.zeros(n)])[None])
    matrix, low, high = rows([(cover, 0.0, np.inf), (number, float(p), float(p))])
    return Model(
        cost=np.concatenate([np.zeros(m), -people]),
        matrix=matrix,
        row_low=low,
        row_high=high,
        low=np.concatenate([must.astype(float), np.zeros(n)]),
        high=np.concatenate([allowed.astype(float), np.ones(n)]),
        integer=np.arange(m + n) < m,
    )


def _step(people: Vector, cost: float) -> float:
    """By how much a better plan would have to cover more: one person, if people are whole."""
    return 1 - 1e-6 if (people == np.rint(people)).all() else 1e-9 * cost + 1e-300


def _reached(within: float, cost: float, everybody: float) -> Reason:
    return Reason(
        N_("На разстояние до {radius} място имат {people} души, това са {percent} % от всички."),
        {"radius": within, "people": cost, "percent": 100 * cost / everybody if everybody else 0.0},
    )
