"""Who should serve whom: :func:`team`."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import positive, whole
from opora.engines.common.reasons import Reason
from opora.engines.coverage.model import Whole
from opora.engines.coverage.need import (
    Case,
    Flags,
    Need,
    Numbers,
    Specialist,
    Weights,
    candidates,
    checked,
    some,
)
from opora.engines.coverage.parts import floor_of, solved
from opora.engines.coverage.prices import Price, prices
from opora.engines.coverage.search import Effort, Tell
from opora.engines.coverage.team_words import explained

_DEFAULT = Weights()
EXACT = 1e-6
"""Share of the cost to which the solver's own tolerances let it prove anything."""


@dataclass(frozen=True)
class Team:
    """Who is needed, what everybody gives, and what stays without anybody.

    ``members``: positions of the specialists who are needed, ascending. ``hours[e, s, q, t]`` and ``visits[e, s, t]``
    by specialist, service, skill, week; ``uncovered[s, q, t]`` hours. ``cost``: what the plan costs by the weights;
    ``bound`` is proven: no plan costs less. ``proven``: the two are within the ``gap``
    that was asked for, or within a millionth, which is as near as the solver tells.
    ``prices``: what one more specialist would change, the largest first.
    """

    members: Whole
    hours: Numbers
    visits: Flags
    uncovered: Numbers
    prices: tuple[Price, ...]
    cost: float
    bound: float
    proven: bool
    why: tuple[Reason, ...]

    @property
    def gap(self) -> float:
        """(cost − bound) / cost, 0 when nothing costs anything."""
        return max(0.0, self.cost - self.bound) / self.cost if self.cost > 0 else 0.0


def team(
    need: Need | ArrayLike,
    specialists: Sequence[Specialist],
    *,
    travel: ArrayLike,
    hours: ArrayLike,
    longest: float = 150.0,
    faces: int | None = None,
    known: ArrayLike | None = None,
    weights: Weights = _DEFAULT,
    bases: Mapping[str, ArrayLike] | None = None,
    extra: float | None = None,
    priced: int = 1,
    gap: float = 1e-3,
    time_limit: float = 60.0,
    tell: Tell | None = None,
) -> Team:
    """Plan who serves which service, week by week, so that the least is missing, then with the least road and change.

    ``need``: a :class:`Need` or its hours[s, q, t]. ``travel[e, s]``: minutes one way, +inf where there is no way;
    farther than ``longest`` nobody is sent. ``hours``: a specialist's hours a week with the road, one number, [e] or
    [e, t]. ``faces``: how many specialists one service may meet over all weeks. ``known[e, s]``: who knows whom
    already; meeting them costs nothing, so a plan made anew stays near the old one. ``bases``: places where one more
    specialist could start from, with the minutes to every service (default: the bases of the specialists), and
    ``extra`` hours a week (default: the median); ``priced``: for how many skills the price is reckoned.

    The model is in docs/engines/coverage.md; ``gap`` is the relative gap at which to stop. A ``time_limit`` (seconds)
    gives the best found with its bound. Raises ``ValueError`` on input that is wrong; too little time or too few
    people is no error, what they leave is in ``uncovered``.
    """
    began = time.monotonic()
    seconds, gap = positive("time_limit", time_limit), positive("gap", gap, zero=True)
    most, added = whole("priced", priced), None if extra is None else positive("extra", extra, zero=True)
    case = checked(
        need,
        specialists,
        travel=travel,
        hours=hours,
        longest=longest,
        faces=faces,
        known=known,
        weights=weights,
    )
    where = candidates(case, bases, longest) if most else {}
    until = began + seconds * (0.6 if where else 0.95)
    floor = floor_of(case)
    plan = solved(case, Effort(until, gap * floor, tell))
    plan = replace(plan, bound=max(plan.bound, min(plan.value, floor)))
    newcomer = _usual(case) if added is None else added
    effort = Effort(began + seconds * 0.95, gap * floor, tell)
    told = prices(case, plan, where, extra=newcomer, most=most, effort=effort) if where else ()
    return Team(
        members=np.nonzero(some(plan.visits, 1, 2))[0],
        hours=plan.hours,
        visits=plan.visits,
        uncovered=np.maximum(0.0, case.need - plan.hours.sum(axis=0)),
        prices=told,
        cost=plan.value,
        bound=plan.bound,
        proven=plan.value - plan.bound <= max(gap, EXACT) * max(1.0, plan.value),
        why=explained(case, plan, told),
    )


def _usual(case: Case) -> float:
    return float(np.median(case.free)) if case.free.size and math.isfinite(case.free.sum()) else 0.0
