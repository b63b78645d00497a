"""Changing a form on the page: other words, a question left out, a question added. The rest is done in the spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from opora.evidence.survey.workbook import Tables, write_xlsx

STRUCTURE = ("begin", "end", "calculate", "hidden")


@dataclass(frozen=True)
class Line:
    """A row of the sheet as the page shows it. `asks` tells a question from a section."""

    name: str
    type: str
    label: str
    hint: str
    required: bool
    asks: bool


@dataclass(frozen=True)
class Said:
    """What the page says of a question."""

    label: str
    hint: str
    required: bool
    gone: bool = False


def lines(tables: Tables) -> list[Line]:
    """Every row of the survey sheet that has words."""
    head, rows = tables["survey"][0], tables["survey"][1:]
    found = []
    for row in rows:
        cell = _cell(head, row)
        kind = cell("type")
        if cell("name") and not kind.startswith(("end", "calculate", "hidden")):
            asks = not kind.startswith("begin")
            found.append(
                Line(cell("name"), kind, cell("label"), cell("hint"), cell("required") == "да", asks)
            )
    return found


def used_elsewhere(tables: Tables) -> set[str]:
    """Names that other rows refer to by `${…}`; leaving them out would break those."""
    return {name for row in tables["survey"][1:] for cell in row for name in re.findall(r"\$\{(\w+)\}", cell)}


def written(tables: Tables, said: Mapping[str, Said], added: Sequence[str]) -> bytes:
    """The spreadsheet with the changes; questions added stand in a section of their own at the end."""
    head = tables["survey"][0]
    kept = [head, *(row for row in _changed(head, tables["survey"][1:], said))]
    names = {_cell(head, row)("name") for row in kept[1:]}
    return write_xlsx({**tables, "survey": [*kept, *_added(head, added, names)]})


def _changed(
    head: Sequence[str], rows: Iterable[Sequence[str]], said: Mapping[str, Said]
) -> Iterable[list[str]]:
    for row in rows:
        one = said.get(_cell(head, row)("name"))
        if one is None or _cell(head, row)("type").startswith(STRUCTURE[1:]):
            yield list(row)
        elif not one.gone:
            yield _with(
                head, row, {"label": one.label, "hint": one.hint, "required": "да" if one.required else ""}
            )


def _with(head: Sequence[str], row: Sequence[str], cells: Mapping[str, str]) -> list[str]:
    changed = [*row, *[""] * (len(head) - len(row))]
    for place, heading in enumerate(head):
        name = heading.strip().partition("::")[0]
        if name in cells and not (name == "required" and changed[place] not in ("", "да")):
            changed[place] = cells[name]
    return changed


def _added(head: Sequence[str], labels: Sequence[str], names: set[str]) -> list[list[str]]:
    wanted = [label.strip() for label in labels if label.strip()]
    if not wanted:
        return []
    rows = [] if "own" in names else [{"type": "begin_group", "name": "own", "label": "Допълнителни въпроси"}]
    numbers = (n for n in range(1, 1000) if f"own_{n}" not in names)
    rows = rows or [
        {"type": "begin_group", "name": f"own_group_{len(names)}", "label": "Допълнителни въпроси"}
    ]
    rows += [
        {"type": "text", "name": f"own_{next(numbers)}", "label": label, "appearance": "multiline"}
        for label in wanted
    ]
    rows.append({"type": "end_group", "name": "", "label": ""})
    return [[row.get(heading.strip().partition("::")[0], "") for heading in head] for row in rows]


def _cell(head: Sequence[str], row: Sequence[str]) -> _Cells:
    return _Cells(head, row)


@dataclass(frozen=True)
class _Cells:
    head: Sequence[str]
    row: Sequence[str]

    def __call__(self, name: str) -> str:
        """The first cell under that heading, whatever language it is in."""
        for place, heading in enumerate(self.head):
            if heading.strip().partition("::")[0] == name and place < len(self.row):
                return self.row[place].strip()
        return ""
