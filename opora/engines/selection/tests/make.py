"""Instances of selection, and the oracles: every set tried, and an independent program in scipy."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import optimize, sparse

QuotaList = list[tuple[list[int], int, int | None]]


class Case(NamedTuple):
    """People with points and quotas."""

    points: list[float]
    places: int
    quotas: QuotaList


def employees(
    seed: int = 1, people: int = 318, places: int = 84, regions: int = 28, third: bool = False
) -> Case:
    """Employees of two bodies in the regions, points in halves; at least 2 and at most 5 from a region.

    ``third`` adds four age groups, which cross both.
    """
    random = np.random.default_rng(seed)
    region = np.concatenate([np.arange(regions).repeat(2), random.integers(0, regions, people)])[:people]
    body = random.integers(0, 2, people)
    age = random.integers(0, 4, people)
    points = np.clip(np.round(random.normal(65, 12, people) * 2) / 2, 0, 100)
    quotas: QuotaList = [(np.flatnonzero(region == r).tolist(), 2, 5) for r in range(regions)]
    quotas += [(np.flatnonzero(body == b).tolist(), places // 3, None) for b in range(2)]
    if third:
        quotas += [(np.flatnonzero(age == a).tolist(), places // 6, places // 3) for a in range(4)]
    return Case(points.tolist(), places, quotas)


def breach(quotas: Iterable[tuple[Sequence[int], int, int | None]], chosen: Iterable[int]) -> int:
    """How many people too few or too many in all quotas together."""
    inside = set(chosen)
    total = 0
    for members, least, most in quotas:
        count = len(inside & set(members))
        total += max(0, least - count) + max(0, count - (count if most is None else most))
    return total


def every_best(case: Case) -> list[frozenset[int]]:
    """All best sets, by trying every one."""
    size = len(case.points)
    sets = [frozenset(one) for one in itertools.combinations(range(size), min(case.places, size))]
    keys = [(breach(case.quotas, one), -round(sum(case.points[i] for i in one), 6)) for one in sets]
    return [one for one, key in zip(sets, keys, strict=True) if key == min(keys)]


def best_total(case: Case) -> float:
    """The most points with all quotas kept, by scipy's own solver; nan if they cannot be kept."""
    size = len(case.points)
    member = sparse.lil_array((len(case.quotas) + 1, size))
    member[0] = 1
    for at, (members, _, _) in enumerate(case.quotas, start=1):
        member[at, members] = 1
    low = [case.places, *(least for _, least, _ in case.quotas)]
    high = [case.places, *(np.inf if most is None else most for _, _, most in case.quotas)]
    found = optimize.milp(
        -np.array(case.points),
        integrality=1,
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(member.tocsr(), low, high),
        options={"mip_rel_gap": 0},
    )
    return float("nan") if found.x is None else float(np.array(case.points)[found.x > 0.5].sum())
