"""What is asked: points as whole units, places, quotas as groups, and the order of the ranking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common import checks
from opora.engines.selection.lot import lot_number

Name = int | str
Quota = tuple[Iterable[int], int, int | None]
"""(members by position, least, most); ``most`` may be ``None``: no upper limit."""
GRID = 10**9
"""Points are compared after rounding to nine decimals."""


@dataclass(frozen=True)
class Group:
    """A quota on the admitted people: so many of the members at least and at most."""

    label: str
    members: frozenset[int]
    least: int
    most: float

    def breach(self, count: int) -> int:
        """How many people too few or too many ``count`` is."""
        return int(max(0, self.least - count, count - self.most))


@dataclass(frozen=True)
class Task:
    """A selection to be made.

    ``units`` are the points as whole numbers, from the lowest up, in steps of ``unit``, so that equal is equal.
    ``ranking`` holds the admitted people by points and, among equal points, by lot; ``places`` is at most their
    number (``wanted`` is what was asked for).
    """

    points: checks.Vector
    units: tuple[int, ...]
    unit: Fraction
    wanted: int
    places: int
    groups: tuple[Group, ...]
    ranking: tuple[int, ...]
    lots: tuple[str, ...]

    @property
    def rank(self) -> dict[int, int]:
        """Place in the ranking, from 1, of each admitted person."""
        return {person: at for at, person in enumerate(self.ranking, start=1)}

    def total(self, people: Iterable[int]) -> int:
        """Units of a set of people."""
        return sum(self.units[one] for one in people)

    def breach(self, people: Iterable[int]) -> int:
        """How many people the set is short of, or over, all the quotas together."""
        chosen = frozenset(people)
        return sum(group.breach(len(group.members & chosen)) for group in self.groups)


def task(
    points: ArrayLike | Sequence[Any],
    *,
    places: int,
    quotas: Iterable[Quota],
    seed: int | str,
    names: Sequence[Name] | None,
    excluded: Iterable[int],
    labels: Sequence[str] | None,
) -> Task:
    """Read the input of :func:`select` and :func:`certificate`. Raises ``ValueError``."""
    given = _listed(points)
    size, out = len(given), set(checks.places("excluded", excluded, len(given)).tolist())
    known = _names(names, size)
    grid = [0 if i in out else _grid(one, known[i]) for i, one in enumerate(given)]
    units, unit = _units(grid, out)
    lots = tuple(lot_number(_seed(seed), name) for name in known)
    admitted = [i for i in range(size) if i not in out]
    wanted = checks.whole("places", places)
    return Task(
        points=np.array([math.nan if i in out else float(one) for i, one in enumerate(given)]),
        units=units,
        unit=unit,
        wanted=wanted,
        places=min(wanted, len(admitted)),
        groups=_groups(quotas, size, frozenset(admitted), labels),
        ranking=tuple(sorted(admitted, key=lambda i: (-units[i], lots[i]))),
        lots=lots,
    )


def _listed(points: Any) -> list[Any]:
    listed = points.tolist() if isinstance(points, np.ndarray) else points
    if isinstance(listed, (str, bytes)) or not isinstance(listed, Iterable):
        raise ValueError(f"points must be one number per person, not {points!r}")
    return list(listed)


def _grid(value: Any, name: Name) -> int:
    """Points in steps of 1/GRID, exactly: floats are taken at their binary value and rounded once."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(
        value, (int, float, Decimal, Fraction, np.integer, np.floating)
    ):
        raise ValueError(f"points must be one number per person; {name} has {value!r}")
    if isinstance(value, (np.integer, np.floating)):
        value = value.item()
    if not math.isfinite(value):
        raise ValueError(f"the points of {name} are not a finite number; name whoever has none in excluded")
    return round(Fraction(value) * GRID)


def _units(grid: list[int], out: set[int]) -> tuple[tuple[int, ...], Fraction]:
    """Smallest whole numbers that keep all differences; exactly ``places`` are chosen, so the origin is free."""
    admitted = [one for i, one in enumerate(grid) if i not in out]
    base = min(admitted, default=0)
    step = math.gcd(*(one - base for one in admitted)) or GRID
    return tuple(0 if i in out else (one - base) // step for i, one in enumerate(grid)), Fraction(step, GRID)


def _names(names: Sequence[Name] | None, size: int) -> list[Name]:
    known: list[Name] = list(range(size)) if names is None else list(names)
    if len(known) != size:
        raise ValueError(f"there are {size} people and {len(known)} names")
    if len({str(one) for one in known}) != size:
        raise ValueError("names must be different, as the lot is drawn by name")
    return known


def _seed(seed: int | str) -> int | str:
    if isinstance(seed, bool) or not isinstance(seed, (int, str, np.integer)):
        raise ValueError(f"seed must be a whole number or a text, not {seed!r}")
    return seed


def _groups(
    quotas: Iterable[Quota], size: int, admitted: frozenset[int], labels: Sequence[str] | None
) -> tuple[Group, ...]:
    listed = list(quotas)
    words = [f"Квота {at}" for at in range(1, len(listed) + 1)] if labels is None else list(labels)
    if len(words) != len(listed):
        raise ValueError(f"there are {len(listed)} quotas and {len(words)} labels")
    return tuple(
        _group(one, word, at, size, admitted)
        for at, (one, word) in enumerate(zip(listed, words, strict=True))
    )


def _group(quota: Quota, label: str, at: int, size: int, admitted: frozenset[int]) -> Group:
    try:
        members, least, most = quota
    except (TypeError, ValueError):
        raise ValueError(f"quota {at} must be (members, least, most)") from None
    people = checks.places(f"members of quota {at}", members, size).tolist()
    low = checks.whole(f"least of quota {at}", least)
    high = math.inf if most is None or most == math.inf else checks.whole(f"most of quota {at}", most)
    if low > high:
        raise ValueError(f"quota {at} asks for at least {low} and at most {high}")
    return Group(label, frozenset(people) & admitted, low, high)
