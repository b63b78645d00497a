"""A good plan quickly: greedy opening, then the best exchange of one open site for one closed, until none helps.

Resende and Werneck (2007), "A fast swap-based local search procedure for location problems": the profit of every
exchange is gain(in) − loss(out) + extra(in, out), and extra is not zero only for pairs that share a demand.
"""

from __future__ import annotations

import time

import numpy as np

from opora.engines.common.checks import Vector, Whole
from opora.engines.siting.lists import Flags, Lists, added


def two(lists: Lists, chosen: Flags) -> tuple[Vector, Whole, Vector]:
    """Cost at the nearest open site, that site (−1 if none is listed), cost at the second nearest; by the lists."""
    hit = np.append(chosen, False)[lists.cols]
    at = np.arange(len(hit))
    first = hit.argmax(axis=1)
    found = hit[at, first]
    one = np.where(found, lists.cost[at, first], lists.cap)
    site = np.where(found, lists.cols[at, first], -1)
    hit[at, first] = False
    second = hit.argmax(axis=1)
    return one, site, np.where(hit[at, second], lists.cost[at, second], lists.cap)


def greedy(lists: Lists, p: int, fixed: Flags, allowed: Flags) -> Flags:
    """Open one site after another, each time where it saves most; equal savings by number."""
    chosen = fixed.copy()
    now = two(lists, chosen)[0]
    saved = _saving(lists, np.arange(len(now)), now)
    flat = lists.cols.ravel()
    order = np.argsort(flat, kind="stable")
    starts = np.searchsorted(flat[order], np.arange(lists.sites + 1))
    for _ in range(p - int(fixed.sum())):
        site = int(np.where(chosen | ~allowed, -np.inf, saved).argmax())
        chosen[site] = True
        at = order[starts[site] : starts[site + 1]]
        rows, cost = at // lists.cols.shape[1], lists.cost.ravel()[at]
        nearer = cost < now[rows]
        rows, cost = rows[nearer], cost[nearer]
        saved -= _saving(lists, rows, now[rows]) - _saving(lists, rows, cost)
        now[rows] = cost
    return chosen


def _saving(lists: Lists, rows: Whole, now: Vector) -> Vector:
    """What opening each site would save these rows, which pay ``now``."""
    gain = np.maximum(now[:, None] - lists.cost[rows], 0.0)
    return added(lists.cols[rows].ravel(), gain.ravel(), lists.sites + 1)[: lists.sites]


def exchange(lists: Lists, chosen: Flags, fixed: Flags, allowed: Flags, deadline: float) -> Flags:
    """Make the best exchange while one helps; the first of equals by number of the new, then of the old site."""
    chosen = chosen.copy()
    while time.monotonic() < deadline:
        better = best_exchange(lists, chosen, fixed, allowed)
        if better is None:
            break
        chosen[list(better)] = True, False
    return chosen


def best_exchange(lists: Lists, chosen: Flags, fixed: Flags, allowed: Flags) -> tuple[int, int] | None:
    """The site to open and the site to close, or ``None`` if no exchange saves anything."""
    one, site, second = two(lists, chosen)
    profit, new, old = _profits(lists, chosen, fixed, allowed, (one, site, second))
    if profit.size == 0:
        return None
    best = int(profit.argmax())
    if profit.flat[best] <= 1e-9 * max(one.sum(), 1e-300):
        return None
    return int(new[best // len(old)]), int(old[best % len(old)])


def _profits(
    lists: Lists, chosen: Flags, fixed: Flags, allowed: Flags, state: tuple[Vector, Whole, Vector]
) -> tuple[Vector, Whole, Whole]:
    one, site, second = state
    old = np.flatnonzero(chosen & ~fixed)
    place = np.full(lists.sites + 1, -1)
    place[old] = np.arange(len(old))
    home = np.where(site >= 0, place[site], -1)
    loss = added(home[home >= 0], (second - one)[home >= 0], len(old))
    rows, cols, cost = _cheaper(lists, second)
    gain = added(cols, np.maximum(one[rows] - cost, 0.0), lists.sites + 1)
    new = np.flatnonzero((gain[: lists.sites] > 0) & allowed & ~chosen)
    if not len(new) or not len(old):
        return np.empty((0, 0)), new, old
    row_of = np.full(lists.sites + 1, -1)
    row_of[new] = np.arange(len(new))
    both = (home[rows] >= 0) & (row_of[cols] >= 0)
    rows, cols, cost = rows[both], cols[both], cost[both]
    extra = added(
        row_of[cols] * len(old) + home[rows],
        second[rows] - np.maximum(one[rows], cost),
        len(new) * len(old),
    )
    return gain[new][:, None] - loss[None] + extra.reshape(len(new), len(old)), new, old


def _cheaper(lists: Lists, than: Vector) -> tuple[Whole, Whole, Vector]:
    """Pairs of the lists that cost less than ``than[row]``."""
    mask = lists.cost < than[:, None]
    width = max(1, int(mask.sum(axis=1).max(initial=0)))
    rows, at = np.nonzero(mask[:, :width])
    return rows, lists.cols[rows, at], lists.cost[rows, at]
