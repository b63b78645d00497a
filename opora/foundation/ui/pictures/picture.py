"""A picture as a value: drawing, title, text alternative and the same facts as rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from opora.foundation.ui.pictures.palette import INK, MUTED, PAPER
from opora.foundation.ui.pictures.svg import FONT, el, number, text, wrap
from opora.foundation.ui.pictures.values import Cell, decimals_of, spoken

WIDE = 720.0
NARROW = 340.0


@dataclass(frozen=True)
class Sheet:
    """The paper a drawing is made for: width in pixels, prefix for its identifiers."""

    width: float
    key: str

    @property
    def narrow(self) -> bool:
        """Is this the drawing for a telephone?"""
        return self.width < 500


@dataclass(frozen=True)
class Drawing:
    """What a drawing function gives back: height in pixels, content, whether it holds links."""

    height: float
    body: Markup
    links: bool = False


Draw = Callable[[Sheet], Drawing]


@dataclass(frozen=True)
class Picture:
    """One picture in all its forms. Nothing in it is known only to those who see.

    `svg` is 720 px wide (page, PDF), `narrow` 340 px (telephone), `framed` carries title
    and source inside (Word, download). `rows` under `columns` hold the same facts.
    """

    svg: Markup
    narrow: Markup
    framed: Markup
    key: str
    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""

    def cells(self) -> list[list[str]]:
        """The rows as they are read, each column with one number of decimals."""
        places = [self._places(i) for i in range(len(self.columns))]
        return [[spoken(cell, places[i]) for i, cell in enumerate(row)] for row in self.rows]

    def numeric(self) -> list[bool]:
        """Which columns hold numbers (and stand right-aligned)."""
        return [all(not isinstance(row[i], str) for row in self.rows) for i in range(len(self.columns))]

    def _places(self, column: int) -> int:
        return decimals_of([row[column] for row in self.rows if not isinstance(row[column], str)])  # type: ignore[misc]


def make_picture(
    draw: Draw,
    *,
    title: str,
    description: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    source: str = "",
) -> Picture:
    """Draw once for each paper. The identifiers follow from the content, so output is repeatable."""
    content = repr((title, description, tuple(columns), [tuple(row) for row in rows], source))
    key = "p" + sha256(content.encode()).hexdigest()[:10]
    wide = draw(Sheet(WIDE, key + "w"))
    return Picture(
        svg=_root(wide, WIDE, key + "w", title, description),
        narrow=_root(draw(Sheet(NARROW, key + "n")), NARROW, key + "n", title, description),
        framed=_framed(wide, key + "w", title, description, source),
        key=key,
        title=title,
        description=description,
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        source=source,
    )


def _root(drawing: Drawing, width: float, key: str, title: str, description: str) -> Markup:
    return el(
        "svg",
        el("title", title, id=f"{key}-t"),
        el("desc", description, id=f"{key}-d"),
        drawing.body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(drawing.height)}",
        width=width,
        height=float(drawing.height),
        # An image may not hold links: its parts are hidden from screen readers.
        role="group" if drawing.links else "img",
        aria_labelledby=f"{key}-t {key}-d",
        font_family=FONT,
    )


def _framed(drawing: Drawing, key: str, title: str, description: str, source: str) -> Markup:
    heading = wrap(title, WIDE - 8, 20, bold=True)
    top = 26.0 * len(heading) + 8
    notes = wrap(source, WIDE - 8, 13)
    height = top + drawing.height + 20 * len(notes) + (8 if notes else 0)
    body = Markup("").join(
        [
            el("rect", width=WIDE, height=height, fill=PAPER),
            *(text(line, 0, 20 + 26 * i, size=20, bold=True, fill=INK) for i, line in enumerate(heading)),
            el("g", drawing.body, transform=f"translate(0 {number(top)})"),
            *(
                text(line, 0, top + drawing.height + 20 + 20 * i, size=13, fill=MUTED)
                for i, line in enumerate(notes)
            ),
        ]
    )
    return _root(Drawing(height, body, drawing.links), WIDE, key, title, description)
