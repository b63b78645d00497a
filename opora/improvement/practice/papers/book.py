"""A paper of this room before it is PDF or Word: parts of plain blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from opora.foundation.documents.render import ELLIPSIS

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


@dataclass(frozen=True)
class Part:
    """A heading of the first order and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


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
