"""Chapter 5: what is missing and where. Read from the tables, so a hidden figure says nothing here either."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from opora.planning.needs.reckoning.grammar import counted, listed, number, percent
from opora.planning.needs.reckoning.result import Cell, Row, Table

Tables = dict[str, Table]
COMMON = 0.5
"""A type is called missing where at least this share of the municipalities has it."""


def sentences(tables: Tables) -> list[str]:
    """One sentence per kind of gap, most pressing first."""
    found = (_no_services, _overfull, _waiting, _types, _professions, _uncovered)
    return [line for find in found for line in find(tables)]


def _places(tables: Tables) -> list[Row]:
    return [row for row in tables["places.municipality"].rows if not row.total]


def _figure(tables: Tables, row: Row, column: str) -> Cell:
    return tables["places.municipality"].cell(row.key, column)


def _of(rows: list[Row]) -> str:
    return f"община {rows[0].label}" if len(rows) == 1 else f"общини {listed([row.label for row in rows])}"


def _no_services(tables: Tables) -> Iterator[str]:
    empty = [row for row in _places(tables) if _figure(tables, row, "services").value == 0]
    if empty:
        yield f"Няма нито една социална услуга в {_of(empty)}."


def _where(tables: Tables, test: Callable[[Row], bool]) -> list[Row]:
    return [row for row in _places(tables) if test(row)]


def _overfull(tables: Tables) -> Iterator[str]:
    def over(row: Row) -> bool:
        return float(_figure(tables, row, "occupancy").value or 0) > 1

    for row in _where(tables, over):
        share = percent(float(_figure(tables, row, "occupancy").value or 0))
        yield f"Община {row.label}: местата са заети на {share}."


def _waiting(tables: Tables) -> Iterator[str]:
    def more(row: Row) -> bool:
        waiting, free = _figure(tables, row, "waiting"), _figure(tables, row, "free")
        known = (
            not waiting.hidden and not free.hidden and waiting.value is not None and free.value is not None
        )
        return known and float(waiting.value or 0) > max(float(free.value or 0), 0)

    for row in _where(tables, more):
        waiting = counted(float(_figure(tables, row, "waiting").value or 0), "person")
        free = float(_figure(tables, row, "free").value or 0)
        yield f"Община {row.label}: чакат {waiting}, свободните места са {number(max(free, 0))}."


def _types(tables: Tables) -> Iterator[str]:
    """Types that most municipalities have and some lack."""
    everywhere = max(len(_places(tables)), 1)
    for row in tables["types.where"].rows:
        absent = str(tables["types.where"].cell(row.key, "absent").value)
        lacking = [name for name in absent.split(", ") if name != "–"]
        if lacking and 1 - len(lacking) / everywhere >= COMMON:
            yield f"{row.label}: липсва в {'община' if len(lacking) == 1 else 'общини'} {listed(lacking)}."


def _professions(tables: Tables) -> Iterator[str]:
    """Professions with posts in the list and not one of them filled."""
    table = tables["staff.profession"]
    nobody = [
        r.label
        for r in table.rows
        if table.cell(r.key, "filled").value == 0 and table.cell(r.key, "posts").value
    ]
    if nobody:
        yield f"Има щатове, но няма нито един назначен: {listed(nobody)}."


def _uncovered(tables: Tables) -> Iterator[str]:
    """Municipalities with less than half the region's places per thousand people."""
    table = tables.get("people.coverage")
    region = table.cell("region", "rate") if table else Cell()
    if table is None or not region.value:
        return
    low = [
        row
        for row, cell in table.column("rate")
        if cell.value and float(cell.value) < float(region.value) / 2
    ]
    if low:
        mean = number(float(region.value), 1)
        yield f"Под половината от средното за областта ({mean} места на 1000 души) имат: {_of(low)}."
