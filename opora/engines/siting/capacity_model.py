"""The small exact model in HiGHS: fillings where they are few, pairs elsewhere, and all room covers all demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from opora.engines.common.checks import Matrix, Vector, Whole
from opora.engines.siting.capacity_core import Ruled
from opora.engines.siting.capacity_problem import Problem
from opora.engines.siting.capacity_relaxed import OPEN, SHUT, Flags, Relaxed

if TYPE_CHECKING:
    from opora.engines.solver import Model


@dataclass(frozen=True)
class Core:
    """A model over three runs of columns: places (``sites``), fillings (``held[k]`` at ``held_at[k]``), pairs."""

    model: Model
    sites: Whole
    held: Flags
    held_at: Whole
    pair_of: Whole
    pair_at: Whole

    def shares(self, x: Vector, shape: tuple[int, int]) -> Matrix:
        """What part of each customer each place serves in a solution."""
        out = np.zeros(shape)
        first, second = len(self.sites), len(self.sites) + len(self.held)
        for k in np.flatnonzero(x[first:second] > 0.5):
            out[self.held[k], self.held_at[k]] = 1.0
        out[self.pair_of, self.pair_at] += x[second:]
        return out


def core(relaxed: Relaxed, ruled: Ruled, sets: dict[int, Flags], most: Matrix | None = None) -> Core:
    """Build it. ``sets[j]``: the fillings of j; a place without enters by pairs, each up to ``most`` of it."""
    problem = relaxed.problem
    sites = np.flatnonzero(ruled.state != SHUT)
    held_at = np.repeat(np.array(list(sets), dtype=np.int64), [len(one) for one in sets.values()])
    held = np.concatenate([*sets.values(), np.zeros((0, len(problem.weight)), dtype=bool)])
    loose = ~np.isin(np.arange(len(problem.room)), list(sets)) & (ruled.state != SHUT)
    pair_of, pair_at = np.nonzero(np.isfinite(ruled.cost) & loose[None])
    limit = np.ones(len(pair_of)) if most is None else most[pair_of, pair_at]
    priced = np.where(np.isfinite(problem.cost), problem.cost, 0.0)
    cost = np.concatenate(
        [problem.fixed_cost[sites], (held * priced.T[held_at]).sum(axis=1), priced[pair_of, pair_at]]
    )
    return Core(
        _model(relaxed, ruled, sites, held, held_at, pair_of, pair_at, limit, cost),
        sites, held, held_at, pair_of, pair_at,
    )  # fmt: skip


def _model(
    relaxed: Relaxed,
    ruled: Ruled,
    sites: Whole,
    held: Flags,
    held_at: Whole,
    pair_of: Whole,
    pair_at: Whole,
    limit: Vector,
    cost: Vector,
) -> Model:
    from scipy import sparse

    from opora.engines.solver import Model, rows

    problem, count = relaxed.problem, len(problem_weight := relaxed.problem.weight)
    at = np.full(len(problem.room), -1)
    at[sites] = np.arange(len(sites))
    pairs = np.arange(len(pair_of))

    def blocks(left: Any, middle: Any, right: Any, height: int) -> Any:
        widths = (len(sites), len(held), len(pairs))
        parts = [
            sparse.csr_array((height, w)) if one is None else sparse.csr_array(one)
            for one, w in zip((left, middle, right), widths, strict=True)
        ]
        return sparse.hstack(parts, format="csr")

    def marks(row: Whole, column: Whole, value: Vector | float, shape: tuple[int, int]) -> Any:
        data = np.broadcast_to(np.asarray(value, dtype=float), row.shape)
        return sparse.csr_array((data, (row, column)), shape=shape)

    wide = len(sites)
    served = blocks(None, held.T.astype(float), marks(pair_of, pairs, 1.0, (count, len(pairs))), count)
    filled = np.unique(held_at)
    which = np.searchsorted(filled, held_at)
    chosen = blocks(
        marks(np.arange(len(filled)), at[filled], -1.0, (len(filled), wide)),
        marks(which, np.arange(len(held)), 1.0, (len(filled), len(held))),
        None, len(filled),
    )  # fmt: skip
    loose = np.unique(pair_at)
    spot = np.searchsorted(loose, pair_at)
    within = blocks(
        marks(np.arange(len(loose)), at[loose], -problem.room[loose], (len(loose), wide)),
        None,
        marks(spot, pairs, problem_weight[pair_of], (len(loose), len(pairs))),
        len(loose),
    )
    linked = blocks(
        marks(pairs, at[pair_at], -limit, (len(pairs), wide)), None, sparse.eye_array(len(pairs)), len(pairs)
    )
    covering = blocks(relaxed.sizes[sites][None].astype(float), None, None, 1)
    matrix, low, high = rows(
        [
            (served, 1.0, 1.0),
            (chosen, np.where(problem.must[filled], -1.0, 0.0), 0.0),
            (within, -np.inf, 0.0),
            (linked, -np.inf, 0.0),
            (covering, float(relaxed.total), np.inf),
        ]
    )
    whole = np.concatenate([np.ones(wide + len(held), dtype=bool), np.full(len(pairs), not relaxed.split)])
    least = np.concatenate([(ruled.state[sites] == OPEN).astype(float), np.zeros(len(held) + len(pairs))])
    return Model(cost, matrix, low, high, least, 1.0, whole)
