"""From rules and indicators to lines."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from opora.engines.norms.model import (
    PER,
    Group,
    Indicator,
    Line,
    Missing,
    Norm,
    Rounding,
    RuleSet,
    exact,
    known,
)
from opora.engines.norms.words import Words, why

Figures = Mapping[tuple[str, str], Indicator]
Given = Iterable[Indicator] | Mapping[str, Mapping[str, float | None]]
_ROUND: dict[Rounding, Callable[[Fraction], int]] = {
    "up": math.ceil,
    "down": math.floor,
    "half": lambda number: math.floor(number + Fraction(1, 2)),
}


def places(
    rule_set: RuleSet,
    indicators: Given,
    *,
    municipalities: Iterable[str] | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[Line, ...]:
    """Give one line for every norm and municipality, ordered by kind, target group and municipality.

    ``indicators`` are rows, or figures by municipality and code; municipalities are those they and the groups name, or the
    ones given. ``names`` are what codes are called in the words. What is not known leaves ``places`` at ``None`` and is
    named in ``missing``. The order of the input is irrelevant. More people in a target group never give fewer places,
    neither in the municipality's own line nor in any sum. Raises ``ValueError`` for a figure given twice or a number that
    cannot be.
    """
    figures = _figures(indicators)
    towns = set(municipalities) if municipalities is not None else _towns(rule_set, figures)
    words = Words(names or {})
    lines = [
        replace(line, why=why(norm, line, words))
        for norm in rule_set.norms
        for line in _planned(_Planning(norm, figures), rule_set.groups_of(norm.kind), towns)
    ]
    return tuple(sorted(lines, key=lambda line: (line.kind, line.target, line.municipality)))


def total(lines: Iterable[Line]) -> int | None:
    """Add up places; ``None`` when one is not known."""
    every = [line.places for line in lines]
    return None if None in every else sum(one for one in every if one is not None)


def _figures(given: Given) -> dict[tuple[str, str], Indicator]:
    rows = given
    if isinstance(given, Mapping):
        rows = [Indicator(town, code, value) for town, own in given.items() for code, value in own.items()]
    figures: dict[tuple[str, str], Indicator] = {}
    for row in rows:
        assert isinstance(row, Indicator)
        if (row.municipality, row.code) in figures:
            raise ValueError(f"{row.code} of {row.municipality} is given twice; choose one source")
        figures[row.municipality, row.code] = row
    return figures


def _towns(rule_set: RuleSet, figures: Figures) -> set[str]:
    return {town for town, _ in figures} | {m for group in rule_set.groups for m in group.members}


@dataclass(frozen=True)
class _Planning:
    """One norm at work."""

    norm: Norm
    figures: Figures

    def figure(self, town: str, code: str) -> Fraction | None:
        row = self.figures.get((town, code))
        return exact(row.value) if row is not None and row.value is not None and known(row.value) else None

    def need(self, town: str) -> Fraction | None:
        people, rule = self.figure(town, self.norm.target), self.norm.coefficient
        return None if people is None or rule.value is None else people * exact(rule.value) / PER[rule.unit]

    def small(self, town: str) -> bool | None:
        """Whether the municipality is below the minimum; ``None`` when its population is not known."""
        if self.norm.minimum is None or not self.norm.minimum.value:
            return False
        people = self.figure(town, self.norm.population)
        return None if people is None else people < exact(self.norm.minimum.value)

    def line(
        self, town: str, unit: tuple[str, ...], missing: tuple[Missing, ...], group: Group | None
    ) -> Line:
        """A line of which only the need is known."""
        need, norm = self.need(town), self.norm
        codes = (norm.target, norm.population) if norm.minimum else (norm.target,)
        used = dict.fromkeys((one, code) for one in sorted({town, *unit}) for code in codes)
        return Line(
            kind=norm.kind,
            target=norm.target,
            municipality=town,
            need=None if need is None else float(need),
            places=None,
            unmet=None,
            shared=tuple(sorted(unit)) if group else (),
            host=group.host if group else "",
            whole=None,
            at_least=None,
            services=None,
            rounding=norm.rounding,
            rules=norm.rules,
            indicators=tuple(self.figures[key] for key in used if key in self.figures),
            missing=missing,
        )


def _planned(planning: _Planning, groups: Iterable[Group], towns: set[str]) -> Iterator[Line]:
    empty = tuple(Missing(rule=rule.code) for rule in planning.norm.rules if not known(rule.value))
    if empty:
        yield from (planning.line(town, (), empty, None) for town in towns)
        return
    alone = set(towns)
    for group in groups:
        if alone.issuperset(group.members):
            alone -= set(group.members)
            yield from _of_group(planning, group)
        elif not alone.isdisjoint(group.members):
            raise ValueError(
                f"of the group {', '.join(group.members)} only some are among the municipalities"
            )
    for town in alone:
        yield from _of_one(planning, town)


def _of_group(planning: _Planning, group: Group) -> Iterator[Line]:
    """Together when one is small; alone when none is; unknown when that cannot be told."""
    small = {town: planning.small(town) for town in group.members}
    if group.always or True in small.values():
        yield from _together(planning, tuple(sorted(group.members)), group)
    elif None in small.values():
        unknown = tuple(
            Missing(town, planning.norm.population) for town in sorted(small) if small[town] is None
        )
        yield from (
            planning.line(town, group.members, (*unknown, *_lacking(planning, (town,))), group)
            for town in group.members
        )
    else:
        for town in group.members:
            yield from _together(planning, (town,), None)


def _of_one(planning: _Planning, town: str) -> Iterator[Line]:
    if planning.small(town) is None:
        missing = (Missing(town, planning.norm.population), *_lacking(planning, (town,)))
        yield planning.line(town, (town,), missing, None)
    else:
        yield from _together(planning, (town,), None)


def _lacking(planning: _Planning, towns: Iterable[str]) -> tuple[Missing, ...]:
    return tuple(Missing(town, planning.norm.target) for town in towns if planning.need(town) is None)


def _together(planning: _Planning, unit: tuple[str, ...], group: Group | None) -> Iterator[Line]:
    """Plan as one: round the sum of needs, then share it out."""
    needs = {town: planning.need(town) for town in unit}
    met = {town: need for town, need in needs.items() if need is not None}
    whole = _ROUND[planning.norm.rounding](sum(met.values(), Fraction(0)))
    opened = whole if whole >= _limit(planning.norm) else 0
    missing = _lacking(planning, unit)
    if missing:
        yield from (replace(planning.line(town, unit, missing, group), at_least=opened) for town in unit)
        return
    shares = _shares(met, whole)
    for town in unit:
        yield replace(
            planning.line(town, unit, (), group),
            places=shares[town] if opened else 0,
            unmet=0 if opened else shares[town],
            whole=opened,
            at_least=opened,
            services=_services(planning.norm, opened),
        )


def _limit(norm: Norm) -> Fraction:
    return exact(norm.least.value) if norm.least and norm.least.value is not None else Fraction(0)


def _services(norm: Norm, opened: int) -> int | None:
    if norm.capacity is None or norm.capacity.value is None:
        return None
    return math.ceil(opened / exact(norm.capacity.value))


def _shares(needs: Mapping[str, Fraction], whole: int) -> dict[str, int]:
    """Everybody's whole places, then one more by the largest remainder; ties: larger need, then code.

    The remainders are of the needs themselves and not of quotas, so a larger own need never gives a smaller share.
    """
    shares = {town: math.floor(need) for town, need in needs.items()}
    left = whole - sum(shares.values())
    order = sorted(needs, key=lambda town: (shares[town] - needs[town], -needs[town], town))
    for town in order[:left]:
        shares[town] += 1
    return shares
