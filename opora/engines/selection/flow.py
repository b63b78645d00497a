"""Exact selection when the quotas nest in one or two families: a cheapest flow in whole numbers.

A person is a unit from the innermost group in the first family to the innermost in the second; a group is an arc whose
units up to ``least`` earn a large prize and beyond ``most`` pay it. People of the same two groups share one arc, best
first. Successive shortest paths give the best set of every size (Ford & Fulkerson; Ahuja, Magnanti & Orlin 1993, ch.
9), and the residual network then holds the price of every forced change, so certificates need no further solve.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from opora.engines.selection.families import Family
from opora.engines.selection.model import Group, Task

Price = int | None
"""Of one more unit, or one less; ``None``: there is none."""


@dataclass
class Arc:
    """From ``tail`` to ``head``: either a group or the people of two groups, best first."""

    tail: int
    head: int
    people: Sequence[int] = ()
    group: Group | None = None
    flow: int = 0

    def unit(self, at: int, prize: int, worth: Sequence[int]) -> Price:
        """Price of unit number ``at``, from 1."""
        if self.group is not None:
            return -prize if at <= self.group.least else 0 if at <= self.group.most else prize
        return -worth[self.people[at - 1]] if at <= len(self.people) else None


@dataclass
class Network:
    """The arcs, their flow, and the prices of one unit more (``price[0]``) and one less (``price[1]``)."""

    arcs: list[Arc]
    source: int
    sink: int
    steps: list[list[tuple[int, int, int]]]
    worth: Sequence[int] = ()
    prize: int = 0
    price: tuple[list[Price], list[Price]] = field(default_factory=lambda: ([], []))

    def value(self, worth: Sequence[int], prize: int) -> None:
        """Set what people and quotas are worth; the flow stays."""
        self.worth, self.prize = worth, prize
        self.price = ([None] * len(self.arcs), [None] * len(self.arcs))
        for at in range(len(self.arcs)):
            self._reprice(at)

    def send(self) -> None:
        """Choose one more, at the best price."""
        via = self.distances(self.source, keep=True)[1]
        node = self.sink
        while node != self.source:
            at, less, node = via[node]
            self.arcs[at].flow += -1 if less else 1
            self._reprice(at)

    def distances(
        self, start: int, *, back: bool = False, keep: bool = False
    ) -> tuple[list[Price], dict[int, tuple[int, int, int]]]:
        """Cheapest prices from ``start`` to every node (``back``: from every node to it), and the steps taken."""
        best: list[Price] = [None] * len(self.steps)
        best[start], via = 0, {}
        waiting, queued = deque([start]), {start}
        while waiting:
            node = waiting.popleft()
            queued.discard(node)
            here = best[node] or 0
            for other, at, less in self.steps[node]:
                price = self.price[less ^ back][at]
                if price is None:
                    continue
                there = best[other]
                if there is None or here + price < there:
                    best[other] = here + price
                    via[other] = (at, less, node)
                    if other not in queued:
                        queued.add(other)
                        waiting.append(other)
        return best, via

    def chosen(self) -> list[int]:
        """Everybody who has a unit."""
        return [one for arc in self.arcs for one in arc.people[: arc.flow]]

    def _reprice(self, at: int) -> None:
        arc = self.arcs[at]
        self.price[0][at] = arc.unit(arc.flow + 1, self.prize, self.worth)
        last = arc.unit(arc.flow, self.prize, self.worth) if arc.flow else None
        self.price[1][at] = None if last is None else -last


def filled(task: Task, families: tuple[Family, Family]) -> Network:
    """Give the network with the one best set: fewest breaches, most points, then the first in the ranking.

    The last is exact too: a person's worth carries a binary digit of the place in the ranking, below all points.
    """
    network = _network(task, families)
    digits, size = len(task.ranking), len(task.units)
    worth = [0] * size
    for at, person in enumerate(task.ranking):
        worth[person] = (task.units[person] << digits) | (1 << (digits - 1 - at))
    network.value(worth, prize(task) << digits)
    for _ in range(task.places):
        network.send()
    return network


def prize(task: Task) -> int:
    """More units than any change of people can be worth."""
    return (2 * len(task.units) + 4) * (max(task.units, default=0) + 1)


def losses(task: Task, network: Network) -> list[float]:
    """Units lost if each chosen person stays out and each other one comes in; ``inf``: only by breaking a quota."""
    most = prize(task)
    network.value(task.units, most)
    lost = [math.inf] * len(task.units)
    ends = {arc.head for arc in network.arcs if arc.people}
    out = {end: network.distances(end)[0] for end in ends}
    into = {end: network.distances(end, back=True)[0] for end in ends}
    for arc in network.arcs:
        for at, person in enumerate(arc.people):
            inside = at < arc.flow
            way = into[arc.head][arc.tail] if inside else out[arc.head][arc.tail]
            if way is not None:
                change = way + task.units[person] * (1 if inside else -1)
                lost[person] = change if 2 * change < most else math.inf
    return lost


def _network(task: Task, families: tuple[Family, Family]) -> Network:
    first, second = families
    shift = len(first.groups) + 1
    arcs = [
        Arc(up, at, group=g) for at, (up, g) in enumerate(zip(first.parent, first.groups, strict=True), 1)
    ]
    arcs += [
        Arc(shift + at, shift + up, group=g)
        for at, (up, g) in enumerate(zip(second.parent, second.groups, strict=True), 1)
    ]
    alike: dict[tuple[int, int], list[int]] = {}
    for person in task.ranking:
        alike.setdefault((first.home[person], shift + second.home[person]), []).append(person)
    arcs += [Arc(tail, head, people) for (tail, head), people in alike.items()]
    steps: list[list[tuple[int, int, int]]] = [[] for _ in range(shift + len(second.groups) + 1)]
    for at, arc in enumerate(arcs):
        steps[arc.tail].append((arc.head, at, 0))
        steps[arc.head].append((arc.tail, at, 1))
    return Network(arcs, 0, shift, steps)
