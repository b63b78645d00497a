"""What a plan within capacities says of itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from opora.engines.common.checks import Matrix
from opora.engines.common.reasons import N_, NN_, Reason
from opora.engines.siting.capacity_problem import Problem
from opora.engines.siting.capacity_relaxed import Flags


class Told(NamedTuple):
    """A plan to speak of, over the allowed places."""

    given: Problem
    shares: Matrix
    opened: Flags
    cost: float
    bound: float
    proven: bool


def words(told: Told | None) -> tuple[Reason, ...]:
    """Reasons for a plan, or why there is none yet."""
    if told is None:
        return (Reason(N_("За даденото време не е намерен план; не е и доказано, че няма."), {}, "unknown"),)
    given, shares, opened, cost, bound, proven = told
    found = [
        Reason(N_("Капацитетът на допустимите места е {room}, а нуждата е {need}."),
               {"room": _short(float(given.space.sum())), "need": _short(given.need)}),
        Reason(NN_("Отваря се {count} място.", "Отварят се {count} места."), {"count": int(opened.sum())}),
        _sure(cost, bound, proven),
    ]  # fmt: skip
    moved = _moved(given, shares, opened)
    return (
        *found,
        *moved,
        *(_fullest(given, shares, opened) if moved and moved[0].kind == "against" else ()),
    )


def _sure(cost: float, bound: float, proven: bool) -> Reason:
    if proven:
        return Reason(N_("Доказано е, че няма по-евтин план."), {}, "for")
    percent = 100 * (cost - bound) / max(1e-9, abs(cost))
    return Reason(
        N_("По-евтин план е възможен, но най-много с {percent} %."), {"percent": _up(percent)}, "unknown"
    )


def _moved(given: Problem, shares: Matrix, opened: Flags) -> list[Reason]:
    """Who is not where serving is cheapest among the open places, because that is full."""
    if not shares.size or not opened.any():
        return []
    least = given.cost[:, opened].min(axis=1)
    paid = (np.where(shares > 0, given.cost, 0.0) * shares).sum(axis=1)
    count = int((paid > least + 1e-9 * np.maximum(1.0, np.abs(least))).sum())
    if not count:
        return [Reason(N_("Всеки е при най-изгодното за него отворено място."), {}, "for")]
    return [
        Reason(
            NN_(
                "{count} адрес не е изцяло при най-изгодното отворено място: там не достига капацитет.",
                "{count} адреса не са изцяло при най-изгодното отворено място: там не достига капацитет.",
            ),
            {"count": count},
            "against",
        )
    ]


def _fullest(given: Problem, shares: Matrix, opened: Flags) -> list[Reason]:
    load = given.demand @ shares
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(opened & (given.space > 0) & np.isfinite(given.space), load / given.space, -1.0)
    if not part.size or part.max() <= 0:
        return []
    j = int(part.argmax())
    return [
        Reason(
            N_(
                "Най-запълнено е място {place}: {load} от {room}. Повече капацитет там би могъл да промени плана."
            ),
            {
                "place": int(given.place[j]) + 1,
                "load": _short(load[j]),
                "room": _short(float(given.space[j])),
            },
            "change",
        )
    ]


def _short(value: float) -> float | int:
    return round(value) if abs(value) < 1e15 and abs(value - round(value)) < 1e-6 else float(value)


def _up(percent: float) -> float:
    """Rounded up to a tenth, so that it stays true."""
    return float(np.ceil(percent * 10 - 1e-9) / 10)
