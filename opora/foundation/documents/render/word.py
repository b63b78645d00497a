"""Word documents from a template that office people edit, filled by docxtpl."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from jinja2.sandbox import ImmutableSandboxedEnvironment

from opora.foundation.documents.render.missing import Missing
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import svg_to_png

if TYPE_CHECKING:
    from docxtpl import DocxTemplate, InlineImage

LINE = 100
"""Signs of table type that fit into one line of the page."""
WIDEST = 1.45
"""A sign of the bold substitute, where the office has no Sofia Sans, beside a sign of table type."""
KEPT_WHOLE = 11
"""A table of at most so many rows stays on one page."""


@dataclass(frozen=True)
class Placed:
    """A picture for a document: SVG text, width on paper in millimetres, and what it says for those who
    cannot see.
    """

    svg: str
    width: float = 160.0
    alt: str = ""


@dataclass(frozen=True)
class Filled:
    """The document and the names of values that were missing (written as „…“)."""

    content: bytes
    missing: tuple[str, ...]


def docx(
    template: bytes | Path, context: Mapping[str, Any], pictures: Mapping[str, Placed] | None = None
) -> Filled:
    """Fill a Word template. `pictures` by name are used as `{{ pictures.name }}`; text is escaped."""
    from docxtpl import DocxTemplate  # needed by a document, not by the start of every process

    source = io.BytesIO(template) if isinstance(template, bytes) else str(template)
    document = DocxTemplate(source)
    drawn = {name: _inline(document, picture) for name, picture in (pictures or {}).items()}
    missing = Missing()
    document.render({**context, "pictures": drawn}, _environment(missing), autoescape=True)
    _describe(document, list((pictures or {}).values()))
    for table in document.docx.tables:
        if table.autofit:  # a table whose author has fixed the widths keeps them
            _fit(document, table)
        _keep_whole(table)
    out = io.BytesIO()
    document.save(out)
    return Filled(out.getvalue(), tuple(missing.names))


def _environment(missing: Missing) -> Environment:
    # Templates are files that people edit and pass on: none of them may reach into the program.
    env = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=missing.undefined(), finalize=missing.finalize
    )
    env.filters |= {"number": formats.number, "percent": formats.percent, "date": formats.date}
    return env


def _inline(document: DocxTemplate, picture: Placed) -> InlineImage:
    from docx.shared import Mm
    from docxtpl import InlineImage

    pixels = round(picture.width / 25.4 * 220)
    return InlineImage(document, io.BytesIO(svg_to_png(picture.svg, pixels)), width=Mm(picture.width))


def _describe(document: DocxTemplate, pictures: list[Placed]) -> None:
    """Alternative texts, in the order the pictures stand in the document."""
    for shape, picture in zip(document.docx.inline_shapes, pictures, strict=False):
        shape._inline.docPr.set("descr", picture.alt)


def _fit(document: DocxTemplate, table: Any) -> None:
    """Columns as wide as their words need: the longest word whole, the rest in proportion to the text."""
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    if not rows or len({len(row) for row in rows}) != 1:
        return
    section = document.docx.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    for place, share in enumerate(_shares(rows)):
        size = round(width * share)
        table.columns[place].width = size
        for row in table.rows:
            row.cells[place].width = size


def _keep_whole(table: Any) -> None:
    """A short table stays on one page."""
    if len(table.rows) <= KEPT_WHOLE:
        for paragraph in (p for row in table.rows for cell in row.cells for p in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True


def _shares(rows: list[list[str]]) -> list[float]:
    """Part of the width for each column: its longest word first, what is left to those that hold sentences."""
    columns = list(zip(*rows, strict=True))
    least = [
        max((len(word) for text in column for word in text.split()), default=1) * WIDEST + 3
        for column in columns
    ]
    more = [
        max(min(max(map(len, column[1:] or column)), 40) - need, 0)
        for column, need in zip(columns, least, strict=True)
    ]
    left = max(LINE - sum(least), 0)
    given = [
        need + (left * extra / sum(more) if sum(more) else 0) for need, extra in zip(least, more, strict=True)
    ]
    return [size / sum(given) for size in given]
