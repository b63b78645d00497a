"""What changed at services that took a practice over, beside services that did not, and how sure that is.

Pure. Two numbers per group and the doubt around them; no claim that the practice did it: services chose it themselves.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 4000
EXACT = 5000
"""Up to so many groups of the same size all are looked at; above it so many are drawn."""


@dataclass(frozen=True)
class Pair:
    """One service: levels by indicator before and after; `adopter` took the practice over in between."""

    key: str
    adopter: bool
    before: Mapping[str, float]
    after: Mapping[str, float]


@dataclass(frozen=True)
class Line:
    """One indicator or domain. Means over services known both times; `low`, `high` only where there are enough adopters.

    `as_great`: share of equally large groups of services whose change would stand out as much by chance alone; None
    where there is nothing to compare.
    """

    name: str
    adopters: int
    others: int
    adopters_before: float | None
    adopters_after: float | None
    others_before: float | None
    others_after: float | None
    difference: float | None
    low: float | None
    high: float | None
    as_great: float | None

    @property
    def adopters_change(self) -> float | None:
        """After less before."""
        return _less(self.adopters_after, self.adopters_before)

    @property
    def others_change(self) -> float | None:
        """After less before."""
        return _less(self.others_after, self.others_before)


def _less(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def compare(
    pairs: Sequence[Pair], parts: Mapping[str, Sequence[str]], *, least: int = 3, seed: int = 0
) -> list[Line]:
    """A line for each part (name → codes of indicators). `least`: adopters from which an interval is written."""
    return [_line(name, pairs, codes, least, seed) for name, codes in parts.items()]


def _line(name: str, pairs: Sequence[Pair], codes: Sequence[str], least: int, seed: int) -> Line:
    known = [(p.adopter, *both) for p in pairs if (both := _means(p, codes)) is not None]
    mine = [(b, a) for adopter, b, a in known if adopter]
    rest = [(b, a) for adopter, b, a in known if not adopter]
    changes, others = _changes(mine), _changes(rest)
    difference = float(changes.mean() - others.mean()) if len(changes) and len(others) else None
    low, high = (None, None)
    if difference is not None and len(changes) >= least and len(others) >= least:
        low, high = _interval(changes, others, seed)
    return Line(
        name, len(mine), len(rest), *_mean(mine), *_mean(rest), difference, low, high,
        None if difference is None else _by_chance(changes, others, seed),
    )  # fmt: skip


def _means(pair: Pair, codes: Sequence[str]) -> tuple[float, float] | None:
    """Mean before and after over the indicators known both times."""
    both = [code for code in codes if code in pair.before and code in pair.after]
    if not both:
        return None
    return sum(pair.before[c] for c in both) / len(both), sum(pair.after[c] for c in both) / len(both)


def _changes(rows: Sequence[tuple[float, float]]) -> np.ndarray:
    return np.array([after - before for before, after in rows], dtype=float)


def _mean(rows: Sequence[tuple[float, float]]) -> tuple[float | None, float | None]:
    if not rows:
        return None, None
    return sum(b for b, _a in rows) / len(rows), sum(a for _b, a in rows) / len(rows)


def _interval(changes: np.ndarray, others: np.ndarray, seed: int) -> tuple[float, float]:
    """95 of 100: services drawn anew with replacement from each group (percentile bootstrap)."""
    random = np.random.default_rng(seed)
    mine = random.choice(changes, (DRAWS, len(changes))).mean(axis=1)
    rest = random.choice(others, (DRAWS, len(others))).mean(axis=1)
    low, high = np.quantile(mine - rest, [0.025, 0.975])
    return float(low), float(high)


def _by_chance(changes: np.ndarray, others: np.ndarray, seed: int) -> float:
    """Share of all ways to name as many services adopters that give a difference as great or greater in size."""
    everything = np.concatenate([changes, others])
    size, total = len(changes), everything.sum()
    found = abs(changes.mean() - others.mean())
    if math.comb(len(everything), size) <= EXACT:
        groups = np.array(
            [everything[list(g)].sum() for g in itertools.combinations(range(len(everything)), size)]
        )
    else:
        random = np.random.default_rng([seed, 1])
        orders = random.permuted(np.tile(everything, (EXACT, 1)), axis=1)
        groups = orders[:, :size].sum(axis=1)
    means = groups / size - (total - groups) / (len(everything) - size)
    return float((np.abs(means) >= found - 1e-12).mean())
