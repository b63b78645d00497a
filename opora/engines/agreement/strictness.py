"""Who marks more strictly or more mildly, from units that several observers marked."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.agreement.paired import pair, read
from opora.engines.common.checks import Matrix, Vector, Whole
from opora.engines.common.reasons import N_, Reason, Value

Verdict = Literal["stricter", "milder", "alike", "unknown"]


@dataclass(frozen=True)
class Severity:
    """What each observer adds to a mark, all arrays with one place per observer.

    ``shift`` in steps of the scale against the mean of the observers compared with them (above 0: gives more);
    ``error`` its standard error; ``low`` and ``high`` limits that hold for all observers together; ``shared`` units
    marked with somebody else; ``group`` observers compared directly or through others share a number (−1: with nobody);
    ``verdict`` by the limits. nan and ``unknown`` where nothing can be said.
    """

    shift: Vector
    error: Vector
    low: Vector
    high: Vector
    shared: Whole
    group: Whole
    verdict: tuple[Verdict, ...]

    def why(self, names: tuple[str, ...] = ()) -> tuple[Reason, ...]:
        """One sentence per observer."""
        return tuple(self._sentence(o, names[o] if names else str(o + 1)) for o in range(len(self.shift)))

    def _sentence(self, observer: int, name: str) -> Reason:
        verdict = self.verdict[observer]
        values: dict[str, Value] = {
            "name": name,
            "by": (abs(float(self.shift[observer])), 2),
            "low": (float(self.low[observer]), 2),
            "high": (float(self.high[observer]), 2),
            "shared": int(self.shared[observer]),
        }
        return Reason(_SAID[verdict], values, "unknown" if verdict == "unknown" else "fact")


_SAID = {
    "stricter": N_(
        "{name} оценява средно с {by} по-строго от другите. Разликата е между {low} и {high}; общи обекти: {shared}."
    ),
    "milder": N_(
        "{name} оценява средно с {by} по-меко от другите. Разликата е между {low} и {high}; общи обекти: {shared}."
    ),
    "alike": N_("{name} оценява като другите. Разликата е между {low} и {high}; общи обекти: {shared}."),
    "unknown": N_("За {name} не може да се каже: общите обекти са {shared} и не стигат."),
}


def severity(marks: ArrayLike, *, sure: float = 0.95) -> Severity:
    """Tell how much stricter or milder each observer of ``marks[observers, units]`` is, on shared units only.

    Least squares of mark = unit + observer, so that an observer who was sent to weaker units is not called strict. The
    limits are t-limits of that model, widened (Bonferroni) so that with the chance ``sure`` they hold for all observers
    together. Marks count as numbers with equal steps. Raises ``ValueError``.
    """
    array = read(marks)
    if not 0 < sure < 1:
        raise ValueError(f"sure must be between 0 and 1, not {sure}")
    shared = _shared(array)
    group = _groups(shared)
    shift, error = np.full((2, len(array)), np.nan)
    freedom = np.zeros(len(array))
    for one in range(group.max() + 1):
        members = np.flatnonzero(group == one)
        shift[members], error[members], freedom[members] = _fit(array[members])
    reach = np.array([_quantile(sure, int((group >= 0).sum()), f) for f in freedom]) * error
    low, high = shift - reach, shift + reach
    counted = np.where(~np.isnan(array), (~np.isnan(array)).sum(axis=0) > 1, False).sum(axis=1)
    return Severity(shift, error, low, high, counted, group, tuple(map(_verdict, low, high)))


def _verdict(low: float, high: float) -> Verdict:
    if np.isnan(low):
        return "unknown"
    return "milder" if low > 0 else "stricter" if high < 0 else "alike"


def _shared(array: Matrix) -> Whole:
    known = (~np.isnan(array)).astype(np.int64)
    together = known @ known.T
    np.fill_diagonal(together, 0)
    return together


def _groups(together: Whole) -> Whole:
    """Observers joined by shared units get one number, in the order of their first; −1 for who shares with nobody."""
    reach = (together > 0) | np.eye(len(together), dtype=bool)
    for _ in range(int(np.ceil(np.log2(len(together)))) + 1):
        reach = (reach.astype(float) @ reach) > 0
    first = reach.argmax(axis=1)
    alone = reach.sum(axis=1) == 1
    numbers = {int(f): n for n, f in enumerate(np.unique(first[~alone]))}
    return np.array([-1 if a else numbers[int(f)] for f, a in zip(first, alone, strict=True)])


def _fit(array: Matrix) -> tuple[Vector, Vector, int]:
    """Shifts with mean 0, their standard errors, and the degrees of freedom left, of observers who hang together."""
    paired = pair(array)
    assert paired is not None
    known = (paired.grid >= 0).astype(float)
    values = np.where(known > 0, paired.values[paired.grid], 0.0)
    own = (values - values.sum(axis=0) / paired.times) * known
    solve = np.linalg.pinv(np.diag(known.sum(axis=1)) - (known / paired.times) @ known.T, hermitian=True)
    shift = solve @ own.sum(axis=1)
    fitted = (shift[:, None] - (known * shift[:, None]).sum(axis=0) / paired.times) * known
    freedom = len(paired.code) - paired.units - (len(array) - 1)
    left = float(((own - fitted) ** 2).sum())
    if freedom < 1:
        return shift, np.full(len(array), np.nan), 0
    return shift, np.sqrt(np.diag(solve).clip(0) * left / freedom), freedom


def _quantile(sure: float, observers: int, freedom: float) -> float:
    """Two-sided t-quantile, its doubt shared out among the observers."""
    if freedom < 1:
        return float("nan")
    from scipy.special import stdtrit

    at = 1 - (1 - sure) / (2 * max(observers, 1))
    return float(stdtrit(freedom, at)) if freedom < 1e6 else NormalDist().inv_cdf(at)
