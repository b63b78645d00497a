"""Agreement on one indicator in words: how far it can be relied on, and why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.agreement.disagreement import Level, alpha
from opora.engines.agreement.gwet import Weights, ac2
from opora.engines.agreement.paired import read
from opora.engines.agreement.resampling import Tell, interval
from opora.engines.common.checks import Matrix
from opora.engines.common.reasons import N_, NN_, Reason

Verdict = Literal["reliable", "tentative", "unreliable", "unknown"]
_WEIGHTS: dict[str, Weights] = {
    "nominal": "identity",
    "ordinal": "ordinal",
    "interval": "quadratic",
    "ratio": "quadratic",
}
MOST_CATEGORIES = 500
"""Distinct values above which marks are measures, and AC2 of them says nothing."""


@dataclass(frozen=True)
class Report:
    """What is known about the agreement on one indicator.

    ``verdict`` goes by alpha; it is ``firm`` when the limits do not reach below what it stands on.
    ``alpha`` with its 95 % limits ``low`` and ``high`` and ``ac2`` (nan where undefined); ``double`` units with two
    marks or more among ``marked`` ones; ``apart`` of them hold marks further apart than the step; ``commonest`` share
    of the most frequent value; ``uniform``: nearly all marks are equal, read ``ac2``; ``enough``: units are enough.
    """

    alpha: float
    low: float
    high: float
    ac2: float
    double: int
    marked: int
    apart: int
    commonest: float
    uniform: bool
    enough: bool
    firm: bool
    verdict: Verdict
    why: tuple[Reason, ...]


def report(
    marks: ArrayLike,
    level: Level = "ordinal",
    *,
    categories: ArrayLike | None = None,
    reliable: float = 0.800,
    tentative: float = 0.667,
    step: float = 1.0,
    least: int = 30,
    share: float = 0.1,
    uniform: float = 0.9,
    draws: int = 2000,
    seed: int = 0,
    tell: Tell | None = None,
) -> Report:
    """Judge the agreement in ``marks[observers, units]`` of one indicator.

    ``reliable`` and ``tentative`` are Krippendorff's customary limits, no law; ``step`` is the largest difference that
    needs no talk; ``least`` units and the ``share`` of marked units that should have two marks; ``uniform`` the share of
    one value from which alpha collapses. The verdict is by alpha; if alpha is undefined or collapsed it is ``unknown``
    and the reasons point at AC2. Raises ``ValueError``.
    """
    if not tentative <= reliable:
        raise ValueError(f"tentative ({tentative}) must not be above reliable ({reliable})")
    array = read(marks)
    value, other = alpha(array, level), _steady(array, level, categories)
    low, high = interval(array, level, draws, seed, tell=tell)
    times = (~np.isnan(array)).sum(axis=0)
    double, marked = int((times > 1).sum()), int((times > 0).sum())
    compared = array[:, times > 1]
    common = _commonest(compared)
    collapsed = common >= uniform and not value >= reliable
    enough = double >= max(least, share * marked)
    limits = (tentative, reliable)
    apart = _apart(compared, step)
    verdict = _verdict(value, limits, collapsed)
    firm = _firm(verdict, low, high, limits)
    found = Report(
        value, low, high, other, double, marked, apart, common, collapsed, enough, firm, verdict, ()
    )
    return replace(found, why=tuple(_why(found, limits, step)))


def _steady(array: Matrix, level: Level, categories: ArrayLike | None) -> float:
    """AC2 with weights that suit the level; nan for measures so fine that they are no categories."""
    if len(np.unique(array[~np.isnan(array)])) > MOST_CATEGORIES:
        return float("nan")
    return ac2(array, _WEIGHTS[level], categories)


def _commonest(compared: Matrix) -> float:
    known = compared[~np.isnan(compared)]
    return float(np.unique(known, return_counts=True)[1].max() / known.size) if known.size else float("nan")


def _apart(compared: Matrix, step: float) -> int:
    if not compared.size:
        return 0
    spread = np.nanmax(compared, axis=0) - np.nanmin(compared, axis=0)
    return int((spread > step * (1 + 1e-12)).sum())


def _verdict(value: float, limits: tuple[float, float], collapsed: bool) -> Verdict:
    if np.isnan(value) or collapsed:
        return "unknown"
    return "reliable" if value >= limits[1] else "tentative" if value >= limits[0] else "unreliable"


def _firm(verdict: Verdict, low: float, high: float, limits: tuple[float, float]) -> bool:
    """Whether another sample of units would give the same word; no, where that is not known."""
    least = {"reliable": limits[1], "tentative": limits[0], "unreliable": -np.inf, "unknown": np.inf}[verdict]
    most = {"tentative": limits[1], "unreliable": limits[0]}.get(verdict, np.inf)
    return bool(low >= least and high < most)


def _why(found: Report, limits: tuple[float, float], step: float) -> list[Reason]:
    if not found.double:
        return [Reason(N_("Няма обект с две оценки, затова съгласието не е известно."), kind="unknown")]
    said = [_headline(found, limits), *_doubts(found)]
    said.append(
        Reason(
            NN_(
                "При {count} обект от {double} оценките се различават с повече от {step}.",
                "При {count} обекта от {double} оценките се различават с повече от {step}.",
            ),
            {"count": found.apart, "double": found.double, "step": (step, 2)},
            "against" if found.apart else "for",
        )
    )
    return said


def _headline(found: Report, limits: tuple[float, float]) -> Reason:
    if np.isnan(found.alpha):
        return Reason(N_("Всички сравнени оценки са еднакви, затова алфа не е определена."), kind="unknown")
    values = {"alpha": (found.alpha, 2), "tentative": (limits[0], 3), "reliable": (limits[1], 3)}
    if found.verdict == "reliable" and not found.firm:
        return Reason(
            N_("Алфа е {alpha}, поне {reliable}, но обектите не стигат за сигурен извод."), values, "fact"
        )
    if found.verdict == "reliable":
        return Reason(
            N_("По сравнените обекти на оценките може да се разчита: алфа е {alpha}, поне {reliable}."),
            values,
            "for",
        )
    if found.verdict == "tentative":
        return Reason(
            N_("Оценките стигат за предварителни изводи: алфа е {alpha}, между {tentative} и {reliable}."),
            values,
            "fact",
        )
    if found.verdict == "unknown":
        return Reason(N_("Алфа е {alpha}, но тук тя не показва съгласието."), values, "unknown")
    return Reason(
        N_("На оценките още не може да се разчита: алфа е {alpha}, под {tentative}."), values, "against"
    )


def _doubts(found: Report) -> list[Reason]:
    said = []
    if found.uniform:
        said.append(
            Reason(
                N_(
                    "Почти всички оценки са еднакви ({common} на сто), а тогава алфа пада. "
                    "Вторият показател, на Гует, е {ac}."
                ),
                {"common": found.commonest * 100, "ac": (found.ac2, 2)},
                "unknown",
            )
        )
    if not np.isnan(found.low):
        said.append(_range(found))
    elif not np.isnan(found.alpha):
        said.append(Reason(N_("Обектите не стигат, за да се каже колко сигурна е алфа."), kind="unknown"))
    if not found.enough:
        said.append(
            Reason(
                NN_(
                    "Само {count} обект има две оценки. Още двойни оценки биха направили извода по-сигурен.",
                    "Само {count} обекта имат две оценки. Още двойни оценки биха направили извода по-сигурен.",
                ),
                {"count": found.double},
                "change",
            )
        )
    return said


def _range(found: Report) -> Reason:
    values = {"low": (found.low, 2), "high": (found.high, 2)}
    if found.verdict != "unknown" and not found.firm:
        return Reason(
            N_("Алфа вероятно е между {low} и {high}, така че друга проверка може да даде друг извод."),
            values,
            "unknown",
        )
    return Reason(N_("Алфа вероятно е между {low} и {high}."), values, "fact")
