"""One child and one family, fact by fact: the hard conditions, and what each soft fact costs.

:mod:`columns` reckons the same for thousands at once; the tests hold the two together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from opora.engines.common.reasons import Value
from opora.engines.matching.model import Answer, Child, Criteria, Family, Need, Place

EARTH = 6371.0088
"""Mean radius of the Earth, km (IUGG)."""
State = Literal["met", "unmet", "unknown"]
Speaks = Literal["for", "against", "unknown"]
BARRED = ("approved", "measures", "safety", "said_no")
"""Conditions nobody should be asked to reconsider for a match: a family that misses one is never offered as near."""


@dataclass(frozen=True)
class Condition:
    """One hard condition: its code, what it is about (a need, an attribute), and whether it holds."""

    code: str
    state: State
    about: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """One soft fact: its code, which way it speaks, the points it counts and what it is about."""

    code: str
    speaks: Speaks
    points: float
    about: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


def kilometres(one: Place, other: Place) -> float:
    """Great-circle distance (haversine), km."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def conditions(child: Child, family: Family) -> list[Condition]:
    """Every hard condition this pair must meet, in a fixed order."""
    found = [
        Condition("approved", _state(family.approved)),
        *([] if child.measures else [Condition("measures", _state(child.measures))]),
        Condition("safety", _safety(child, family)),
    ]
    if child.placement is not None:
        offered = None if family.placements is None else child.placement in family.placements
        found.append(Condition("placement", _state(offered), child.placement))
    enough = None if family.free is None else family.free >= child.size
    places: dict[str, Value] = {"free": family.free or 0, "size": child.size}
    if family.free is not None:
        places["missing"] = max(0, child.size - family.free)
    found.append(Condition("places", _state(enough), values=places))
    found += _approved_ages(child, family)
    if child.only_in:
        inside = None if family.municipality is None else family.municipality in child.only_in
        found.append(Condition("area", _state(inside), values={"area": ", ".join(sorted(child.only_in))}))
    found += [_must(need, family) for need in child.needs if need.must]
    return found + list(_limits(child, family))


def marks(child: Child, family: Family, criteria: Criteria) -> list[Mark]:
    """Every soft fact of this pair, in a fixed order; 100 plus their points is the score."""
    return [
        *(_covered(need, family, criteria) for need in child.needs),
        _age(child, family, criteria),
        _distance(child, family, criteria),
        *_stands(child, family, criteria),
        *_language(child, family, criteria),
        *(
            Mark("experience", "for", criteria.experience, need.code)
            for need in child.needs
            if need.code in family.experienced
        ),
        *_wish(child, family, criteria),
        *(_asked(trait, family, criteria) for trait in sorted(child.asks)),
    ]


def score(found: list[Mark]) -> float:
    """100 plus the points, to six decimals."""
    return round(100 + sum(mark.points for mark in found), 6) + 0.0


def tier(found: list[Condition]) -> int:
    """0: every condition is met; 1: none is missed, some are not known; 1 + k: k are missed."""
    missed = sum(one.state == "unmet" for one in found)
    return 1 + missed if missed else int(any(one.state == "unknown" for one in found))


def attributes(child: Child) -> Iterator[tuple[str, Answer]]:
    """What a family may say no to: the child's needs and circumstances, each true or not known."""
    for need in child.needs:
        yield need.code, True if need.known else None
    for code, answer in child.circumstances.items():
        if answer is not False:
            yield code, answer


def age_gap(ages: tuple[float, float], child: Child) -> float | None:
    """Years by which the child (of several: the one furthest off) is outside; ``None`` if an age is not known."""
    known = [age for age in child.ages if age is not None]
    if len(known) < child.size:
        return None
    return max(0.0, ages[0] - min(known), max(known) - ages[1])


def _state(answer: Answer) -> State:
    return "unknown" if answer is None else "met" if answer else "unmet"


def _safety(child: Child, family: Family) -> State:
    if family.id in child.must_not:
        return "unmet"
    if not child.apart:
        return "met"
    return "unknown" if family.cares_for is None else _state(not child.apart & family.cares_for)


def _approved_ages(child: Child, family: Family) -> list[Condition]:
    if family.approved_ages is None:
        return []
    gap = age_gap(family.approved_ages, child)
    low, high = family.approved_ages
    values: dict[str, Value] = {"low": low, "high": high, **_span(child)}
    known = [age for age in child.ages if age is not None]
    if known:
        values |= {"from_": min(low, *known), "to": max(high, *known)}
    return [Condition("approved_ages", _state(None if gap is None else gap == 0), values=values)]


