"""What each chosen site is worth: who uses it, and what the plan costs if it must not open."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Vector, Whole
from opora.engines.common.reasons import N_, Reason, Value
from opora.engines.siting.lists import Problem
from opora.engines.siting.median import p_median, posed
from opora.engines.siting.result import Siting


@dataclass(frozen=True)
class Alternative:
    """One open site and the plan without it.

    ``people`` use it (weight). ``closer``: how much nearer it is for each of them than the next open site, on average.
    ``instead``: what opens in its place (several when all is chosen anew); ``price``: what that adds to the cost, inf
    if nothing can replace it; ``share``: price / cost. ``proven``: nothing cheaper exists without the site.
    """

    site: int
    people: float
    closer: float
    instead: tuple[int, ...]
    price: float
    share: float
    proven: bool
    why: tuple[Reason, ...] = ()


def alternatives(
    distance: ArrayLike,
    weight: ArrayLike,
    plan: Siting,
    *,
    fixed: Iterable[int] = (),
    forbidden: Iterable[int] = (),
    anew: bool = False,
    time_limit: float = 60,
) -> tuple[Alternative, ...]:
    """Price every open site of a p-median plan that is not fixed: what if it were forbidden?

    At first only the best exchange for one other site is priced (the others stay), so ``price`` is at most that. With
    ``anew`` the whole choice is made again without the site, ``time_limit`` seconds for each, and the price is exact
    when ``proven``. Raises ``ValueError`` as :func:`p_median` does.
    """
    fixed, forbidden = tuple(fixed), tuple(forbidden)
    problem = posed(distance, weight, len(plan.open), fixed, forbidden)
    priced = []
    for site in (int(one) for one in plan.open if one not in fixed):
        people, closer, instead, price = _exchanged(problem, plan.open, site)
        proven = False
        if anew and problem.allowed.sum() > problem.p:
            again = p_median(
                problem.distance,
                weight,
                problem.p,
                fixed=fixed,
                forbidden=(*forbidden, site),
                time_limit=time_limit,
            )
            instead = tuple(int(one) for one in np.setdiff1d(again.open, plan.open))
            price, proven = again.cost - plan.cost, again.proven
        share = price / plan.cost if plan.cost > 0 else (math.inf if price > 0 else 0.0)
        found = Alternative(site, people, closer, instead, price, share, proven)
        priced.append(replace(found, why=_why(found)))
    return tuple(priced)


def _exchanged(problem: Problem, opened: Whole, site: int) -> tuple[float, float, tuple[int, ...], float]:
    """People of the site, how much closer it is, the best single replacement and its price."""
    others = opened[opened != site]
    now = problem.block(opened).min(axis=1)
    without = problem.block(others).min(axis=1, initial=math.inf)
    mine = np.flatnonzero(without > now)
    people = float(problem.weight[mine].sum())
    lost = float((without[mine] - now[mine]).sum())
    closed = np.flatnonzero(problem.allowed & ~np.isin(np.arange(problem.sites), opened))
    closer = lost / people if people else 0.0
    if not len(closed):
        return people, closer, (), math.inf
    totals = _totals(problem, closed, without)
    best = int(totals.argmin())
    price = float(totals[best] - now.sum())
    return people, closer, (int(closed[best]),) if math.isfinite(price) else (), price


def _totals(problem: Problem, closed: Whole, without: Vector) -> Vector:
    """Cost of the plan with each closed site in place of the one taken away, in blocks of sites."""
    parts = [
        np.minimum(problem.block(closed[at : at + 256]), without[:, None]).sum(axis=0)
        for at in range(0, len(closed), 256)
    ]
    return np.concatenate(parts)


def _why(found: Alternative) -> tuple[Reason, ...]:
    users: dict[str, Value] = {"site": found.site, "people": found.people}
    if math.isfinite(found.closer):
        nearer = N_(
            "Място {site} е най-близо за {people} души. Следващото е средно с {closer} по-далеч за тях."
        )
        gains = Reason(nearer, {**users, "closer": found.closer}, "for")
    else:
        only = N_("Място {site} е най-близо за {people} души. За някои от тях друго отворено място няма.")
        gains = Reason(only, users, "for")
    if not math.isfinite(found.price):
        return gains, Reason(N_("Нищо не може да замени място {site}."), {"site": found.site}, "for")
    template = N_("Ако място {site} отпадне, се отваря {instead}. Общото разстояние расте с {percent} %.")
    values: dict[str, Value] = {
        "site": found.site,
        "instead": ", ".join(str(one) for one in found.instead),
        "percent": (100 * found.share, 2),
    }
    return gains, Reason(template, values, "change")
