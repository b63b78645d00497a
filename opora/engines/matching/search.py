"""The search for the best joint proposal: the best families of each child, then what was left out and is missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from opora.engines.matching.market import Market
from opora.engines.matching.model import Criteria
from opora.engines.matching.pool import Column
from opora.engines.matching.quick import HALF, Quick
from opora.engines.matching.solve import Whole, pairing, prices

UNIT = 1_000_000
"""Scores are whole numbers of millionths of a point inside, so sums are exact."""
FIRST = 12
"""Best families per child in the first table."""
MORE = 8
"""Families added per child when better ones were left out."""
Tell = Callable[[int, int, str], None]
Pairs = tuple[Whole, Whole]


@dataclass(frozen=True)
class Found:
    """The best pairing: family of each child (−1 none), prices that prove it, gain of each child's first choice."""

    home: Whole
    of_child: Whole
    of_family: Whole
    first: Whole
    rounds: int


def gains(scores: Column, criteria: Criteria) -> Whole:
    """Millionths of a point above being left out."""
    return np.rint((scores - criteria.unplaced) * UNIT).astype(np.int64)


def search(market: Market, tell: Tell) -> Found:
    """Find the best pairing over all pairs that meet every hard condition, with its proof."""
    height, width = len(market.children), len(market.pool)
    if not height or not width:
        nothing = np.zeros(height, dtype=np.int64)
        return Found(nothing - 1, nothing, np.zeros(width, dtype=np.int64), nothing, 0)
    quick, rounds = Quick(market), 0
    pairs = _best(quick, tell)
    first = np.zeros(height, dtype=np.int64)
    np.maximum.at(first, pairs[0], gains(market.scores(*pairs), market.criteria))
    while True:
        rounds += 1
        tell(height, height, f"round {rounds}: {len(pairs[0])} pairs")
        of_child, of_family = _solved(market, pairs)[1:]
        close = _close(quick, of_child, of_family)
        short = of_child[close[0]] + of_family[close[1]] - gains(market.scores(*close), market.criteria)
        if (short >= 0).all():
            break
        pairs = _widened(pairs, close, short, width)
    tight = (close[0][short == 0], close[1][short == 0])
    return Found(_solved(market, tight)[0], of_child, of_family, first, rounds)


def _solved(market: Market, pairs: Pairs) -> tuple[Whole, Whole, Whole]:
    """The best pairing on these pairs, the same whatever order children and families came in."""
    value = gains(market.scores(*pairs), market.criteria)
    worth = value > 0
    rows, columns, value = pairs[0][worth], pairs[1][worth], value[worth]
    order = sorted(
        range(len(market.children)), key=lambda c: (-market.children[c].waiting, market.children[c].id)
    )
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    families = market.pool.order()
    back = np.append(np.argsort(families), -1)
    home = back[pairing(rank[rows], families[columns], value, len(order), len(families))][rank]
    return (home, *prices(rows, columns, value, home, len(families)))


def _best(quick: Quick, tell: Tell) -> Pairs:
    """The best families of each child."""
    rows, columns, width = [], [], quick.width
    for start, block in quick.blocks():
        keep = min(FIRST, width)
        best = np.argpartition(block, width - keep, axis=1)[:, width - keep :]
        at, place = np.nonzero(np.take_along_axis(block, best, 1) > quick.floor)
        rows.append(at + start)
        columns.append(best[at, place])
        tell(start, len(quick.market.children), "pairs compared")
    return np.concatenate(rows), np.concatenate(columns)


def _close(quick: Quick, of_child: Whole, of_family: Whole) -> Pairs:
    """Every pair that may be worth as much as its two prices."""
    unit, spare = np.float32(UNIT), quick.market.criteria.unplaced
    child, family = (of_child / UNIT + spare).astype(np.float32), (of_family / unit).astype(np.float32)
    size = np.abs(child).max() + np.abs(family).max() + abs(spare)
    slack = np.float32(quick.error + 8 * HALF * float(size) + 2 / UNIT)
    rows, columns = [], []
    for start, block in quick.blocks():
        left = block - family
        left -= child[start : start + len(block), None]
        at, column = np.nonzero(left > -slack)
        rows.append(at + start)
        columns.append(column)
    return np.concatenate(rows), np.concatenate(columns)


def _widened(pairs: Pairs, close: Pairs, short: Whole, width: int) -> Pairs:
    """Add the pairs that are missed most, a few per child."""
    missed = short < 0
    rows, columns, short = close[0][missed], close[1][missed], short[missed]
    order = np.lexsort((columns, short, rows))
    rows, columns = rows[order], columns[order]
    begin = np.flatnonzero(np.diff(rows, prepend=-1))
    rank = np.arange(len(rows)) - np.repeat(begin, np.diff(begin, append=len(rows)))
    keys = [pairs[0] * width + pairs[1], rows[rank < MORE] * width + columns[rank < MORE]]
    every = np.unique(np.concatenate(keys))
    return every // width, every % width
