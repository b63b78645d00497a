"""Which weightings are reasonable, and drawing them uniformly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Matrix, Vector, numbers, places, positive

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True)
class Weights:
    """Bounds of every weight, or an order of importance; weights add up to 1.

    ``low``, ``high``: one number for all criteria, or m. ``order``: positions of criteria from the most to the least
    important; a group in brackets means „these are not ordered among themselves, but none is below the next“:
    ``order=[2, [0, 1]]``. All m must be named. Bounds and an order are not given together.
    """

    low: ArrayLike = 0.0
    high: ArrayLike = 1.0
    order: Sequence[int | Sequence[int]] = ()

    @classmethod
    def around(cls, centre: ArrayLike, share: float = 0.25) -> Weights:
        """Every weight at most ``share`` of itself below or above ``centre``; the centre is made to add up to 1."""
        middle = _normal("centre", numbers("centre", centre, (None,)))
        part = positive("share", share, zero=True)
        return cls(np.maximum(0.0, middle * (1 - part)), np.minimum(1.0, middle * (1 + part)))


def draw(
    weights: Weights | ArrayLike | tuple[ArrayLike, ArrayLike] | None,
    criteria: int,
    samples: int,
    seed: int = 0,
) -> Matrix:
    """Give weightings [samples, m], each uniform on what ``weights`` allows and adding up to 1 (to rounding).

    ``None``: the whole simplex. :class:`Weights`: bounds or an order. A tuple ``(low, high)``: bounds. A vector [m]:
    this weighting alone, ``samples`` times. A table [k, m]: these, as they are, whatever ``samples`` says. Weights given
    as numbers need not add up to 1. Raises ``ValueError``.
    """
    if isinstance(weights, tuple):
        if len(weights) != 2:
            raise ValueError("weights as a tuple must be two: the least and the greatest of every weight")
        weights = Weights(*weights)
    if weights is None:
        weights = Weights()
    if not isinstance(weights, Weights):
        return _given(weights, criteria, samples)
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 1])))
    return _drawn(weights, criteria, samples, generator)


def middle(weights: Any, drawn: Matrix) -> Vector:
    """The mean weighting [m]: exactly where it is known (all of the simplex, an order, bounds around a centre), else that
    of the drawn ones."""
    criteria = drawn.shape[1]
    allowed = Weights() if weights is None else Weights(*weights) if isinstance(weights, tuple) else weights
    if not isinstance(allowed, Weights):
        return np.asarray(drawn.mean(axis=0))
    if len(allowed.order):
        return _middle_of_order(_groups(allowed.order), criteria)
    low, high = (_bound(name, getattr(allowed, name), criteria) for name in ("low", "high"))
    if (low == low[0]).all() and (high == high[0]).all():
        return np.full(criteria, 1 / criteria)
    between = (low + high) / 2
    return between if math.isclose(between.sum(), 1.0, abs_tol=1e-12) else np.asarray(drawn.mean(axis=0))


def _middle_of_order(groups: list[list[int]], criteria: int) -> Vector:
    """The k-th greatest of m uniform parts has the mean (1/k + … + 1/m)/m; a group shares evenly."""
    size = np.cumsum(1 / np.arange(criteria, 0, -1))[::-1] / criteria
    out, begun = np.empty(criteria), 0
    for group in groups:
        out[group] = size[begun : begun + len(group)].mean()
        begun += len(group)
    return out


def _groups(order: Iterable[Any]) -> list[list[int]]:
    return [[one] if np.ndim(one) == 0 else list(one) for one in order]


def _given(weights: ArrayLike, criteria: int, samples: int) -> Matrix:
    if np.ndim(weights) == 1:
        one = numbers("weights", weights, (criteria,))
        return np.broadcast_to(_normal("weights", one), (samples, criteria))
    table = numbers("weights", weights, (None, criteria))
    if not len(table):
        raise ValueError("weights must hold at least one weighting")
    return _normal("weights", table)


def _normal(name: str, table: Matrix) -> Matrix:
    total = table.sum(axis=-1, keepdims=True)
    if (total <= 0).any():
        raise ValueError(f"{name} must not be zero for every criterion")
    # Whoever gives 0.2, 0.3, 0.5 gets exactly these back.
    return table if bool(np.all(np.abs(total - 1) < 1e-12)) else np.divide(table, total)


def _drawn(weights: Weights, criteria: int, samples: int, generator: Generator) -> Matrix:
    low, high = (_bound(name, getattr(weights, name), criteria) for name in ("low", "high"))
    _feasible(low, high)
    if len(weights.order):
        if low.any() or (high < 1).any():
            raise ValueError("weights are given by bounds or by an order of importance, not by both")
        return _ordered(weights.order, criteria, samples, generator)
    if criteria == 1 or math.isclose(low.sum(), 1.0, abs_tol=1e-12):
        return np.tile(low if criteria > 1 else np.ones(1), (samples, 1))
    if math.isclose(high.sum(), 1.0, abs_tol=1e-12):
        return np.tile(high, (samples, 1))
    if (high >= 1 - low.sum() + low - 1e-12).all():
        return np.asarray(low + (1 - low.sum()) * simplex(criteria, samples, generator))
    return _within(low, high, samples, generator)


def _bound(name: str, value: ArrayLike, criteria: int) -> Vector:
    if np.ndim(value) == 0:
        return numbers(name, np.full(criteria, value, dtype=float), (criteria,))
    return numbers(name, value, (criteria,))


def _feasible(low: Vector, high: Vector) -> None:
    if (low > high).any():
        raise ValueError(f"the least weight of criterion {int(np.argmax(low > high))} is above its greatest")
    if low.sum() > 1 + 1e-12:
        raise ValueError(f"the least weights add up to {low.sum():.4g}, which is more than 1")
    if high.sum() < 1 - 1e-12:
        raise ValueError(f"the greatest weights add up to {high.sum():.4g}, which is less than 1")


def simplex(criteria: int, samples: int, generator: Generator) -> Matrix:
    """Give points uniform on the simplex: the gaps between sorted uniform cuts of a stick.

    Each cut takes every one of ``samples`` equal slices once (Latin hypercube): never noticeably worse than independent
    draws, and with two criteria the error is 1/samples instead of 1/√samples. Only sorting and subtraction: the same
    on any machine.
    """
    cuts = np.empty((samples, criteria + 1))
    cuts[:, 0], cuts[:, -1] = 0.0, 1.0
    for place in range(1, criteria):
        cuts[:, place] = (generator.permutation(samples) + generator.random(samples)) / samples
    cuts[:, 1:-1].sort(axis=1)
    return np.diff(cuts, axis=1)


def _ordered(order: Iterable[Any], criteria: int, samples: int, generator: Generator) -> Matrix:
    """Sort uniform points and give them out by importance; inside a group by lot."""
    groups = _groups(order)
    named = places("order", [one for group in groups for one in group], criteria)
    if len(named) != criteria:
        raise ValueError(f"order names {len(named)} criteria of {criteria}")
    sizes = -np.sort(-simplex(criteria, samples, generator), axis=1)
    begun = 0
    for group in groups:
        part = sizes[:, begun : begun + len(group)]
        if len(group) > 1:
            sizes[:, begun : begun + len(group)] = generator.permuted(part, axis=1)
        begun += len(group)
    out = np.empty_like(sizes)
    out[:, named] = sizes
    return out


def _within(low: Vector, high: Vector, samples: int, generator: Generator) -> Matrix:
    """Uniform on {low ≤ w ≤ high, Σw = 1}, exactly, by rejection.

    All weights but the widest are drawn from e^(−tilt·w) between their bounds; the widest is what is left to 1. On Σw = 1
    the product of the densities is constant, so keeping a point with chance e^(−tilt·(last − its bound)) makes it
    uniform. The tilt that makes the mean sum 1 keeps about 1 in √m.
    """
    last = int(np.argmax(high - low))
    others = np.delete(np.arange(len(low)), last)
    tilt = _tilt(low, high)
    favoured = low[last] if tilt > 0 else high[last]
    found: list[Matrix] = []
    wanted, block = samples, max(1000, 4 * samples)
    for _ in range(1000):
        points = np.empty((block, len(low)))
        points[:, others] = _tilted(generator.random((block, len(others))), low[others], high[others], tilt)
        points[:, last] = 1 - points[:, others].sum(axis=1)
        inside = (points[:, last] >= low[last]) & (points[:, last] <= high[last])
        chance = np.exp(np.minimum(0.0, -tilt * (points[:, last] - favoured)))
        kept = points[inside & (generator.random(block) < chance)]
        found.append(kept[:wanted])
        wanted -= len(found[-1])
        if not wanted:
            return np.concatenate(found)
    raise ValueError("the bounds leave almost no weighting; widen them or give weightings as a table")


def _tilt(low: Vector, high: Vector) -> float:
    """The tilt at which the mean weights add up to 1, by halving."""
    left, right = -1.0, 1.0
    scale = 1 / max(1e-12, float((high - low).max()))
    while _mean(low, high, left * scale) < 1 and left > -1e6:
        left *= 2
    while _mean(low, high, right * scale) > 1 and right < 1e6:
        right *= 2
    for _ in range(60):
        middle = (left + right) / 2
        left, right = (middle, right) if _mean(low, high, middle * scale) > 1 else (left, middle)
    return (left + right) / 2 * scale


def _mean(low: Vector, high: Vector, tilt: float) -> float:
    """Sum of the means of e^(−tilt·w) between the bounds; beside zero the midpoint and its first correction."""
    width = high - low
    slope = tilt * width
    small = np.abs(slope) < 1e-4
    safe = np.where(small, 1.0, np.clip(slope, -500, 500))
    share = np.where(small, 0.5 - slope / 12, 1 / safe - 1 / np.expm1(safe))
    return float((low + width * share).sum())


def _tilted(cut: Matrix, low: Vector, high: Vector, tilt: float) -> Matrix:
    """Points of density e^(−tilt·w) between the bounds, from uniform numbers."""
    width = high - low
    slope = tilt * width
    small = np.abs(slope) < 1e-9
    safe = np.where(small, 1.0, np.clip(slope, -500, 500))
    share = np.where(small, cut, -np.log1p(cut * np.expm1(-safe)) / safe)
    return np.asarray(low + width * np.clip(share, 0.0, 1.0))
