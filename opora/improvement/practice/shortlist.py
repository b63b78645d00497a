"""The shortlist as values: what ranks do under every reasonable weighting, with gaps and observers' error counted in.

Pure: marks in, places out; the engine `scoring` does the reckoning, this room says it in its own words. The panel decides.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from opora.engines.scoring import Acceptability, Award, Weights, award, explain, rank_acceptability

SAMPLES = 10_000
TOP = 4.0
DEFAULT_ERROR = 0.5
"""Standard error of a mark, in steps, where no indicator was marked by two."""


@dataclass(frozen=True)
class Criterion:
    """An indicator: code, title, its domain, and its share of the whole weight."""

    code: str
    title: str
    domain: str
    weight: float


@dataclass(frozen=True)
class Marked:
    """Marks of one service by indicator; None is a gap. `pairs`: what each of two observers gave, where both did."""

    key: str
    levels: Mapping[str, float | None]
    pairs: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Agreed:
    """What the council agreed before the marks were opened."""

    places: int
    spread: float
    short: float
    robust: float
    least_observed: float


@dataclass(frozen=True)
class Place:
    """Where one service stands. Shares are of reasonable weightings; None where it has no rank.

    `from_` and `to` are the places it shares: equal ones stand from 2 to 3, both.
    """

    key: str
    from_: int | None
    to: int | None
    score: float | None
    first: float | None
    among: float | None
    best: int | None
    worst: int | None
    standing: str
    listed: bool
    observed: float
    missing: tuple[str, ...]
    like: tuple[str, ...]
    domains: Mapping[str, float | None]

    @property
    def tied(self) -> bool:
        """Whether somebody stands at the very same place."""
        return self.from_ is not None and self.from_ != self.to


@dataclass(frozen=True)
class Ranking:
    """All places, surest first; the error of a mark by indicator; how many weightings were compared."""

    places: tuple[Place, ...]
    criteria: tuple[Criterion, ...]
    error: Mapping[str, float]
    samples: int
    acceptability: Acceptability | None
    keys: tuple[str, ...]

    def place(self, key: str) -> Place | None:
        """Of one service."""
        return next((one for one in self.places if one.key == key), None)


def observer_error(criteria: Sequence[Criterion], marked: Sequence[Marked]) -> dict[str, float]:
    """How far a final mark may be from what is there, by indicator: from the differences of the two observers.

    The final mark is the mean of two, so its standard error is half the root mean square of the differences. An indicator
    with fewer than three double marks takes the figure of all indicators together.
    """
    apart = {
        one.code: [a - b for service in marked for a, b in filter(None, [service.pairs.get(one.code)])]
        for one in criteria
    }
    together = [d for found in apart.values() for d in found]
    common = _half_rms(together) if together else DEFAULT_ERROR
    return {code: _half_rms(found) if len(found) >= 3 else common for code, found in apart.items()}


def _half_rms(differences: Sequence[float]) -> float:
    return math.sqrt(sum(d * d for d in differences) / len(differences)) / 2


def rank(
    criteria: Sequence[Criterion],
    marked: Sequence[Marked],
    agreed: Agreed,
    *,
    error: Mapping[str, float] | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Ranking:
    """Places of the services that passed the gates. Empty in, empty out. `error`: of a mark, where more is known than these."""
    error = observer_error(criteria, marked) if error is None else error
    keys = tuple(one.key for one in marked)
    if not marked or not criteria:
        return Ranking((), tuple(criteria), error, 0, None, keys)
    table = np.array([[_mark(one.levels.get(c.code)) for c in criteria] for one in marked], dtype=float)
    centre = np.array([c.weight for c in criteria])
    found = rank_acceptability(
        table,
        weights=Weights.around(centre, agreed.spread),
        samples=samples,
        seed=seed,
        observer_error=np.array([error[c.code] for c in criteria]),
        pairwise=True,
        least_observed=agreed.least_observed,
    )
    places = _Places(criteria, marked, table, found, agreed).all()
    return Ranking(places, tuple(criteria), error, found.samples, found, keys)


def _mark(level: float | None) -> float:
    return math.nan if level is None else float(level)


@dataclass(frozen=True)
class _Places:
    """What the engine found, turned into places."""

    criteria: Sequence[Criterion]
    marked: Sequence[Marked]
    table: np.ndarray
    found: Acceptability
    agreed: Agreed

    def all(self) -> tuple[Place, ...]:
        """In order."""
        proposed = award(self.found, self.agreed.places, short=self.agreed.short, robust=self.agreed.robust)
        return _ordered([self._place(i, proposed) for i in range(len(self.marked))])

    def _place(self, i: int, proposed: Award) -> Place:
        row, ranked = self.table[i], bool(self.found.ranked[i])
        low, high = (int(end) for end in self.found.interval()[i])
        missing = tuple(c.code for c, m in zip(self.criteria, row, strict=True) if np.isnan(m))
        like = _like(self.found, i, [one.key for one in self.marked], self.agreed.robust)
        return Place(
            key=self.marked[i].key, from_=None, to=None, score=mean(row, [c.weight for c in self.criteria]),
            first=_share(self.found.first[i]), among=_share(proposed.share[i]), best=low if ranked else None,
            worst=high if ranked else None, standing=proposed.standing[i], listed=i in proposed.shortlist,
            observed=float(self.found.observed[i]), missing=missing, like=like, domains=_domains(self.criteria, row),
        )  # fmt: skip


def mean(row: Sequence[float] | np.ndarray, weights: Sequence[float] | np.ndarray) -> float | None:
    """Weighted mean over what was marked; None where nothing was."""
    pairs = [(m, w) for m, w in zip(row, weights, strict=True) if not math.isnan(m)]
    total = sum(w for _m, w in pairs)
    return sum(m * w for m, w in pairs) / total if total else None


def _share(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _like(found: Acceptability, i: int, keys: Sequence[str], sure: float) -> tuple[str, ...]:
    """Services of which it cannot be said whether they are before or behind it."""
    if found.pairwise is None or not found.ranked[i]:
        return ()
    return tuple(
        keys[j]
        for j in range(len(keys))
        if j != i and found.ranked[j] and max(found.pairwise[i, j], found.pairwise[j, i]) < sure
    )


def _domains(criteria: Sequence[Criterion], row: np.ndarray) -> dict[str, float | None]:
    """Mean of each domain."""
    found: dict[str, float | None] = {}
    for domain in dict.fromkeys(c.domain for c in criteria):
        inside = [i for i, c in enumerate(criteria) if c.domain == domain]
        found[domain] = mean([row[i] for i in inside], [criteria[i].weight for i in inside])
    return found


def _ordered(drafts: Sequence[Place]) -> tuple[Place, ...]:
    """Surest first; equal in whole percent and in hundredths of a mark share their places."""
    ranked = sorted((one for one in drafts if one.among is not None), key=_key)
    found: list[Place] = []
    for one in ranked:
        before = sum(_key(other) < _key(one) for other in ranked)
        same = sum(_key(other) == _key(one) for other in ranked)
        found.append(_with(one, before + 1, before + same))
    return (*found, *(one for one in drafts if one.among is None))


def _key(one: Place) -> tuple[int, int, int]:
    return -round(100 * (one.among or 0)), -round(100 * (one.first or 0)), -round(100 * (one.score or 0))


def _with(one: Place, first: int, last: int) -> Place:
    return replace(one, from_=first, to=last)


def reasons(
    ranking: Ranking, key: str, names: Mapping[str, str], marked: Sequence[Marked], agreed: Agreed
) -> list[str]:
    """Why a service stands where it stands, in the engine's sentences."""
    if ranking.acceptability is None or key not in ranking.keys:
        return []
    table = [[_mark(one.levels.get(c.code)) for c in ranking.criteria] for one in marked]
    found = explain(
        ranking.acceptability,
        table,
        ranking.keys.index(key),
        names=[names[one] for one in ranking.keys],
        criteria=[c.title for c in ranking.criteria],
        k=agreed.places,
        most=TOP,
        least_observed=agreed.least_observed,
    )
    return [str(one) for one in found]
