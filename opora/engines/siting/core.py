"""The exact end: what the bound leaves undecided, by a tree of Lagrangian bounds or by HiGHS, whichever suits.

Everything left out costs more than the best plan known, so the answer holds for the whole model.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from opora.engines.common.checks import Vector, Whole
from opora.engines.siting.dual import CORE, NODE, Bound, Sites, climb, loose, settle
from opora.engines.siting.lists import CHUNK, Entries, Flags, Problem

FEW_NODES = 40
"""Nodes of the tree before HiGHS is asked instead."""
MANY_PAIRS = 60_000
"""Above this, and with a bound this far off, the tree goes on: HiGHS would be slow."""
TIGHT = 1.5e-3
TOO_MANY = 4_000_000
"""Pairs beyond which nothing exact is tried, for memory."""


@dataclass(frozen=True)
class Core:
    """The undecided part: ``columns`` of the whole model, its pairs, its sites."""

    columns: Whole
    entries: Entries
    sites: Sites


@dataclass(frozen=True)
class Answer:
    """The best plan known (sites of the whole model), its cost, the proven bound."""

    chosen: Flags
    cost: float
    bound: float


@dataclass
class Tree:
    """Branch and bound on the sites, lowest bound first, the bound climbed and sites settled at every node."""

    problem: Problem
    core: Core
    answer: Answer
    deadline: float
    heap: list[tuple[float, int, Vector, Sites]] = field(default_factory=list)
    nodes: int = 0
    pushed: int = 0
    first: Bound | None = None

    def run(self, most: float) -> bool:
        """Work until done (true), or until the nodes or the time are used up."""
        while self.heap and self.heap[0][0] <= self.target:
            if self.nodes >= most or time.monotonic() > self.deadline:
                return False
            known, _, u, sites = heappop(self.heap)
            self.nodes += 1
            self._visit(known, u, sites)
        self.heap.clear()
        return True

    @property
    def target(self) -> float:
        """Bounds above this end a node."""
        return self.problem.target(self.answer.cost)

    @property
    def bound(self) -> float:
        """No plan of the core is cheaper than this."""
        return min(self.answer.cost, self.heap[0][0]) if self.heap else self.answer.cost

    def _visit(self, known: float, u: Vector, sites: Sites) -> None:
        entries = node_entries(self.core.entries, sites)
        if entries is None:
            return
        pace = CORE if self.nodes == 1 else NODE
        bound = climb(
            entries,
            u,
            sites,
            weight=self.problem.weight,
            target=self.target,
            pace=pace,
            deadline=self.deadline,
        )
        self.first = self.first or bound
        self.try_plan(bound.picked)
        if bound.value > self.target:
            return
        sites = settle(bound, sites, self.target)
        free = np.flatnonzero(sites.allowed & ~sites.inside)
        left = sites.p - int(sites.inside.sum())
        if left == 0 or len(free) <= left:
            if len(free) >= left:
                self.try_plan(sites.inside if left == 0 else sites.allowed)
            return
        shared = bound.often[free]
        self._split(
            max(known, bound.value),
            bound.u,
            sites,
            int(free[np.argmax(shared * (1 - shared) * -bound.rho[free])]),
        )

    def _split(self, known: float, u: Vector, sites: Sites, site: int) -> None:
        inside, allowed = sites.inside.copy(), sites.allowed.copy()
        inside[site], allowed[site] = True, False
        self.push(known, u, Sites(sites.p, sites.inside, allowed))
        self.push(known, u, Sites(sites.p, inside, sites.allowed))

    def push(self, known: float, u: Vector, sites: Sites) -> None:
        """Leave a node for later; of equal bounds the newest is visited first."""
        self.pushed += 1
        heappush(self.heap, (known, -self.pushed, u, sites))

    def try_plan(self, picked: Flags) -> None:
        """Take a plan of the core if it is cheaper."""
        chosen = np.zeros(self.problem.sites, dtype=bool)
        chosen[self.core.columns[picked]] = True
        cost = self.problem.value(chosen)
        if cost < self.answer.cost * (1 - 1e-12):
            self.answer = Answer(chosen, cost, self.answer.bound)


def node_entries(entries: Entries, sites: Sites) -> Entries | None:
    """Pairs that matter at a node: none dearer than the nearest site that must be open. ``None``: someone has none."""
    limit = entries.limit.copy()
    forced = sites.inside[entries.cols]
    np.minimum.at(limit, entries.rows[forced], entries.cost[forced])
    kept = sites.allowed[entries.cols] & (entries.cost <= limit[entries.rows])
    left = entries.where(kept, limit)
    return left if np.bincount(left.rows, minlength=len(limit)).all() else None


def reduce(problem: Problem, bound: Bound, sites: Sites, target: float) -> Core | None:
    """Take from the whole matrix the pairs that a plan within ``target`` could use; ``None`` if there are too many."""
    columns = np.flatnonzero(sites.allowed)
    slack, extra = max(target - bound.value, 0.0), loose(bound, sites, columns)
    rows, cols, costs, count = [], [], [], 0
    for at in range(0, len(problem.rows), CHUNK):
        mine = np.arange(at, min(at + CHUNK, len(problem.rows)))
        cost = problem.distance[np.ix_(problem.rows[mine], columns)] * problem.weight[mine][:, None]
        over = np.maximum(cost - bound.u[mine][:, None], 0.0)
        row, col = np.nonzero((over + extra <= slack * (1 + 1e-9)) & np.isfinite(cost))
        rows.append(mine[row])
        cols.append(col)
        costs.append(cost[row, col])
        count += len(row)
        if count > TOO_MANY:
            return None
    entries = Entries(
        np.concatenate(rows),
        np.concatenate(cols),
        np.concatenate(costs),
        np.full(len(problem.rows), math.inf),
        len(columns),
    )
    return Core(columns, entries, Sites(sites.p, sites.inside[columns], sites.allowed[columns]))


def finish(problem: Problem, answer: Answer, bound: Bound, sites: Sites, deadline: float) -> Answer:
    """Decide what the root left open; the bound that comes back holds for the whole model."""
    core = reduce(problem, bound, sites, problem.target(answer.cost))
    if core is None:
        return answer
    tree = Tree(problem, core, answer, deadline)
    tree.push(bound.value, bound.u, core.sites)
    done = tree.run(FEW_NODES)
    if not done and _suits_highs(tree):
        from opora.engines.siting.whole import solve_core

        return solve_core(problem, core, tree, deadline)
    if not done:
        tree.run(math.inf)
    return Answer(tree.answer.chosen, tree.answer.cost, max(answer.bound, tree.bound))


def _suits_highs(tree: Tree) -> bool:
    gap = 1 - tree.answer.bound / tree.answer.cost  # the root's: it tells how tight the program is
    pairs = len(tree.core.entries.rows)
    return pairs < MANY_PAIRS / 15 or (gap < TIGHT and pairs < 15 * MANY_PAIRS)
