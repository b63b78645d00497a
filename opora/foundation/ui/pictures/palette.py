"""Colours, hatches and shapes of pictures. Every category also differs by hatch or shape,
so a grey print and a colour-blind reader lose nothing."""

from dataclasses import dataclass

from markupsafe import Markup

from opora.foundation.ui import tokens
from opora.foundation.ui.pictures.svg import el, path_data

INK = tokens.INK
PAPER = tokens.PAPER
BRAND = tokens.BRAND
MUTED = tokens.MUTED
LINE = tokens.CONTROL
FAINT = tokens.LINE

# One hue from surface to brand; lightness falls evenly, so grey print keeps the order.
SEQUENTIAL = tokens.SEQUENCE

# Okabe–Ito; two that print in the same grey still differ by hatch or shape.
CATEGORIES = tokens.CATEGORIES

NO_DATA = "no-data"
HIDDEN_SMALL = "hidden"


@dataclass(frozen=True)
class Fill:
    """What a surface is painted with: a colour, and the colour of text upon it."""

    paint: str
    ink: str


def sequential(count: int) -> tuple[Fill, ...]:
    """`count` (1–5) steps from light to dark, spread over the whole range."""
    if not 1 <= count <= len(SEQUENTIAL):
        raise ValueError(f"1–{len(SEQUENTIAL)} classes, not {count}")
    last = len(SEQUENTIAL) - 1
    picks = [last - 1] if count == 1 else [round(i * last / (count - 1)) for i in range(count)]
    return tuple(Fill(SEQUENTIAL[i], PAPER if i >= last - 1 else INK) for i in picks)


def hatch(identifier: str, *, colour: str = LINE, back: str = PAPER, gap: float = 6) -> Markup:
    """A pattern of thin slanted lines, referred to by `url(#identifier)`.

    The slant is drawn as three strokes of one tile, not by `patternTransform`, which
    WeasyPrint does not know.
    """
    strokes = f"M0 {gap}L{gap} 0M-1 1L1 -1M{gap - 1} {gap + 1}L{gap + 1} {gap - 1}"
    return el(
        "pattern",
        el("rect", width=gap, height=gap, fill=back),
        el("path", d=strokes, stroke=colour, stroke_width=1.0, fill="none"),
        id=identifier,
        width=gap,
        height=gap,
        patternUnits="userSpaceOnUse",
    )


def dotted(identifier: str, *, colour: str = LINE, back: str = PAPER, gap: float = 5) -> Markup:
    """A pattern of dots: „скрито, за да не се разпознае човек“."""
    return el(
        "pattern",
        el("rect", width=gap, height=gap, fill=back),
        el("circle", cx=gap / 2, cy=gap / 2, r=0.9, fill=colour),
        id=identifier,
        width=gap,
        height=gap,
        patternUnits="userSpaceOnUse",
    )


def category(index: int) -> str:
    """The colour of the index-th category (0–5)."""
    if index >= len(CATEGORIES):
        raise ValueError("at most six categories in one picture")
    return CATEGORIES[index]


def shape(index: int, x: float, y: float, *, size: float = 5, fill: str | None = None) -> Markup:
    """A mark of the index-th category: circle, square, diamond, triangle, ring, cross."""
    colour = fill or category(index)
    return _SHAPES[index % len(_SHAPES)](x, y, size, colour)


def _circle(x: float, y: float, size: float, colour: str) -> Markup:
    return el("circle", cx=x, cy=y, r=size, fill=colour)


def _square(x: float, y: float, size: float, colour: str) -> Markup:
    return el("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, fill=colour)


def _diamond(x: float, y: float, size: float, colour: str) -> Markup:
    r = size * 1.3
    return _closed([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], colour)


def _triangle(x: float, y: float, size: float, colour: str) -> Markup:
    r = size * 1.2
    return _closed([(x, y - r), (x + r, y + r), (x - r, y + r)], colour)


def _closed(points: list[tuple[float, float]], colour: str) -> Markup:
    return el("path", d=path_data([points]), fill=colour)


def _ring(x: float, y: float, size: float, colour: str) -> Markup:
    return el("circle", cx=x, cy=y, r=size - 1, fill=PAPER, stroke=colour, stroke_width=2.0)


def _cross(x: float, y: float, size: float, colour: str) -> Markup:
    strokes = [[(x - size, y - size), (x + size, y + size)], [(x + size, y - size), (x - size, y + size)]]
    return el("path", d=path_data(strokes, closed=False), stroke=colour, stroke_width=2.5, fill="none")


_SHAPES = (_circle, _square, _diamond, _triangle, _ring, _cross)
