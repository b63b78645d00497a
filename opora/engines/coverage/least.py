"""How many of each profession a need asks for: :func:`least_team`, a set multicover."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import numbers, positive
from opora.engines.common.reasons import N_, Reason, Value
from opora.engines.coverage.model import Whole
from opora.engines.coverage.need import Numbers, names
from opora.engines.solver import Model, Outcome, solve


@dataclass(frozen=True)
class LeastTeam:
    """The cheapest team that covers every need.

    ``count[q]``: how many of each kind; ``cost`` and its proven ``bound``; ``spare[j]``: what is given over each need.
    ``missed[q]``: what would stay uncovered with one fewer of this kind and the others as they are (0 for a kind that
    is not in the team).
    """

    count: Whole
    cost: float
    bound: float
    proven: bool
    spare: Numbers
    missed: Numbers
    why: tuple[Reason, ...]


def least_team(
    need: ArrayLike,
    gives: ArrayLike,
    *,
    cost: ArrayLike | None = None,
    most: ArrayLike | None = None,
    kinds: Sequence[str] = (),
    needs: Sequence[str] = (),
    time_limit: float = 60.0,
) -> LeastTeam:
    """Find min Σ cost[q]·n[q] with Σ gives[q, j]·n[q] ≥ need[j], n whole and n[q] ≤ most[q].

    ``need[j]`` hours; ``gives[q, j]`` hours one specialist of the kind q gives to the need j; ``cost[q]`` (default 1:
    the fewest people); ``most[q]``: as many as there are (default: no limit).
    Raises ``ValueError`` if a need cannot be covered, naming it, or if the input is wrong.
    """
    until = time.monotonic() + 0.9 * positive("time_limit", time_limit)
    wanted = numbers("need", need, (None,))
    can = numbers("gives", gives, (None, len(wanted))) if np.size(gives) else np.zeros((0, len(wanted)))
    size = len(can)
    price = np.ones(size) if cost is None else numbers("cost", cost, (size,))
    limit = np.full(size, np.inf) if most is None else np.floor(numbers("most", most, (size,), infinite=True))
    kind, called = names("kinds", kinds, size, "вид"), names("needs", needs, len(wanted), "нужда")
    _possible(wanted, can, limit, called)
    done = _cheapest(wanted, can, price, limit, until)
    assert done.x is not None
    count = np.round(done.x).astype(np.int64)
    value = float(price @ count)
    bound = min(value, max(0.0, done.bound)) if math.isfinite(done.bound) else 0.0
    missed = _missed(wanted, can, count)
    return LeastTeam(
        count=count,
        cost=value,
        bound=bound,
        proven=value - bound <= 1e-6 * max(1.0, value),
        spare=count @ can - wanted,
        missed=missed,
        why=tuple(_explained(count, missed, kind)),
    )


def _possible(wanted: Numbers, can: Numbers, limit: Numbers, called: Sequence[str]) -> None:
    """Arithmetic first: everybody there is, on each need alone."""
    reach = np.where(can > 0, can * np.where(can > 0, limit[:, None], 0.0), 0.0).sum(axis=0)
    for j in np.nonzero(reach + 1e-9 < wanted)[0].tolist():
        raise ValueError(f"{called[j]} needs {wanted[j]:g} hours; all who may be taken give {reach[j]:g}")


def _cheapest(wanted: Numbers, can: Numbers, price: Numbers, limit: Numbers, until: float) -> Outcome:
    """Start from enough of everybody who gives: a team for sure, so that a time limit has something to give."""
    from scipy import sparse

    enough = np.ceil(np.divide(wanted, can, out=np.zeros_like(can), where=can > 0) - 1e-9).max(
        axis=1, initial=0
    )
    start = np.minimum(limit, enough)
    model = Model(
        price, sparse.csr_array(can.T), wanted, np.full(len(wanted), np.inf), high=np.minimum(limit, enough), integer=True
    )  # fmt: skip
    if not len(price) or not len(wanted):
        return Outcome("optimal", np.zeros(len(price)), 0.0, 0.0, None, None, 0.0, "")
    done = solve(model, time_limit=max(0.02, (until - time.monotonic()) * 0.8), start=start)
    if done.x is None:
        return Outcome("limit", start, float(price @ start), done.bound, None, None, 0.0, "")
    return done


def _missed(wanted: Numbers, can: Numbers, count: Whole) -> Numbers:
    given = count @ can
    without = np.maximum(0.0, wanted[None] - (given[None] - can)).sum(axis=1)
    return np.asarray(np.where(count > 0, without, 0.0))


def _explained(count: Whole, missed: Numbers, kind: Sequence[str]) -> Iterator[Reason]:
    if not count.any():
        yield Reason(N_("Никоя нужда не иска хора."))
    for q in np.nonzero(count)[0].tolist():
        values: dict[str, Value] = {"kind": kind[q], "number": int(count[q]), "hours": float(missed[q])}
        if missed[q] > 0.05:
            yield Reason(N_("{kind}: {number}. С един по-малко остават непокрити {hours} часа."), values)
        else:
            yield Reason(N_("{kind}: {number}."), values)
