"""Many children and many families at once: what is possible together, proven, and what each deviation costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from opora.engines.common.reasons import Reason
from opora.engines.matching import words
from opora.engines.matching.market import Market
from opora.engines.matching.model import Child, Criteria, Family
from opora.engines.matching.pool import Column, Pool, unique
from opora.engines.matching.search import UNIT, Found, Tell, gains, search
from opora.engines.matching.solve import Whole


@dataclass(frozen=True)
class Pair:
    """One child with the family proposed and their score."""

    child: str
    family: str
    score: float


@dataclass(frozen=True)
class Deviation:
    """A child goes to another family: what the total loses, and who makes room (child, new family or ``None``).

    ``price`` is exact: the difference to the best proposal with this pair in it, the place left empty offered anew.
    Infinite if a hard condition is missed or not known.
    """

    child: str
    family: str
    price: float
    moves: tuple[tuple[str, str | None], ...]
    reason: Reason


@dataclass(frozen=True)
class Joint:
    """The proposal. ``home[c]``: position of the family of child c, −1 without; ``total`` = ``bound``, proven.

    ``worth[c]``: what the total would lose without child c; ``demand[f]``: what it would lose without family f's place,
    at least. ``pairs`` in the order of the children; ``unplaced``: children without a proposal.
    """

    pairs: tuple[Pair, ...]
    unplaced: tuple[str, ...]
    total: float
    bound: float
    gap: float
    proven: bool
    home: Whole
    worth: Column
    demand: Column
    why: tuple[Reason, ...]
    _market: Market = field(repr=False, compare=False)
    _prices: tuple[Whole, Whole] = field(repr=False, compare=False)

    def at_least(self, child: str) -> Column:
        """A lower bound of the price of sending the child to each family; infinite where it does not fit."""
        row = self._row(child)
        return self._reduced(row) / UNIT

    def price(self, child: str, family: str) -> Deviation:
        """The exact price of sending the child to this family, and who makes room. Raises ``ValueError``."""
        row, column = self._row(child), self._market.pool.index.get(family, -1)
        if column < 0:
            raise ValueError(f"there is no family {family}")
        price, moves = self._path(row, column)
        kids, homes = self._market.children, self._market.pool.families
        named = tuple((kids[c].id, homes[f].id if f >= 0 else None) for c, f in moves)
        return Deviation(
            child, family, price / UNIT, named, words.deviation(child, family, price / UNIT, len(named))
        )

    def _row(self, child: str) -> int:
        for row, one in enumerate(self._market.children):
            if one.id == child:
                return row
        raise ValueError(f"there is no child {child}")

    def _reduced(self, row: int) -> Column:
        of_row, of_column = self._prices
        tiers, _ = self._market.tiers(row)
        worth = gains(self._market.row(row), self._market.criteria)
        return np.where(tiers == 0, (of_row[row] + of_column - worth).astype(float), np.inf)

    def _path(self, row: int, column: int) -> tuple[float, list[tuple[int, int]]]:
        """Shortest chain of moves that makes room (Dijkstra over families, reduced costs)."""
        if self.home[row] == column:
            return 0.0, []
        owner = {int(f): c for c, f in enumerate(self.home) if f >= 0 and c != row}
        far = np.full(len(self._market.pool), np.inf)
        far[column], came, settled = self._reduced(row)[column], {column: -1}, np.zeros(len(far), dtype=bool)
        best, end = np.inf, (-1, False)
        while True:
            here = int(np.argmin(np.where(settled, np.inf, far)))
            if settled[here] or far[here] >= best:
                break
            settled[here] = True
            if here not in owner:
                best, end = far[here], (here, False)
                break
            moved = owner[here]
            if far[here] + self._prices[0][moved] < best:
                best, end = far[here] + self._prices[0][moved], (here, True)
            reached = far[here] + self._reduced(moved)
            shorter = (reached < far) & ~settled
            far[shorter] = reached[shorter]
            came |= dict.fromkeys(np.flatnonzero(shorter).tolist(), here)
        return float(best), _moves(end, came, owner)


def _moves(end: tuple[int, bool], came: dict[int, int], owner: dict[int, int]) -> list[tuple[int, int]]:
    """Children who move along the chain, with where they go (−1: without a proposal)."""
    here, out = end
    moves = [(owner[here], -1)] if out else []
    while here >= 0 and came[here] >= 0:
        moves.append((owner[came[here]], here))
        here = came[here]
    return moves[::-1]


def together(
    children: Sequence[Child],
    families: Pool | Iterable[Family],
    criteria: Criteria,
    *,
    tell: Tell | None = None,
) -> Joint:
    """Propose a family for each child so that the sum of scores is the largest possible.

    Only pairs that meet every hard condition for certain; a family takes one record (a child, or brothers and sisters
    who go together) however many places it has; a child is left out rather than given a score of ``unplaced`` or
    less. It shows whether shortlists compete: nobody is placed by it. Exact, proven over all pairs by prices. Equal
    totals: the order given does not matter, waiting and id do. Raises ``ValueError``.
    """
    listed = list(children)
    if wrong := [one for one in listed if not isinstance(one, Child)]:
        raise ValueError(f"children must be of the type Child, not {type(wrong[0]).__name__}")
    if not isinstance(criteria, Criteria):
        raise ValueError(f"criteria must be of the type Criteria, not {type(criteria).__name__}")
    unique("children", listed)
    market = Market(listed, Pool.of(families), criteria)
    return _told(market, search(market, tell or (lambda *_: None)))


def _told(market: Market, found: Found) -> Joint:
    kids, homes = market.children, market.pool.families
    placed = np.flatnonzero(found.home >= 0)
    scores = market.scores(placed, found.home[placed])
    own = gains(scores, market.criteria)
    pairs = tuple(
        Pair(kids[c].id, homes[found.home[c]].id, float(score))
        for c, score in zip(placed.tolist(), scores, strict=True)
    )
    unplaced = tuple(kids[c].id for c in np.flatnonzero(found.home < 0).tolist())
    # every pair is worth its two prices, and nobody without a pair has one: the sum of prices is the bound
    bound = int(found.of_child.sum() + found.of_family.sum())
    if bound != int(own.sum()):
        raise ArithmeticError("the prices do not prove the pairing")
    offset = market.criteria.unplaced * len(kids)
    total = bound / UNIT + offset
    second = int((own < found.first[placed]).sum())
    return Joint(
        pairs, unplaced, total, total, 0.0, True, found.home, found.of_child / UNIT, found.of_family / UNIT,
        words.joint(len(pairs), len(unplaced), second), market, (found.of_child, found.of_family),
    )  # fmt: skip
