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
from opora.engines.siting.capacity_model import core, packed, pairs_of
from opora.engines.siting.capacity_plan import cost_of, fits, improve, plan
from opora.engines.siting.capacity_problem import Problem
from opora.engines.siting.capacity_relaxed import FREE, OPEN, SHUT, Flags, Point, Relaxed

Tell = Callable[[int, int, str], None]
FILLINGS, FEW, EACH = 1500, 400, 100
"""Most fillings in one small model, and how few end the climbing early, and most
of one place in a model that also has pairs."""
LARGE = 20_000
"""Most pairs of the first mixed model."""
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
        if node.number == 0 and self.serves is None:
            self._any()
        bound = max(bound, self._small(point, node))
        if self.closed(bound) or self.left <= 0.02:
            return bound, []
        ruled = rule_out(self.relaxed, point, node.state, node.cost, self.cut)
        last = not (ruled.state == FREE).any()
        if last or (node.number == 0 and np.isfinite(ruled.cost).sum() <= LARGE):
            bound = max(bound, self._mixed(point, ruled, last))
        if last or self.closed(bound):
            return bound, []
        return bound, self._branch(point, ruled, mean, bound)

    def _any(self) -> None:
        """Find some plan where the simple ways did not, or raise ``ValueError`` if demand cannot be packed whole."""
        from opora.engines.solver import solve

        built = packed(self.problem)
        found = solve(built, time_limit=self.left / 2)
        if found.status == "infeasible":
            raise ValueError(
                f"the capacity of {self.problem.space.sum():g} is enough for the demand of {self.problem.need:g}, but not "
                "with everyone whole in one place"
            )
        if found.x is not None:
            shape = self.problem.cost.shape
            full = np.zeros(shape)
            full[pairs_of(self.problem)] = found.x
            serves = full.argmax(axis=1)
            if fits(self.problem, serves):
                self.take(improve(self.problem, serves, np.ones(shape[1], dtype=bool)))

    def _climb(self, node: Node) -> tuple[Point, Vector]:
        tried: set[bytes] = set()

        def see(step: int, point: Point) -> float | None:
            key = point.opened.tobytes()
            if step % 4 == 0 and key not in tried and len(tried) < PLANS and np.isfinite(point.value):
                tried.add(key)
                if (serves := plan(self.problem, point, node.state, self.until)) is not None:
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
        for j in np.flatnonzero(ruled.state != SHUT).tolist():
            one = fillings(self.relaxed, point, ruled, j, most)
            if one is None:
                return None
            sets[j] = one
            most -= len(one)
        return sets

    def _small(self, point: Point, node: Node) -> float:
        """Solve the model of all plans up to a cut, and raise the cut while the fillings stay few."""
        top = self.cut if math.isfinite(self.cost) else point.value * 1.02 + 1
        bound = -math.inf
        for share in (0.05, 0.1, 0.2, 0.4, 0.7, 1.0):
            cut = point.value + share * (top - point.value)
            if cut < max(bound, node.bound):
                continue
            ruled = rule_out(self.relaxed, point, node.state, node.cost, cut)
            sets = self._filled(point, ruled, FILLINGS)
            if sets is None:
                break
            bound = max(bound, self._solved(ruled, sets, cut))
            if self.closed(bound) or self.left < 0.02:
                break
        return bound

    def _mixed(self, point: Point, ruled: Ruled, last: bool) -> float:
        """The model of all better plans of a part, by pairs where the fillings are many."""
        sites = np.flatnonzero(ruled.state != SHUT).tolist()
        each = {j: fillings(self.relaxed, point, ruled, j, EACH) for j in sites}
        sets = {j: one for j, one in each.items() if one is not None}
        return self._solved(ruled, sets, self.cut, 10**9 if last else 100)

    def _solved(self, ruled: Ruled, sets: dict[int, Flags], cut: float, nodes: int = 1000) -> float:
        """The bound the small model proves for its part."""
        from opora.engines.solver import solve

        built = core(self.relaxed, ruled, sets)
        found = solve(
            built.model, time_limit=self.left, settings={"objective_bound": cut, "mip_max_nodes": nodes}
        )
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

    def _branch(self, point: Point, ruled: Ruled, mean: Vector, bound: float) -> list[Node]:
        open_question = np.flatnonzero(ruled.state == FREE)
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
