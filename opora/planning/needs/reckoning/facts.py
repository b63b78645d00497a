"""What an analysis is made from, frozen: plain values that go to JSON and back without loss."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Place:
    """A municipality or the region itself."""

    code: str
    name: str


@dataclass(frozen=True)
class PostFacts:
    """One row of a service's staff list."""

    profession: str
    posts: float
    filled: float


@dataclass(frozen=True)
class ServiceFacts:
    """One operating service on the day of the analysis; None where the register does not know."""

    code: str
    name: str
    type: str
    municipality: str
    groups: tuple[str, ...] = ()
    capacity: int | None = None
    crisis_places: int | None = None
    occupied: int | None = None
    waiting: int | None = None
    posts: tuple[PostFacts, ...] = ()


@dataclass(frozen=True)
class CardFacts:
    """One expected card: its state and the answers that count (only of cards that came in).

    `answers` are rows (question path without row numbers, path with them, text, number).
    """

    code: str
    service: str
    stage: str
    state: str
    reason: str = ""
    answers: tuple[tuple[str, str, str, float | None], ...] = ()

    @property
    def came_in(self) -> bool:
        """Its answers count."""
        return self.stage in {"submitted", "verified"}


@dataclass(frozen=True)
class Question:
    """A question of the template. `kind`: choice (`many`: several at once), number, text or other.

    `role` is what the question means here, from the column `analysis`; it may be empty.
    """

    path: str
    label: str
    kind: str
    role: str = ""
    section: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    prefilled: bool = False
    many: bool = False


@dataclass(frozen=True)
class PopulationFacts:
    """How many people in a municipality or the region, counted how, when and by whom."""

    code: str
    kind: str
    value: int
    as_of: str
    source: str


@dataclass(frozen=True)
class Facts:
    """Everything one regional analysis is made from; dates are ISO text."""

    region: Place
    date: str
    round_code: str = ""
    round_title: str = ""
    round_opened: str = ""
    round_closed: str = ""
    template: str = ""
    municipalities: tuple[Place, ...] = ()
    types: tuple[Place, ...] = ()
    groups: tuple[Place, ...] = ()
    services: tuple[ServiceFacts, ...] = ()
    questions: tuple[Question, ...] = ()
    cards: tuple[CardFacts, ...] = ()
    population: tuple[PopulationFacts, ...] = ()
    population_kinds: tuple[tuple[str, str], ...] = ()
    week_hours: float = 40.0
    week_hours_source: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries."""
        plain: dict[str, Any] = json.loads(canonical(asdict(self)))
        return plain

    @property
    def sha256(self) -> str:
        """Fingerprint of the inputs; equal inputs, equal fingerprint."""
        return hashlib.sha256(canonical(asdict(self)).encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(plain: dict[str, Any]) -> Facts:
    """The inverse of `Facts.as_json`."""
    known = dict(plain)
    known["region"] = Place(**plain["region"])
    for name, kind in (("municipalities", Place), ("types", Place), ("groups", Place)):
        known[name] = tuple(kind(**row) for row in plain[name])
    known["services"] = tuple(_service(row) for row in plain["services"])
    known["questions"] = tuple(_question(row) for row in plain["questions"])
    known["cards"] = tuple(_card(row) for row in plain["cards"])
    known["population"] = tuple(PopulationFacts(**row) for row in plain["population"])
    known["population_kinds"] = _pairs(plain["population_kinds"])
    return Facts(**known)


def _service(row: dict[str, Any]) -> ServiceFacts:
    posts = tuple(PostFacts(**post) for post in row["posts"])
    return ServiceFacts(**(row | {"groups": tuple(row["groups"]), "posts": posts}))


def _question(row: dict[str, Any]) -> Question:
    return Question(**(row | {"choices": _pairs(row["choices"])}))


def _card(row: dict[str, Any]) -> CardFacts:
    return CardFacts(**(row | {"answers": tuple(tuple(answer) for answer in row["answers"])}))


def _pairs(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(tuple(row) for row in rows)


@dataclass
class Index:
    """The same facts, found by code. `home` tells a card's municipality."""

    facts: Facts
    service: dict[str, ServiceFacts] = field(init=False)
    home: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.service = {service.code: service for service in self.facts.services}
        self.home = {
            card.code: self.service[card.service].municipality
            for card in self.facts.cards
            if card.service in self.service
        }
