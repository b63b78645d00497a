"""How sure a rank is when nobody can say which weighting is right (SMAA: Tervonen & Lahdelma, EJOR 178, 2007)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import Matrix, Vector, Whole, numbers, positive, whole
from opora.engines.scoring.blocks import Blocks
from opora.engines.scoring.tally import Tally
from opora.engines.scoring.weightings import Weights, draw, middle

Tell = Callable[[int, int, str], None]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Acceptability:
    """How often each service takes each place.

    ``ranks[i, r]``: share of the weightings in which i has place r + 1; rows add up to 1. The place is 1 + the number of
    services strictly better, so with ties two share a place, the next stays empty, and a column need not add up to 1.
    ``first``: column 0. ``central_weights[i]``: mean of the weightings in which i is first (alone or tied), nan if it
    never is. ``pairwise[i, j]``: share of the weightings in which i is strictly better than j, ``None`` if not asked.
    ``ranked[i]``: enough of i is observed; where it is not, i takes no place from others and all its numbers are nan.
    ``observed[i]``: share of the weight observed, at the mean weighting ``centre[m]``. ``samples``: weightings compared.
    """

    ranks: Matrix
    first: Vector
    central_weights: Matrix
    pairwise: Matrix | None
    ranked: Flags
    observed: Vector
    centre: Vector
    samples: int

    def top(self, k: int) -> Vector:
        """Share of the weightings in which each is among the first ``k`` places."""
        return np.asarray(self.ranks[:, : whole("k", k, 1)].sum(axis=1))

    def interval(self, low: float = 0.05, high: float = 0.95) -> Whole:
        """The places [n, 2] between which the middle of the weightings leaves each; 0 where there is no rank."""
        if not 0 <= low <= high <= 1:
            raise ValueError("low and high must be shares in order, 0 ≤ low ≤ high ≤ 1")
        below = np.cumsum(np.nan_to_num(self.ranks), axis=1)
        ends = np.stack([(below < share - 1e-12).sum(axis=1) + 1 for share in (low, high)], axis=1)
        return np.where(self.ranked[:, None], np.minimum(ends, max(1, len(self.ranks))), 0)

    @property
    def noise(self) -> float:
        """Three standard errors of a share at most: how far a share can be from that of all weightings."""
        return float(3 * np.sqrt(0.25 / self.samples))


def rank_acceptability(
    marks: ArrayLike,
    *,
    weights: Weights | ArrayLike | tuple[ArrayLike, ArrayLike] | None = None,
    samples: int = 10_000,
    seed: int = 0,
    observer_error: ArrayLike | None = None,
    pairwise: bool = False,
    least_observed: float = 0.66,
    tell: Tell | None = None,
) -> Acceptability:
    """Give how often each service takes each place over ``samples`` reasonable weightings.

    ``marks[n, m]``: higher is better, all criteria on one scale; nan is missing: the score is then the mean of what is
    observed, its weights made to add up to 1. Below ``least_observed`` of the weight (at the mean weighting) there is no
    rank. ``weights``: see :func:`~opora.engines.scoring.weightings.draw`. ``observer_error``: standard deviation of a mark,
    one number, [m] or [n, m]; every weighting then sees other marks, normal and independent. Scores nearer than 1e-12 of
    the span of the marks are tied. Same seed, same answer. Raises ``ValueError``.
    """
    table = numbers("marks", marks, (None, None), least=None, missing=True)
    if not table.shape[1]:
        raise ValueError("marks must have at least one criterion")
    error = None if observer_error is None else _errors(observer_error, table.shape)
    drawn = _drawn(weights, table.shape[1], whole("samples", samples, 1), whole("seed", seed), error)
    centre = middle(weights, drawn)
    observed = np.where(np.isnan(table), 0.0, 1.0) @ centre
    least = positive("least_observed", least_observed, zero=True)
    ranked = (observed > 0) & (observed >= least - 1e-12)
    tally = Tally(int(ranked.sum()), drawn, pairwise)
    blocks = Blocks(table[ranked], drawn, None if error is None else error[ranked], seed)
    for begin, who, place in blocks:
        tally.add(begin, who, place)
        if tell is not None:
            tell(begin + len(who), len(drawn), "weightings")
    ranks = _square(ranked, tally.ranks())
    return Acceptability(
        ranks=ranks,
        first=ranks[:, 0] if len(ranks) else np.zeros(0),
        central_weights=_rows(ranked, tally.central()),
        pairwise=_pairs(ranked, tally.pairs(tell)) if pairwise else None,
        ranked=ranked,
        observed=observed,
        centre=centre,
        samples=len(drawn),
    )


def _errors(value: ArrayLike, shape: tuple[int, ...]) -> Matrix:
    wanted = {0: (), 1: shape[1:]}.get(np.ndim(value), shape)
    return np.broadcast_to(numbers("observer_error", value, wanted), shape)


def _drawn(weights: Any, criteria: int, samples: int, seed: int, error: Matrix | None) -> Matrix:
    """Weightings to compare; one fixed weighting without noise says the same every time, so once is enough."""
    fixed = not isinstance(weights, (tuple, Weights)) and weights is not None and np.ndim(weights) == 1
    return draw(weights, criteria, 1 if fixed and error is None else samples, seed)


def _rows(ranked: Flags, part: Matrix) -> Matrix:
    """The rows of the ranked services among those of all."""
    if ranked.all():
        return part
    out = np.full((len(ranked), part.shape[1]), np.nan)
    out[ranked] = part
    return out


def _square(ranked: Flags, part: Matrix) -> Matrix:
    """The same with empty columns for places that nobody can take."""
    return _rows(ranked, np.pad(part, ((0, 0), (0, len(ranked) - len(part)))))


def _pairs(ranked: Flags, part: Matrix) -> Matrix:
    return _rows(ranked, _rows(ranked, part.T).T)
