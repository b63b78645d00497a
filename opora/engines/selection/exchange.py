"""Direct exchanges: one chosen person for one who is not. Reserves and reasons follow from these, by hand too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from opora.engines.common.checks import Whole
from opora.engines.selection.model import Task

Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Exchanges:
    """Between the people outside (rows) and inside (columns), both in the order of the ranking.

    ``breach[i, j]``: how many more people the quotas lack, or have too many, if i stands for j. ``counts[g]``: how
    many are chosen in each quota. ``level``: per person a number that is equal where points are.
    """

    inside: Whole
    outside: Whole
    breach: Whole
    counts: Whole
    level: Whole

    @cached_property
    def allowed(self) -> Flags:
        """Where no quota is broken that was not before."""
        return self.breach <= 0

    @cached_property
    def rivals(self) -> Flags:
        """Where the lot decided: equal points and an allowed exchange."""
        equal: Flags = self.level[self.outside][:, None] == self.level[self.inside][None]
        return np.logical_and(self.allowed, equal)

    def reserves(self) -> tuple[Whole, Whole]:
        """Give who may be called at all, in order, and who is called for each of ``inside`` (−1: nobody).

        Called is the first in the ranking of those who break the fewest quotas.
        """
        if not len(self.outside):
            return self.outside, np.full(len(self.inside), -1)
        first = np.argmin(self.breach, axis=0)
        instead = self.outside[first]
        called = np.union1d(np.flatnonzero(self.allowed.any(axis=1)), first)
        return self.outside[called], instead


def exchanges(task: Task, chosen: Sequence[int] | frozenset[int]) -> Exchanges:
    """Work out every direct exchange of the set."""
    now = set(chosen)
    inside = np.array([one for one in task.ranking if one in now], dtype=np.int64)
    outside = np.array([one for one in task.ranking if one not in now], dtype=np.int64)
    member = np.zeros((len(task.units), len(task.groups)), dtype=np.int64)
    for at, group in enumerate(task.groups):
        member[list(group.members), at] = 1
    counts = member[inside].sum(axis=0)
    changes = [
        [group.breach(int(have) + step) - group.breach(int(have)) for step in (1, -1)]
        for group, have in zip(task.groups, counts, strict=True)
    ]
    more, less = np.array(changes, dtype=np.int64).reshape(-1, 2).T
    enter, leave = member[outside], member[inside]
    both = (enter * (more + less)) @ leave.T
    breach = (enter @ more)[:, None] + (leave @ less)[None] - both
    level = np.unique(np.array(task.units, dtype=object), return_inverse=True)[1]
    return Exchanges(inside, outside, breach, counts, level)
