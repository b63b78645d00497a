"""What differs between two toolkits, field by field: questions and choices by name, other parts line by line."""

from __future__ import annotations

import difflib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from opora.care.casework.toolkits.package import Package
from opora.evidence.survey.workbook import Tables, read_xlsx

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Difference:
    """One thing: in which part, which field, which column, what it was and is; empty where it is not there."""

    part: str
    kind: str
    where: str
    column: str = ""
    before: str = ""
    after: str = ""
    title: str = ""
    """The words of the question the field belongs to."""


def differences(old: Package, new: Package) -> list[Difference]:
    """All of them, in the order of the parts."""
    found: list[Difference] = []
    for name in sorted({*old.parts, *new.parts}):
        before, after = old.parts.get(name), new.parts.get(name)
        if before == after:
            continue
        if before is None or after is None:
            found.append(Difference(name, ADDED if before is None else REMOVED, name))
        elif name.endswith(".xlsx"):
            found += _of_tables(name, read_xlsx(before), read_xlsx(after))
        else:
            found += _of_text(name, text_of(name, before), text_of(name, after))
    return found


def _of_tables(part: str, old: Tables, new: Tables) -> Iterator[Difference]:
    for sheet in dict.fromkeys((*old, *new)):
        before, after = _rows(old.get(sheet, [])), _rows(new.get(sheet, []))
        for where in dict.fromkeys((*before, *after)):
            yield from _of_row(
                part, f"{sheet}: {where}" if sheet != "survey" else where, before.get(where), after.get(where)
            )


def _of_row(
    part: str, where: str, before: dict[str, str] | None, after: dict[str, str] | None
) -> Iterator[Difference]:
    if before is None or after is None:
        row = after or before or {}
        label = next((text for head, text in row.items() if head.startswith("label") and text), "")
        kind, sides = (ADDED, ("", label)) if before is None else (REMOVED, (label, ""))
        yield Difference(part, kind, where, "", *sides, label)
        return
    title = next((text for head, text in before.items() if head.startswith("label") and text), "")
    for column in dict.fromkeys((*before, *after)):
        was, now = before.get(column, ""), after.get(column, "")
        if was != now:
            yield Difference(part, CHANGED, where, column, was, now, title)


def _rows(table: list[list[str]]) -> dict[str, dict[str, str]]:
    """Rows by name; a choice by its list and name; the one row of settings by its place."""
    if not table:
        return {}
    head = [cell.strip() for cell in table[0]]
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(table[1:], 1):
        cells = {head[n]: cell for n, cell in enumerate(row) if n < len(head) and head[n]}
        if not any(cells.values()) or cells.get("type", "").startswith("end"):
            continue
        name = " / ".join(filter(None, (cells.get("list_name", ""), cells.get("name", "")))) or str(number)
        found[name] = cells
    return found


def _of_text(part: str, old: list[str], new: list[str]) -> Iterator[Difference]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            kind = {"insert": ADDED, "delete": REMOVED}.get(tag, CHANGED)
            yield Difference(part, kind, part, "", "\n".join(old[a:b]), "\n".join(new[c:d]))


def text_of(name: str, content: bytes) -> list[str]:
    """Lines of a text, paragraphs of a document."""
    if not name.endswith(".docx"):
        return content.decode("utf-8").splitlines()
    from docx import Document

    try:
        return [one.text for one in Document(io.BytesIO(content)).paragraphs if one.text.strip()]
    except (zipfile.BadZipFile, KeyError, ValueError):
        return []
