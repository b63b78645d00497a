"""What became of one person's goals: T and, always beside it, the goals themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.attainment.score import checked, scored, weighed
from opora.engines.common.checks import Vector
from opora.engines.common.reasons import N_, NN_, Reason

State = Literal["achieved", "partly", "not", "unmeasured"]
Names = tuple[str, ...]
Parts = tuple[Names, Names, Names, Names]


@dataclass(frozen=True)
class Outcome:
    """``t`` of the measured goals and ``t_before`` of the same goals at the start (nan where nothing was measured).

    ``reached`` share of measured goals at 0 or above; ``state`` of every goal in the order given; ``achieved``,
    ``partly``, ``not_achieved`` and ``unmeasured`` name goals; ``why`` in words.
    """

    t: float
    t_before: float
    reached: float
    state: tuple[State, ...]
    achieved: tuple[str, ...]
    partly: tuple[str, ...]
    not_achieved: tuple[str, ...]
    unmeasured: tuple[str, ...]
    why: tuple[Reason, ...]


def outcome(
    levels: ArrayLike,
    before: ArrayLike | None = None,
    *,
    names: Sequence[str] = (),
    weights: ArrayLike | None = None,
    rho: float = 0.3,
    set_by: str = "",
) -> Outcome:
    """Tell how far one person's goals were reached; a goal not measured (nan, ``None``) is named and left out of T.

    A goal is achieved at 0 or above. Below 0 it is partly achieved if it is above its level ``before``; where that is not
    known, at −1. ``set_by`` says who set the goals. Raises ``ValueError``.
    """
    after = checked(levels)
    if not len(after):
        raise ValueError("levels must hold at least one goal")
    start = np.full(len(after), np.nan) if before is None else checked(before)
    if len(start) != len(after):
        raise ValueError(f"before must hold as many goals as levels, {len(after)}, not {len(start)}")
    called = tuple(names) or tuple(str(place + 1) for place in range(len(after)))
    if len(called) != len(after):
        raise ValueError(f"names must be as many as levels, {len(after)}, not {len(called)}")
    w = weighed(weights, len(after))
    state = tuple(_state(x, was) for x, was in zip(after, start, strict=True))
    known = ~np.isnan(after)
    t, t_before = _t(after[known], w[known], rho), _t(start[known], w[known], rho)
    reached = float((after[known] >= 0).mean()) if known.any() else float("nan")
    parts = _parts(called, state)
    return Outcome(t, t_before, reached, state, *parts, _why(t, parts, set_by))


def _parts(called: tuple[str, ...], state: tuple[State, ...]) -> Parts:
    """The goals' names by what became of them."""

    def of(kind: State) -> tuple[str, ...]:
        return tuple(name for name, one in zip(called, state, strict=True) if one == kind)

    return of("achieved"), of("partly"), of("not"), of("unmeasured")


def _state(level: float, before: float) -> State:
    if np.isnan(level):
        return "unmeasured"
    if level >= 0:
        return "achieved"
    better = level > before if not np.isnan(before) else level == -1
    return "partly" if better else "not"


def _t(x: Vector, w: Vector, rho: float) -> float:
    """T, or nan where a goal was not measured or nothing has weight."""
    if np.isnan(x).any() or not w.any():
        return float("nan")
    return scored(x, w, rho)


def _why(t: float, parts: Parts, set_by: str) -> tuple[Reason, ...]:
    achieved, partly, nothing, unmeasured = parts
    measured = len(achieved) + len(partly) + len(nothing)
    said: list[Reason] = []
    if measured:
        said.append(
            Reason(
                NN_(
                    "Постигната е {count} цел от {measured} измерени.",
                    "Постигнати са {count} цели от {measured} измерени.",
                ),
                {"count": len(achieved), "measured": measured},
                "for" if achieved else "fact",
            )
        )
    if partly:
        said.append(Reason(N_("Частично постигнато: {goals}."), {"goals": ", ".join(partly)}, "for"))
    if nothing:
        said.append(Reason(N_("Още не е постигнато: {goals}."), {"goals": ", ".join(nothing)}, "against"))
    if not np.isnan(t):
        said.append(Reason(N_("Общата оценка по скалата е {t}. Очакваното ниво е 50."), {"t": t}, "fact"))
    if unmeasured:
        said.append(
            Reason(
                N_("Не е измерено и не влиза в оценката: {goals}."),
                {"goals": ", ".join(unmeasured)},
                "unknown",
            )
        )
    if set_by:
        said.append(Reason(N_("Целите са поставени от: {who}."), {"who": set_by}, "fact"))
    return tuple(said)
