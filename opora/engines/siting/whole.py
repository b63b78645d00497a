"""The undecided part of a p-median as an integer program for HiGHS."""

from __future__ import annotations

import time

import numpy as np

from opora.engines.siting.core import Answer, Core, Tree, node_entries
from opora.engines.siting.dual import Sites, settle
from opora.engines.siting.lists import Entries, Problem
from opora.engines.solver import Model, rows, solve


def solve_core(problem: Problem, core: Core, tree: Tree, deadline: float) -> Answer:
    """Solve what the tree's first node leaves; the better of its plan and the tree's, with the proven bound."""
    answer, sites, known = tree.answer, core.sites, max(tree.answer.bound, tree.bound)
    if tree.first is not None:
        sites = settle(tree.first, sites, tree.target)
    entries = node_entries(core.entries, sites)
    left = deadline - time.monotonic()
    if entries is None:
        return Answer(answer.chosen, answer.cost, answer.cost)
    if left <= 0:
        return Answer(answer.chosen, answer.cost, known)
    scale = 1.0 if problem.integral else 1e6 / answer.cost
    outcome = solve(
        model(entries, sites, scale), time_limit=left, settings={"mip_feasibility_tolerance": 1e-9}
    )
    if outcome.x is not None:
        tree.try_plan(outcome.x[: entries.sites] > 0.5)
    bound = tree.answer.cost if outcome.status == "infeasible" else outcome.bound / scale
    return Answer(tree.answer.chosen, tree.answer.cost, min(tree.answer.cost, answer.cost, max(known, bound)))


def model(entries: Entries, sites: Sites, scale: float) -> Model:
    """min Σ c x: every demand served once (or more), only from open sites, p open; columns are sites, then pairs."""
    from scipy import sparse

    count, pairs = entries.sites, len(entries.rows)
    served = sparse.csr_array(
        (np.ones(pairs), (entries.rows, count + np.arange(pairs))), shape=(len(entries.limit), count + pairs)
    )
    free = np.flatnonzero(~sites.inside[entries.cols])
    at = np.arange(len(free))
    opened = sparse.csr_array(
        (
            np.repeat([1.0, -1.0], len(free)),
            (np.tile(at, 2), np.concatenate([count + free, entries.cols[free]])),
        ),
        shape=(len(free), count + pairs),
    )
    number = sparse.csr_array((np.ones(count), (np.zeros(count, int), np.arange(count))), (1, count + pairs))
    matrix, low, high = rows(
        [(served, 1.0, np.inf), (opened, -np.inf, 0.0), (number, float(sites.p), float(sites.p))]
    )
    return Model(
        cost=np.concatenate([np.zeros(count), entries.cost * scale]),
        matrix=matrix,
        row_low=low,
        row_high=high,
        low=np.concatenate([sites.inside.astype(float), np.zeros(pairs)]),
        high=np.concatenate([sites.allowed.astype(float), np.ones(pairs)]),
        integer=np.arange(count + pairs) < count,
    )
