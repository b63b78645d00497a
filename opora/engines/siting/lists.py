"""The nearest sites of every demand, weighted and sorted: what the search and the bound read instead of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.engines.common.checks import Vector, Whole

Flags = np.ndarray[Any, np.dtype[np.bool_]]
CHUNK = 256
MOST = 6_000_000
"""Most entries the lists hold in all; beyond it they are shorter and the bound weaker, still valid."""


@dataclass(frozen=True)
class Problem:
    """A p-median as the search sees it: demands of some weight only, forbidden sites left out.

    ``distance``: the caller's matrix, never copied whole. ``rows``: demands that count, with ``weight`` each.
    ``fixed`` and ``allowed`` mark sites. ``penalty`` is the cost of serving nobody: more than any plan that serves all.
    """

    distance: Vector
    rows: Whole
    weight: Vector
    p: int
    fixed: Flags
    allowed: Flags
    penalty: float
    integral: bool

    @property
    def sites(self) -> int:
        """How many sites there are, forbidden ones too."""
        return int(self.distance.shape[1])

    def target(self, best: float) -> float:
        """Bounds above this prove that nothing is better than ``best``: whole costs differ by one or more."""
        return best - 1 + 1e-6 if self.integral else best * (1 - 1e-9)

    def block(self, sites: Whole) -> Vector:
        """Weighted cost of every demand at these sites (rows × sites); inf where it cannot be served."""
        taken = self.distance[np.ix_(self.rows, sites)]
        return np.asarray(taken * self.weight[:, None])

    def value(self, chosen: Flags) -> float:
        """Cost of opening these sites; each demand that reaches none costs the penalty."""
        sites = np.flatnonzero(chosen)
        nearest = self.distance[np.ix_(self.rows, sites)].min(axis=1) * self.weight
        return float(np.where(np.isfinite(nearest), nearest, self.penalty).sum())


@dataclass(frozen=True)
class Lists:
    """``cols[n, k]`` the k nearest sites, ``cost[n, k]`` ascending, ``cap[n]`` what any other site costs at least.

    A place in a list beyond the sites that can serve holds the column ``sites`` (none) at the penalty.
    """

    cols: Whole
    cost: Vector
    cap: Vector
    sites: int


@dataclass(frozen=True)
class Entries:
    """Pairs (row, column, cost) by row; a pair not listed costs at least ``limit[row]`` or cannot matter."""

    rows: Whole
    cols: Whole
    cost: Vector
    limit: Vector
    sites: int

    def where(self, keep: Flags, limit: Vector | None = None) -> Entries:
        """Only these pairs."""
        return Entries(
            self.rows[keep],
            self.cols[keep],
            self.cost[keep],
            self.limit if limit is None else limit,
            self.sites,
        )


def added(at: Whole, values: Vector, size: int) -> Vector:
    """Σ of the values that fall on each of ``size`` places."""
    return np.asarray(np.bincount(at, values, size), dtype=np.float64)


def length(n: int, sites: int, p: int) -> int:
    """How long the lists are: six times the share of one site, within memory."""
    return max(1, min(sites, 6 * sites // p + 10, MOST // max(1, n)))


def nearest(problem: Problem, k: int) -> Lists:
    """Build the lists in blocks of rows."""
    n, sites = len(problem.rows), problem.sites
    cols, cost, cap = np.empty((n, k), np.intp), np.empty((n, k)), np.empty(n)
    for at in range(0, n, CHUNK):
        block = slice(at, at + CHUNK)
        near = problem.distance[problem.rows[block]]
        near[:, ~problem.allowed] = np.inf
        order = _smallest(near, k)
        cols[block], cost[block] = order[:, :k], np.take_along_axis(near, order[:, :k], 1)
        cap[block] = np.take_along_axis(near, order[:, -1:], 1)[:, 0]
    weighted, cap = cost * problem.weight[:, None], cap * problem.weight
    nobody = ~np.isfinite(cost)
    cols[nobody], weighted[nobody] = sites, problem.penalty
    return Lists(cols, weighted, np.where(np.isfinite(cap), cap, problem.penalty), sites)


def _smallest(near: Vector, k: int) -> Whole:
    """Columns of the k + 1 smallest of every row (k if there are no more), equal ones by number."""
    if k >= near.shape[1]:
        return np.argsort(near, axis=1, kind="stable")
    picked = np.sort(np.argpartition(near, k, axis=1)[:, : k + 1], axis=1)
    values = np.take_along_axis(near, picked, 1)
    order = np.argsort(values, axis=1, kind="stable")
    picked, values = np.take_along_axis(picked, order, 1), np.take_along_axis(values, order, 1)
    # Which of equal sites a partition keeps depends on the machine: sort such rows whole.
    tied = np.flatnonzero((near <= values[:, -1:]).sum(axis=1) > k + 1)
    picked[tied] = np.argsort(near[tied], axis=1, kind="stable")[:, : k + 1]
    return picked


def flat(lists: Lists) -> Entries:
    """The lists as pairs, without the places that serve nobody."""
    n, k = lists.cols.shape
    entries = Entries(
        np.repeat(np.arange(n), k), lists.cols.ravel(), lists.cost.ravel(), lists.cap, lists.sites
    )
    return entries if (entries.cols < lists.sites).all() else entries.where(entries.cols < lists.sites)
