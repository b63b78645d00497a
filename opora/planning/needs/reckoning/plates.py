"""Which charts and maps an analysis has, and what each of them says in its title."""

from __future__ import annotations

from collections.abc import Iterator

from opora.planning.needs.reckoning.grammar import capital, number, percent
from opora.planning.needs.reckoning.needs import FIELDS
from opora.planning.needs.reckoning.result import Cell, PictureSpec, Row, Table

Tables = dict[str, Table]
AMOUNTS = ("hours", "users", "count", "cards")
PLACES = "places.municipality"


def top(table: Table | None, *columns: str) -> tuple[Row, str, Cell] | None:
    """The row with the greatest figure that is printed, by the first column there is."""
    for column in columns:
        if table is not None and table.has(column):
            shown = [(row, cell) for row, cell in table.column(column) if cell.value and not cell.hidden]
            if shown:
                row, cell = max(shown, key=lambda pair: float(pair[1].value or 0))
                return row, column, cell
    return None


def pictures(tables: Tables) -> dict[str, PictureSpec]:
    """Charts and maps, each titled by what it says. Only figures with something to show are drawn."""
    found = [spec for spec in _specs(tables) if _drawable(tables, spec)]
    return {spec.key: spec for spec in found}


def _drawable(tables: Tables, spec: PictureSpec) -> bool:
    table = tables.get(spec.table)
    if table is None or not all(table.has(column) for column in spec.columns):
        return False
    return any(cell.value for column in spec.columns for _, cell in table.column(column))


def _specs(tables: Tables) -> Iterator[PictureSpec]:
    yield PictureSpec(
        "map.coverage",
        "map",
        _title(tables, "people.coverage", "rate", "Места на 1000 души"),
        "people.coverage",
        ("rate",),
    )
    yield PictureSpec(
        "bars.places",
        "bars",
        _title(tables, PLACES, "occupancy", "Места и заети места"),
        PLACES,
        ("capacity", "occupied"),
    )
    yield PictureSpec(
        "map.waiting", "map", _title(tables, PLACES, "waiting", "Чакащи по общини"), PLACES, ("waiting",)
    )
    yield PictureSpec(
        "bars.staff",
        "bars",
        _title(tables, "staff.municipality", "vacant", "Щатове и заети щатове"),
        "staff.municipality",
        ("posts", "filled"),
    )
    for field, title in FIELDS.items():
        kinds, places = f"{field}.specialist", f"{field}.municipality"
        column = next((c for c in AMOUNTS if places in tables and tables[places].has(c)), "")
        if kinds in tables:
            yield PictureSpec(f"bars.{field}", "bars", _title(tables, kinds, column, title), kinds, (column,))
        if column:
            message = _title(tables, places, column, f"{title} по общини")
            yield PictureSpec(f"map.{field}", "map", message, places, (column,))


_MESSAGES = {
    "rate": "Най-много места на 1000 души: {name} ({value})",
    "occupancy": "Най-висока е заетостта в {name}: {value}",
    "waiting": "Най-много чакат в {name}: {value}",
    "vacant": "Най-много незаети щатове: {name} ({value})",
    "hours": "{title}: {name}, {value} часа месечно",
    "users": "{title}: {name}, потребители: {value}",
    "count": "{title}: {name}, случаи за година: {value}",
    "cards": "{title}: {name}, услуги: {value}",
}


def _title(tables: Tables, table: str, column: str, title: str) -> str:
    best = top(tables.get(table), column)
    if best is None:
        return title
    place = tables[table].column(column)
    kind = next(c for c in tables[table].columns if c.key == column)
    figure = (
        percent(float(best[2].value or 0))
        if kind.percent
        else number(float(best[2].value or 0), min(kind.decimals, 1))
    )
    if sum(1 for _, cell in place if cell.value == best[2].value) > 1:
        return title
    return capital(_MESSAGES[column].format(title=title, name=best[0].label, value=figure))
