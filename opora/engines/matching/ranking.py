"""Where every family stands for one child, and everything there is to say about one of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from opora.engines.common.reasons import Reason
from opora.engines.matching import questions, words
from opora.engines.matching.fit import Fit, Unknown
from opora.engines.matching.judge import Condition, Mark, conditions, marks, score, tier
from opora.engines.matching.market import Market
from opora.engines.matching.model import Child, Criteria, Family
from opora.engines.matching.pool import Column, Pool

LAST = 1_000_000
"""Tier of families that miss a condition nobody should be asked to reconsider."""
Place = int | None


class Ranking:
    """All families of a pool for one child under given criteria."""

    def __init__(self, child: Child, pool: Pool, criteria: Criteria) -> None:
        self.child, self.pool, self.criteria = child, pool, criteria
        market = Market([child], pool, criteria)
        self.scores = market.row(0)
        tiers, barred = market.tiers(0)
        self.tiers: Column = np.where(barred > 0, tiers + LAST, tiers)
        self._if_known: dict[str, tuple[Ranking, Ranking]] = {}

    def listed(self, limit: int) -> list[int]:
        """Columns of the shortlist, first first."""
        most = LAST if self.criteria.near else 2
        order = np.lexsort((self.pool.order(), -self.scores, self.tiers))
        return [int(column) for column in order[:limit] if self.tiers[column] < most]

    def place(self, column: int) -> Place:
        """Where a family stands, 1 is first; ``None`` if it misses a hard condition."""
        return self._at(column, int(self.tiers[column]), float(self.scores[column]))

    def _at(self, column: int, tier: int, score: float) -> Place:
        """Where it would stand with this tier and score."""
        if tier > 1:
            return None
        order = self.pool.order()
        level = (self.scores > score) | ((self.scores == score) & (order < order[column]))
        before = (self.tiers < tier) | ((self.tiers == tier) & level)
        before[column] = False
        return int(np.count_nonzero(before)) + 1

    def fit(self, column: int) -> Fit:
        """Say everything about one family."""
        family, criteria = self.pool.families[column], self.criteria
        hard, soft = conditions(self.child, family), marks(self.child, family, criteria)
        known = sorted(
            (mark for mark in soft if mark.speaks != "unknown"), key=lambda mark: -abs(mark.points)
        )
        unknown, same = self._unknown(column, hard, soft)
        missed = [one for one in hard if one.state == "unmet"]
        open_ = any(one.state == "unknown" for one in hard)
        points = float(self.scores[column])
        return Fit(
            family=family.id,
            hard_met=tuple(words.of_condition(one, criteria) for one in hard if one.state == "met"),
            hard_unmet=tuple(words.of_condition(one, criteria) for one in missed),
            for_=tuple(words.of_mark(one, criteria) for one in known if one.speaks == "for"),
            against=tuple(words.of_mark(one, criteria) for one in known if one.speaks == "against"),
            unknown=unknown,
            score=points,
            would_match_if=tuple(words.change(one, criteria) for one in hard if one.state != "met"),
            standing="near" if missed else "ask" if open_ else "fits",
            place=self.place(column),
            parts=_parts(soft),
            unknown_same=same,
            summary=words.head(family.id, soft, points),
        )

    def compared(self, one: int, other: int) -> Reason:
        """Say why a family that misses nothing stands before another such."""
        names = (self.pool.families[one], self.pool.families[other])
        if self.tiers[one] != self.tiers[other]:
            return words.surer(names[0].id)
        ahead = float(self.scores[one] - self.scores[other])
        if ahead == 0:
            return words.level(names[0].id, names[0].waiting > names[1].waiting)
        mine, its = (_parts(marks(self.child, family, self.criteria)) for family in names)
        codes = sorted({*mine, *its}, key=lambda code: (its.get(code, 0) - mine.get(code, 0), code))
        return words.ahead(names[0].id, ahead, codes[0])

    def _unknown(
        self, column: int, hard: list[Condition], soft: list[Mark]
    ) -> tuple[tuple[Unknown, ...], tuple[Reason, ...]]:
        """Sort the missing facts: those that would change the order, and those that would not."""
        changing, same, now = [], [], self.place(column)
        for fact in _missing(hard, soft, self.child):
            ask = words.of_fact(fact, self.criteria)
            places = self._answered(column, fact)
            if places == (now, now) and isinstance(fact, Mark):
                same.append(ask)
            else:
                changing.append(self._told(fact, ask, places))
        return tuple(changing), tuple(same)

    def _answered(self, column: int, fact: Condition | Mark) -> tuple[Place, Place] | None:
        """The place after either answer; ``None`` when the answer may take many forms and touches all families."""
        if not questions.of_child(fact, self.child):
            good, bad = questions.family_answers(fact, self.child, self.pool.families[column])
            return self._judged(column, good), self._judged(column, bad)
        if fact.code in ("measures", "approved_ages", "age", "distance"):
            return None
        if fact.about not in self._if_known:
            yes, no = questions.child_answers(fact.about, self.child)
            self._if_known[fact.about] = (
                Ranking(yes, self.pool, self.criteria),
                Ranking(no, self.pool, self.criteria),
            )
        yes_, no_ = self._if_known[fact.about]
        return yes_.place(column), no_.place(column)

    def _judged(self, column: int, family: Family) -> Place:
        found = tier(conditions(self.child, family))
        return self._at(column, found, score(marks(self.child, family, self.criteria)))

    def _told(self, fact: Condition | Mark, ask: Reason, places: tuple[Place, Place] | None) -> Unknown:
        if places is None:
            return Unknown(ask, words.touches_all(), None, None)
        return Unknown(ask, words.effect(*places, questions.of_child(fact, self.child)), *places)


def _missing(hard: list[Condition], soft: list[Mark], child: Child) -> Iterator[Condition | Mark]:
    """Each missing fact once, hard conditions first."""
    seen = set()
    for fact in [one for one in hard if one.state == "unknown"] + [
        one for one in soft if one.speaks == "unknown"
    ]:
        kind = "child" if questions.of_child(fact, child) else {"must": "need"}.get(fact.code, fact.code)
        what = (kind, fact.about or {"approved_ages": "age"}.get(fact.code, fact.code))
        if what not in seen:
            seen.add(what)
            yield fact


def _parts(soft: list[Mark]) -> dict[str, float]:
    parts: dict[str, float] = {}
    for mark in soft:
        parts[mark.code] = parts.get(mark.code, 0.0) + mark.points
    return {code: round(points, 6) + 0.0 for code, points in parts.items()}
