"""What is said of one family in a shortlist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from opora.engines.common.reasons import Reason, say

Standing = Literal["fits", "ask", "near"]


@dataclass(frozen=True)
class Unknown:
    """A missing fact that would change the order: what to ask, and the place after a good and after a bad answer.

    Of a fact about the child: the place if it is so and if it is not. ``None``: the family would then no longer fit,
    or (both) the answer has too many forms to follow each.
    """

    ask: Reason
    effect: Reason
    best: int | None
    worst: int | None

    def __str__(self) -> str:
        return f"{say(self.ask)} {say(self.effect)}"


@dataclass(frozen=True)
class Fit:
    """One family for the child, with every hard condition and every soft fact in words.

    ``standing``: ``fits`` meets every hard condition; ``ask``: none is missed, but some are not known (the first in
    ``unknown``); ``near``: misses those in ``hard_unmet``. ``place``: 1 is first (``None``: near). ``score`` only orders within a
    standing; ``parts`` gives the points by criterion (100 plus their sum). ``unknown``: missing facts that would
    change the order; ``unknown_same``: missing facts that would not. ``would_match_if``: the smallest set of changes
    after which every hard condition is met; empty if they are.
    """

    family: str
    hard_met: tuple[Reason, ...]
    hard_unmet: tuple[Reason, ...]
    for_: tuple[Reason, ...]
    against: tuple[Reason, ...]
    unknown: tuple[Unknown, ...]
    score: float
    would_match_if: tuple[Reason, ...]
    standing: Standing
    place: int | None
    parts: dict[str, float]
    unknown_same: tuple[Reason, ...]
    summary: Reason
