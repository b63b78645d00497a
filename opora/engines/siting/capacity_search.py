"""Whole customers: bound, narrow, solve what is left, and branch on a place when too much is left."""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from opora.engines.common.checks import Matrix, Vector, Whole
from opora.engines.siting.capacity_climb import climb, first_prices, free
from opora.engines.siting.capacity_core import Ruled, fillings, rule_out
from opora.engines.siting.capacity_model import core
from opora.engines.siting.capacity_plan import cost_of, fits, improve, plan
from opora.engines.siting.capacity_problem import Problem
from opora.engines.siting.capacity_relaxed import FREE, OPEN, SHUT, Flags, Point, Relaxed

Tell = Callable[[int, int, str], None]
FILLINGS, FEW = 6000, 500
"""Most fillings in one small model, and how few end the climbing early."""
PLANS = 25
"""Most plans made by moves and exchanges during one climb."""


@dataclass(order=True)
class Node:
    """A part of the search: no plan in it costs less than ``bound``."""

    bound: float
    number: int
    state: Whole = field(compare=False)
    cost: Matrix = field(compare=False)
    prices: Vector = field(compare=False)


class Search:
    """The state of one search: the best plan, the parts left, the time."""

    def __init__(self, problem: Problem, until: float, gap: float, tell: Tell | None) -> None:
        self.problem, self.relaxed = problem, Relaxed(problem, split=False)
        self.until, self.gap, self.tell = until, gap, tell
        self.serves: Whole | None = None
        self.cost, self.nodes = math.inf, 0
        self.heap: list[Node] = []
        self.given_up: list[float] = []

    @property
    def left(self) -> float:
        return self.until - time.monotonic()

    @property
    def cut(self) -> float:
        """What a better plan costs at most."""
        return self.cost - self.problem.step + 1e-6 if self.problem.step else self.cost * (1 - 1e-9)

    def closed(self, bound: float) -> bool:
        """Whether a part with this bound cannot hold a plan that is better by more than the gap."""
        return bound > self.cut or self.cost - bound <= self.gap * abs(self.cost)

    def run(self) -> float:
        """Search to the end or the limit of time; give the proven bound."""
        state = free(self.problem.must)
        self.heap = [
            Node(-math.inf, 0, state, self.problem.cost, first_prices(self.relaxed, state, self.left))
        ]
        while self.heap and not self.closed(self.heap[0].bound) and self.left > 0.02:
            node = heapq.heappop(self.heap)
            bound, children = self._explore(node)
            for child in children:
                heapq.heappush(self.heap, child)
            if not children and not self.closed(bound):
                self.given_up.append(bound)
            self._report()
        return min([self.cost, *self.given_up, *(node.bound for node in self.heap[:1])])

    def take(self, serves: Whole) -> None:
        """Keep a plan if it is the best so far."""
        if fits(self.problem, serves) and (cost := cost_of(self.problem, serves)) < self.cost:
            self.cost, self.serves = cost, serves

    def _explore(self, node: Node) -> tuple[float, list[Node]]:
        point, mean = self._climb(node)
        bound = max(node.bound, self.problem.worth(point.value))
        if self.closed(bound) or self.left <= 0.02:
            return bound, []
        bound = max(bound, self._small(point, node))
        if self.closed(bound):
            return bound, []
        return bound, self._branch(node, point, mean, bound)

    def _climb(self, node: Node) -> tuple[Point, Vector]:
        tried: set[bytes] = set()

        def see(step: int, point: Point) -> float | None:
            key = point.opened.tobytes()
            if step % 4 == 0 and key not in tried and len(tried) < PLANS and np.isfinite(point.value):
                tried.add(key)
                if (serves := plan(self.problem, point, node.state)) is not None:
                    self.take(serves)
            if self.closed(self.problem.worth(point.value)):
                return None
            if step % 25 == 24 and math.isfinite(self.cost) and self._few(point, node):
                return None
            return self.cost if math.isfinite(self.cost) else point.value * 1.03 + 1

        return climb(
            self.relaxed, node.prices, node.state, node.cost,
            steps=250 if node.number == 0 else 70, length=1.0 if node.number == 0 else 0.4,
            see=see, until=self.until,
        )  # fmt: skip

    def _few(self, point: Point, node: Node) -> bool:
        return (
            self._filled(point, rule_out(self.relaxed, point, node.state, node.cost, self.cut), FEW)
            is not None
        )

    def _filled(self, point: Point, ruled: Ruled, most: int) -> dict[int, Flags] | None:
        sets: dict[int, Flags] = {}
        for j in np.flatnonzero(ruled.state != SHUT):
            one = fillings(self.relaxed, point, ruled, j, most)
            if one is None:
                return None
            sets[int(j)] = one
            most -= len(one)
        return sets

    def _small(self, point: Point, node: Node) -> float:
        """Solve the small model of all plans up to a cut; the cut is lowered until the model is small."""
        top = self.cut if math.isfinite(self.cost) else point.value * 1.02 + 1
        bound = -math.inf
        for share in (0.05, 0.1, 0.2, 0.4, 0.7, 1.0):
            cut = point.value + share * (top - point.value)
            ruled = rule_out(self.relaxed, point, node.state, node.cost, cut)
            sets = self._filled(point, ruled, FILLINGS)
            if sets is None:
                break
            bound = max(bound, self._solved(ruled, sets, cut))
            if self.closed(bound) or self.left < 0.02:
                return bound
        if node.number and (node.state == FREE).any():
            return bound
        ruled = rule_out(self.relaxed, point, node.state, node.cost, top)
        each = {
            int(j): fillings(self.relaxed, point, ruled, j, 400) for j in np.flatnonzero(ruled.state != SHUT)
        }
        return max(bound, self._solved(ruled, {j: one for j, one in each.items() if one is not None}, top))

    def _solved(self, ruled: Ruled, sets: dict[int, Flags], cut: float) -> float:
        """The bound the small model proves for its part."""
        from opora.engines.solver import solve

        seconds = min(self.left, max(5.0, 0.25 * self.left))
        built = core(self.relaxed, ruled, sets)
        found = solve(built.model, time_limit=seconds, settings={"objective_bound": cut})
        if found.x is not None:
            serves = built.shares(found.x, self.problem.cost.shape).argmax(axis=1)
            self.take(improve(self.problem, serves, np.isin(np.arange(len(self.problem.room)), serves)))
        if found.status == "limit":
            return min(cut, found.bound)
        if found.status == "infeasible" or found.value > cut:
            return self._above(cut)
        return found.value

    def _above(self, cut: float) -> float:
        step = self.problem.step
        return (math.floor(cut / step + 1e-9) + 1) * step if step else cut

    def _branch(self, node: Node, point: Point, mean: Vector, bound: float) -> list[Node]:
        top = self.cut if math.isfinite(self.cost) else math.inf
        ruled = rule_out(self.relaxed, point, node.state, node.cost, top)
        open_question = np.flatnonzero(ruled.state == FREE)
        if not len(open_question):
            return []
        j = open_question[np.abs(mean[open_question] - 0.5).argmin()]
        children = []
        for to in (SHUT, OPEN):
            state = ruled.state.copy()
            state[j] = to
            self.nodes += 1
            children.append(Node(bound, self.nodes, state, ruled.cost, point.u))
        return children

    def _report(self) -> None:
        if self.tell is not None:
            self.tell(self.nodes + 1 - len(self.heap), self.nodes + 1, f"{self.cost:g}")
