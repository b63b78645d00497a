"""The families for one child, best first, each with what speaks for it and against; and why one is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opora.engines.common.checks import whole
from opora.engines.common.reasons import Reason
from opora.engines.matching.fit import Fit, Unknown
from opora.engines.matching.model import Child, Criteria, Family
from opora.engines.matching.pool import Pool
from opora.engines.matching.ranking import Ranking

BEFORE = 3
"""How many of the families before are compared with the one asked about."""


def rank(child: Child, families: Pool | Iterable[Family], criteria: Criteria, limit: int = 10) -> list[Fit]:
    """Give the ``limit`` best families for the child with reasons, for a person to choose from.

    First those that meet every hard condition, then those of which something hard is not known, then (unless
    ``criteria.near`` is off) those that miss conditions which support or the commission can change, fewest first,
    each with what is missed. A family that is barred, not approved or said no is never listed: :func:`why_not`
    tells. Within each by score, then longest waiting, then id. Keep a :class:`Pool` for many children. Raises
    ``ValueError``.
    """
    whole("limit", limit)
    _checked(child, criteria)
    ranking = Ranking(child, Pool.of(families), criteria)
    return [ranking.fit(column) for column in ranking.listed(limit)]


@dataclass(frozen=True)
class WhyNot:
    """Why a family is not (first) in the list.

    ``fits``: it meets every hard condition. ``hard_unmet``, ``unknown`` and ``would_match_if`` as in :class:`Fit`.
    With the other families given: ``place`` of ``of`` families that miss nothing (``None``: it misses something), and
    ``before``: why the first ones stand before it. ``fit`` holds all the rest.
    """

    family: str
    fits: bool
    hard_unmet: tuple[Reason, ...]
    unknown: tuple[Unknown, ...]
    would_match_if: tuple[Reason, ...]
    place: int | None
    of: int
    before: tuple[Reason, ...]
    fit: Fit


def why_not(
    child: Child, family: Family, criteria: Criteria, *, families: Pool | Iterable[Family] = ()
) -> WhyNot:
    """Explain one pair: the hard conditions missed and what would change them; else where it stands and why.

    ``families``: the others it was compared with (the family itself is added if it is not among them). Raises
    ``ValueError``.
    """
    _checked(child, criteria)
    if not isinstance(family, Family):
        raise ValueError("why_not needs a Family")
    pool = Pool.of(families)
    if family.id not in pool.index:
        pool = Pool((*pool.families, family))
    column = pool.index[family.id]
    if pool.families[column] != family:
        raise ValueError(f"family {family.id} is among the families with other facts")
    ranking = Ranking(child, pool, criteria)
    fit = ranking.fit(column)
    first = [one for one in ranking.listed(BEFORE) if fit.place and one != column and ranking.tiers[one] < 2]
    before = [ranking.compared(one, column) for one in first if (ranking.place(one) or 0) < (fit.place or 0)]
    return WhyNot(
        family.id, fit.standing == "fits", fit.hard_unmet, fit.unknown, fit.would_match_if,
        fit.place, int((ranking.tiers < 2).sum()), tuple(before), fit,
    )  # fmt: skip


def _checked(child: Child, criteria: Criteria) -> None:
    if not isinstance(child, Child):
        raise ValueError(f"child must be of the type Child, not {type(child).__name__}")
    if not isinstance(criteria, Criteria):
        raise ValueError(f"criteria must be of the type Criteria, not {type(criteria).__name__}")
