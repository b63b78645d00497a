"""Which further cells to hide so that the small ones cannot be computed.

For every small cell and both directions the program looks for the cheapest way to move its value (down to
zero, up to the threshold) while all sums stay true: a flow over cells. Cells the flow uses must be hidden,
then the reader cannot tell the true table from the moved one. Cost of a cell is log2(count + 2), nothing for
one already hidden; a clean-up prints again each cell that turns out not to be needed. Model: Fischetti and
Salazar's cell suppression, solved greedily; docs/engines/disclosure.md.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from opora.engines.disclosure.protected import Protected, Unprotectable
from opora.engines.disclosure.solver import Program, Rows, Vector
from opora.engines.disclosure.table import Key, Table

ZERO_COST = 1000.0
HIDDEN_COST = 1e-3
TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class Need:
    """A small cell (by column) must be able to move by ``level``: below zero down, above zero up."""

    column: int
    level: float


def protect(table: Table, threshold: int = 5) -> Protected:
    """Choose the cells to hide so that every count from 1 to ``threshold`` - 1 stays uncertain.

    The reader's interval of each then contains 0 and ``threshold``. Nothing is hidden when nothing is small.
    Zeros are printed unless nothing else can cover; ``table.known`` cells are never hidden. Raises
    :class:`Unprotectable` if known cells give a small one away, ``ValueError`` for a threshold below 2.
    """
    if threshold < 2:
        raise ValueError("a threshold below 2 protects nobody")
    primary = frozenset(
        key for key, value in table.cells.items() if 0 < value < threshold and key not in table.known
    )
    if not primary:
        return Protected(table, threshold, primary, frozenset())
    search = _Search(table, primary, threshold)
    search.cover()
    search.clean()
    hidden = frozenset(search.keys[column] for column in search.hidden)
    return Protected(table, threshold, primary, hidden - primary)


@dataclass
class _Search:
    table: Table
    primary: frozenset[Key]
    threshold: int
    keys: list[Key] = field(init=False)
    hidden: set[int] = field(init=False)
    witness: dict[Need, Vector] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = [key for key in self.table.cells if key not in self.table.known]
        self.column = {key: number for number, key in enumerate(self.keys)}
        self.values: Vector = np.array([self.table.cells[key] for key in self.keys], dtype=float)
        self.small = {self.column[key] for key in self.primary}
        self.hidden = set(self.small)
        self.entries = list(self._entries())

    def cover(self) -> None:
        """Find a flow for every need, hiding the cells it uses."""
        costs = np.where(self.values == 0, ZERO_COST, np.log2(self.values + 2))
        costs[list(self.hidden)] = HIDDEN_COST
        flows = _Flows(self.entries, self.values, costs)
        for need in self._needs():
            if need in self.witness:
                continue
            flow = flows.find(need)
            if flow is None:
                raise Unprotectable(f"{self.keys[need.column]} follows from known cells")
            for column in np.flatnonzero(np.abs(flow) > TOLERANCE):
                if int(column) not in self.hidden:
                    self.hidden.add(int(column))
                    flows.cost(int(column), HIDDEN_COST)
            self._note(flow)

    def clean(self) -> None:
        """Print again, dearest first, each covering cell without which every need still has a flow."""
        kept = sorted(self.hidden)
        place = {column: number for number, column in enumerate(kept)}
        entries = [[(place[c], sign) for c, sign in entry if c in place] for entry in self.entries]
        # Without costs the first possible flow ends the search: here only its existence matters.
        inner = _Flows([e for e in entries if e], self.values[kept], np.zeros(len(kept)))
        sums = _Sums(self.entries)
        for column in sorted(self.hidden - self.small, key=lambda c: (-self.values[c], c)):
            if not self.small.isdisjoint(sums.fixed_without(column, self.hidden)):
                continue
            inner.forbid(place[column])
            found = self._without(column, inner, kept, place)
            if found is None:
                inner.allow(place[column])
            else:
                self.witness.update(found)
                self.hidden.discard(column)

    def _without(
        self, column: int, inner: "_Flows", kept: list[int], place: dict[int, int]
    ) -> dict[Need, Vector] | None:
        """Give new flows for the needs whose flow used the column, or ``None`` if one has no other."""
        open_ = {need for need, flow in self.witness.items() if abs(flow[column]) > TOLERANCE}
        found: dict[Need, Vector] = {}
        for need in self._needs():
            if need in found or need not in open_:
                continue
            other = inner.find(Need(place[need.column], need.level))
            if other is None:
                return None
            whole = np.zeros(len(self.keys))
            whole[kept] = other
            found.update((met, whole * scale) for met, scale in self._met(whole) if met in open_)
        return found

    def _entries(self) -> Iterator[list[tuple[int, float]]]:
        for relation in self.table.relations:
            signed = ((relation.total, 1.0), *((part, -1.0) for part in relation.parts))
            entry = [(self.column[key], sign) for key, sign in signed if key in self.column]
            if entry:
                yield entry

    def _needs(self) -> Iterable[Need]:
        """The hardest first: those with the farthest to go."""
        needs = [Need(c, sign) for c in self.small for sign in self._levels(c)]
        return sorted(needs, key=lambda need: (-abs(need.level), need.column, need.level))

    def _levels(self, column: int) -> tuple[float, float]:
        value = float(self.values[column])
        return -value, self.threshold - value

    def _note(self, flow: Vector) -> None:
        """Keep the flow for every need it meets."""
        for need, scale in self._met(flow):
            self.witness.setdefault(need, flow * scale)

    def _met(self, flow: Vector) -> Iterator[tuple[Need, float]]:
        """Name the needs a flow meets and the scale at which it does: a flow made smaller is a flow."""
        for column in self.small & set(np.flatnonzero(np.abs(flow) > TOLERANCE).tolist()):
            for level in self._levels(column):
                if flow[column] / level >= 1 - TOLERANCE:
                    yield Need(column, level), level / flow[column]


class _Sums:
    """Which hidden cells simple subtraction gives away: a sum with one hidden cell left fixes that cell."""

    def __init__(self, entries: list[list[tuple[int, float]]]) -> None:
        self.members = [frozenset(column for column, _ in entry) for entry in entries]
        self.of: dict[int, list[frozenset[int]]] = {}
        for members in self.members:
            for column in members:
                self.of.setdefault(column, []).append(members)

    def fixed_without(self, column: int, hidden: set[int]) -> set[int]:
        """Give the cells that become computable, step by step, once ``column`` is printed."""
        fixed, queue = {column}, [column]
        while queue:
            for members in self.of.get(queue.pop(), ()):
                left = (members & hidden) - fixed
                if len(left) == 1:
                    fixed |= left
                    queue.extend(left)
        return fixed


class _Flows:
    """The program of moves: per cell one column up and one down, all sums unchanged."""

    def __init__(self, entries: list[list[tuple[int, float]]], values: Vector, costs: Vector) -> None:
        self.values = values
        size = len(values)
        self.size = size
        doubled = [[*entry, *((column + size, -sign) for column, sign in entry)] for entry in entries]
        self.upper = np.concatenate((np.full(size, math.inf), values))
        self.program = Program(
            Rows(doubled, [0.0] * len(doubled)),
            np.zeros(2 * size),
            self.upper,
            np.concatenate((costs, costs)),
        )

    def find(self, need: Need) -> Vector | None:
        """Give the cheapest flow that meets the need, or ``None``."""
        up, down = need.column, need.column + self.size
        self.program.bound(up, max(need.level, 0.0), max(need.level, 0.0))
        self.program.bound(down, max(-need.level, 0.0), max(-need.level, 0.0))
        point = self.program.solve()
        self.program.bound(up, 0.0, self.upper[up])
        self.program.bound(down, 0.0, self.upper[down])
        return None if point is None else point[: self.size] - point[self.size :]

    def cost(self, column: int, value: float) -> None:
        """Set the cost of moving a cell."""
        self.program.cost(column, value)
        self.program.cost(column + self.size, value)

    def forbid(self, column: int) -> None:
        """Print the cell: it cannot move."""
        self.upper[[column, column + self.size]] = 0.0
        self._rebound(column)

    def allow(self, column: int) -> None:
        """Hide the cell again."""
        self.upper[[column, column + self.size]] = math.inf, self.values[column]
        self._rebound(column)

    def _rebound(self, column: int) -> None:
        for place in (column, column + self.size):
            self.program.bound(place, 0.0, self.upper[place])
