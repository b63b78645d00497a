"""A template as ODK XForm, made by pyxform: a second reader of the spreadsheet and the form telephones take."""

from __future__ import annotations

from typing import Any

from opora.evidence.survey.sheets import SHEETS, Tables

YES_NO = {"да": "yes", "истина": "yes", "вярно": "yes", "не": "no", "лъжа": "no", "невярно": "no"}
# Columns of our own that pyxform does not know.
OURS = ("prefill",)


class UnconvertibleError(ValueError):
    """pyxform refuses the spreadsheet; the text is its own."""


def to_xform(tables: Tables) -> tuple[str, list[str]]:
    """The XForm and pyxform's warnings. No Java validator is called."""
    from pyxform.errors import PyXFormError  # with openpyxl it takes longer to load than Django
    from pyxform.xls2xform import convert

    book: dict[str, Any] = {}
    for name in SHEETS:
        if tables.get(name):
            book |= _sheet(name, tables[name])
    try:
        made = convert(book, validate=False)
    except PyXFormError as error:
        raise UnconvertibleError(str(error)) from error
    return made.xform, [str(warning) for warning in made.warnings]


def _sheet(name: str, rows: list[list[str]]) -> dict[str, Any]:
    head = [heading.strip() for heading in rows[0]]
    kept = [n for n, heading in enumerate(head) if heading and heading.lower() not in OURS]
    cells = [{head[n]: _word(head[n], row[n]) for n in kept if n < len(row) and row[n]} for row in rows[1:]]
    return {name: cells, f"{name}_header": [{head[n]: None for n in kept}]}


def _word(heading: str, cell: str) -> str:
    return (
        YES_NO.get(cell.strip().lower(), cell)
        if heading.lower() in ("required", "readonly", "read_only")
        else cell
    )
