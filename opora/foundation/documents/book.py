"""A paper before it is PDF or Word: parts of plain blocks, laid out one way for every room."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils import translation

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.documents import render
from opora.foundation.documents.render import ELLIPSIS
from opora.foundation.ui import formats

FORMATS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
TEMPLATE = Path(__file__).resolve().parent / "book.docx"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Text:
    """A paragraph; `item` makes it a line of a list, `note` small type."""

    text: str
    item: bool = False
    note: bool = False
    kind: ClassVar[str] = "text"


@dataclass(frozen=True)
class Heading:
    """A heading inside a part."""

    text: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Facts:
    """Names of things and what they are."""

    rows: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True)
class Column:
    """A heading of a table; numbers stand to the right."""

    text: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    text: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """Columns (the first names the row) and rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Signatures:
    """Who signs by hand: (as what, name)."""

    people: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "signatures"


Block = Text | Heading | Facts | Table | Signatures


def _is_item(block: Block) -> bool:
    return isinstance(block, Text) and block.item


@dataclass(frozen=True)
class Part:
    """A heading of the first order and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def runs(self) -> list[tuple[bool, list[Block]]]:
        """Neighbours that are lines of one list together, everything else too: (whether a list, blocks)."""
        return [(is_list, list(found)) for is_list, found in itertools.groupby(self.blocks, _is_item)]


@dataclass(frozen=True)
class Book:
    """A whole paper."""

    code: str
    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    printed: str


def clean(said: object) -> str:
    """Text as paper can hold it, or „…“ where there is none."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", str(said if said is not None else "")))
    return text.replace("\r\n", "\n").strip() or ELLIPSIS


def facts(rows: Sequence[tuple[str, object]]) -> Facts:
    """Rows with every value cleaned."""
    return Facts(tuple((name, clean(value)) for name, value in rows))


def table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[object]], numeric: Sequence[int] = ()
) -> Table:
    """A table from plain values; `numeric` are numbers of columns from 0."""
    heads = tuple(Column(text, i in numeric) for i, text in enumerate(columns))
    lines = tuple(tuple(Cell(clean(value), i in numeric) for i, value in enumerate(row)) for row in rows)
    return Table(caption, heads, lines)


def content(book: Book, ending: str) -> bytes:
    """The paper as `pdf` or `docx`, in Bulgarian. KeyError for another ending; PdfUnavailable."""
    if ending not in FORMATS:
        raise KeyError(ending)
    with translation.override("bg"):
        context = {"book": book, "printed": book.printed}
        if ending == "pdf":
            return render.pdf("documents/book.html", context)
        return render.docx(TEMPLATE, context).content


def printed_by(actor: Actor) -> str:
    """„разпечатано от Вера Петкова на 22.11.2026“."""
    who = f" от {actor.name}" if actor.name else " от Опора"
    return f"разпечатано{who} на {formats.date(clock.now())}"


class Gaps:
    """Notes what a paper wants and nobody has said, so that it is listed on top and nobody signs holes unseen."""

    def __init__(self) -> None:
        self.missing: list[str] = []

    def want(self, label: str, value: object, who: str = "") -> str:
        """The value, or „…“ and a note of what is missing and who says it."""
        text = clean(value)
        if text == ELLIPSIS:
            self.missing.append(f"{label} ({who})" if who else label)
        return text

    def facts(self, rows: Sequence[tuple[str, object]], who: str = "") -> Facts:
        """Rows that are all wanted."""
        return Facts(tuple((label, self.want(label, value, who)) for label, value in rows))

    def part(self) -> tuple[Part, ...]:
        """The list of what is missing as the first part; nothing when nothing is."""
        if not self.missing:
            return ()
        lines = tuple(Text(one, item=True) for one in dict.fromkeys(self.missing))
        return (Part("Какво още трябва да се попълни", lines),)
