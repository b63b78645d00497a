"""What people can reach: the enhanced two-step floating catchment area (Luo and Qi 2009)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Vector, Whole, numbers, positive
from opora.engines.common.reasons import N_, Reason
from opora.engines.siting.lists import added


@dataclass(frozen=True)
class Access:
    """``score[n]``: places for one person of each demand. ``ratio[m]``: places of each site for one person near it.

    ``reached`` = Σ demand · score, the supply somebody can use; ``unreached`` the rest, of sites with nobody near.
    """

    score: Vector
    ratio: Vector
    reached: float
    unreached: float
    why: tuple[Reason, ...] = ()


def accessibility(
    distance: ArrayLike, demand: ArrayLike, supply: ArrayLike, zones: Sequence[tuple[float, float]]
) -> Access:
    """Share every site's supply among the people near it, then add up what each can reach.

    ``distance[n, m]``, inf where there is no way; ``demand[n]`` people, ``supply[m]`` places; ``zones``: (radius,
    weight) with radii growing and weights between 0 and 1 not growing; a pair at the radius itself is inside.
    R_j = S_j / Σ_i D_i W_ij, A_i = Σ_j R_j W_ij, so Σ D·A is the supply of the sites with somebody near; a site with
    nobody near has ratio 0 and its supply is in ``unreached``. Raises ``ValueError``.
    """
    table = numbers("distance", distance, (None, None), infinite=True)
    people = numbers("demand", demand, (table.shape[0],))
    places = numbers("supply", supply, (table.shape[1],))
    rows, cols, near = _near(table, _zones(zones))
    crowd = added(cols, people[rows] * near, len(places))
    ratio = np.divide(places, crowd, out=np.zeros(len(places)), where=crowd > 0)
    score = added(rows, near * ratio[cols], len(people))
    reached = float(places[crowd > 0].sum())
    unreached = float(places[crowd <= 0].sum())
    return Access(score, ratio, reached, unreached, _why(people, score, unreached))


def _zones(zones: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    listed = [tuple(one) for one in zones]
    if not listed or any(len(one) != 2 for one in listed):
        raise ValueError("zones must be pairs of a radius and a weight, at least one")
    checked = [
        (positive("a radius", radius, zero=True), positive("a weight", weight, zero=True))
        for radius, weight in listed
    ]
    for (radius, weight), (wider, less) in pairwise(checked):
        if wider <= radius or less > weight:
            raise ValueError("zones must go outwards: each radius larger, each weight not larger")
    if checked[0][1] > 1:
        raise ValueError("weights of zones must be at most 1")
    return checked


def _near(table: Vector, zones: list[tuple[float, float]]) -> tuple[Whole, Whole, Vector]:
    """Pairs within the widest zone and the weight of each; most pairs are farther and never looked at again."""
    radii = np.array([radius for radius, _ in zones])
    weights = np.array([weight for _, weight in zones])
    at = np.flatnonzero(table <= radii[-1])
    rows, cols = np.divmod(at, max(1, table.shape[1]))
    return rows, cols, weights[np.searchsorted(radii, table.ravel()[at], side="left")]


def _why(people: Vector, score: Vector, unreached: float) -> tuple[Reason, ...]:
    without = float(people[score <= 0].sum())
    total = float(people.sum())
    mean = float((people * score).sum()) / total if total else math.nan
    said = (
        [Reason(N_("На 1000 души се падат средно {rate} достъпни места."), {"rate": 1000 * mean})]
        if total
        else []
    )
    if without:
        said.append(
            Reason(N_("Нито едно място не е достъпно за {people} души."), {"people": without}, "against")
        )
    if unreached:
        said.append(
            Reason(N_("Наблизо няма никого до {places} от местата."), {"places": unreached}, "against")
        )
    return tuple(said)
