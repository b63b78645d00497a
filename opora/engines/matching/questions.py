"""What a missing fact could turn out to be: the same family, or child, after a good and after a bad answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from opora.engines.matching.judge import Condition, Mark
from opora.engines.matching.model import Child, Family

_ALL_AGES = (0.0, 200.0)
_FAR = (0.0, 180.0)
Changes = Mapping[str, Any]


def of_child(fact: Condition | Mark, child: Child) -> bool:
    """Whether the missing fact is about the child, so that the answer touches every family."""
    if isinstance(fact, Mark):
        return bool(fact.values.get("of_child"))
    if fact.code == "must":
        return any(need.code == fact.about and not need.known for need in child.needs)
    return fact.code in ("measures", "approved_ages", "said_no")


def family_answers(fact: Condition | Mark, child: Child, family: Family) -> tuple[Family, Family]:
    """Give the family after a good and after a bad answer."""
    good, bad = _ANSWERS[fact.code](child, family, fact.about)
    return replace(family, **good), replace(family, **bad)


def child_answers(about: str, child: Child) -> tuple[Child, Child]:
    """Give the child who has the need or circumstance for certain, and the one who has not."""
    yes = tuple(replace(need, known=True) if need.code == about else need for need in child.needs)
    no = tuple(need for need in child.needs if need.code != about)
    has = {code: True if code == about else answer for code, answer in child.circumstances.items()}
    lacks = {code: answer for code, answer in child.circumstances.items() if code != about}
    return replace(child, needs=yes, circumstances=has), replace(child, needs=no, circumstances=lacks)


def _covers(child: Child, family: Family, about: str) -> tuple[Changes, Changes]:
    return tuple({"covers": {**family.covers, about: answer}} for answer in (True, False))  # type: ignore[return-value]


def _stands(child: Child, family: Family, about: str) -> tuple[Changes, Changes]:
    return tuple({"stands": {**family.stands, about: said}} for said in ("acceptable", "no"))  # type: ignore[return-value]


def _traits(child: Child, family: Family, about: str) -> tuple[Changes, Changes]:
    return tuple({"traits": {**family.traits, about: answer}} for answer in (True, False))  # type: ignore[return-value]


def _ages(child: Child, family: Family, about: str) -> tuple[Changes, Changes]:
    known = [age for age in child.ages if age is not None]
    far = (0.0, 0.0) if max(known) >= 9 else (18.0, 18.0)
    return {"ages": _ALL_AGES}, {"ages": far}


def _area(child: Child, family: Family, about: str) -> tuple[Changes, Changes]:
    elsewhere = "".join(sorted(child.only_in)) + "?"
    return {"municipality": min(child.only_in)}, {"municipality": elsewhere}


_ANSWERS: dict[str, Callable[[Child, Family, str], tuple[Changes, Changes]]] = {
    "need": _covers,
    "must": _covers,
    "stand": _stands,
    "asks": _traits,
    "age": _ages,
    "area": _area,
    "distance": lambda child, family, _: ({"place": child.place}, {"place": _FAR}),
    "language": lambda child, family, _: ({"languages": child.languages}, {"languages": frozenset()}),
    "approved": lambda child, family, _: ({"approved": True}, {"approved": False}),
    "placement": lambda child, family, _: (
        {"placements": frozenset({child.placement})},
        {"placements": frozenset()},
    ),
    "places": lambda child, family, _: ({"free": child.size}, {"free": child.size - 1}),
    "safety": lambda child, family, _: ({"cares_for": frozenset()}, {"cares_for": child.apart}),
}
