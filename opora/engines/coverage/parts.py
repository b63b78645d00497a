"""Parts of the question that do not touch: no specialist of one can serve a need of another."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from opora.engines.coverage.greedy import greedy
from opora.engines.coverage.model import layout, program
from opora.engines.coverage.need import Case, Flags, some
from opora.engines.coverage.plan import Plan, nothing, planned
from opora.engines.coverage.search import Effort, search
from opora.engines.solver import solve


@dataclass(frozen=True)
class Part:
    """The specialists and the needs (s, q) of one part."""

    people: Flags
    needs: Flags

    def of(self, case: Case) -> Case:
        """The case of this part alone; everything keeps its place."""
        return replace(
            case,
            need=np.where(self.needs[:, :, None], case.need, 0.0),
            can=case.can & self.people[:, None],
        )


def parts(case: Case) -> list[Part]:
    """Split into connected parts, in the order of their first specialist; a limit of faces ties what it binds."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    people, (s, q, _) = len(case.people), case.need.shape
    asked = some(case.need > 0, 2)
    reach = np.isfinite(case.road)
    e, at, skill = np.nonzero(reach[:, :, None] & case.can[:, None, :] & asked[None])
    lines, ends = [e, e], [people + at * q + skill, people + s * q + at]
    bound = np.zeros(s, dtype=bool)
    if case.faces is not None:
        bound = (reach & (case.can.astype(int) @ asked.T.astype(int) > 0)).sum(axis=0) > case.faces
    tied = bound[at]
    lines[1], ends[1] = lines[1][tied], ends[1][tied]
    size = people + s * q + s
    rows, columns = np.concatenate(lines), np.concatenate(ends)
    graph = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    _, group = connected_components(graph, directed=False)
    order = dict.fromkeys(group[e].tolist())
    return [Part(group[:people] == g, (group[people : people + s * q] == g).reshape(s, q)) for g in order]


def floor_of(case: Case) -> float:
    """What no plan can cost less than: the linear program's optimum. The relative gap is measured against it."""
    at = layout(case)
    if not at.starts[-1]:
        return 0.0
    return solve(replace(program(case, at), integer=False)).value


def solved(case: Case, effort: Effort) -> Plan:
    """Find the best plan part by part; the bounds add up."""
    hours, floor = nothing(case).hours, 0.0
    alone = parts(case)
    size = [int(part.people.sum()) * int(part.needs.sum()) for part in alone]
    rest, left = case.need.copy(), sum(size)
    for i in sorted(range(len(alone)), key=lambda i: (size[i], i)):
        one = alone[i].of(case)
        plan = search(one, effort.share(size[i] / left, size[i] / left), greedy(one))
        # What an easy part did not need of the slack, the harder ones may have.
        effort = replace(effort, slack=max(0.0, effort.slack - (plan.value - plan.bound)))
        hours, floor, left = hours + plan.hours, floor + plan.bound, left - size[i]
        rest[alone[i].needs] = 0.0
    floor += float((case.unmet[:, :, None] * rest).sum())
    done = planned(case, hours)
    return replace(done, bound=min(done.value, floor))
