"""Rules, indicators and the lines made from them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, get_args

from opora.engines.common.reasons import Reason

Unit = Literal["percent", "per_thousand", "per_ten_thousand", "share", "persons", "places"]
Rounding = Literal["up", "half", "down"]
PER: dict[str, int] = {"percent": 100, "per_thousand": 1000, "per_ten_thousand": 10_000, "share": 1}
"""What a coefficient in this unit is divided by."""


@dataclass(frozen=True)
class Rule:
    """One value with its legal source. ``value`` is ``None`` where the rule exists and its number was not entered."""

    code: str
    value: float | None
    unit: Unit
    legal_ref: str = ""
    verified: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a unit nobody knows and a value that is no number of zero or more."""
        if self.unit not in get_args(Unit):
            raise ValueError(f"the unit of {self.code} must be one of {', '.join(get_args(Unit))}")
        checked(f"the value of {self.code}", self.value)


@dataclass(frozen=True)
class Norm:
    """How the places of one ``kind`` of service for one ``target`` group are planned.

    need = indicator ``target`` × ``coefficient`` (percent, per thousand, per ten thousand or share), rounded ``up``, ``half``
    up or ``down`` to places. A municipality whose indicator ``population`` is below ``minimum`` shares with its group.
    ``capacity``: most places of one service; ``least``: fewer places are not worth opening.
    """

    kind: str
    target: str
    coefficient: Rule
    minimum: Rule | None = None
    capacity: Rule | None = None
    least: Rule | None = None
    population: str = "population"
    rounding: Rounding = "up"

    def __post_init__(self) -> None:
        """Refuse units and roundings that do not fit their place."""
        if self.coefficient.unit not in PER:
            raise ValueError(f"the coefficient {self.coefficient.code} must be in {', '.join(PER)}")
        if self.minimum and self.minimum.unit != "persons":
            raise ValueError(f"the minimum {self.minimum.code} must be in persons")
        for rule in (self.capacity, self.least):
            if rule and rule.unit != "places":
                raise ValueError(f"{rule.code} must be in places")
        if self.capacity and self.capacity.value == 0:
            raise ValueError(f"the capacity {self.capacity.code} must be above zero")
        if self.rounding not in get_args(Rounding):
            raise ValueError(
                f"rounding must be one of {', '.join(get_args(Rounding))}, not {self.rounding!r}"
            )

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule it uses."""
        return tuple(r for r in (self.coefficient, self.minimum, self.capacity, self.least) if r is not None)


@dataclass(frozen=True)
class Group:
    """Municipalities that agreed to share services of these ``kinds`` (empty: all), at the ``host``'s.

    They plan as one when one of them is below the norm's minimum, or ``always`` (services of regional level).
    """

    members: tuple[str, ...]
    host: str = ""
    kinds: tuple[str, ...] = ()
    always: bool = False

    def __post_init__(self) -> None:
        """Refuse a group of one, a member named twice and a host from outside."""
        if len(set(self.members)) < 2 or len(set(self.members)) != len(self.members):
            raise ValueError(f"a group must have two members or more, each once: {', '.join(self.members)}")
        if self.host and self.host not in self.members:
            raise ValueError(f"the host {self.host} is not a member of its group")


@dataclass(frozen=True)
class RuleSet:
    """Norms, one for each kind and target group, and who shares with whom."""

    norms: tuple[Norm, ...]
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a norm given twice and a municipality in two groups of one kind."""
        _once(((norm.kind, norm.target) for norm in self.norms), "has two norms")
        for kind in {norm.kind for norm in self.norms}:
            _once(
                (m for group in self.groups_of(kind) for m in group.members), f"is in two groups for {kind}"
            )

    def groups_of(self, kind: str) -> tuple[Group, ...]:
        """The groups that share this kind."""
        return tuple(group for group in self.groups if not group.kinds or kind in group.kinds)


@dataclass(frozen=True)
class Indicator:
    """One figure of one municipality with its official source; ``value`` is ``None`` where it is not known."""

    municipality: str
    code: str
    value: float | None
    source: str = ""
    as_of: str = ""

    def __post_init__(self) -> None:
        """Refuse an infinite or negative value."""
        checked(f"{self.code} of {self.municipality}", self.value)


@dataclass(frozen=True)
class Missing:
    """What is not known: an ``indicator`` of a ``municipality``, or the value of a ``rule``."""

    municipality: str = ""
    indicator: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Line:
    """Places of one kind of service for one target group in one municipality.

    ``need`` before rounding; ``places``, or ``None`` with what is ``missing``; ``unmet`` places that are fewer than worth
    opening. ``shared``: the municipalities that plan as one (empty: alone) at the ``host``'s, with ``whole`` places
    together in ``services`` (``None`` without a capacity rule); ``at_least``: places of the whole without what is missing.
    ``rules`` and ``indicators`` it stands on; ``verified`` when every rule was; ``why`` in words.
    """

    kind: str
    target: str
    municipality: str
    need: float | None
    places: int | None
    unmet: int | None
    shared: tuple[str, ...]
    host: str
    whole: int | None
    at_least: int | None
    services: int | None
    rounding: Rounding
    rules: tuple[Rule, ...]
    indicators: tuple[Indicator, ...]
    missing: tuple[Missing, ...]
    why: tuple[Reason, ...] = field(default=())

    @property
    def verified(self) -> bool:
        """Whether an expert verified every rule."""
        return all(rule.verified for rule in self.rules)


def exact(value: float) -> Fraction:
    """The number as it is written: 2.5 % of 1,200 is 30 and not a little more."""
    return Fraction(repr(float(value))) if not isinstance(value, int) else Fraction(value)


def known(value: float | None) -> bool:
    """Whether there is a number."""
    return value is not None and not math.isnan(value)


def checked(what: str, value: float | None) -> None:
    """Let a number of zero or more or nothing pass. Raises ``ValueError``."""
    if value is None:
        return
    try:
        wrong = isinstance(value, (bool, str)) or math.isinf(value) or value < 0
    except TypeError:
        wrong = True
    if wrong:
        raise ValueError(f"{what} must be a number of zero or more, or nothing, not {value!r}")


def _once(names: Iterable[object], said: str) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            called = " / ".join(name) if isinstance(name, tuple) else name
            raise ValueError(f"{called} {said}")
