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
class Columns:
    """The columns in their order: places (``sites``), fillings (``held[k]`` at ``held_at[k]``), then pairs, each up to
    ``limit`` of the customer."""

    sites: Whole
    held: Flags
    held_at: Whole
    pair_of: Whole
    pair_at: Whole
    limit: Vector

    @property
    def widths(self) -> tuple[int, int, int]:
        """How many of each."""
        return len(self.sites), len(self.held), len(self.pair_of)


@dataclass(frozen=True)
class Core:
    """A model and what its columns mean."""

    model: Model
    columns: Columns

    def shares(self, x: Vector, shape: tuple[int, ...]) -> Matrix:
        """What part of each customer each place serves in a solution."""
        out, of = np.zeros(shape), self.columns
        first, second = len(of.sites), len(of.sites) + len(of.held)
        for k in np.flatnonzero(x[first:second] > 0.5):
            out[of.held[k], of.held_at[k]] = 1.0
        out[of.pair_of, of.pair_at] += x[second:]
        return out


def core(relaxed: Relaxed, ruled: Ruled, sets: dict[int, Flags], most: Matrix | None = None) -> Core:
    """Build it. ``sets[j]``: the fillings of j; a place without enters by pairs, each up to ``most`` of it."""
    problem = relaxed.problem
    loose = ~np.isin(np.arange(len(problem.room)), list(sets)) & (ruled.state != SHUT)
    pair_of, pair_at = np.nonzero(np.isfinite(ruled.cost) & loose[None])
    columns = Columns(
        np.flatnonzero(ruled.state != SHUT),
        np.concatenate([*sets.values(), np.zeros((0, len(problem.weight)), dtype=bool)]),
        np.repeat(np.array(list(sets), dtype=np.int64), [len(one) for one in sets.values()]),
        pair_of, pair_at,
        np.ones(len(pair_of)) if most is None else most[pair_of, pair_at],
    )  # fmt: skip
    return Core(_model(relaxed, ruled, columns), columns)


def _model(relaxed: Relaxed, ruled: Ruled, columns: Columns) -> Model:
    from opora.engines.solver import Model, rows

    matrix, low, high = rows(_rows(relaxed, columns))
    whole = np.ones(sum(columns.widths), dtype=bool)
    whole[len(whole) - len(columns.pair_of) :] = not relaxed.split
    return Model(_price(relaxed.problem, columns), matrix, low, high, _least(ruled, columns), 1.0, whole)


def _least(ruled: Ruled, columns: Columns) -> Vector:
    least = np.zeros(sum(columns.widths))
    least[: len(columns.sites)] = ruled.state[columns.sites] == OPEN
    return least


def _price(problem: Problem, columns: Columns) -> Vector:
    priced = np.where(np.isfinite(problem.cost), problem.cost, 0.0)
    held = (columns.held * priced.T[columns.held_at]).sum(axis=1)
    return np.concatenate([problem.fixed_cost[columns.sites], held, priced[columns.pair_of, columns.pair_at]])


def _rows(relaxed: Relaxed, columns: Columns) -> list[tuple[Any, Any, Any]]:
    """Everyone is served; an open place takes one filling, or pairs within its room; open room covers all demand."""
    problem, (wide, _, pairs) = relaxed.problem, columns.widths
    at = np.full(len(problem.room), -1)
    at[columns.sites] = np.arange(wide)
    pair, held = np.arange(pairs), np.arange(len(columns.held))
    filled, loose = np.unique(columns.held_at), np.unique(columns.pair_at)
    which, spot = np.searchsorted(filled, columns.held_at), np.searchsorted(loose, columns.pair_at)
    count, weight = len(problem.weight), problem.weight[columns.pair_of]
    served = _blocks(
        columns, count, None, columns.held.T.astype(float), _marks(columns.pair_of, pair, 1.0, (count, pairs))
    )
    chosen = _blocks(
        columns, len(filled), _marks(np.arange(len(filled)), at[filled], -1.0, (len(filled), wide)),
        _marks(which, held, 1.0, (len(filled), len(held))), None,
    )  # fmt: skip
    within = _blocks(
        columns, len(loose), _marks(np.arange(len(loose)), at[loose], -problem.room[loose], (len(loose), wide)),
        None, _marks(spot, pair, weight, (len(loose), pairs)),
    )  # fmt: skip
    linked = _blocks(
        columns, pairs, _marks(pair, at[columns.pair_at], -columns.limit, (pairs, wide)),
        None, _marks(pair, pair, 1.0, (pairs, pairs)),
    )  # fmt: skip
    covering = _blocks(columns, 1, relaxed.sizes[columns.sites][None].astype(float), None, None)
    return [
        (served, 1.0, 1.0),
        (chosen, np.where(problem.must[filled], -1.0, 0.0), 0.0),
        (within, -np.inf, 0.0),
        (linked, -np.inf, 0.0),
        (covering, float(relaxed.total), np.inf),
    ]


def _blocks(columns: Columns, height: int, *parts: Any) -> Any:
    from scipy import sparse

    return sparse.hstack(
        [
            sparse.csr_array((height, wide)) if part is None else sparse.csr_array(part)
            for part, wide in zip(parts, columns.widths, strict=True)
        ],
        format="csr",
    )


def _marks(row: Whole, column: Whole, value: Vector | float, shape: tuple[int, int]) -> Any:
    from scipy import sparse

    return sparse.csr_array(
        (np.broadcast_to(np.asarray(value, dtype=float), row.shape), (row, column)), shape=shape
    )


def pairs_of(problem: Problem) -> tuple[Whole, Whole]:
    """Who can be served whole from where, as two lists."""
    able = np.isfinite(problem.cost) & (problem.weight[:, None] <= problem.room[None] + problem.slack)
    of, at = np.nonzero(able)
    return of.astype(np.int64), at.astype(np.int64)


def packed(problem: Problem) -> Model:
    """Whether everyone can be served whole at all: one column for each of :func:`pairs_of`, no cost."""
    from scipy import sparse

    from opora.engines.solver import Model, rows

    of, at = pairs_of(problem)
    every = np.arange(len(of))
    served = sparse.csr_array((np.ones(len(of)), (of, every)), shape=(len(problem.weight), len(of)))
    within = sparse.csr_array((problem.weight[of], (at, every)), shape=(len(problem.room), len(of)))
    matrix, low, high = rows([(served, 1.0, 1.0), (within, -np.inf, problem.room)])
    return Model(np.zeros(len(of)), matrix, low, high, 0.0, 1.0, True)
