"""An analysis laid out once for page, PDF and Word: numbered chapters, tables and figures with their words.

All four documents and the page print the texts made here, so they cannot differ in a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Picture
from opora.planning.needs import drawing
from opora.planning.needs import reckoning as r
from opora.planning.needs.models import ChapterText
from opora.planning.needs.queries import Reading


@dataclass(frozen=True)
class Shown:
    """A cell as printed; `address` is table/row/column, empty where there are no rows to show."""

    text: str
    numeric: bool
    hidden: bool = False
    address: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Line:
    """A row as printed."""

    label: str
    cells: tuple[Shown, ...]
    total: bool


@dataclass(frozen=True)
class TableBlock:
    """A table as printed; tables are numbered through the whole booklet."""

    key: str
    number: int
    title: str
    columns: tuple[Shown, ...]
    heading: str
    lines: tuple[Line, ...]
    note: str
    kind: str = "table"
    label: str = "Таблица"

    @property
    def caption(self) -> str:
        """„Таблица 3. Персонал по общини“."""
        return f"{self.label} {self.number}. {self.title}"

    @property
    def short(self) -> bool:
        """Stays on one page."""
        return len(self.lines) <= 14

    @property
    def cards(self) -> bool:
        """On a telephone each row becomes a card: where there are words, or few columns."""
        return len(self.columns) < 3 or sum(not column.numeric for column in self.columns) > 1

    @property
    def wide(self) -> bool:
        """More columns than fit beside each other in normal type."""
        return len(self.columns) > 7


@dataclass(frozen=True)
class PictureBlock:
    """A figure as printed; the same facts stand in the table `table`."""

    key: str
    number: int
    title: str
    picture: Picture
    table: str
    kind: str = "picture"
    label: str = "Фигура"

    @property
    def caption(self) -> str:
        """„Фигура 2. Най-много чакат в Троян: 12“."""
        return f"{self.label} {self.number}. {self.title}"


@dataclass(frozen=True)
class Part:
    """A chapter as printed. `generated` is what the program wrote, `edited` who wrote what stands now."""

    key: str
    number: int
    title: str
    paragraphs: tuple[str, ...]
    generated: tuple[str, ...]
    edited: ChapterText | None
    blocks: tuple[TableBlock | PictureBlock, ...]

    @property
    def heading(self) -> str:
        """„2. Услуги, места и персонал“."""
        return f"{self.number}. {self.title}"

    @property
    def tables(self) -> int:
        """How many tables it holds."""
        return sum(isinstance(block, TableBlock) for block in self.blocks)


@dataclass(frozen=True)
class Booklet:
    """The whole analysis as printed."""

    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]


def lay_out(reading: Reading, link: Callable[[str], str] = lambda _address: "") -> Booklet:
    """The booklet of what the reader may see. `link` gives the address of the page of rows behind a cell."""
    sheets = drawing.Atlas(reading.analysis.region.code, reading.result, link)
    counter = _Counter()
    parts = tuple(_part(reading, sheets, counter, i, c) for i, c in enumerate(reading.result.chapters, 1))
    return Booklet(reading.result.title, tuple(_lead(reading)), parts)


def _lead(reading: Reading) -> Iterator[str]:
    analysis = reading.analysis
    made = formats.date(analysis.made_at)
    yield f"Версия {analysis.number} от {made} г. · данни към {reading.result.date} г."
    yield f"Събиране на карти: {analysis.round.title} ({analysis.round.code})"
    if not reading.working:
        yield "Публикувана версия: малките числа (от 1 до 4 души) са скрити със знака „:c“."
    elif analysis.is_published:
        yield "Работна версия с всички числа. Не е за разпространение."
    else:
        yield "Чернова с всички числа. Не е за разпространение."


class _Counter:
    """Numbers of tables and figures, each in its own row."""

    def __init__(self) -> None:
        self.tables = self.pictures = 0

    def table(self) -> int:
        self.tables += 1
        return self.tables

    def picture(self) -> int:
        self.pictures += 1
        return self.pictures


def _part(
    reading: Reading, sheets: drawing.Atlas, counter: _Counter, number: int, chapter: r.Chapter
) -> Part:
    blocks = (_block(reading, sheets, counter, name) for name in chapter.blocks)
    return Part(
        key=chapter.key,
        number=number,
        title=chapter.title,
        paragraphs=tuple(reading.words(chapter)),
        generated=chapter.text,
        edited=reading.texts.get(chapter.key),
        blocks=tuple(block for block in blocks if block is not None),
    )


def _block(
    reading: Reading, sheets: drawing.Atlas, counter: _Counter, name: str
) -> TableBlock | PictureBlock | None:
    kind, _, key = name.partition(":")
    if kind == "picture":
        spec = reading.result.picture(key)
        drawn = sheets.draw(spec) if spec else None
        return (
            PictureBlock(key, counter.picture(), drawn.title, drawn, spec.table) if spec and drawn else None
        )
    table = reading.result.table(key)
    return _table(table, counter.table()) if table else None


def _table(table: r.Table, number: int) -> TableBlock:
    places = [drawing.places(table, column) for column in table.columns]
    columns = tuple(
        Shown(_heading(c), not c.words, decimals=p) for c, p in zip(table.columns, places, strict=True)
    )
    lines = []
    for row in table.rows:
        cells = zip(table.columns, row.cells, places, strict=True)
        lines.append(
            Line(row.label, tuple(_shown(table, row, c, cell, p) for c, cell, p in cells), row.total)
        )
    return TableBlock(table.key, number, table.title, columns, table.heading, tuple(lines), table.note)


def _heading(column: r.Column) -> str:
    return f"{column.title}, {column.unit}" if column.unit else column.title


def _shown(table: r.Table, row: r.Row, column: r.Column, cell: r.Cell, places: int) -> Shown:
    address = f"{table.key}/{row.key}/{column.key}" if cell.refs else ""
    return Shown(words(column, cell, places), not column.words, cell.hidden, address)


def words(column: r.Column, cell: r.Cell, places: int | None = None) -> str:
    """The text of a cell: „1 234“, „80 %“, „:c“, „–“."""
    if cell.hidden:
        return r.HIDDEN
    if cell.value is None:
        return formats.NONE
    if isinstance(cell.value, str):
        return cell.value
    if column.percent:
        return formats.percent(cell.value)
    whole = cell.value == round(cell.value)
    return formats.number(cell.value, places if places is not None else 0 if whole else column.decimals)
