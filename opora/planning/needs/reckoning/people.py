"""Chapter 4: how many people live where, counted how and when, and how many places stand beside them."""

from __future__ import annotations

from collections.abc import Iterator

from opora.planning.needs.reckoning import build
from opora.planning.needs.reckoning.facts import Facts, PopulationFacts, ServiceFacts
from opora.planning.needs.reckoning.grammar import date
from opora.planning.needs.reckoning.result import Cell, Column, Row, Table

THOUSAND = 1000


def tables(facts: Facts) -> Iterator[Table]:
    """The figures with their sources, and coverage per thousand of the first kind known."""
    kinds = kinds_known(facts)
    if kinds:
        yield population(facts, kinds)
        yield coverage(facts, kinds[0])


def kinds_known(facts: Facts) -> list[tuple[str, str]]:
    """Kinds of counting with figures for municipalities, in the order given."""
    met = {row.kind for row in facts.population if row.code != facts.region.code}
    known = [(key, title) for key, title in facts.population_kinds if key in met]
    return known + [(key, key) for key in sorted(met - {key for key, _ in known})]


def newest(facts: Facts, code: str, kind: str) -> PopulationFacts | None:
    """The newest figure of that kind."""
    found = [row for row in facts.population if row.code == code and row.kind == kind]
    return max(found, key=lambda row: row.as_of, default=None)


def population(facts: Facts, kinds: list[tuple[str, str]]) -> Table:
    """One column per kind of counting; the total is the sum where every municipality is known."""
    columns = tuple(Column(key, title) for key, title in kinds)
    rows = [
        Row(place.code, place.name, tuple(_figure(facts, place.code, key) for key, _ in kinds))
        for place in facts.municipalities
    ]
    rows.append(Row("region", "Общо", tuple(_sum(facts, key) for key, _ in kinds), total=True))
    return Table("people.population", "Население", "Община", columns, tuple(rows), sources(facts))


def _figure(facts: Facts, code: str, kind: str) -> Cell:
    found = newest(facts, code, kind)
    return Cell(found.value, ((f"pop:{code}/{kind}/{found.as_of}", found.value),)) if found else Cell()


def _sum(facts: Facts, kind: str) -> Cell:
    cells = [_figure(facts, place.code, kind) for place in facts.municipalities]
    if not cells or any(cell.value is None for cell in cells):
        return _figure(facts, facts.region.code, kind)
    refs = tuple(ref for cell in cells for ref in cell.refs)
    return Cell(build.total(refs), refs)


def sources(facts: Facts) -> str:
    """Who counted and when; registered people are not census people."""
    titles = dict(kinds_known(facts))
    said = {(row.kind, row.as_of, row.source) for row in facts.population if row.kind in titles}
    lines = [f"{titles[kind]}: {source}, към {date(day)}." for kind, day, source in sorted(said)]
    return " ".join(["Регистрираните лица не са преброените лица.", *lines])


def coverage(facts: Facts, kind: tuple[str, str]) -> Table:
    """Places and occupied places per thousand people."""
    columns = (
        Column("capacity", "Места"),
        Column("people", kind[1]),
        Column("rate", "Места на 1000 души", decimals=2),
        Column("used", "Заети места на 1000 души", decimals=2, measure="occupied"),
    )
    rows = [
        Row(
            place.code,
            place.name,
            _rates(
                [s for s in facts.services if s.municipality == place.code],
                _figure(facts, place.code, kind[0]),
            ),
        )
        for place in facts.municipalities
    ]
    rows.append(Row("region", "Общо", _rates(list(facts.services), _sum(facts, kind[0])), total=True))
    note = "Услугите приемат и хора от други общини; покритието показва къде са местата."
    return Table("people.coverage", "Места на 1000 души", "Община", columns, tuple(rows), note)


def _rates(services: list[ServiceFacts], people: Cell) -> tuple[Cell, ...]:
    capacity = build.summed(services, lambda s: s.capacity)
    if not services:
        capacity = Cell(0)
    occupied = build.summed(services, lambda s: s.occupied, people=True)
    return capacity, people, build.share(capacity, people, THOUSAND), build.share(occupied, people, THOUSAND)
