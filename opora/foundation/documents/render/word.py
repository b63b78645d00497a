"""Word documents from a template that office people edit, filled by docxtpl."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment

from opora.foundation.documents.render.missing import Missing
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import svg_to_png


@dataclass(frozen=True)
class Placed:
    """A picture for a document: SVG text, width on paper in millimetres, and what it says for those who cannot see."""

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
    source = io.BytesIO(template) if isinstance(template, bytes) else str(template)
    document = DocxTemplate(source)
    drawn = {name: _inline(document, picture) for name, picture in (pictures or {}).items()}
    missing = Missing()
    document.render({**context, "pictures": drawn}, _environment(missing), autoescape=True)
    _describe(document, list((pictures or {}).values()))
    out = io.BytesIO()
    document.save(out)
    return Filled(out.getvalue(), tuple(missing.names))


def _environment(missing: Missing) -> Environment:
    env = Environment(autoescape=True, undefined=missing.undefined(), finalize=missing.finalize)
    env.filters |= {"number": formats.number, "percent": formats.percent, "date": formats.date}
    return env


def _inline(document: DocxTemplate, picture: Placed) -> InlineImage:
    pixels = round(picture.width / 25.4 * 220)
    return InlineImage(document, io.BytesIO(svg_to_png(picture.svg, pixels)), width=Mm(picture.width))


def _describe(document: DocxTemplate, pictures: list[Placed]) -> None:
    """Alternative texts, in the order the pictures stand in the document."""
    for shape, picture in zip(document.docx.inline_shapes, pictures, strict=False):
        shape._inline.docPr.set("descr", picture.alt)
