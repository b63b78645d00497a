"""What a region needs and whom it has: the types a caller fills in, and the checked arrays the model reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from opora.engines.common.checks import numbers, positive, whole

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Need:
    """Hours of specialists' work that services need.

    ``hours[s, q, t]``: service, skill, week. ``severity``: how much an unmet hour weighs, one number, [s] or [s, q].
    ``services`` and ``skills`` are names for the sentences (default „услуга 1“, „умение 1“ …); ``places[s]``: the
    municipality of each service.
    """

    hours: ArrayLike
    services: Sequence[str] = ()
    skills: Sequence[str] = ()
    severity: ArrayLike = 1.0
    places: Sequence[str] = ()


@dataclass(frozen=True)
class Specialist:
    """Somebody who travels to services: ``skills`` by the names in the need (or positions), ``base``: from where."""

    name: str
    skills: Sequence[str | int]
    base: str = ""


@dataclass(frozen=True)
class Weights:
    """What the plan minimises: ``unmet`` per hour × severity, ``road`` per hour of travel, ``face`` for every pair of
    specialist and service that do not know each other yet, ``member`` for everybody in the team."""

    unmet: float = 100.0
    road: float = 1.0
    face: float = 3.0
    member: float = 0.0


@dataclass(frozen=True)
class Case:
    """A checked question. ``need[s, q, t]``; ``unmet[s, q]`` cost of an unmet hour; ``can[e, q]``; ``road[e, s]`` hours
    there and back, +inf where nobody may be sent; ``free[e, t]`` hours; ``face[e, s]`` and ``join[e]`` costs of a first
    meeting and of being in the team; ``met[e, s]`` already counted among the ``faces`` a service may meet."""

    need: Numbers
    unmet: Numbers
    can: Flags
    road: Numbers
    free: Numbers
    face: Numbers
    join: Numbers
    met: Flags
    weights: Weights
    faces: int | None
    services: tuple[str, ...]
    skills: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[Specialist, ...]

    @property
    def drive(self) -> float:
        """Cost of an hour on the road."""
        return self.weights.road


def checked(
    need: Need | ArrayLike,
    specialists: Sequence[Specialist],
    *,
    travel: ArrayLike,
    hours: ArrayLike,
    longest: float,
    faces: int | None,
    known: ArrayLike | None,
    weights: Weights,
) -> Case:
    """Read the caller's question into arrays. Raises ``ValueError`` with what is wrong."""
    given = need if isinstance(need, Need) else Need(need)
    wanted = numbers("need", given.hours, (None, None, None))
    s, q, t = wanted.shape
    people, skills = tuple(specialists), names("skills", given.skills, q, "умение")
    services = names("services", given.services, s, "услуга")
    road = roads(travel, len(people), s, longest)
    for name in ("unmet", "road", "face", "member"):
        positive(f"weights.{name}", getattr(weights, name), zero=True)
    return Case(
        need=wanted,
        unmet=weights.unmet * _severity(given.severity, s, q),
        can=abilities(people, skills),
        road=road,
        free=_free(hours, len(people), t),
        face=np.where(_known(known, road.shape), 0.0, weights.face),
        join=np.full(len(people), weights.member),
        met=np.zeros(road.shape, dtype=bool),
        weights=weights,
        faces=None if faces is None else whole("faces", faces, 1),
        services=services,
        skills=skills,
        places=names("places", given.places, s, "") if given.places else services,
        people=people,
    )


def some(flags: Flags, *axis: int) -> Flags:
    """Whether any along these axes."""
    return np.asarray(np.any(flags, axis=axis), dtype=bool)


def names(what: str, given: Sequence[str], size: int, word: str) -> tuple[str, ...]:
    """Give the names, or numbered ones if there are none. Raises ``ValueError`` if their number does not fit."""
    if not len(given):
        return tuple(f"{word} {place + 1}" for place in range(size))
    if isinstance(given, str) or len(given) != size:
        raise ValueError(f"{what} must be {size} names, as many as the need has")
    return tuple(str(one) for one in given)


def roads(travel: ArrayLike, people: int, services: int, longest: float) -> Numbers:
    """Minutes one way [e, s] → hours there and back, +inf beyond ``longest`` minutes. Raises ``ValueError``."""
    limit = positive("longest", longest, zero=True) if np.isfinite(longest) else np.inf
    if not people or not services:
        return np.zeros((people, services))
    minutes = numbers("travel", travel, (people, services), infinite=True)
    return np.where(minutes <= limit, 2 * minutes / 60, np.inf)


def abilities(people: Sequence[Specialist], skills: Sequence[str]) -> Flags:
    """Who can what, [e, q]. Raises ``ValueError`` for a skill the need does not have."""
    place = {name: number for number, name in enumerate(skills)}
    can = np.zeros((len(people), len(skills)), dtype=bool)
    for row, person in enumerate(people):
        if isinstance(person.skills, str):
            raise ValueError(f"the skills of {person.name} must be a list, not a single text")
        for skill in person.skills:
            at = place.get(skill, -1) if isinstance(skill, str) else whole("a skill", skill)
            if not 0 <= at < len(skills):
                raise ValueError(f"{person.name} has the skill {skill!r}, which the need does not name")
            can[row, at] = True
    return can


def candidates(case: Case, bases: Mapping[str, ArrayLike] | None, longest: float) -> dict[str, Numbers]:
    """Where one more specialist could start from: place → hours there and back to every service."""
    if bases is None:
        first = {person.base: row for row, person in reversed(list(enumerate(case.people))) if person.base}
        return {base: case.road[row] for base, row in sorted(first.items(), key=lambda one: one[1])}
    size = case.need.shape[0]
    return {
        str(place): roads(numbers(f"bases[{place!r}]", one, (size,), infinite=True)[None], 1, size, longest)[
            0
        ]
        for place, one in bases.items()
    }


def _severity(given: ArrayLike, services: int, skills: int) -> Numbers:
    array = np.asarray(given, dtype=float)
    shape: tuple[int, ...] = ((), (services,), (services, skills))[min(array.ndim, 2)]
    array = numbers("severity", given, shape)
    return np.broadcast_to(array[:, None] if array.ndim == 1 else array, (services, skills)).copy()


def _free(given: ArrayLike, people: int, weeks: int) -> Numbers:
    array = np.asarray(given, dtype=float)
    shape: tuple[int, ...] = ((), (people,), (people, weeks))[min(array.ndim, 2)]
    if not people:
        return np.zeros((0, weeks))
    array = numbers("hours", given, shape)
    return np.broadcast_to(array[:, None] if array.ndim == 1 else array, (people, weeks)).copy()


def _known(given: ArrayLike | None, shape: tuple[int, ...]) -> Flags:
    if given is None:
        return np.zeros(shape, dtype=bool)
    array = np.asarray(given)
    if array.shape != shape:
        raise ValueError(f"known must be {shape[0]} × {shape[1]}, specialists by services")
    return array.astype(bool)
