"""The question as it was asked, checked: arrays of the right shape, or one plain sentence about what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import numbers, positive

Array = np.ndarray[Any, Any]
Together = Iterable[tuple[int, int, float | None]]
Apart = Iterable[tuple[int, int]]
Stay = tuple[Sequence[int] | Array, float | ArrayLike]
EPS = 1e-9


@dataclass(frozen=True)
class Problem:
    """n groups, m homes. ``load[n, m]``; ``people[n]``: how much leaving one out weighs; ``least[m]`` (0: none).

    ``must``: pairs in one home; ``friends``: (i, j, reward); ``apart``: pairs never in one home; ``kept``: the home
    where each lives now or −1, ``bonus[n]`` for keeping it.
    """

    cost: Array
    load: Array
    people: Array
    capacity: Array
    forbidden: Array
    least: Array
    must: tuple[tuple[int, int], ...]
    friends: tuple[tuple[int, int, float], ...]
    apart: tuple[tuple[int, int], ...]
    kept: Array
    bonus: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and homes."""
        return int(self.cost.shape[0]), int(self.cost.shape[1])


def asked(  # noqa: PLR0917 - what assign was given, in its order
    cost: ArrayLike,
    size: ArrayLike,
    capacity: ArrayLike,
    together: Together,
    apart: Apart,
    forbidden: ArrayLike | None,
    least: ArrayLike | None,
    stay: Stay | None,
) -> Problem:
    """Check everything. Raises ``ValueError`` with one plain sentence."""
    table = numbers("cost", _table(cost, capacity), (None, None), least=None)
    n, m = table.shape
    load, people = _loads(size, n, m)
    room = numbers("capacity", capacity, (m,))
    kept, bonus = _stay(stay, n, m)
    must, friends = _together(together, n)
    floor = np.zeros(m) if least is None else numbers("least", least, (m,))
    _least_fits(floor, room, load)
    return Problem(
        table,
        load,
        people,
        room,
        _forbidden(forbidden, n, m),
        floor,
        must,
        friends,
        _apart(apart, n),
        kept,
        bonus,
    )


def _table(cost: ArrayLike, capacity: ArrayLike) -> ArrayLike:
    """An empty list has no columns of its own; the homes say how many there are."""
    if isinstance(cost, (list, tuple)) and len(cost) == 0:
        return np.zeros((0, np.size(np.asarray(capacity, dtype=object))))
    return cost


def _loads(size: ArrayLike, n: int, m: int) -> tuple[Array, Array]:
    """Load of each in each home, and what each weighs when left out: its size, or one if sizes differ by home."""
    by_home = np.ndim(np.asarray(size, dtype=object)) == 2 or (n > 0 and np.ndim(size) == 2)
    if by_home:
        return numbers("size", size, (n, m)), np.ones(n)
    one = numbers("size", size, (n,))
    smallest = one[one > 0].min() if (one > 0).any() else 1.0
    return np.broadcast_to(one[:, None], (n, m)), np.where(one > 0, one, smallest)


def _forbidden(value: ArrayLike | None, n: int, m: int) -> Array:
    if value is None or (n == 0 and np.size(value) == 0):
        return np.zeros((n, m), dtype=bool)
    table = numbers("forbidden", value, (n, m), least=None)
    if not np.isin(table, (0, 1)).all():
        raise ValueError("forbidden must hold only true and false")
    return table.astype(bool)


def _least_fits(least: Array, room: Array, load: Array) -> None:
    over = np.flatnonzero(least > room + EPS)
    if len(over):
        home = int(over[0])
        raise ValueError(f"home {home} must take at least {least[home]:g} but has room for {room[home]:g}")
    most = float(load.max(axis=1).sum()) if load.size else 0.0
    if least.sum() > most + EPS:
        raise ValueError(f"the homes must take at least {least.sum():g} in all, but there are only {most:g}")


def _stay(stay: Stay | None, n: int, m: int) -> tuple[Array, Array]:
    if stay is None:
        return np.full(n, -1), np.zeros(n)
    try:
        homes, bonus = stay
    except (TypeError, ValueError):
        raise ValueError("stay must be two things: the homes and the bonus for keeping them") from None
    kept = numbers("the homes of stay", homes, (n,), least=-1)
    if (kept != np.round(kept)).any() or (kept >= m).any():
        raise ValueError(f"the homes of stay must be whole numbers from −1 to {m - 1}")
    if np.ndim(bonus) == 0:
        bonus = np.full(n, positive("the bonus of stay", bonus, zero=True))  # type: ignore[arg-type]
    return kept.astype(np.int64), numbers("the bonus of stay", bonus, (n,))


def _together(
    together: Together, n: int
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int, float], ...]]:
    must, friends = [], []
    for entry in together:
        if len(entry) != 3:
            raise ValueError(f"together must hold (one, other, reward), not {entry!r}")
        one, other = _pair("together", entry[:2], n)
        if entry[2] is None:
            must.append((one, other))
        else:
            friends.append((one, other, positive("the reward of together", entry[2], zero=True)))
    return tuple(must), tuple(friends)


def _apart(apart: Apart, n: int) -> tuple[tuple[int, int], ...]:
    pairs = []
    for entry in apart:
        if len(entry) != 2:
            raise ValueError(f"apart must hold pairs, not {entry!r}")
        pairs.append(_pair("apart", entry, n))
    return tuple(pairs)


def _pair(name: str, pair: Sequence[Any], n: int) -> tuple[int, int]:
    for one in pair:
        if isinstance(one, bool) or not isinstance(one, (int, np.integer)):
            raise ValueError(f"{name} must name groups by whole numbers, not {one!r}")
        if not 0 <= one < n:
            raise ValueError(f"{name} names group {one}, but the groups go from 0 to {n - 1}")
    if pair[0] == pair[1]:
        raise ValueError(f"{name} pairs group {pair[0]} with itself")
    return int(pair[0]), int(pair[1])
