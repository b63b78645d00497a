"""What a jury sees: a shortlist, how well it stands, and why, in sentences. The jury decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Matrix, Vector, numbers, whole
from opora.engines.common.reasons import N_, NN_, Kind, Reason, Template, Value
from opora.engines.scoring.ranking import Acceptability
from opora.engines.scoring.turning import turning

Standing = Literal["robust", "defensible", "lottery", "outside", "unranked"]


@dataclass(frozen=True)
class Award:
    """``shortlist``: positions of the services that are among the first ``k`` under at least half of the weightings, surest first
    (equal ones by the better mean place, then by position). ``standing[i]``: ``robust`` (9 of 10 weightings or more),
    ``defensible`` (half or more), ``lottery`` (of weights), ``outside`` (1 of 10 or fewer), ``unranked``. ``share[i]``: of
    weightings among the first ``k``."""

    shortlist: tuple[int, ...]
    standing: tuple[Standing, ...]
    share: Vector


def award(result: Acceptability, k: int, *, short: float = 0.5, robust: float = 0.9) -> Award:
    """Propose a shortlist for ``k`` awards; the thresholds are the council's. Raises ``ValueError``."""
    if not 0 < short <= robust <= 1:
        raise ValueError("the thresholds must be shares in order, 0 < short ≤ robust ≤ 1")
    share = result.top(k)
    middle = np.nan_to_num(result.ranks) @ np.arange(1, len(share) + 1)
    order = np.lexsort((np.arange(len(share)), middle, -np.nan_to_num(share, nan=-1.0)))
    return Award(
        shortlist=tuple(int(i) for i in order if share[i] >= short - 1e-12),
        standing=tuple(_standing(one, short, robust) for one in share.tolist()),
        share=share,
    )


def _standing(share: float, short: float, robust: float) -> Standing:
    if np.isnan(share):
        return "unranked"
    if share >= short - 1e-12:
        return "robust" if share >= robust - 1e-12 else "defensible"
    return "outside" if share <= 1 - robust + 1e-12 else "lottery"


_STANDING: dict[Standing, Template] = {
    "robust": N_("Мястото е устойчиво: почти не зависи от избора на тежести."),
    "defensible": N_("Мястото е защитимо, но част от тежестите водят до друго."),
    "lottery": N_("Мястото зависи повече от избора на тежести, отколкото от оценките."),
    "outside": N_("Мястото е извън първите почти при всеки избор на тежести."),
}


def explain(
    result: Acceptability,
    marks: ArrayLike,
    service: int,
    *,
    names: Sequence[str],
    criteria: Sequence[str],
    k: int = 3,
    most: float = 100,
    least_observed: float = 0.66,
) -> tuple[Reason, ...]:
    """Say why a service stands where it stands: how often among the first ``k``, its sides, what would change it.

    ``names`` of services, ``criteria`` by name; ``most``: the highest possible mark. Raises ``ValueError``.
    """
    table = numbers("marks", marks, (len(result.ranked), len(result.centre)), least=None, missing=True)
    whole("service", service, 0, len(table) - 1)
    if len(names) != len(table) or len(criteria) != table.shape[1]:
        raise ValueError("names and criteria must be one for each service and each criterion")
    missing = _missing(result, table, service, criteria, least_observed)
    if not result.ranked[service]:
        return missing
    share = float(result.top(k)[service])
    values: dict[str, Value] = {
        "name": names[service],
        "k": k,
        "share": percent(share),
        "samples": result.samples,
    }
    return (
        Reason(_FIRST if k == 1 else _AMONG, values, "for" if share >= 0.5 else "against"),
        Reason(_STANDING[_standing(share, 0.5, 0.9)]),
        _between(result, service),
        *_sides(table[service], criteria, most),
        *_changes(result, table, service, names, criteria),
        *missing,
    )


_FIRST = N_("„{name}“ е на първо място при {share} % от {samples} разумни тежести.")
_AMONG = N_("„{name}“ е сред първите {k} при {share} % от {samples} разумни тежести.")


def percent(share: float) -> int:
    """A share as whole percent; 0 and 100 only if it is none and all."""
    return round(100 * share) if share in (0.0, 1.0) else min(99, max(1, int(100 * share + 0.5)))


def _between(result: Acceptability, service: int) -> Reason:
    low, high = (int(one) for one in result.interval()[service])
    if low == high:
        return Reason(N_("При девет от десет тежести мястото е {low}."), {"low": low})
    return Reason(
        N_("При девет от десет тежести мястото е между {low} и {high}."), {"low": low, "high": high}
    )


def _sides(row: Vector, criteria: Sequence[str], most: float) -> list[Reason]:
    """The strongest and the weakest mark, if they differ."""
    strong, weak = int(np.nanargmax(row)), int(np.nanargmin(row))
    if row[strong] == row[weak]:
        return []
    sides: tuple[tuple[int, str, Kind], ...] = (
        (strong, N_("Силна страна: {criterion} ({mark} от {most})."), "for"),
        (weak, N_("Слаба страна: {criterion} ({mark} от {most})."), "against"),
    )
    return [
        Reason(template, {"criterion": criteria[place], "mark": float(row[place]), "most": most}, kind)
        for place, template, kind in sides
    ]


def _changes(
    result: Acceptability, table: Matrix, service: int, names: Sequence[str], criteria: Sequence[str]
) -> list[Reason]:
    """The nearest change of a weight that takes the first place from this service or gives it to it."""
    counted = np.flatnonzero(result.ranked)
    found: list[tuple[float, Reason]] = []
    for criterion, start in enumerate(result.centre.tolist()):
        turns = turning(table[counted], result.centre, criterion)
        who = [int(counted[one]) if one >= 0 else -1 for one in turns.first]
        for s in range(1, len(who)):
            if service not in who[s - 1 : s + 1]:
                continue
            at = float(turns.weights[s])
            taker, template = (who[s], _ABOVE) if at > start else (who[s - 1], _BELOW)
            held = who[turns.at(start)]
            if taker >= 0 and service in (taker, held):
                values: dict[str, Value] = {"criterion": criteria[criterion], "weight": 100 * at}
                found.append((abs(at - start), Reason(template, {**values, "other": names[taker]}, "change")))
    return [min(found, key=lambda one: one[0])[1]] if found else []


_ABOVE = N_("Ако тежестта на „{criterion}“ е над {weight} %, първо място заема „{other}“.")
_BELOW = N_("Ако тежестта на „{criterion}“ е под {weight} %, първо място заема „{other}“.")


def _missing(
    result: Acceptability, table: Matrix, service: int, criteria: Sequence[str], least: float
) -> tuple[Reason, ...]:
    unknown = [criteria[i] for i in np.flatnonzero(np.isnan(table[service])).tolist()]
    if not unknown:
        return ()
    values: dict[str, Value] = {"criteria": ", ".join(unknown), "count": len(unknown)}
    said = Reason(NN_("Няма оценка по: {criteria}.", "Няма оценки по: {criteria}."), values, "unknown")
    if result.ranked[service]:
        return (said,)
    shares = {"share": percent(float(result.observed[service])), "least": percent(least)}
    return (
        said,
        Reason(
            N_("Без място в класирането: оценени са {share} % от тежестта, а трябва поне {least} %."),
            shares,
            "unknown",
        ),
    )
