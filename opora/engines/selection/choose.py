"""Choose people by points with quotas, and say for each why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common import checks
from opora.engines.common.checks import Whole
from opora.engines.common.reasons import Reason
from opora.engines.selection import flow, search, words
from opora.engines.selection.exchange import exchanges
from opora.engines.selection.families import split
from opora.engines.selection.model import Name, Quota, Task, task
from opora.engines.selection.program import Program


@dataclass(frozen=True)
class Selection:
    """Who is chosen, who is next, and why.

    ``chosen``: positions, in the order of the ranking. ``reserves``: positions, in the order in which they are called;
    ``instead[k]`` is whom to call if ``chosen[k]`` withdraws and everybody else stays (−1: nobody is left). ``cut``:
    points of the lowest chosen whose place in the
    ranking is within ``places``, so whom no quota carried; ``None`` if there is none. ``why``: the reasons of every person, by
    position. ``basis``: per person ``points``, ``quota``, ``lot`` or nothing. ``ranking``: the admitted people by
    points, then lot; ``lots`` their numbers. ``total``: points of the chosen; none of the sets with as few breaches
    has more than ``bound`` (equal when ``proven``). ``unmet``: positions of the quotas that do not hold, ``notes``
    says of each why, after a summary.
    """

    chosen: Whole
    reserves: Whole
    cut: float | None
    why: tuple[tuple[Reason, ...], ...]
    instead: Whole
    basis: tuple[str, ...]
    ranking: Whole
    lots: tuple[str, ...]
    total: float
    bound: float
    proven: bool
    unmet: Whole
    notes: tuple[Reason, ...]


def select(
    points: ArrayLike | Sequence[Any],
    *,
    places: int,
    quotas: Iterable[Quota] = (),
    seed: int | str = 0,
    names: Sequence[Name] | None = None,
    excluded: Iterable[int] = (),
    labels: Sequence[str] | None = None,
    time_limit: float = 60.0,
) -> Selection:
    """Choose exactly ``places`` people with the most points in all, every quota (members, least, most) kept.

    Points are int, float, Decimal or Fraction, one per person, compared after rounding to nine decimals; whoever is in
    ``excluded`` takes no part and may have nan. ``names`` are the people's public names for the lot (their positions
    if not given), ``labels`` the quotas' names for the reasons.

    In this order: (1) everybody is chosen if there are fewer admitted people than places; (2) the fewest people too
    few or too many over all quotas together, so quotas that cannot hold are filled as far as can be; (3) the most
    points in all; (4) of sets equal in this the one that holds the first person in the ranking on whom they differ;
    the ranking goes by points and, among equal points, by :func:`lot_number`. So the result for a person does not
    depend on the order of the input. One set satisfies all four.

    Raises ``ValueError`` for points that are no finite numbers, positions out of range, quotas with least > most,
    names that repeat. ``time_limit`` (seconds) bounds only quotas that need the integer program.
    """
    checks.positive("time_limit", time_limit)
    asked = task(
        points, places=places, quotas=quotas, seed=seed, names=names, excluded=excluded, labels=labels
    )
    chosen, bound, proven = chosen_of(asked, time_limit)
    return told(asked, chosen, bound, proven)


def chosen_of(asked: Task, time_limit: float) -> tuple[frozenset[int], float, bool]:
    """Give the one best set, the bound on its units and whether it is proven."""
    families = split(asked.groups, asked.ranking)
    if families is not None:
        chosen = frozenset(flow.filled(asked, families).chosen())
        return chosen, asked.total(chosen), True
    model = Program(asked, time_limit)
    chosen, bound = search.filled(asked, model)
    return chosen, max(bound, asked.total(chosen)), model.proven


def told(asked: Task, chosen: frozenset[int], bound: float, proven: bool) -> Selection:
    """Put the set into a result with its reserves and reasons."""
    swaps = exchanges(asked, chosen)
    reserves, instead = swaps.reserves()
    basis, why = words.people(asked, swaps)
    total = math.fsum(asked.points[swaps.inside])
    over = 0.0 if proven else (bound - asked.total(chosen)) * float(asked.unit)
    unmet = [at for at, g in enumerate(asked.groups) if g.breach(int(swaps.counts[at]))]
    return Selection(
        chosen=swaps.inside,
        reserves=reserves,
        cut=min((float(asked.points[i]) for i in asked.ranking[: asked.places] if i in chosen), default=None),
        why=why,
        instead=instead,
        basis=basis,
        ranking=np.array(asked.ranking, dtype=np.int64),
        lots=asked.lots,
        total=total,
        bound=total + over,
        proven=proven,
        unmet=np.array(unmet, dtype=np.int64),
        notes=words.notes(asked, swaps, basis),
    )
