"""People on call, their duties and the rules: the types a caller fills in, and the checked arrays the rota reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import whole
from opora.engines.coverage.need import Flags

Whole = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Person:
    """Somebody who is on call.

    ``roles`` they may take and ``skills`` they have, by name; ``absent``: days on which they cannot come; ``wishes``
    and ``avoids``: days they would like and days they would rather not; ``most``: duties at most, if they have a limit.
    """

    name: str
    roles: Collection[str]
    skills: Collection[str] = ()
    absent: Collection[int] = ()
    wishes: Collection[int] = ()
    avoids: Collection[int] = ()
    most: int | None = None


@dataclass(frozen=True)
class Duty:
    """One night or shift: the ``day`` (any running number, such as ``date.toordinal()``), whether it counts as
    ``weekend``, a name for the sentences, and its own ``roles`` if they are not those of the rules."""

    day: int
    weekend: bool = False
    name: str = ""
    roles: Sequence[str] | None = None


@dataclass(frozen=True)
class Rules:
    """What every rota keeps.

    ``roles``: one person each, in this order; ``skills``: how many people with a skill at least on every duty;
    ``windows``: (days, most) – in any so many days in a row at most so many duties of one person.
    """

    roles: Sequence[str] = ("водещ", "втори")
    skills: Sequence[tuple[str, int]] = (("психолог", 1),)
    windows: Sequence[tuple[int, int]] = ((2, 1), (7, 3))


@dataclass(frozen=True)
class Roster:
    """A checked question. ``can[p, r]``; ``there[p, d]``; ``asked[d, r]``; ``has[p, k]`` and ``least[k]`` by skill;
    ``likes[p, d]`` in −1, 0, 1; ``most[p]``; ``day[d]``; ``old[p, d, r]`` the rota published before."""

    people: tuple[Person, ...]
    duties: tuple[Duty, ...]
    rules: Rules
    roles: tuple[str, ...]
    can: Flags
    there: Flags
    asked: Flags
    has: Flags
    least: Whole
    likes: Whole
    most: Whole
    day: Whole
    weekend: Flags
    old: Flags = field(repr=False)


def roster(
    people: Sequence[Person], duties: Sequence[Duty], rules: Rules, published: ArrayLike | None
) -> Roster:
    """Read the caller's question into arrays. Raises ``ValueError`` with what is wrong."""
    _sound(rules)
    mine = tuple(one.roles if one.roles is not None else rules.roles for one in duties)
    roles = tuple(dict.fromkeys([*rules.roles, *(role for some in mine for role in some)]))
    day = np.array([whole("the day of a duty", one.day, -(10**9)) for one in duties], dtype=np.int64)
    for person in people:
        _sound_person(person)
    asked = np.array([[role in some for role in roles] for some in mine], dtype=bool)
    on = {name: _on(people, day, name) for name in ("absent", "wishes", "avoids")}
    skills = [name for name, _ in rules.skills]
    return Roster(
        people=tuple(people),
        duties=tuple(duties),
        rules=rules,
        roles=roles,
        can=_table([[role in one.roles for role in roles] for one in people], len(roles)),
        there=~on["absent"],
        asked=asked.reshape(len(duties), len(roles)),
        has=_table([[skill in one.skills for skill in skills] for one in people], len(skills)),
        least=np.array([number for _, number in rules.skills], dtype=np.int64),
        likes=on["wishes"].astype(np.int64) - on["avoids"],
        most=np.array([len(duties) if one.most is None else one.most for one in people], dtype=np.int64),
        day=day,
        weekend=np.array([bool(one.weekend) for one in duties], dtype=bool),
        old=_old(published, len(people), len(duties), len(roles)),
    )


def _sound(rules: Rules) -> None:
    if not rules.roles or len(set(rules.roles)) != len(rules.roles):
        raise ValueError("the rules must name at least one role, each once")
    for skill, number in rules.skills:
        whole(f"the number of people with the skill {skill}", number)
    for days, most in rules.windows:
        whole("the days of a window", days, 1)
        whole("the duties of a window", most)


def _sound_person(person: Person) -> None:
    for name in ("roles", "skills"):
        if isinstance(getattr(person, name), str):
            raise ValueError(f"the {name} of {person.name} must be a list, not a single text")
    if person.most is not None:
        whole(f"the most duties of {person.name}", person.most)


def _on(people: Sequence[Person], day: Whole, name: str) -> Flags:
    rows = [np.isin(day, np.array(sorted(getattr(one, name)), dtype=np.int64)) for one in people]
    return np.array(rows, dtype=bool).reshape(len(people), len(day))


def _table(rows: list[list[bool]], width: int) -> Flags:
    return np.array(rows, dtype=bool).reshape(len(rows), width)


def _old(published: ArrayLike | None, people: int, duties: int, roles: int) -> Flags:
    old = np.zeros((people, duties, roles), dtype=bool)
    if published is None:
        return old
    who = np.asarray(published)
    if who.shape != (duties, roles) or not np.issubdtype(who.dtype, np.integer):
        raise ValueError(f"published must be {duties} × {roles} whole numbers, duties by roles")
    if ((who < -1) | (who >= people)).any():
        raise ValueError(f"published names a person outside 0 … {people - 1}")
    d, r = np.nonzero(who >= 0)
    old[who[d, r], d, r] = True
    return old
