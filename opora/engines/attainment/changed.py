"""Did something change, or is the difference no more than error of measurement?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.attainment.score import SPREAD
from opora.engines.common.checks import Vector, numbers
from opora.engines.common.reasons import N_, NN_, Reason

Verdict = Literal["better", "same", "worse", "unknown"]


@dataclass(frozen=True)
class Change:
    """``difference[n]`` after − before (nan where one is missing); ``index[n]`` difference in standard errors.

    ``error`` is the standard error of a difference, ``limit`` what it must exceed to be more than error of measurement
    (both nan where the reliability is not known); ``verdict[n]``; ``why`` sums up in words.
    """

    difference: Vector
    index: Vector
    error: float
    limit: float
    verdict: tuple[Verdict, ...]
    why: tuple[Reason, ...]

    def count(self, verdict: Verdict) -> int:
        """How many people have this verdict."""
        return self.verdict.count(verdict)


def change(
    before: ArrayLike,
    after: ArrayLike,
    *,
    reliability: float | None = None,
    sd: float = SPREAD,
    sure: float = 0.95,
    higher_is_better: bool = True,
) -> Change:
    """Compare measures ``before`` and ``after`` (one number or one per person) with the reliable-change limit.

    limit = z·sd·√(2(1 − reliability)), z = 1.96 for ``sure`` 0.95 (Jacobson & Truax, Journal of Consulting and Clinical
    Psychology 59 (1991) 12). ``sd`` is the measure's standard deviation before (10 for a T score); ``reliability`` the
    measure's, 0…1, from its manual or from marking twice: it is never guessed, so without it every verdict is
    ``unknown``. A difference exactly at the limit is ``same``. Missing measures (nan, ``None``) give ``unknown``. Raises
    ``ValueError``.
    """
    first, second = (_measures(name, value) for name, value in (("before", before), ("after", after)))
    if len(first) != len(second):
        raise ValueError(f"before holds {len(first)} measures and after {len(second)}")
    difference = second - first
    error = _error(reliability, sd)
    if not 0 < sure < 1:
        raise ValueError(f"sure must be between 0 and 1, not {sure}")
    limit = NormalDist().inv_cdf((1 + sure) / 2) * error
    gain = difference if higher_is_better else -difference
    index = np.full(len(gain), np.nan) if not error > 0 else difference / error
    verdict = tuple(_verdict(float(one), limit) for one in gain)
    return Change(difference, index, error, limit, verdict, _why(verdict, limit))


def _measures(name: str, value: ArrayLike | None) -> Vector:
    many: Any = value if np.ndim(value) else [value]  # type: ignore[arg-type]
    return numbers(name, many, (None,), least=None, missing=True)


def _error(reliability: float | None, sd: float) -> float:
    if not (np.isfinite(sd) and sd > 0):
        raise ValueError(f"sd must be a finite number above zero, not {sd}")
    if reliability is None:
        return float("nan")
    if not 0 <= reliability <= 1:
        raise ValueError(f"reliability must be between 0 and 1, not {reliability}")
    return float(sd) * math.sqrt(2 * (1 - reliability))


def _verdict(gain: float, limit: float) -> Verdict:
    if math.isnan(gain) or math.isnan(limit):
        return "unknown"
    room = 1e-9 * max(abs(gain), limit)
    return "better" if gain > limit + room else "worse" if gain < -limit - room else "same"


_SAID: dict[Verdict, tuple[str, str]] = {
    "better": NN_("Сигурно подобрение: {count} лице.", "Сигурно подобрение: {count} лица."),
    "worse": NN_("Сигурно влошаване: {count} лице.", "Сигурно влошаване: {count} лица."),
    "same": NN_(
        "Без сигурна промяна: {count} лице. Разликата може да е от неточност на измерването.",
        "Без сигурна промяна: {count} лица. Разликите може да са от неточност на измерването.",
    ),
    "unknown": NN_(
        "Не е известно: {count} лице. Липсва измерване или надеждността на скалата.",
        "Не е известно: {count} лица. Липсва измерване или надеждността на скалата.",
    ),
}
_KIND: dict[Verdict, Literal["for", "against", "fact", "unknown"]] = {
    "better": "for",
    "worse": "against",
    "same": "fact",
    "unknown": "unknown",
}


def _why(verdict: tuple[Verdict, ...], limit: float) -> tuple[Reason, ...]:
    said = [Reason(_SAID[one], {"count": verdict.count(one)}, _KIND[one]) for one in _SAID if one in verdict]
    if math.isnan(limit):
        words = N_("Въведете надеждността на скалата, за да се отличи промяната от грешката.")
        return (*said, Reason(words, kind="change"))
    return (*said, Reason(N_("Промяна е разлика над {limit} точки."), {"limit": limit}, "fact"))
