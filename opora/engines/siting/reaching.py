"""Whether p sites can reach everybody at all, when some pairs are impossible."""

from __future__ import annotations

import time

import numpy as np

from opora.engines.siting.lists import Flags, Problem
from opora.engines.solver import Model, rows, solve


def reach_all(problem: Problem, chosen: Flags, deadline: float) -> Flags:
    """Give p sites that reach every demand; ``chosen`` if time ends first.

    Raises ``ValueError`` with the number of sites that is needed when p are too few.
    """
    from scipy import sparse

    reach = np.unique(np.isfinite(problem.distance[problem.rows]) & problem.allowed, axis=0)
    count = problem.sites
    matrix, low, high = rows([(sparse.csr_array(reach.astype(float)), 1.0, np.inf)])
    model = Model(
        np.ones(count), matrix, low, high, problem.fixed.astype(float), problem.allowed.astype(float), True
    )
    outcome = solve(model, time_limit=max(0.01, deadline - time.monotonic()))
    if np.ceil(outcome.bound - 1e-6) > problem.p:
        raise ValueError(
            f"{problem.p} sites cannot reach everybody: at least {int(np.ceil(outcome.bound - 1e-6))} are needed"
        )
    if outcome.x is None or round(outcome.value) > problem.p:
        return chosen
    found: Flags = outcome.x > 0.5
    spare = np.flatnonzero(problem.allowed & ~found)[: problem.p - int(found.sum())]
    found[spare] = True
    return found
