"""Legends: a swatch or mark and its words, in as many lines as the width asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from opora.foundation.ui.pictures.palette import INK, LINE
from opora.foundation.ui.pictures.svg import el, text, text_width

SIZE = 13
ROW = 22.0


@dataclass(frozen=True)
class Entry:
    """One thing explained: a swatch of `paint`, a ready `mark` drawn around (0, 0), or words only."""

    words: str
    paint: str = ""
    mark: Markup | None = None


@dataclass(frozen=True)
class Legend:
    """A drawn legend and the height it took."""

    body: Markup
    height: float


def legend(entries: Sequence[Entry], width: float, *, x: float = 0, y: float = 0) -> Legend:
    """Draw the entries from (x, y) down, filling lines of `width` pixels."""
    parts: list[Markup] = []
    left, top = x, y
    for entry in entries:
        room = (26 if _marked(entry) else 2) + text_width(entry.words, SIZE)
        if left > x and left + room > x + width:
            left, top = x, top + ROW
        parts.append(_entry(entry, left, top))
        left += room + 18
    return Legend(Markup("").join(parts), top - y + ROW if entries else 0.0)


def _marked(entry: Entry) -> bool:
    return bool(entry.paint or entry.mark)


def _entry(entry: Entry, x: float, y: float) -> Markup:
    words = text(entry.words, x + (24 if _marked(entry) else 0), y + 15, size=SIZE, fill=INK)
    if not _marked(entry):
        return words
    if entry.mark is not None:
        return el("g", entry.mark, transform=f"translate({x + 9:.1f} {y + 10:.1f})") + words
    swatch = el("rect", x=x + 0.5, y=y + 3.5, width=17.0, height=13.0, fill=entry.paint, stroke=LINE)
    return swatch + words
