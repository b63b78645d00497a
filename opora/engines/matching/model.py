"""A child, a family, what counts: facts with ids instead of names, each known or not known.

``None`` always means "not known". ``other`` holds whatever else a caller carries along; the engine never reads it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from opora.engines.common.checks import positive, whole

Stand = Literal["acceptable", "uncertain", "no"]
"""What a family said of one need or circumstance when asked; one it was not asked about is left out."""
Answer = bool | None
"""Yes, no, or not known."""
Place = tuple[float, float]
"""Latitude and longitude in degrees."""
STANDS = ("acceptable", "uncertain", "no")


@dataclass(frozen=True)
class Need:
    """What a child needs. ``must``: without it the child may not go there. ``known``: whether it is established."""

    code: str
    must: bool = False
    known: bool = True


@dataclass(frozen=True)
class Child:
    """A child, or brothers and sisters who go together: one record with the age of each.

    ``ages`` years, one per child (``None``: not known). ``placement`` is the kind sought (``None``: none is demanded).
    ``circumstances``: facts other than needs which a family may accept or not (``None``: not known of this child).
    ``languages`` the child understands (``None`` or empty: no condition). ``place``: where school and relatives are.
    ``only_in``: municipalities an order confines the placement to. ``must_not``: families barred by court or for
    safety; ``apart``: ids of children or adults the child must not live with. ``measures``: reintegration and
    relatives were looked at first, as the Child Protection Act orders (``True``, the default, is not told as a reason). ``wishes`` and ``refuses``: families the child
    named; ``asks``: traits the child wishes the family to have. ``waiting``: days. Raises ``ValueError``.
    """

    id: str
    ages: tuple[float | None, ...] = (None,)
    placement: str | None = None
    needs: tuple[Need, ...] = ()
    circumstances: Mapping[str, Answer] = field(default_factory=dict)
    languages: frozenset[str] | None = None
    place: Place | None = None
    only_in: frozenset[str] = frozenset()
    must_not: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    measures: Answer = True
    wishes: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
    waiting: int = 0
    other: Mapping[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many children go together."""
        return len(self.ages)

    def __post_init__(self) -> None:
        who = _named("a child", self.id)
        _collect(self, "only_in", "must_not", "apart", "wishes", "refuses", "asks", "languages")
        object.__setattr__(self, "needs", tuple(_need(one) for one in self.needs))
        one = isinstance(self.ages, (int, float))
        object.__setattr__(self, "ages", (self.ages,) if one else tuple(self.ages))
        object.__setattr__(self, "circumstances", _answers(who, self.circumstances))
        if not self.ages:
            raise ValueError(f"{who} must have one age for each child who goes; give None for one not known")
        for age in self.ages:
            if age is not None:
                positive(f"an age of {who}", age, zero=True)
        codes = [need.code for need in self.needs] + list(self.circumstances)
        if len(set(codes)) != len(codes):
            raise ValueError(f"{who} has a need or circumstance twice")
        if self.wishes & self.refuses:
            raise ValueError(f"{who} both wishes and refuses family {min(self.wishes & self.refuses)}")
        _place(who, self.place)
        whole(f"the waiting of {who}", self.waiting)


@dataclass(frozen=True)
class Family:
    """A family that may take children.

    ``approved``: approval is valid today. ``free``: places free. ``placements``: kinds it is approved for.
    ``approved_ages``: years the approval is limited to (hard; ``None``: the approval names none). ``ages``: years the
    family itself states (soft). ``covers``: needs it can meet; ``stands``: what it said when asked. ``experienced``:
    needs it has cared for or is trained in. ``nearest``: km to the nearest service for a need, for the words only.
    ``cares_for``: ids of those who live there. ``traits``: read only where a child ``asks``. ``waiting``: days
    without a child. Raises ``ValueError``.
    """

    id: str
    approved: Answer = None
    free: int | None = None
    placements: frozenset[str] | None = None
    approved_ages: tuple[float, float] | None = None
    ages: tuple[float, float] | None = None
    covers: Mapping[str, Answer] = field(default_factory=dict)
    stands: Mapping[str, Stand] = field(default_factory=dict)
    experienced: frozenset[str] = frozenset()
    nearest: Mapping[str, float] = field(default_factory=dict)
    place: Place | None = None
    municipality: str | None = None
    languages: frozenset[str] | None = None
    cares_for: frozenset[str] | None = None
    traits: Mapping[str, Answer] = field(default_factory=dict)
    waiting: int = 0
    other: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        who = _named("a family", self.id)
        _collect(self, "placements", "experienced", "languages", "cares_for")
        for name in ("covers", "traits"):
            object.__setattr__(self, name, _answers(who, getattr(self, name)))
        object.__setattr__(self, "approved", _answers(who, {"approved": self.approved})["approved"])
        if self.free is not None:
            whole(f"the free places of {who}", self.free)
        for ages in (self.approved_ages, self.ages):
            if ages is not None and not (len(ages) == 2 and 0 <= ages[0] <= ages[1] < math.inf):
                raise ValueError(f"the ages of {who} must be a lower and an upper one, not {ages}")
        if wrong := [stand for stand in self.stands.values() if stand not in (*STANDS, None)]:
            raise ValueError(f"{who} must stand acceptable, uncertain or no, not {wrong[0]!r}")
        _place(who, self.place)
        whole(f"the waiting of {who}", self.waiting)


