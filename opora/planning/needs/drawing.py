"""Charts and maps of an analysis, drawn from its tables."""

from __future__ import annotations

import functools
from collections.abc import Callable

from opora.foundation.territory import queries as territory
from opora.foundation.ui.pictures import Area, Bar, Hidden, Picture, Value, bars, choropleth
from opora.planning.needs import reckoning as r

MOST_BARS = 20


class Atlas:
    """Draws pictures of one region. `link` gives an address for a cell, or nothing."""

    def __init__(self, region: str, result: r.Result, link: Callable[[str], str]) -> None:
        self.region, self.result, self.link = region, result, link

    @functools.cached_property
    def shapes(self) -> territory.Shapes:
        """Outlines of the region's municipalities."""
        return territory.municipality_shapes(self.region)

    def draw(self, spec: r.PictureSpec) -> Picture | None:
        """The picture, or None where its table has no rows to draw."""
        table = self.result.table(spec.table)
        if table is None or not any(not row.total for row in table.rows):
            return None
        return self._map(spec, table) if spec.kind == "map" else self._bars(spec, table)

    def _bars(self, spec: r.PictureSpec, table: r.Table) -> Picture:
        columns = [next(c for c in table.columns if c.key == key) for key in spec.columns]
        rows = [row for row in table.rows if not row.total and _drawn(table, row, spec.columns)][:MOST_BARS]
        items = [
            Bar(
                row.label,
                tuple(_value(table.cell(row.key, key)) for key in spec.columns),
                self._href(table, row, spec.columns[0]),
            )
            for row in rows
        ]
        several = len(columns) > 1
        return bars(
            spec.title,
            items,
            series=[column.title for column in columns] if several else ("",),
            unit="" if several else columns[0].title,
            source=self._source(table),
            heading=table.heading,
        )

    def _map(self, spec: r.PictureSpec, table: r.Table) -> Picture | None:
        column = next(c for c in table.columns if c.key == spec.columns[0])
        areas = [
            Area(
                row.key,
                row.label,
                self.shapes.areas[row.key],
                _value(table.cell(row.key, column.key)),
                self._href(table, row, column.key),
            )
            for row in table.rows
            if row.key in self.shapes.areas
        ]
        if not areas:
            return None
        return choropleth(
            spec.title,
            areas,
            unit=column.title,
            decimals=places(table, column),
            schematic=self.shapes.schematic,
            source=self._source(table),
            heading=table.heading,
        )

    def _href(self, table: r.Table, row: r.Row, column: str) -> str:
        return self.link(f"{table.key}/{row.key}/{column}") if table.cell(row.key, column).refs else ""

    def _source(self, table: r.Table) -> str:
        fields = {
            "need": "анкетни карти",
            "crisis": "анкетни карти",
            "people": "регистър на услугите и данни за населението",
        }
        origin = fields.get(table.key.partition(".")[0], "регистър на услугите")
        return f"Източник: {origin}, {self.result.date} г."


def _value(cell: r.Cell) -> Value:
    if cell.hidden:
        return Hidden.SMALL
    return float(cell.value) if isinstance(cell.value, int | float) else None


def _drawn(table: r.Table, row: r.Row, columns: tuple[str, ...]) -> bool:
    """A row nothing is known of would be an empty place; the table beside names it."""
    cells = [table.cell(row.key, column) for column in columns]
    return any(cell.hidden or cell.value is not None for cell in cells)


def places(table: r.Table, column: r.Column) -> int:
    """Decimals of a whole column: as few as show every figure, at most what the column asks for."""
    place = table.columns.index(column)
    values = [row.cells[place].value for row in table.rows]
    rounded = [round(value, column.decimals) for value in values if isinstance(value, int | float)]
    return next(
        (p for p in range(column.decimals) if all(abs(value - round(value, p)) < 1e-9 for value in rounded)),
        column.decimals,
    )
