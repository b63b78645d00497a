"""From raw data to the index: divide, fill, treat, bring to 0–100, average level by level, rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Matrix, Vector, Whole, numbers
from opora.engines.scoring.framework import Framework
from opora.engines.scoring.treatment import Treatment, treat

TIE = 1e-9
"""Scores on 0–100 nearer than this are tied."""
FLAG = 10
"""Places between the two ways of averaging from which a person should look."""
Raw = Mapping[str, ArrayLike] | Sequence[Mapping[str, Any]] | ArrayLike


@dataclass(frozen=True)
class Scores:
    """All levels of a framework, each a vector [n] by code.

    ``treated``, ``normalised`` (0–100, more is better), by indicator. ``aggregates`` (0–100, nan: nothing observed),
    ``coverage`` (share 0–1 of the weight observed; a filled value is not observed), ``ranks`` (1 = best; 0 = no rank,
    too little observed) and the second opinion ``geometric``, ``geometric_ranks`` (weak sides are not made up for by
    strong ones) by aggregate. ``flagged[i]``: the two ways put i more than 10 places apart in the index.
    ``treatment``: by indicator. ``filled``: by indicator, how many values were filled.
    """

    framework: Framework
    treated: dict[str, Vector]
    normalised: dict[str, Vector]
    aggregates: dict[str, Vector]
    coverage: dict[str, Vector]
    ranks: dict[str, Whole]
    geometric: dict[str, Vector]
    geometric_ranks: dict[str, Whole]
    flagged: np.ndarray[Any, np.dtype[np.bool_]]
    treatment: dict[str, Treatment]
    filled: dict[str, int]

    @property
    def index(self) -> Vector:
        """The score at the top."""
        return self.aggregates[self.framework.index]

    def table(self, codes: Sequence[str] | None = None) -> Matrix:
        """Marks [n, k] of these codes, by default those right under the index: what rank_acceptability takes."""
        chosen = self.framework.under(self.framework.index) if codes is None else codes
        return np.column_stack([{**self.normalised, **self.aggregates}[code] for code in chosen])


def scores(
    raw: Raw, framework: Framework, *, fill: str | ArrayLike | None = None, least_observed: float = 0.66
) -> Scores:
    """Compute every level.

    ``raw``: columns by code, rows as mappings, or an array with the columns of ``framework.columns``; nan or None is
    missing. A missing value is left out and the other weights count more, unless ``fill`` gives groups (one label per
    service, or the name of their column): then it becomes the mean of its group. Below ``least_observed`` of the weight
    there is no rank. Raises ``ValueError``.
    """
    columns, labels = _columns(raw, framework, fill)
    measured = {code: _divided(code, columns, framework) for code in framework.indicators}
    seen = {code: (~np.isnan(values)).astype(float) for code, values in measured.items()}
    full = {code: values if labels is None else _filled(values, labels) for code, values in measured.items()}
    treated, treatment = _treated(full, framework)
    normalised = {code: _stretched(code, treated[code], treatment[code], framework) for code in treated}
    coverage = _climb(seen, framework, _mean)
    arithmetic = _climb(normalised, framework, _mean)
    geometric = _climb({c: 1 + 0.99 * v for c, v in normalised.items()}, framework, _geometric)
    ranks = {c: ranked(v, coverage[c] >= least_observed - 1e-12) for c, v in arithmetic.items()}
    second = {c: ranked(v, coverage[c] >= least_observed - 1e-12) for c, v in geometric.items()}
    return Scores(
        framework, treated, normalised, arithmetic, coverage, ranks, geometric, second,
        np.abs(ranks[framework.index] - second[framework.index]) > FLAG, treatment,
        {code: int(np.isfinite(full[code]).sum() - seen[code].sum()) for code in full},
    )  # fmt: skip


def ranked(score: Vector, counted: np.ndarray[Any, np.dtype[np.bool_]]) -> Whole:
    """Places: 1 + how many are strictly better; 0 for those that are not counted or have no score."""
    places = np.zeros(len(score), dtype=np.int64)
    order = np.array(
        [i for i in np.argsort(-score, kind="stable") if counted[i] and not np.isnan(score[i])], int
    )
    if len(order):
        start = np.concatenate(([True], np.diff(-score[order]) > TIE))
        places[order] = 1 + np.maximum.accumulate(np.where(start, np.arange(len(order)), 0))
    return places


def _columns(raw: Any, framework: Framework, fill: Any) -> tuple[dict[str, Vector], Any]:
    named = _named(raw, framework)
    for code in framework.columns:
        if code not in named:
            raise ValueError(f"the raw data has no column {code}")
    length = len(named[framework.indicators[0]])
    columns = {
        code: numbers(f"column {code}", named[code], (length,), least=None, missing=True)
        for code in framework.columns
    }
    if fill is None:
        return columns, None
    if isinstance(fill, str) and fill not in named:
        raise ValueError(f"the raw data has no column {fill} to fill by")
    labels = np.asarray(named[fill] if isinstance(fill, str) else fill)
    if labels.shape != (length,):
        raise ValueError(f"fill must give one group for each of {length} services")
    return columns, labels


def _named(raw: Any, framework: Framework) -> Mapping[str, Any]:
    if hasattr(raw, "keys"):
        return {str(code): raw[code] for code in raw.keys()}  # noqa: SIM118 - tables of other libraries too
    if isinstance(raw, Sequence) and len(raw) and isinstance(raw[0], Mapping):
        return {code: [row.get(code) for row in raw] for code in raw[0]}
    table = numbers("raw", raw, (None, len(framework.columns)), least=None, missing=True)
    return dict(zip(framework.columns, table.T, strict=True))


def _divided(code: str, columns: Mapping[str, Vector], framework: Framework) -> Vector:
    if code not in framework.denominators:
        return columns[code]
    by = columns[framework.denominators[code]]
    if (by <= 0).any():
        raise ValueError(
            f"{framework.denominators[code]} divides {code} and must be above zero; for service "
            f"{int(np.argmax(by <= 0))} it is {by[by <= 0][0]:g}"
        )
    return columns[code] / by


def _filled(values: Vector, labels: Any) -> Vector:
    out = values.copy()
    for group in dict.fromkeys(labels.tolist()):
        inside = labels == group
        seen = values[inside & ~np.isnan(values)]
        if len(seen):
            out[inside & np.isnan(values)] = seen.mean()
    return out


def _treated(
    full: Mapping[str, Vector], framework: Framework
) -> tuple[dict[str, Vector], dict[str, Treatment]]:
    done = {c: (v, Treatment("bounded")) if c in framework.bounds else treat(v) for c, v in full.items()}
    return {c: v for c, (v, _) in done.items()}, {c: t for c, (_, t) in done.items()}


def _stretched(code: str, values: Vector, treatment: Treatment, framework: Framework) -> Vector:
    if treatment.how == "constant":
        return np.full(len(values), np.nan)
    low, high = framework.bounds.get(code) or (np.nanmin(values), np.nanmax(values))
    if np.nanmin(values, initial=low) < low or np.nanmax(values, initial=high) > high:
        raise ValueError(f"{code} has a value outside its bounds {low:g} to {high:g}")
    share = 100 * (values - low) / (high - low)
    return np.asarray(100 - share if framework.directions[code] < 0 else share)


def _climb(leaves: Mapping[str, Vector], framework: Framework, average: Any) -> dict[str, Vector]:
    """Average level by level; gives the aggregates."""
    found = dict(leaves)
    for level in framework.levels:
        for code in level:
            under = framework.under(code)
            weights = np.array([framework.weights[one] for one in under])[:, None]
            found[code] = average(np.array([found[one] for one in under]), weights)
    return {code: found[code] for level in framework.levels for code in level}


def _mean(values: Matrix, weights: Matrix) -> Vector:
    """Weighted mean over what is observed [k, n] → [n]."""
    total = (weights * ~np.isnan(values)).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, np.nansum(values * weights, axis=0) / total, np.nan)


def _geometric(values: Matrix, weights: Matrix) -> Vector:
    return np.asarray(np.exp(_mean(np.log(values), weights)))