@dataclass(frozen=True)
class Criteria:
    """The weights, in points, all to be seen and changed; and how what is not known is counted.

    score = 100 − need·uncovered − age·years outside the stated range − distance·km − uncertain·(attributes the family
    hesitates about) − language (no common one) − asks·(wished traits absent) + experience·(needs it has experience
    with) ± wish (the child named or refused the family). Of what is not known ``unknown_share`` is counted, or
    ``unknown_km`` and ``unknown_years``. Beyond ``km_cap`` a kilometre counts no more; up to ``near_km`` the distance
    is said as speaking for. The child's wish must weigh no less than any other point. ``unplaced``: what
    a child without a proposal counts in :func:`together`. ``near``: fill a short list with families that miss a hard
    condition, named. ``names``: words for the codes. Raises ``ValueError``.
    """

    need: float = 12.0
    age: float = 6.0
    distance: float = 0.1
    uncertain: float = 3.0
    language: float = 8.0
    asks: float = 8.0
    experience: float = 1.0
    wish: float = 24.0
    unknown_share: float = 0.5
    unknown_km: float = 60.0
    unknown_years: float = 1.0
    km_cap: float = 400.0
    near_km: float = 30.0
    unplaced: float = 0.0
    near: bool = True
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in fields(self)[:13]:
            positive(f"the weight {one.name}", getattr(self, one.name), zero=True)
            if getattr(self, one.name) > 1e4:
                raise ValueError(f"the weight {one.name} must be at most 10000")
        if not (isinstance(self.unplaced, (int, float)) and abs(self.unplaced) <= 1e4):
            raise ValueError("unplaced must be a number between -10000 and 10000")
        if self.unknown_share > 1:
            raise ValueError("unknown_share must be at most 1")
        for name in ("need", "age", "distance", "uncertain", "language", "asks", "experience"):
            if getattr(self, name) > self.wish:
                raise ValueError(f"the child's wish must weigh at least as much as {name}")

    def name(self, code: str) -> str:
        """Give the words for a code, or the code itself."""
        return self.names.get(code, code)


def _named(kind: str, name: object) -> str:
    if not isinstance(name, str) or not name:
        raise ValueError(f"{kind} must have an id in text, not {name!r}")
    return f"{kind.split()[1]} {name}"


def _collect(record: Child | Family, *names: str) -> None:
    """Let a caller give a list or a set where a frozen set is kept."""
    for name in names:
        value = getattr(record, name)
        if isinstance(value, str):
            raise ValueError(f"{name} of {record.id} must be a set of texts, not the text {value!r}")
        if value is not None and not isinstance(value, frozenset):
            object.__setattr__(record, name, frozenset(value))


def _answers(who: str, given: Mapping[str, Any]) -> dict[str, Answer]:
    """A copy with yes, no or None for each."""
    for code, answer in given.items():
        if answer is not None and answer not in (True, False):
            raise ValueError(f"{code} of {who} must be true, false or None, not {answer!r}")
    return {code: None if answer is None else bool(answer) for code, answer in given.items()}


def _need(one: Need | str) -> Need:
    return Need(one) if isinstance(one, str) else one


def _place(who: str, place: Place | None) -> None:
    if place is not None and not (len(place) == 2 and abs(place[0]) <= 90 and abs(place[1]) <= 180):
        raise ValueError(f"the place of {who} must be a latitude and a longitude in degrees, not {place}")
