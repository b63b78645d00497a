"""Spread the chosen over cohorts: dates that suit, a limit per cohort, and services that stay open."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common import checks
from opora.engines.common.checks import Matrix, Whole
from opora.engines.common.reasons import N_, NN_, Reason
from opora.engines.solver import Model, Outcome, solve

if TYPE_CHECKING:
    from scipy import sparse

PLACED = N_("Група {cohort}: датите са възможни, има място и услугата остава отворена.")
NO_DATES = N_("Няма група с възможни дати.")
FULL = NN_(
    "Възможна е {count} група, но е пълна или от услугата вече отиват {most}.",
    "Възможни са {count} групи, но са пълни или от услугата вече отиват {most}.",
)
TOO_MANY = N_("Хора: {people}, места в групите: {places}.")


@dataclass(frozen=True)
class Cohorts:
    """Who goes with which cohort.

    ``cohort[i]``: the cohort of person i, −1 if none. ``unplaced``: positions. ``cost``: of the placed in all;
    ``bound``: no plan with as few unplaced costs less; ``proven``: nor can fewer be unplaced. ``why``: per person.
    """

    cohort: Whole
    unplaced: Whole
    cost: float
    bound: float
    proven: bool
    why: tuple[tuple[Reason, ...], ...]
    notes: tuple[Reason, ...]


@dataclass(frozen=True)
class _Asked:
    """Pairs (person, cohort) that are possible, with their costs, and the limits."""

    people: int
    size: int
    person: Whole
    cohort: Whole
    cost: checks.Vector
    shared: Whole
    per_service: int


def cohorts(
    allowed: ArrayLike,
    *,
    size: int = 21,
    service: Sequence[int | str] | None = None,
    week: Sequence[int | str] | None = None,
    per_service: int = 2,
    cost: ArrayLike | None = None,
    time_limit: float = 60.0,
) -> Cohorts:
    """Give everybody a cohort: most people first, then least cost.

    ``allowed[n, c]``: whether the dates of cohort c suit person n. ``size``: most people in a cohort. ``service[n]``
    and ``week[c]``: at most ``per_service`` people of a service are away in a week (each person a service and each
    cohort a week of its own, if not given). ``cost[n, c]``: of zero or more, say km. Of plans equal in both, HiGHS gives one, always the same for the
    same input. Raises ``ValueError``.
    """
    began = time.monotonic()
    asked = _asked(allowed, size=size, service=service, week=week, per_service=per_service, cost=cost)
    checks.positive("time_limit", time_limit)
    people = asked.people
    if not len(asked.person):
        return _told(asked, np.full(people, -1), 0.0, True)
    model = _model(asked)
    first = solve(model, time_limit=time_limit)
    placed = _placed(asked, first)
    missing = int((placed < 0).sum())
    settled = first.bound > -people + missing - 1 + 1e-6
    model.row_low[-1] = people - missing
    left = max(0.05, time_limit - (time.monotonic() - began))
    second = solve(
        replace(model, cost=asked.cost), time_limit=left, start=None if first.x is None else np.round(first.x)
    )
    better = _placed(asked, second)
    if int((better < 0).sum()) == missing:
        placed = better
    return _told(asked, placed, second.bound, settled and second.status == "optimal")


def _asked(
    allowed: ArrayLike,
    *,
    size: int,
    service: Sequence[int | str] | None,
    week: Sequence[int | str] | None,
    per_service: int,
    cost: ArrayLike | None,
) -> _Asked:
    suits = checks.numbers("allowed", allowed, (None, None)) != 0
    people, count = suits.shape
    price: Matrix = np.zeros(suits.shape) if cost is None else checks.numbers("cost", cost, suits.shape)
    own = _codes("service", service, people)
    when = _codes("week", week, count)
    person, cohort = np.nonzero(suits)
    return _Asked(
        people,
        checks.whole("size", size),
        person,
        cohort,
        price[person, cohort],
        own[person] * max(1, count) + when[cohort],
        checks.whole("per_service", per_service),
    )


def _codes(name: str, labels: Sequence[int | str] | None, size: int) -> Whole:
    listed = list(range(size) if labels is None else labels)
    if len(listed) != size:
        raise ValueError(f"{name} must have {size} entries, not {len(listed)}")
    code = {label: at for at, label in enumerate(dict.fromkeys(listed))}
    return np.array([code[label] for label in listed], dtype=np.int64)


def _model(asked: _Asked) -> Model:
    """One column per possible pair; the last row counts the placed."""
    shared = np.unique(asked.shared, return_inverse=True)[1]
    blocks = [
        (_rows(asked.person), 1.0),
        (_rows(asked.cohort), float(asked.size)),
        (_rows(shared), float(asked.per_service)),
        (_rows(np.zeros(len(asked.person), dtype=np.int64)), math.inf),
    ]
    from scipy import sparse

    high = np.concatenate([np.full(block.shape[0], most) for block, most in blocks])
    return Model(
        cost=np.full(len(asked.person), -1.0),
        matrix=sparse.vstack([block for block, _ in blocks], format="csr"),
        row_low=np.append(np.full(len(high) - 1, -math.inf), 0.0),
        row_high=high,
        high=1.0,
        integer=True,
    )


def _rows(of: Whole) -> sparse.csr_array:
    from scipy import sparse

    return sparse.csr_array((np.ones(len(of)), (of, np.arange(len(of)))))


def _placed(asked: _Asked, outcome: Outcome) -> Whole:
    placed = np.full(asked.people, -1)
    if outcome.x is not None:
        taken = outcome.x > 0.5
        placed[asked.person[taken]] = asked.cohort[taken]
    return placed


def _told(asked: _Asked, placed: Whole, bound: float, proven: bool) -> Cohorts:
    spent = math.fsum(asked.cost[placed[asked.person] == asked.cohort])
    open_to = Counter(asked.person.tolist())
    return Cohorts(
        cohort=placed,
        unplaced=np.flatnonzero(placed < 0),
        cost=spent,
        bound=max(0.0, min(spent, bound)),
        proven=proven,
        why=tuple((_reason(int(at), open_to[one], asked.per_service),) for one, at in enumerate(placed)),
        notes=_notes(asked),
    )


def _reason(at: int, possible: int, most: int) -> Reason:
    if at >= 0:
        return Reason(PLACED, {"cohort": at + 1}, "for")
    if not possible:
        return Reason(NO_DATES, kind="against")
    return Reason(FULL, {"count": possible, "most": most}, "against")


def _notes(asked: _Asked) -> tuple[Reason, ...]:
    places = asked.size * len(set(asked.cohort.tolist()))
    if asked.people <= places:
        return ()
    return (Reason(TOO_MANY, {"people": asked.people, "places": places}, "against"),)
