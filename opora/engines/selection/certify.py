"""How firmly each person's place stands: in every best set, in some, or in none, and the points missing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common import checks
from opora.engines.common.checks import Vector, Whole
from opora.engines.selection import flow, search
from opora.engines.selection.families import split
from opora.engines.selection.model import Name, Quota, Task, task
from opora.engines.selection.program import Program


@dataclass(frozen=True)
class Certificate:
    """Over all sets with the fewest breaches and the most points.

    ``always``: positions of those in every one; ``tied``: in some; ``never``: in none (excluded people too).
    ``missing[i]``: how many points more would bring i into one, the others' points as they are; 0 for always and
    tied, ``inf`` where no points would help, only a quota. ``margin[i]``: how many points fewer would still keep i of
    ``always`` in one; 0 for the others, ``inf`` where a quota alone keeps them. ``total``: points of a best set.
    ``unsettled``: who could not be settled in time; their numbers are proven lower bounds, and with a bound of 0
    they stand in ``tied``. ``chosen``: the set that :func:`select` gives.
    """

    always: Whole
    tied: Whole
    never: Whole
    missing: Vector
    margin: Vector
    total: float
    chosen: Whole
    unsettled: Whole
    proven: bool


def certificate(
    points: ArrayLike | Sequence[Any],
    *,
    places: int,
    quotas: Iterable[Quota] = (),
    seed: int | str = 0,
    names: Sequence[Name] | None = None,
    excluded: Iterable[int] = (),
    labels: Sequence[str] | None = None,
    time_limit: float = 60.0,
    tell: Callable[[int, int, str], None] | None = None,
) -> Certificate:
    """Say of each person whether every best set holds him, some, or none; the input is that of :func:`select`.

    Each answer is the best set with the person forced out (if chosen) or in (if not) against the best set. For quotas
    that nest in two families one flow gives all of them, exactly; for others a linear program per person, and the
    integer program where that is fractional. ``tell(done, total, note)`` hears of the latter.
    """
    checks.positive("time_limit", time_limit)
    asked = task(
        points, places=places, quotas=quotas, seed=seed, names=names, excluded=excluded, labels=labels
    )
    families = split(asked.groups, asked.ranking)
    if families is not None:
        network = flow.filled(asked, families)
        chosen, proven = frozenset(network.chosen()), True
        lost, open_ = flow.losses(asked, network), list[int]()
    else:
        model = Program(asked, time_limit)
        chosen, _ = search.filled(asked, model)
        lost, open_ = search.losses(asked, model, chosen, tell)
        proven = model.proven and not open_
    return _certificate(asked, chosen, lost, open_, proven)


def _certificate(
    asked: Task, chosen: frozenset[int], lost: Sequence[float], open_: Sequence[int], proven: bool
) -> Certificate:
    size, admitted = len(lost), set(asked.ranking)
    away = np.array(
        [float(one * asked.unit) if math.isfinite(one) else math.inf for one in lost], dtype=float
    )
    inside = np.array([i in chosen for i in range(size)], dtype=bool)
    tied = np.array([i in admitted and lost[i] == 0 for i in range(size)], dtype=bool)
    return Certificate(
        always=np.flatnonzero(inside & ~tied),
        tied=np.flatnonzero(tied),
        never=np.flatnonzero(~inside & ~tied),
        missing=np.where(inside, 0.0, away),
        margin=np.where(inside, away, 0.0),
        total=math.fsum(asked.points[list(chosen)]),
        chosen=np.array([i for i in asked.ranking if i in chosen], dtype=np.int64),
        unsettled=np.array(open_, dtype=np.int64),
        proven=proven,
    )
