"""Do a service's T scores lie around 50 with a spread of 10, or were the goals set too low or too high?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.attainment.effects import mean_between
from opora.engines.attainment.score import MEAN, SPREAD
from opora.engines.common.checks import Vector, numbers
from opora.engines.common.reasons import N_, Reason

Verdict = Literal["easy", "hard", "fits", "unknown"]
Spread = Literal["narrow", "wide", "fits", "unknown"]


@dataclass(frozen=True)
class Drift:
    """``mean`` and ``sd`` of ``known`` T scores with the mean's limits; ``goals`` and ``spread`` judge them.

    ``goals``: ``easy`` when the whole interval of the mean lies above 50 and its slack, ``hard`` when below. ``spread``:
    ``narrow`` or ``wide`` when the interval of the standard deviation leaves 10 out. ``unknown`` with too few people.
    """

    mean: float
    sd: float
    low: float
    high: float
    known: int
    goals: Verdict
    spread: Spread
    why: tuple[Reason, ...]


def drift(scores: ArrayLike, *, slack: float = 2.0, least: int = 20, sure: float = 0.95) -> Drift:
    """Judge the T scores of one service's people (nan where missing), not of one worker.

    ``slack`` points around 50 are let pass (a fifth of the standard deviation: too small to matter); below ``least``
    people nothing is said. Raises ``ValueError``.
    """
    every = numbers("scores", scores, (None,), least=None, missing=True)
    if not 0 < sure < 1:
        raise ValueError(f"sure must be between 0 and 1, not {sure}")
    t = every[~np.isnan(every)]
    low, high = mean_between(t, sure)
    mean = float(t.mean()) if len(t) else math.nan
    sd = float(t.std(ddof=1)) if len(t) > 1 else math.nan
    goals, spread = "unknown", "unknown"
    if len(t) >= max(least, 2):
        goals = "easy" if low > MEAN + slack else "hard" if high < MEAN - slack else "fits"
        spread = _spread(t, sd, sure)
    return Drift(mean, sd, low, high, len(t), goals, spread, _why(mean, sd, len(t), goals, spread))  # type: ignore[arg-type]


def _spread(t: Vector, sd: float, sure: float) -> Spread:
    from scipy.special import chdtri

    squares = (len(t) - 1) * sd**2
    if squares / float(chdtri(len(t) - 1, (1 + sure) / 2)) < SPREAD**2:
        return "narrow"
    return "wide" if squares / float(chdtri(len(t) - 1, (1 - sure) / 2)) > SPREAD**2 else "fits"


_GOALS = {
    "easy": (
        N_("Средната оценка е {mean} при очаквана 50. Вероятно целите се поставят твърде лесни."),
        "against",
    ),
    "hard": (
        N_("Средната оценка е {mean} при очаквана 50. Вероятно целите се поставят твърде трудни."),
        "against",
    ),
    "fits": (N_("Средната оценка е {mean}, близо до очакваната 50."), "for"),
    "unknown": (
        N_("Оценените лица са {known} и не стигат, за да се прецени трудността на целите."),
        "unknown",
    ),
}
_SPREADS = {
    "narrow": N_("Оценките са твърде близки една до друга: отклонението е {sd} при очаквано 10."),
    "wide": N_("Оценките са твърде различни: отклонението е {sd} при очаквано 10."),
}


def _why(mean: float, sd: float, known: int, goals: str, spread: str) -> tuple[Reason, ...]:
    values = {"mean": mean, "sd": sd, "known": known}
    words, kind = _GOALS[goals]
    said = [Reason(words, values, kind)]  # type: ignore[arg-type]
    if spread in _SPREADS:
        said.append(Reason(_SPREADS[spread], values, "against"))
    return tuple(said)
