"""What is measured and how it adds up: indicators, what stands above them, directions, weights, denominators."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any


@dataclass(frozen=True)
class Framework:
    """A tree of indicators under aggregates under one index.

    ``indicators``: codes, in the order of the columns. ``parents``: code → code above it, for indicators and aggregates
    (the index has none), or for an indicator all that stand above it, nearest first. ``directions``: +1 more is better,
    −1 less is better; 1 if not given. ``weights``: by code, among siblings, 0 or more; 1 if not given. ``denominators``:
    code → the column it is divided by. ``bounds``: code → (least, greatest possible value): the
    scale of a mark; such an indicator is neither treated nor stretched to what happens to be observed. All but the bounds
    may also be lists in the order of the indicators; kept are mappings. What is ``None``, nan or "" counts as not given.
    Raises ``ValueError``.
    """

    indicators: Sequence[str]
    parents: Mapping[str, str]
    directions: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    denominators: Mapping[str, str] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes = tuple(self.indicators)
        if not codes:
            raise ValueError("the framework has no indicators")
        if len(set(codes)) != len(codes):
            raise ValueError("the framework names an indicator twice")
        parents = _chains(_by_code("parents", self.parents, codes))
        self._set(indicators=codes, parents=parents)
        known = set(self.codes)
        directions = _numbers(_by_code("directions", self.directions, codes))
        weights = _numbers(_by_code("weights", self.weights, codes))
        for name, named in (("directions", directions), ("weights", weights)):
            if unknown := sorted(set(named) - known):
                raise ValueError(f"{name} names {unknown[0]}, which is not in the framework")
        self._set(
            directions={code: _direction(code, directions.get(code, 1.0)) for code in codes},
            weights={code: _weight(code, weights.get(code, 1.0)) for code in self.codes},
            denominators=_by_code("denominators", self.denominators, codes),
            bounds={code: _bounds(code, pair) for code, pair in self.bounds.items()},
        )
        self._check_tree()

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _check_tree(self) -> None:
        for code in self.indicators:
            if code not in self.parents:
                raise ValueError(f"indicator {code} has nothing above it")
            if self.under(code):
                raise ValueError(f"{code} is an indicator and stands above {self.under(code)[0]}")
        tops = [code for code in self.codes if code not in self.parents]
        if len(tops) != 1:
            named = " and ".join(tops) or "nothing, as the parents go round in a circle"
            raise ValueError(f"the framework must end in one index, not in {named}")
        for code in self.codes:
            self._height(code, ())
        for code in self.codes:
            under = self.under(code)
            if under and not sum(self.weights[one] for one in under):
                raise ValueError(f"all weights under {code} are zero")

    @property
    def codes(self) -> tuple[str, ...]:
        """Indicators, then aggregates in the order in which they are first named."""
        named = dict.fromkeys(self.indicators)
        for child, parent in self.parents.items():
            named.update(dict.fromkeys((child, parent)))
        return tuple(named)

    @property
    def index(self) -> str:
        """The code at the top."""
        return self.levels[-1][0]

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """The aggregates, those next to the indicators first, the index alone last."""
        heights = {code: self._height(code, ()) for code in self.codes}
        top = max(heights.values())
        return tuple(tuple(code for code in heights if heights[code] == h) for h in range(1, top + 1))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of raw data: indicators, then denominators."""
        return tuple(dict.fromkeys((*self.indicators, *self.denominators.values())))

    def under(self, code: str) -> tuple[str, ...]:
        """What stands directly under an aggregate."""
        return tuple(child for child, parent in self.parents.items() if parent == code)

    def _height(self, code: str, above: tuple[str, ...]) -> int:
        if code in above:
            raise ValueError(f"{code} stands above itself")
        under = self.under(code)
        if not under and code not in self.indicators:
            raise ValueError(f"{code} is no indicator and none stands under it")
        return 1 + max(self._height(one, (*above, code)) for one in under) if under else 0


def _given(value: Any) -> bool:
    return not (value is None or value == "" or (isinstance(value, float) and math.isnan(value)))


def _by_code(name: str, value: Any, codes: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        listed = list(value)
        if len(listed) != len(codes):
            raise ValueError(f"{name} must be one for each of {len(codes)} indicators, not {len(listed)}")
        value = dict(zip(codes, listed, strict=True))
    return {code: one for code, one in value.items() if _given(one)}


def _chains(parents: Mapping[str, str | Iterable[str]]) -> dict[str, str]:
    """Parents one step up, from chains too."""
    found: dict[str, str] = {}
    for code, above in parents.items():
        chain = [code, *([above] if isinstance(above, str) else [one for one in above if _given(one)])]
        for child, parent in pairwise(chain):
            if found.setdefault(child, parent) != parent:
                raise ValueError(f"{child} stands under {found[child]} and under {parent}")
    return found


def _numbers(value: Mapping[str, Any]) -> dict[str, float]:
    try:
        return {code: float(one) for code, one in value.items()}
    except (TypeError, ValueError):
        raise ValueError("directions and weights must be numbers") from None


def _direction(code: str, value: float) -> int:
    if value not in (1, -1):
        raise ValueError(f"the direction of {code} must be 1 or −1, not {value:g}")
    return int(value)


def _weight(code: str, value: float) -> float:
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"the weight of {code} must be a number of zero or more, not {value:g}")
    return value


def _bounds(code: str, pair: Sequence[float]) -> tuple[float, float]:
    low, high = pair
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"the bounds of {code} must be two numbers, the lower first")
    return float(low), float(high)
