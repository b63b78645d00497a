"""Who is on call when: :func:`rota`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import positive
from opora.engines.common.reasons import Reason
from opora.engines.coverage.duties import Duty, Person, Roster, Rules, Whole, roster
from opora.engines.coverage.need import Flags, some
from opora.engines.coverage.rota_words import explained
from opora.engines.coverage.stages import Stage, Tell, flags, frame, staged

_DEFAULT = Rules()


@dataclass(frozen=True)
class Fairness:
    """How even the load is among ``people`` of equal roles and skills: from ``least`` to ``most`` duties each.

    ``bound``: no sharing out of their ``total`` in whole duties has a smaller difference (0 or 1).
    """

    people: tuple[int, ...]
    total: int
    least: int
    most: int
    bound: int


@dataclass(frozen=True)
class Rota:
    """Who is on call, how even that is, and what stays open.

    ``who[d, r]``: the person of each duty and role, −1 for nobody; ``roles`` names the columns. ``loads[p]`` and
    ``weekends[p]``: duties of each person. ``uncovered``: (duty, role) without anybody, each with its reason in
    ``why``. ``stages``: the aims in their order, each with its value and bound; ``proven`` if all meet.
    """

    who: Whole
    roles: tuple[str, ...]
    loads: Whole
    weekends: Whole
    uncovered: tuple[tuple[int, int], ...]
    fairness: tuple[Fairness, ...]
    stages: tuple[Stage, ...]
    proven: bool
    why: tuple[Reason, ...]


def rota(
    people: Sequence[Person],
    duties: Sequence[Duty],
    rules: Rules = _DEFAULT,
    *,
    published: ArrayLike | None = None,
    time_limit: float = 60.0,
    tell: Tell | None = None,
) -> Rota:
    """Share out the duties so that, in this order, the fewest slots stay open; the fewest published slots change;
    the most duties of one person are fewest, then all loads most even (least sum of squares); the same for weekends;
    most wishes are met.

    A duty that lacks a skill keeps a slot open for somebody who has it. ``published[d, r]``: the rota people know
    already, −1 for nobody. Never infeasible. Raises ``ValueError`` on input that is wrong.
    """
    began = time.monotonic()
    seconds = positive("time_limit", time_limit)
    asked = roster(people, duties, rules, published)
    at = frame(asked)
    x, stages = staged(asked, at, began + 0.95 * seconds, tell)
    taken = flags(at, x, (len(asked.people), len(asked.duties), len(asked.roles)))
    who = np.full(asked.asked.shape, -1)
    person, duty, role = np.nonzero(taken)
    who[duty, role] = person
    loads = taken.sum(axis=(1, 2))
    open_ = tuple((int(d), int(r)) for d, r in np.argwhere(asked.asked & (who < 0)))
    even = fairness(asked, loads)
    return Rota(
        who=who,
        roles=asked.roles,
        loads=loads,
        weekends=taken[:, asked.weekend].sum(axis=(1, 2)),
        uncovered=open_,
        fairness=even,
        stages=tuple(stages),
        proven=all(stage.proven for stage in stages),
        why=explained(asked, taken, open_, [(one.people, one.least, one.most) for one in even], stages),
    )


def fairness(asked: Roster, loads: Whole) -> tuple[Fairness, ...]:
    """The spread within each group of people who can do the same."""
    groups: dict[tuple[bytes, bytes], list[int]] = {}
    for p in range(len(asked.people)):
        groups.setdefault((asked.can[p].tobytes(), asked.has[p].tobytes()), []).append(p)
    return tuple(_even(tuple(group), loads[group]) for group in groups.values())


def _even(people: tuple[int, ...], loads: Whole) -> Fairness:
    total = int(loads.sum())
    return Fairness(people, total, int(loads.min()), int(loads.max()), int(total % len(people) > 0))


def allowed(asked: Roster, taken: Flags) -> bool:
    """Whether the rota keeps every rule (for checks from outside)."""
    busy = some(taken, 2)
    if (taken.sum(axis=2) > 1).any() or (busy & ~asked.there).any() or (busy.sum(axis=1) > asked.most).any():
        return False
    for days, most in asked.rules.windows:
        for first in asked.day:
            inside = (asked.day >= first) & (asked.day < first + days)
            if (busy[:, inside].sum(axis=1) > most).any():
                return False
    return not (taken & ~(asked.can[:, None, :] & asked.asked[None])).any()
