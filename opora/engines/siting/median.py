"""Where to open p sites so that people travel least: the p-median, exact or with its proven distance from exact."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Vector, Whole, numbers, places, positive, whole
from opora.engines.common.reasons import N_
from opora.engines.siting.core import Answer, finish
from opora.engines.siting.dual import ROOT, Sites, climb, settle
from opora.engines.siting.lists import Flags, Lists, Problem, flat, length, nearest
from opora.engines.siting.result import Siting
from opora.engines.siting.swap import exchange, greedy, two
from opora.engines.siting.words import why_median

Tell = Callable[[int, int, str], None]
SEARCH = N_("Търсим добър избор на места")
STARTS = 5
PROVE = N_("Доказваме колко добър е изборът")


def p_median(
    distance: ArrayLike,
    weight: ArrayLike,
    p: int,
    *,
    fixed: Iterable[int] = (),
    forbidden: Iterable[int] = (),
    time_limit: float = 60,
    tell: Tell | None = None,
) -> Siting:
    """Choose exactly ``p`` sites so that Σ weight · distance to the nearest of them is least.

    ``distance[n, m]``: demand by site, zero or more, inf where a site cannot serve a demand; ``weight[n]``: people.
    ``fixed`` sites must open, ``forbidden`` must not. ``serves`` names the nearest open site, the lowest of equals;
    a demand of weight 0 decides nothing and may be served by nobody (−1). Cost and bound are in weight · distance;
    ``proven`` means that no plan is cheaper by more than a billionth (whole weights and distances: exactly none).
    ``time_limit`` seconds only stop the search: the best plan comes back with its bound. Raises ``ValueError`` for
    wrong input and when p sites cannot reach everybody. Method: docs/engines/siting.md.
    """
    began = time.monotonic()
    deadline = began + positive("time_limit", time_limit)
    problem = posed(distance, weight, p, fixed, forbidden)
    answer = (
        Answer(_first(problem), 0.0, 0.0)
        if not len(problem.rows)
        else _solved(problem, (began, deadline), tell)
    )
    serves = serving(problem.distance, answer.chosen)
    proven = answer.bound >= problem.target(answer.cost) and answer.cost < math.inf
    return Siting(
        open=np.flatnonzero(answer.chosen),
        serves=serves,
        cost=answer.cost,
        bound=answer.cost if proven else answer.bound,
        proven=proven,
        why=why_median(problem, answer, serves, proven),
    )


def posed(
    distance: ArrayLike, weight: ArrayLike, p: int, fixed: Iterable[int], forbidden: Iterable[int]
) -> Problem:
    """Check the input and put it as a problem. Raises ``ValueError``."""
    table = numbers("distance", distance, (None, None), infinite=True)
    n, m = table.shape
    people = numbers("weight", weight, (n,))
    must, never = flags("fixed", fixed, m), flags("forbidden", forbidden, m)
    p = whole("p", p, 1, m)
    choice(p, must, never)
    rows = np.flatnonzero(people > 0)
    _reachable(table, rows, ~never)
    most, integral = _scan(table, rows, people)
    return Problem(table, rows, people[rows], p, must, ~never, most + 1.0, integral and most < 2**52)


def flags(name: str, value: Iterable[int], size: int) -> Flags:
    """Mark the named places."""
    marked = np.zeros(size, dtype=bool)
    marked[places(name, value, size)] = True
    return marked


def choice(p: int, must: Flags, never: Flags) -> None:
    """Check that p sites can be chosen at all. Raises ``ValueError``."""
    if (must & never).any():
        raise ValueError(f"site {int(np.flatnonzero(must & never)[0])} is both fixed and forbidden")
    if must.sum() > p:
        raise ValueError(f"{int(must.sum())} sites are fixed, but only {p} may open")
    if (~never).sum() < p:
        raise ValueError(f"{p} sites must open, but only {int((~never).sum())} are not forbidden")


def _reachable(table: Vector, rows: Whole, allowed: Flags) -> None:
    alone = [i for i in rows if not np.isfinite(table[i, allowed]).any()]
    if alone:
        raise ValueError(
            f"no allowed site can serve the demands {', '.join(str(int(i)) for i in alone[:10])}"
        )


def _scan(table: Vector, rows: Whole, people: Vector) -> tuple[float, bool]:
    """Give Σ of the dearest cost of every demand, and whether all costs are whole numbers."""
    total, integral = 0.0, bool((people == np.rint(people)).all())
    for at in range(0, len(rows), 256):
        block = table[rows[at : at + 256]]
        integral = integral and bool((block == np.rint(block)).all())
        top = np.where(np.isfinite(block), block, 0.0).max(axis=1, initial=0.0)
        total += float((top * people[rows[at : at + 256]]).sum())
    return total, integral


def _first(problem: Problem) -> Flags:
    """When nobody asks: the fixed sites and the first others."""
    chosen = problem.fixed.copy()
    others = np.flatnonzero(problem.allowed & ~problem.fixed)
    chosen[others[: problem.p - int(problem.fixed.sum())]] = True
    return chosen


def _solved(problem: Problem, span: tuple[float, float], tell: Tell | None) -> Answer:
    began, deadline = span
    if problem.p - int(problem.fixed.sum()) == 1:
        return _last_one(problem)
    say: Tell = tell or (lambda done, total, note: None)
    say(0, 3, SEARCH)
    lists = nearest(problem, length(len(problem.rows), problem.sites, problem.p))
    least = float(np.minimum(lists.cost[:, 0], lists.cap).sum())
    chosen = greedy(lists, problem.p, problem.fixed, problem.allowed)
    chosen = _exchanged(problem, lists, chosen, began + (deadline - began) / 3)  # the bound needs time too
    if problem.value(chosen) >= problem.penalty:
        from opora.engines.siting.reaching import reach_all

        chosen = _exchanged(problem, lists, reach_all(problem, chosen, deadline), deadline)
    answer = Answer(chosen, problem.value(chosen), least)
    if answer.cost >= problem.penalty:
        return Answer(chosen, math.inf, least)
    say(1, 3, PROVE)
    answer = _proven(problem, lists, answer, deadline, say)
    say(3, 3, PROVE)
    return answer


def _last_one(problem: Problem) -> Answer:
    """One site beside the fixed ones: try them all."""
    fixed = np.flatnonzero(problem.fixed)
    have = problem.block(fixed).min(axis=1, initial=math.inf)[:, None]
    free = np.flatnonzero(problem.allowed & ~problem.fixed)
    parts = [
        np.minimum(problem.block(free[at : at + 256]), have).sum(axis=0) for at in range(0, len(free), 256)
    ]
    costs = np.concatenate(parts)
    chosen = problem.fixed.copy()
    chosen[free[costs.argmin()]] = True
    if not np.isfinite(costs.min()):
        raise ValueError(f"{problem.p} sites cannot reach everybody: at least {problem.p + 1} are needed")
    cost = problem.value(chosen)
    return Answer(chosen, cost, cost)


def _proven(problem: Problem, lists: Lists, answer: Answer, deadline: float, say: Tell) -> Answer:
    seen, tried = [answer], [answer.chosen][:0]

    def look(picked: Flags, turn: int, target: float, bound: float) -> float:
        if turn % 10 == 9 and two(lists, picked)[0].sum() < 1.02 * seen[-1].cost:
            tried.append(picked.copy())
            cost = problem.value(picked)
            if cost < seen[-1].cost * (1 - 1e-12):
                seen.append(Answer(picked.copy(), cost, answer.bound))
        return problem.target(seen[-1].cost)

    if answer.bound >= problem.target(answer.cost):
        return answer
    one, _, second = two(lists, answer.chosen)
    sites = Sites(problem.p, problem.fixed, problem.allowed)
    bound = climb(
        flat(lists),
        (one + second) / 2,
        sites,
        weight=problem.weight,
        target=problem.target(answer.cost),
        pace=ROOT,
        deadline=deadline,
        look=look,
    )
    answer = _polished(problem, lists, [*tried, bound.picked], seen[-1], deadline)
    answer = Answer(answer.chosen, answer.cost, max(answer.bound, min(bound.value, answer.cost)))
    say(2, 3, PROVE)
    if bound.value > problem.target(answer.cost) or time.monotonic() > deadline:
        return answer
    sites = settle(bound, sites, problem.target(answer.cost))
    return finish(problem, answer, bound, sites, deadline)


def _polished(problem: Problem, lists: Lists, tried: list[Flags], best: Answer, deadline: float) -> Answer:
    """Exchange from the plans that the bound passed through: the newest, then some of the others."""
    for chosen in tried[::-1][:: max(1, len(tried) // STARTS)]:
        if time.monotonic() > deadline:
            break
        other = _exchanged(problem, lists, chosen, deadline)
        cost = problem.value(other)
        if cost < best.cost * (1 - 1e-12):
            best = Answer(other, cost, best.bound)
    return best


def _exchanged(problem: Problem, lists: Lists, chosen: Flags, deadline: float) -> Flags:
    """The plan after exchanges, if the whole matrix agrees that it is better: short lists may be mistaken."""
    other = exchange(lists, chosen, problem.fixed, problem.allowed, deadline)
    return min(chosen, other, key=problem.value)


def serving(distance: Vector, chosen: Flags) -> Whole:
    """The nearest open site of every demand, the lowest of equals; −1 if none can serve it."""
    sites = np.flatnonzero(chosen)
    near = distance[:, sites]
    at = near.argmin(axis=1) if near.size else np.zeros(len(distance), np.int64)
    served: Whole = np.where(np.isfinite(near[np.arange(len(near)), at]), sites[at], -1)
    return served
