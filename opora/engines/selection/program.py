"""Selection when the quotas cross in three ways or more: a 0-1 program, its linear relaxation first.

The relaxation is nearly always whole, and then proves the set; only otherwise is the whole program solved. What comes
back is counted again in whole numbers.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from opora.engines.selection.model import Task
from opora.engines.solver import Kept, Model, Outcome, solve

LARGEST = 1e6
"""Costs given to HiGHS do not exceed this, as its tolerances are absolute."""
NEAR = 1e-6
PRECISION = 1e-9


@dataclass(frozen=True)
class Found:
    """A set and the proven bound on the units of any such set; ``people`` is ``None`` if there is none."""

    people: frozenset[int] | None
    total: int
    bound: float
    outcome: Outcome | None = None

    @property
    def proven(self) -> bool:
        """Whether no set can have more units, or there is none."""
        if self.people is None:
            return self.bound == -math.inf
        return self.bound < self.total + max(1.0, PRECISION * abs(self.total))


@dataclass
class Program:
    """The program of a task: who is in, what the quotas lack, in ``seconds`` of the clock at most."""

    task: Task
    seconds: float
    began: float = field(default_factory=time.monotonic)
    proven: bool = True
    breach: int = 0
    relaxed: Found | None = None
    """The relaxation with nobody fixed."""

    def __post_init__(self) -> None:
        task = self.task
        self.people = sorted(task.ranking)
        self.scale = max(1.0, max(task.units, default=0) / LARGEST)
        self._model = _model(task, self.people)
        self._least_breach()

    @property
    def left(self) -> float:
        """Seconds left, at least a little, so that a late question still gets the relaxation's answer."""
        return max(0.05, self.seconds - (time.monotonic() - self.began))

    @property
    def late(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() - self.began >= self.seconds

    def best(self, fixed: Mapping[int, int], start: frozenset[int] | None = None) -> Found:
        """Give the set with most units among those with the fewest breaches and the fixed people in (1) or out (0)."""
        model = self._fixed(fixed)
        low, high = np.asarray(model.low), np.asarray(model.high)
        outcome = self._relaxation.solve(low, high, time_limit=self.left)
        if outcome.status == "infeasible":
            return Found(None, 0, -math.inf)
        relaxed = self._read(outcome)
        if not fixed:
            self.relaxed = relaxed
        if relaxed.people is not None or self.late:
            return relaxed
        given = None if start is None else self._point(start)
        return self._read(solve(model, time_limit=self.left, start=given), relaxed.bound)

    def _least_breach(self) -> None:
        """Find the fewest breaches and allow no more from then on."""
        self._allow(0)
        low, high = np.asarray(self._model.low), np.asarray(self._model.high)
        kept = self._read(self._relaxation.solve(low, high, time_limit=self.left))
        if kept.people is not None:
            self.first = kept.people
            return
        top = frozenset(self.task.ranking[: self.task.places])
        self._model.row_high[-1] = math.inf
        cost = np.concatenate([np.zeros(len(self.people)), np.ones(2 * len(self.task.groups))])
        outcome = solve(replace(self._model, cost=cost), time_limit=self.left, start=self._point(top))
        self.first = min(top, self._chosen(outcome) if outcome.x is not None else top, key=self.task.breach)
        self._allow(self.task.breach(self.first))
        self.proven = outcome.bound > self.breach - 1 + NEAR

    def _allow(self, breach: int) -> None:
        self.breach = self._model.row_high[-1] = breach
        self._relaxation = Kept(self._model)

    def _fixed(self, fixed: Mapping[int, int]) -> Model:
        low, high = np.array(self._model.low), np.array(self._model.high)
        for at, person in enumerate(self.people):
            if person in fixed:
                low[at] = high[at] = fixed[person]
        return replace(self._model, low=low, high=high)

    def _point(self, chosen: frozenset[int]) -> np.ndarray:
        count = len(self.people)
        point = np.zeros(count + 2 * len(self.task.groups))
        point[:count] = [one in chosen for one in self.people]
        for at, group in enumerate(self.task.groups):
            inside = len(group.members & chosen)
            point[count + 2 * at] = max(0, group.least - inside)
            point[count + 2 * at + 1] = max(0, inside - min(inside, group.most))
        return point

    def _chosen(self, outcome: Outcome) -> frozenset[int]:
        values = np.zeros(0) if outcome.x is None else outcome.x[: len(self.people)]
        return frozenset(one for one, value in zip(self.people, values, strict=False) if value > 0.5)

    def _read(self, outcome: Outcome, known: float = math.inf) -> Found:
        """Count the answer again; a fractional one, or one that breaches more, is none."""
        bound = min(known, -outcome.bound * self.scale if math.isfinite(outcome.bound) else math.inf)
        people = self._chosen(outcome)
        whole = outcome.x is not None and bool(
            np.all(np.abs(outcome.x[: len(self.people)] - np.round(outcome.x[: len(self.people)])) < NEAR)
        )
        if not whole or len(people) != self.task.places or self.task.breach(people) > self.breach:
            return Found(None, 0, bound, outcome)
        return Found(people, self.task.total(people), bound, outcome)


def _model(task: Task, people: list[int]) -> Model:
    """Columns: the people, then how many each quota lacks and has too many; the last row bounds all breaches."""
    from scipy import sparse

    count, groups = len(people), task.groups
    place = {one: at for at, one in enumerate(people)}
    scale = max(1.0, max(task.units, default=0) / LARGEST)
    body = np.zeros((len(groups) + 2, count + 2 * len(groups)))
    body[0, :count] = 1
    for at, group in enumerate(groups, start=1):
        body[at, [place[one] for one in group.members]] = 1
        body[at, count + 2 * at - 2], body[at, count + 2 * at - 1] = 1, -1
    body[len(groups) + 1, count:] = 1
    kinds = np.concatenate([np.ones(count, dtype=bool), np.zeros(2 * len(groups), dtype=bool)])
    return Model(
        cost=np.concatenate([[-task.units[one] / scale for one in people], np.zeros(2 * len(groups))]),
        matrix=sparse.csr_array(body),
        row_low=np.array([task.places, *(group.least for group in groups), 0.0]),
        row_high=np.array([task.places, *(group.most for group in groups), math.inf]),
        low=np.zeros(count + 2 * len(groups)),
        high=np.concatenate([np.ones(count), np.full(2 * len(groups), math.inf)]),
        integer=kinds,
    )
