"""Chapter 2: services, places, people in them and staff, by municipality, type and target group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from opora.planning.needs.reckoning import build
from opora.planning.needs.reckoning.facts import Facts, Place, ServiceFacts
from opora.planning.needs.reckoning.result import Cell, Column, Row, Table

PLACES = (
    Column("services", "Услуги"),
    Column("capacity", "Места"),
    Column("occupied", "Заети", measure="occupied"),
    Column("free", "Свободни", measure="occupied"),
    Column("occupancy", "Заетост", measure="occupied", percent=True),
    Column("waiting", "Чакащи", measure="waiting"),
    Column("crisis_places", "Кризисни места"),
)
STAFF = (
    Column("posts", "Щатове", decimals=2),
    Column("filled", "Заети щатове", decimals=2),
    Column("vacant", "Незаети щатове", decimals=2),
    Column("filled_share", "Дял на заетите", percent=True),
    Column("load", "Хора на зает щат", decimals=1, measure="occupied"),
)
OVERLAP = "Услуга с няколко целеви групи се брои във всяка от тях; редовете не се събират."
REGION = "region"


def tables(facts: Facts) -> Iterator[Table]:
    """The tables of the chapter."""
    by = (
        ("municipality", "по общини", "Община", facts.municipalities, lambda s: (s.municipality,), True),
        ("type", "по типове", "Тип услуга", facts.types, lambda s: (s.type,), True),
        ("group", "по целеви групи", "Целева група", facts.groups, lambda s: s.groups, False),
    )
    for key, words, heading, places, of, adds in by:
        parts = list(_split(facts.services, places, of, keep_empty=key == "municipality"))
        kinds = (("places", "Услуги и места", PLACES, places_row), ("staff", "Персонал", STAFF, staff_row))
        for kind, title, columns, cells in kinds:
            rows = _rows(parts, cells, facts.services if adds else None)
            note = "" if adds else OVERLAP
            yield Table(f"{kind}.{key}", f"{title} {words}", heading, columns, rows, note)
    yield professions(facts)
    yield where(facts)


Part = tuple[Place, list[ServiceFacts]]


def _split(
    services: Sequence[ServiceFacts],
    places: Iterable[Place],
    of: Callable[[ServiceFacts], tuple[str, ...]],
    *,
    keep_empty: bool,
) -> Iterator[Part]:
    for place in places:
        found = [service for service in services if place.code in of(service)]
        if found or keep_empty:
            yield place, found


def _rows(
    parts: Sequence[Part],
    cells: Callable[[Sequence[ServiceFacts]], tuple[Cell, ...]],
    everything: Sequence[ServiceFacts] | None,
) -> tuple[Row, ...]:
    rows = [Row(place.code, place.name, cells(found)) for place, found in parts]
    if everything is not None:
        rows.append(Row(REGION, "Общо", cells(everything), total=True))
    return tuple(rows)


def places_row(services: Sequence[ServiceFacts]) -> tuple[Cell, ...]:
    """Cells of `PLACES` over some services."""
    capacity = build.summed(services, lambda s: s.capacity)
    occupied = build.summed(services, lambda s: s.occupied, people=True)
    both = [s for s in services if s.capacity is not None and s.occupied is not None]
    known = build.summed(both, lambda s: s.capacity), build.summed(both, lambda s: s.occupied, people=True)
    return (
        build.count(services),
        capacity,
        occupied,
        build.difference(*known),
        build.share(known[1], known[0]),
        build.summed(services, lambda s: s.waiting, people=True),
        build.summed(services, lambda s: s.crisis_places),
    )


def staff_row(services: Sequence[ServiceFacts]) -> tuple[Cell, ...]:
    """Cells of `STAFF` over some services."""
    posts = build.summed(services, lambda s: sum(post.posts for post in s.posts) if s.posts else None)
    filled = build.summed(services, lambda s: sum(post.filled for post in s.posts) if s.posts else None)
    staffed = [service for service in services if service.posts]
    occupied = build.summed(staffed, lambda s: s.occupied, people=True)
    return (
        posts,
        filled,
        build.difference(posts, filled),
        build.share(filled, posts),
        build.share(occupied, filled),
    )


def professions(facts: Facts) -> Table:
    """Posts by profession, and the municipalities where services have nobody of it."""
    names = sorted(
        {post.profession for service in facts.services for post in service.posts}, key=str.casefold
    )
    columns = (
        Column("services", "Услуги с такъв щат"),
        *STAFF[:3],
        Column("lacking", "Общини без нито един зает щат", words=True),
    )
    rows = tuple(Row(name, name, _profession_row(facts, name)) for name in names)
    note = "За община без услуги с персонал не се съди."
    return Table("staff.profession", "Персонал по професии", "Професия", columns, rows, note)


def _profession_row(facts: Facts, name: str) -> tuple[Cell, ...]:
    having = [s for s in facts.services if any(post.profession == name for post in s.posts)]
    posts = build.summed(having, lambda s: sum(p.posts for p in s.posts if p.profession == name))
    filled = build.summed(having, lambda s: sum(p.filled for p in s.posts if p.profession == name))
    present = {s.municipality for s in having if any(p.filled > 0 for p in s.posts if p.profession == name)}
    staffed = {s.municipality for s in facts.services if s.posts}
    lacking = [place.name for place in facts.municipalities if place.code in staffed - present]
    return (
        build.count(having),
        posts,
        filled,
        build.difference(posts, filled),
        Cell(", ".join(lacking) or "–"),
    )


def where(facts: Facts) -> Table:
    """Each type met in the region: where it is and where it is not."""
    columns = (
        Column("services", "Услуги"),
        Column("present", "Общини, в които я има", words=True),
        Column("absent", "Общини, в които я няма", words=True),
    )
    rows = []
    for kind in facts.types:
        found = [service for service in facts.services if service.type == kind.code]
        present = {service.municipality for service in found}
        if found:
            inside = [p.name for p in facts.municipalities if p.code in present]
            outside = [p.name for p in facts.municipalities if p.code not in present]
            cells = (build.count(found), Cell(", ".join(inside)), Cell(", ".join(outside) or "–"))
            rows.append(Row(kind.code, kind.name, cells))
    return Table("types.where", "Къде има и къде няма от всеки тип", "Тип услуга", columns, tuple(rows))
