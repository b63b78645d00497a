"""What is known of one person before and after, gathered from the file; nothing was entered for it alone but two facts."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opora.engines.attainment import Outcome


@dataclass(frozen=True)
class GoalWay:
    """A goal from its start to its newest mark; `now` is none before the first."""

    title: str
    weight: int
    before: int
    now: int | None


@dataclass(frozen=True)
class PersonOutcome:
    """One file on one day. Codes as in the models; none where nothing is known."""

    code: str
    name: str
    service: str
    region: str
    age: int | None = None
    need: int | None = None
    goals: tuple[GoalWay, ...] = ()
    living: tuple[str, ...] = ()
    school: tuple[str, ...] = ()
    contact_on: dt.date | None = None
    plan_on: dt.date | None = None
    steps: tuple[bool, ...] = ()
    """For each finished step (assessment, plan, review, closing) whether somebody of the family took part."""
    answers: tuple[int, ...] = ()
    """The newest answers to the three questions, 0 to 2 each."""
    sealed: bool = False

    @cached_property
    def attained(self) -> Outcome | None:
        """The engine's outcome of the marked goals; none before the first mark."""
        if not any(goal.now is not None for goal in self.goals):
            return None
        from opora.engines.attainment import outcome  # numpy, which pages without a mark need not load

        return outcome(
            [math.nan if goal.now is None else goal.now for goal in self.goals],
            [goal.before for goal in self.goals],
            names=[goal.title for goal in self.goals],
            weights=[goal.weight for goal in self.goals],
        )

    @property
    def t(self) -> tuple[float | None, float | None]:
        """T before and after."""
        if self.attained is None:
            return None, None
        return self.attained.t_before, self.attained.t

    @property
    def days_to_plan(self) -> int | None:
        """Days from the first contact to the first approved plan."""
        if self.contact_on is None or self.plan_on is None:
            return None
        return (self.plan_on - self.contact_on).days

    @property
    def with_family(self) -> tuple[int, int]:
        """In how many of the finished steps the family took part."""
        return sum(self.steps), len(self.steps)


def newest(values: Sequence[str]) -> tuple[str, str] | None:
    """The first and the last of at least two."""
    return (values[0], values[-1]) if len(values) > 1 else None
