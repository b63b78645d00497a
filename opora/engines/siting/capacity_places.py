"""What can be refused before any search: places against people first, then each person, then the whole."""

from __future__ import annotations

import numpy as np

from opora.engines.siting.capacity_problem import Problem


def refuse(problem: Problem, split: bool) -> None:
    """Raise ``ValueError`` with the numbers if no plan can exist by plain arithmetic."""
    need, room = problem.need, float(problem.space.sum())
    if need > room * (1 + 1e-9) + 1e-9:
        raise ValueError(
            f"all allowed places together have a capacity of {room:g}, the demand is {need:g}: {need - room:g} too few"
        )
    if len(problem.weight) and not len(problem.room):
        raise ValueError(f"no place is allowed, but {len(problem.weight)} customers have to be served")
    reach = np.isfinite(problem.cost)
    if not reach.all(axis=None) and (lone := np.flatnonzero(~reach.any(axis=1))).size:
        raise ValueError(f"customer {lone[0]} cannot be served from any allowed place")
    if split or not len(problem.weight):
        return
    roomy = reach & (problem.weight[:, None] <= problem.room[None] + problem.slack)
    if (large := np.flatnonzero(~roomy.any(axis=1))).size:
        i = int(large[0])
        most = float(problem.space[reach[i]].max())
        raise ValueError(
            f"customer {i} has a demand of {problem.demand[i]:g}, more than the {most:g} of any place that may serve it "
            "whole"
        )