def _span(child: Child) -> dict[str, Value]:
    known = [age for age in child.ages if age is not None]
    return {"youngest": min(known), "oldest": max(known)} if known else {}


def _must(need: Need, family: Family) -> Condition:
    covered = family.covers.get(need.code)
    if not need.known and covered is not True:
        covered = None
    return Condition("must", _state(covered), need.code, {"of_child": int(not need.known)})


def _limits(child: Child, family: Family) -> Iterator[Condition]:
    listed = list(attributes(child))
    refused = [(code, answer) for code, answer in listed if family.stands.get(code) == "no"]
    for code, answer in refused:
        yield Condition("said_no", "unmet" if answer else "unknown", code)
    if listed and not refused:
        yield Condition("said_no", "met")


def _covered(need: Need, family: Family, criteria: Criteria) -> Mark:
    covered = family.covers.get(need.code)
    if covered:
        return Mark("need", "for", 0.0, need.code)
    unsure = criteria.unknown_share
    points = -criteria.need * (1.0 if covered is False else unsure) * (1.0 if need.known else unsure)
    if covered is False and need.known:
        values: dict[str, Value] = {"km": family.nearest[need.code]} if need.code in family.nearest else {}
        return Mark("need", "against", points, need.code, values=values)
    return Mark("need", "unknown", points, need.code, {"of_child": int(not need.known)})


def _age(child: Child, family: Family, criteria: Criteria) -> Mark:
    gap = None if family.ages is None else age_gap(family.ages, child)
    if gap is None or family.ages is None:
        points = -criteria.age * criteria.unknown_years
        return Mark("age", "unknown", points, values={"of_child": int(None in child.ages)})
    values: dict[str, Value] = {"gap": gap, "low": family.ages[0], "high": family.ages[1], **_span(child)}
    return Mark("age", "against" if gap else "for", -criteria.age * gap, values=values)


def _distance(child: Child, family: Family, criteria: Criteria) -> Mark:
    if child.place is None or family.place is None:
        points = -criteria.distance * criteria.unknown_km
        return Mark("distance", "unknown", points, values={"of_child": int(child.place is None)})
    km = kilometres(child.place, family.place)
    points = -criteria.distance * min(km, criteria.km_cap)
    return Mark("distance", "for" if km <= criteria.near_km else "against", points, values={"km": km})


def _stands(child: Child, family: Family, criteria: Criteria) -> Iterator[Mark]:
    """What the family said of each attribute; one it can cover needs no separate answer."""
    unsure = criteria.unknown_share
    for code, answer in attributes(child):
        stand = family.stands.get(code)
        certain = 1.0 if answer else unsure
        if stand == "uncertain":
            speaks: Speaks = "against" if answer else "unknown"
            yield Mark("stand", speaks, -criteria.uncertain * certain, code, {"of_child": int(not answer)})
        elif stand is None and not family.covers.get(code):
            points = -criteria.uncertain * unsure * certain
            yield Mark("stand", "unknown", points, code, {"of_child": 0})
        elif stand == "acceptable" and answer:
            yield Mark("stand", "for", 0.0, code)


def _language(child: Child, family: Family, criteria: Criteria) -> list[Mark]:
    if not child.languages:
        return []
    weight = criteria.language
    if family.languages is None:
        return [Mark("language", "unknown", -weight * criteria.unknown_share)]
    common = sorted(child.languages & family.languages)
    values: dict[str, Value] = {"common": ", ".join(map(criteria.name, common))}
    return [Mark("language", "for" if common else "against", 0.0 if common else -weight, values=values)]


def _wish(child: Child, family: Family, criteria: Criteria) -> list[Mark]:
    if family.id in child.wishes:
        return [Mark("wish", "for", criteria.wish)]
    return [Mark("wish", "against", -criteria.wish)] if family.id in child.refuses else []


def _asked(trait: str, family: Family, criteria: Criteria) -> Mark:
    has = family.traits.get(trait)
    if has is None:
        return Mark("asks", "unknown", -criteria.asks * criteria.unknown_share, trait)
    return Mark("asks", "for" if has else "against", 0.0 if has else -criteria.asks, trait)
