"""The rota as integer programs, one aim after another; what an earlier aim reached, a later one keeps."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from opora.engines.coverage.duties import Roster, Whole
from opora.engines.coverage.need import Flags
from opora.engines.solver import Model, Outcome, solve

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Aim = tuple[str, Numbers]
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Stage:
    """One aim: its ``value``, and the ``bound`` below which no rota that keeps the earlier aims can go."""

    aim: str
    value: float
    bound: float

    @property
    def proven(self) -> bool:
        """The value meets the bound."""
        return self.value - self.bound < 1e-6


@dataclass(frozen=True)
class Frame:
    """Columns: x[c] person, duty, role (``cells``: [3, n]), then one per slot for staying open (``slots``: [2, o]),
    then the steps of loads and of weekends ([p, k] is 1 if the person has more than k), then the two maxima."""

    cells: Whole
    slots: Whole
    steps: int
    people: int

    @property
    def starts(self) -> tuple[int, int, int, int]:
        """First columns of the open slots, of the load steps, of the weekend steps, of the maxima."""
        o = self.cells.shape[1]
        k = o + self.slots.shape[1]
        w = k + self.people * self.steps
        return o, k, w, w + self.people * self.steps


def frame(roster: Roster) -> Frame:
    """Find the cells that may be filled and the slots."""
    may = roster.there[:, :, None] & roster.can[:, None, :] & roster.asked[None]
    cells = np.array(np.nonzero(may)).reshape(3, -1)
    per_person = np.bincount(cells[0], minlength=1) if cells.size else np.zeros(1, dtype=int)
    slots = np.array(np.nonzero(roster.asked)).reshape(2, -1)
    return Frame(cells, slots, int(min(len(roster.duties), per_person.max())), len(roster.people))


def staged(roster: Roster, at: Frame, until: float, tell: Tell | None) -> tuple[Numbers, list[Stage]]:
    """Reach the aims in their order by the clock ``until``."""
    aims = _aims(roster, at)
    base = _base(roster, at)
    quick = _at_the_bounds(base, aims, until)
    return _one_by_one(base, at, aims, until, tell) if quick is None else quick


def _at_the_bounds(base: Model, aims: list[Aim], until: float) -> tuple[Numbers, list[Stage]] | None:
    """Guess that every aim but the last can reach its linear bound: if a rota does, all are proven at once."""
    model, bounds = base, list[float]()
    for _, cost in aims[:-1]:
        relaxed = solve(replace(model, cost=cost, integer=False), time_limit=_left(until, 0.25))
        if relaxed.status != "optimal":
            return None
        bounds.append(float(math.ceil(relaxed.value - 1e-6)))
        model = _kept(model, cost, bounds[-1])
    last = _solved(model, aims[-1][1], _left(until, 0.5))
    if last.x is None:
        return None
    x = np.round(last.x)
    bounds.append(_whole(last.bound))
    return x, [Stage(aim, float(cost @ x), bound) for (aim, cost), bound in zip(aims, bounds, strict=True)]


def _one_by_one(
    model: Model, at: Frame, aims: list[Aim], until: float, tell: Tell | None
) -> tuple[Numbers, list[Stage]]:
    x, done = _empty(at), list[Stage]()
    for number, (aim, cost) in enumerate(aims):
        outcome = _solved(model, cost, _left(until, 1.0 if number == len(aims) - 1 else 0.5), x)
        if outcome.x is not None and cost @ outcome.x < cost @ x - 1e-6:
            x = np.round(outcome.x)
        value = float(cost @ x)
        done.append(Stage(aim, value, min(value, _whole(outcome.bound))))
        model = _kept(model, cost, value)
        if tell is not None:
            tell(number + 1, len(aims), aim)
    return x, done


def _solved(model: Model, cost: Numbers, seconds: float, start: Numbers | None = None) -> Outcome:
    """All aims are whole numbers: less than one away is there."""
    settings = {"mip_abs_gap": 1 - 1e-6}
    return solve(replace(model, cost=cost), time_limit=seconds, start=start, settings=settings)


def _whole(bound: float) -> float:
    return float(math.ceil(bound - 1e-6)) if math.isfinite(bound) else -math.inf


def _left(until: float, share: float) -> float:
    return max(0.02, (until - time.monotonic()) * share)


def _aims(roster: Roster, at: Frame) -> list[Aim]:
    """The aims in order, as costs of the columns; a rota published before comes before fairness."""
    o, k, w, top = at.starts
    p, d, r = at.cells
    steps = np.tile(2 * np.arange(at.steps) + 1, at.people)
    aims: list[Aim] = []

    def aim(name: str, columns: slice | int, values: Any) -> None:
        cost = np.zeros(top + 2)
        cost[columns] = values
        aims.append((name, cost))

    aim("uncovered", slice(o, k), 1)
    if roster.old.any():
        aim("stays", slice(0, o), -roster.old[p, d, r].astype(float))
    aim("most", top, 1)
    aim("loads", slice(k, w), steps)
    if roster.weekend.any():
        aim("most weekends", top + 1, 1)
        aim("weekends", slice(w, top), steps)
    if roster.likes.any():
        aim("wishes", slice(0, o), -roster.likes[p, d])
    return aims


def _base(roster: Roster, at: Frame) -> Model:
    from scipy import sparse

    _, k, _, top = at.starts
    blocks, lows, highs = _rows(roster, at)
    column = np.arange(top + 2)
    return Model(
        np.zeros(len(column)),
        sparse.vstack(blocks, format="csr"),
        np.concatenate(lows),
        np.concatenate(highs),
        high=np.where(column < top, 1.0, max(1, at.steps)),
        integer=column < k,
    )


def _kept(model: Model, cost: Numbers, value: float) -> Model:
    """The model with one more row: this aim stays as good as it is."""
    from scipy import sparse

    return replace(
        model,
        matrix=sparse.vstack([model.matrix, sparse.csr_array(cost[None])], format="csr"),
        row_low=np.append(model.row_low, -np.inf),
        row_high=np.append(model.row_high, value + 1e-6),
    )


def _rows(roster: Roster, at: Frame) -> tuple[list[Any], list[Numbers], list[Numbers]]:
    o, k, w, top = at.starts
    p, d, r = at.cells
    duties, people, cells = len(roster.duties), at.people, np.arange(o)
    blocks: list[Any] = []
    lows: list[Numbers] = []
    highs: list[Numbers] = []

    def put(lines: Any, columns: Any, values: Any, height: int, *, low: Any, high: Any) -> None:
        blocks.append(_sparse(lines, columns, values, height, top + 2))
        lows.append(np.broadcast_to(np.asarray(low, dtype=float), height))
        highs.append(np.broadcast_to(np.asarray(high, dtype=float), height))

    slot = np.full(roster.asked.shape, -1)
    slot[tuple(at.slots)] = np.arange(k - o)
    # Every slot has one person or stays open.
    put(np.concatenate([slot[d, r], np.arange(k - o)]), np.arange(k), 1.0, k - o, low=1, high=1)
    # Nobody has two roles on one duty.
    put(p * duties + d, cells, 1.0, people * duties, low=0, high=1)
    # Enough people with each skill, or the slots for them stay open.
    for skill, least in enumerate(roster.least):
        able = np.nonzero(roster.has[p, skill])[0]
        lines = np.concatenate([d[able], at.slots[0]])
        columns = np.concatenate([able, np.arange(o, k)])
        put(lines, columns, 1.0, duties, low=np.minimum(least, roster.asked.sum(axis=1)), high=np.inf)
    for lines, columns, height, most in _windows(roster, at):
        put(lines, columns, 1.0, height, low=0, high=most)
    put(p, cells, 1.0, people, low=0, high=roster.most)
    # Loads and weekends as steps.
    stairs = np.arange(people * at.steps)
    for extra, (first, counted) in enumerate(((k, cells), (w, np.nonzero(roster.weekend[d])[0]))):
        lines = np.concatenate([p[counted], stairs // max(1, at.steps)])
        columns = np.concatenate([counted, first + stairs])
        values = np.concatenate([np.ones(len(counted)), -np.ones(len(stairs))])
        put(lines, columns, values, people, low=0, high=0)
        every = np.arange(people)
        lines = np.concatenate([p[counted], every])
        columns = np.concatenate([counted, np.full(people, top + extra)])
        put(
            lines,
            columns,
            np.concatenate([np.ones(len(counted)), -np.ones(people)]),
            people,
            low=-np.inf,
            high=0,
        )
    return blocks, lows, highs


def _windows(roster: Roster, at: Frame) -> list[tuple[Whole, Whole, int, int]]:
    """Rows (person, first day): in the days from there at most so many duties."""
    p, d, _ = at.cells
    firsts = np.unique(roster.day)
    found = []
    for days, most in roster.rules.windows:
        inside = (roster.day[None] >= firsts[:, None]) & (roster.day[None] < firsts[:, None] + days)
        keep = inside[inside.sum(axis=1) > most]
        if not len(keep):
            continue
        line, cell = np.nonzero(keep[:, d])
        found.append((p[cell] * len(keep) + line, cell, at.people * len(keep), most))
    return found


def _empty(at: Frame) -> Numbers:
    """The rota in which every slot stays open."""
    o, k, _, top = at.starts
    x = np.zeros(top + 2)
    x[o:k] = 1
    return x


def _sparse(lines: Any, columns: Any, values: Any, height: int, width: int) -> Any:
    from scipy import sparse

    data = np.broadcast_to(np.asarray(values, dtype=float), len(columns))
    return sparse.csr_array((data, (lines, columns)), shape=(height, width))


def flags(at: Frame, x: Numbers, shape: tuple[int, int, int]) -> Flags:
    """The rota as flags [p, d, r]."""
    taken = np.zeros(shape, dtype=bool)
    taken[tuple(at.cells[:, x[: at.cells.shape[1]] > 0.5])] = True
    return taken
