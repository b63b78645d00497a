"""What the pictures of the engines' pages share: paper, ink, type. Plain SVG, no script."""

from __future__ import annotations

from html import escape
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs" / "engines"
BRAND, INK, ACCENT, LINE, SURFACE = "#0b5d4e", "#1b2421", "#8a3b12", "#7a8a84", "#f2f5f3"


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 14,
    colour: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """One line of text; ``anchor`` is start, middle or end."""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "#ffffff",
    stroke: str = LINE,
    wide: float = 1,
) -> str:
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}" stroke="{stroke}" stroke-width="{wide:g}"/>'


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = LINE, wide: float = 1, dash: str = ""
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{stroke}" stroke-width="{wide:g}"{dashed}/>'


def write(name: str, width: int, height: int, title: str, parts: list[str]) -> Path:
    """Write docs/engines/NAME.svg."""
    file = DOCS / f"{name}.svg"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="Sofia Sans, Segoe UI, sans-serif"><title>{escape(title)}</title>'
    )
    file.write_text(
        head + box(0, 0, width, height, stroke="none") + "\n" + "\n".join(parts) + "\n</svg>\n",
        encoding="utf-8",
    )
    return file
