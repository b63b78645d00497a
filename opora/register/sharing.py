"""Services of one provider for the same or similar people under one management (brief A3).

Found, not declared: two services belong together when one provider runs both, something shows one management
(a management record, a complex, the same head), and their target groups are alike by the Jaccard index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

MANAGEMENT, COMPLEX, HEAD = "management", "complex", "head"
EVERYBODY_ALIKE = 1.0


@dataclass(frozen=True)
class Facts:
    """What is needed of one operating service; `filled` are posts taken, None where staff is unknown."""

    code: str
    name: str
    type: str
    provider: int
    bonds: frozenset[tuple[str, str]] = frozenset()
    groups: frozenset[str] = frozenset()
    capacity: int | None = None
    occupied: int | None = None
    filled: float | None = None


@dataclass(frozen=True)
class Bundle:
    """Services found together: what binds them, the groups all share, the least likeness of a bound pair."""

    provider: int
    members: tuple[Facts, ...]
    bonds: tuple[tuple[str, str], ...]
    common_groups: tuple[str, ...]
    likeness: float

    @property
    def types(self) -> tuple[str, ...]:
        """Types in it, each once."""
        return tuple(dict.fromkeys(member.type for member in self.members))


@dataclass(frozen=True)
class Measure:
    """Occupancy and staff per place of some services, each over those where known; None when nowhere."""

    services: int
    occupancy: float | None
    staff_per_place: float | None
    occupancy_of: int = 0
    staff_of: int = 0


@dataclass(frozen=True)
class Comparison:
    """One type: its services in the bundle beside those run separately."""

    type: str
    together: Measure
    separately: Measure


@dataclass
class _Sets:
    """Union-find over service codes."""

    above: dict[str, str] = field(default_factory=dict)

    def root(self, code: str) -> str:
        while self.above.get(code, code) != code:
            code = self.above[code]
        return code

    def join(self, one: str, other: str) -> None:
        self.above[self.root(other)] = self.root(one)


def likeness(one: Facts, other: Facts) -> float:
    """Jaccard index of their target groups, 0 to 1; 0 where a service names none."""
    together = one.groups | other.groups
    return len(one.groups & other.groups) / len(together) if one.groups and other.groups else 0.0


def bundles(facts: Iterable[Facts], *, threshold: float) -> list[Bundle]:
    """All groups of two or more, by provider and first code; `threshold` is the least likeness of a pair."""
    by_provider: dict[int, list[Facts]] = defaultdict(list)
    for one in sorted(facts, key=lambda f: (f.provider, f.code)):
        by_provider[one.provider].append(one)
    return [found for members in by_provider.values() for found in _of_provider(members, threshold)]


def _of_provider(members: Sequence[Facts], threshold: float) -> list[Bundle]:
    sets = _Sets()
    bound = [f for f in members if f.bonds]
    for one, other in combinations(bound, 2):
        if one.bonds & other.bonds and likeness(one, other) >= threshold:
            sets.join(one.code, other.code)
    grown: dict[str, list[Facts]] = defaultdict(list)
    for one in bound:
        grown[sets.root(one.code)].append(one)
    return [_bundle(tuple(group)) for group in grown.values() if len(group) > 1]


def _bundle(members: tuple[Facts, ...]) -> Bundle:
    pairs = [(a, b) for a, b in combinations(members, 2) if a.bonds & b.bonds]
    held = [bond for bond in sorted(set().union(*(m.bonds for m in members))) if _holds(bond, members)]
    return Bundle(
        provider=members[0].provider,
        members=members,
        bonds=tuple(held),
        common_groups=tuple(sorted(frozenset.intersection(*(m.groups for m in members)))),
        likeness=min((likeness(a, b) for a, b in pairs), default=EVERYBODY_ALIKE),
    )


def _holds(bond: tuple[str, str], members: Sequence[Facts]) -> bool:
    return sum(bond in member.bonds for member in members) > 1


def measure(facts: Sequence[Facts]) -> Measure:
    """Occupied places of all places and filled posts per place, by sums, where both numbers are known."""
    housed = [(f.occupied, f.capacity) for f in facts if f.capacity and f.occupied is not None]
    staffed = [(f.filled, f.capacity) for f in facts if f.capacity and f.filled is not None]
    return Measure(len(facts), _ratio(housed), _ratio(staffed), len(housed), len(staffed))


def _ratio(pairs: Sequence[tuple[float, int]]) -> float | None:
    places = sum(capacity for _, capacity in pairs)
    return sum(value for value, _ in pairs) / places if places else None


def compare(bundle: Bundle, everything: Iterable[Facts], found: Iterable[Bundle]) -> list[Comparison]:
    """Each type of the bundle beside the services of that type that stand in no bundle."""
    taken = {member.code for one in found for member in one.members}
    apart: dict[str, list[Facts]] = defaultdict(list)
    for one in everything:
        if one.code not in taken:
            apart[one.type].append(one)
    inside = {t: [m for m in bundle.members if m.type == t] for t in bundle.types}
    return [Comparison(t, measure(inside[t]), measure(apart[t])) for t in bundle.types]
