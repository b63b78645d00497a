"""The plan of a team as a mixed-integer program (docs/engines/coverage.md).

Columns: v[e, s, t] a visit (0 or 1), y[e, s] ever met, m[e] in the team, h[e, s, q, t] hours, u[s, q, t] unmet hours.
Only columns that can matter are made: the pair is in reach, a skill is asked for, time is left after the road.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.engines.coverage.need import Case, Numbers
from opora.engines.solver import Model, rows

Whole = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Layout:
    """Where the columns stand. ``visits``: [3, nv] (e, s, t); ``work``: [2, nh] (visit, q); ``unmet``: [3, nu]
    (s, q, t); ``pairs``: [2, ny] (e, s); ``of``: [nv] the pair of each visit. Order: v, y, m, h, u."""

    visits: Whole
    pairs: Whole
    of: Whole
    work: Whole
    unmet: Whole
    people: int

    @property
    def starts(self) -> tuple[int, int, int, int, int]:
        """First columns of y, m, h, u, and their number."""
        y = self.visits.shape[1]
        m = y + self.pairs.shape[1]
        h = m + self.people
        u = h + self.work.shape[1]
        return y, m, h, u, u + self.unmet.shape[1]


def layout(case: Case) -> Layout:
    """Find the columns that can matter."""
    asked = np.einsum("eq,sqt->est", case.can.astype(float), case.need) > 0
    left = case.free[:, None, :] - case.road[:, :, None]
    visits = np.array(np.nonzero(asked & (left > 0)))
    e, s, t = visits
    pairs, of = np.unique(np.stack([e, s]), axis=1, return_inverse=True)
    work = np.array(np.nonzero(case.can[e] & (case.need[s, :, t] > 0)))
    return Layout(visits, pairs, of.reshape(-1), work, np.array(np.nonzero(case.need > 0)), len(case.people))


def program(case: Case, at: Layout) -> Model:
    """Build the program."""
    y, m, h, u, size = at.starts
    e, s, _ = at.visits
    cost, high = np.zeros(size), np.ones(size)
    cost[:y] = case.drive * case.road[e, s]
    cost[y:m] = case.face[tuple(at.pairs)]
    cost[m:h] = case.join
    cost[u:] = case.unmet[at.unmet[0], at.unmet[1]]
    high[h:u] = _most(case, at)
    high[u:] = case.need[tuple(at.unmet)]
    matrix, low, top = rows(_blocks(case, at))
    return Model(cost, matrix, low, top, high=high, integer=np.arange(size) < y)


def _most(case: Case, at: Layout) -> Numbers:
    """Hours one visit can give to one skill."""
    e, s, t = at.visits[:, at.work[0]]
    return np.asarray(np.minimum(case.need[s, at.work[1], t], case.free[e, t] - case.road[e, s]))


def _blocks(case: Case, at: Layout) -> list[tuple[Any, Any, Any]]:
    y, m, h, u, size = at.starts
    e, s, t = at.visits
    visit, skill = at.work
    count, weeks, every = y, case.need.shape[2], np.arange
    most, left = _most(case, at), case.free[e, t] - case.road[e, s]
    number = np.full(case.need.shape, -1)
    number[tuple(at.unmet)] = every(at.unmet.shape[1])
    fills = number[s[visit], skill, t[visit]]
    needed = case.need[tuple(at.unmet)]
    total = np.bincount(visit, most, minlength=count)
    wide = np.nonzero(total > left + 1e-9)[0]
    back = np.full(count, -1)
    back[wide] = every(len(wide))
    inside = np.nonzero(back[visit] >= 0)[0]
    blocks = [
        (_sparse([fills, every(size - u)], [h + every(u - h), u + every(size - u)], [1.0, 1.0], size - u, size), needed, needed),
        (_sparse([e[visit] * weeks + t[visit], e * weeks + t], [h + every(u - h), every(count)], [1.0, case.road[e, s]], at.people * weeks, size), -np.inf, case.free.ravel()),
        (_sparse([every(u - h), every(u - h)], [h + every(u - h), visit], [1.0, -most], u - h, size), -np.inf, 0.0),
        (_sparse([back[visit[inside]], every(len(wide))], [h + inside, wide], [1.0, -left[wide]], len(wide), size), -np.inf, 0.0),
        (_sparse([every(count), every(count)], [every(count), y + at.of], [1.0, -1.0], count, size), -np.inf, 0.0),
    ]  # fmt: skip
    if case.join.any():
        pairs = at.pairs.shape[1]
        blocks.append((_sparse([every(pairs), every(pairs)], [y + every(pairs), m + at.pairs[0]], [1.0, -1.0], pairs, size), -np.inf, 0.0))  # fmt: skip
    if case.faces is not None:
        new = np.nonzero(~case.met[tuple(at.pairs)])[0]
        left = case.faces - case.met.sum(axis=0)
        blocks.append((_sparse([at.pairs[1, new]], [y + new], [1.0], case.need.shape[0], size), -np.inf, left.astype(float)))  # fmt: skip
    return blocks


def _sparse(lines: list[Any], columns: list[Any], values: list[Any], height: int, width: int) -> Any:
    from scipy import sparse

    data = np.concatenate([np.broadcast_to(v, len(c)) for v, c in zip(values, columns, strict=True)])
    return sparse.csr_array((data, (np.concatenate(lines), np.concatenate(columns))), shape=(height, width))
