"""A paper before it is PDF or Word: parts of plain blocks, and what was missing while it was laid out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from opora.care.casework.papers.hiding import Hiding
from opora.foundation.documents.render import ELLIPSIS, Missing

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

KEPT_WHOLE = 5


@dataclass(frozen=True)
class Text:
    """A paragraph; `quote` for somebody's own words."""

    text: str
    quote: bool = False
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

    @property
    def whole(self) -> bool:
        """Few enough to stand on one page."""
        return len(self.rows) <= KEPT_WHOLE


@dataclass(frozen=True)
class Entry:
    """A line of the chronology: what, when and by whom, and the words."""

    title: str
    line: str
    texts: tuple[str, ...]
    kind: ClassVar[str] = "entry"


@dataclass(frozen=True)
class Signatures:
    """Who signs by hand: (as what, name)."""

    people: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "signatures"


@dataclass(frozen=True)
class Drawing:
    """A picture: wide for paper, narrow for a telephone, and what it says to those who do not see it."""

    key: str
    svg: Markup
    narrow: Markup
    alt: str
    kind: ClassVar[str] = "drawing"


Block = Text | Heading | Facts | Entry | Signatures | Drawing


@dataclass(frozen=True)
class Part:
    """A heading of the first order and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Book:
    """A paper of a file. `large` is the type for the family; `contents` lists the parts at the beginning; `asked`
    counts the values that were wanted.
    """

    code: str
    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    printed: str
    missing: tuple[str, ...] = ()
    large: bool = False
    contents: bool = False
    asked: int = 0

    @property
    def prefilled(self) -> float | None:
        """Share of the wanted values that were known."""
        return 1 - len(self.missing) / self.asked if self.asked else None

    @property
    def drawings(self) -> list[Drawing]:
        """Every picture in it."""
        return [block for part in self.parts for block in part.blocks if isinstance(block, Drawing)]

    @property
    def digest(self) -> str:
        """Fingerprint of what stands in it, whoever prints it on whatever day."""
        return hashlib.sha256(repr((self.title, self.lead, self.parts)).encode()).hexdigest()


class Writer:
    """Prepares every value: cleans it, blackens who must not be named, writes „…“ for what is missing and notes it."""

    def __init__(self, hiding: Hiding) -> None:
        self.hiding = hiding
        self.missing = Missing()
        self.asked = 0

    def text(self, said: object) -> str:
        """Free text."""
        return self.hiding.text(clean(said))

    def name(self, said: object) -> str:
        """A place that holds a person's name and nothing else."""
        return self.hiding.name(clean(said))

    def wanted(self, label: str, value: str, where: str = "") -> str:
        """The value, or „…“ and a note of what is missing."""
        self.asked += 1
        if value.strip():
            return value
        self.missing.note(f"{where}: {label.lower()}" if where else label)
        return ELLIPSIS

    def facts(self, rows: Iterable[tuple[str, str]], where: str = "") -> Facts:
        """Rows that are all wanted."""
        return Facts(tuple((label, self.wanted(label, value, where)) for label, value in rows))


def clean(said: object) -> str:
    """Text as paper can hold it: no signs that files of Word forbid."""
    return (
        _CONTROL.sub("", unicodedata.normalize("NFC", str(said or "")))
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .strip()
    )
