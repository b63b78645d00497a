"""A newer version of a toolkit beside the service's own changes: three versions compared, piece by piece.

`base` is what was taken, `ours` what the service made of it, `theirs` the newer version. What only one side changed is
taken from that side unless somebody says otherwise; what both changed differently is nobody's until somebody chooses.
Pieces are rows of spreadsheets, by name, and whole documents, scales and guides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opora.care.casework.toolkits.differences import text_of
from opora.care.casework.toolkits.package import Package
from opora.evidence.survey.workbook import Tables, read_xlsx, write_xlsx

OURS, THEIRS, BOTH = "ours", "theirs", "both"
SAID = ("label", "hint", "required", "relevant")
"""Columns of a new row that tell a person something; the others are for the program."""
Row = dict[str, str]
Rows = dict[str, Row]


class Unchosen(ValueError):  # noqa: N818 - it names the state, not the mishap
    """Something both sides changed was not chosen."""


@dataclass(frozen=True)
class Piece:
    """One thing that differs: where, what it is in each of the three, and who changed it."""

    part: str
    sheet: str
    name: str
    base: Row | bytes | None
    ours: Row | bytes | None
    theirs: Row | bytes | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return hashlib.sha256(f"{self.part}|{self.sheet}|{self.name}".encode()).hexdigest()[:12]

    @property
    def changed_by(self) -> str:
        """One side, or both differently."""
        if self.ours == self.base:
            return THEIRS
        return OURS if self.theirs == self.base else BOTH

    @property
    def title(self) -> str:
        """The words of the question or choice; empty for a whole part."""
        for row in (self.base, self.theirs, self.ours):
            if isinstance(row, dict) and (words := _label(row)):
                return words
        return self.name if self.sheet else ""

    def shown(self, side: str) -> list[str]:
        """What this side makes of it, in lines: the columns that differ, or the lines of a text."""
        value = self.ours if side == OURS else self.theirs
        if value is None:
            return []
        if isinstance(value, bytes):
            return _new_lines(self.part, self.base, value)
        if not isinstance(self.base, dict):
            return [
                f"{head.partition('::')[0]}: {value[head]}"
                for head in value
                if head.partition("::")[0] in SAID
            ]
        base = self.base
        heads = [head for head in dict.fromkeys((*base, *value)) if base.get(head, "") != value.get(head, "")]
        heads = heads or [head for head in value if head.startswith("label")]
        return [f"{head.partition('::')[0]}: {value.get(head, '') or '–'}" for head in heads]


def pieces(base: Package, ours: Package, theirs: Package) -> list[Piece]:
    """Everything on which not all three agree and ours is not theirs already, in the order of the parts."""
    found: list[Piece] = []
    for part in sorted({*base.parts, *ours.parts, *theirs.parts}):
        three = [one.parts.get(part) for one in (base, ours, theirs)]
        if part.endswith(".xlsx") and all(one is not None for one in three):
            found += _of_tables(part, *[read_xlsx(one) for one in three if one is not None])
        elif three[1] != three[2]:
            found.append(Piece(part, "", part, *three))
    return found


def merged(base: Package, ours: Package, theirs: Package, chosen: Mapping[str, str]) -> dict[str, bytes]:
    """The parts after the choices. Unchosen when something both changed has no choice."""
    sides = {(one.part, one.sheet, one.name): _side(one, chosen) for one in pieces(base, ours, theirs)}
    found: dict[str, bytes] = {}
    for part in sorted({*ours.parts, *theirs.parts}):
        here, there = ours.parts.get(part), theirs.parts.get(part)
        whole = sides.get((part, "", part))
        if whole is not None or here is None or there is None or not part.endswith(".xlsx"):
            content = here if whole == OURS or (whole is None and here == there) else there
        elif here == there or not any(key[0] == part for key in sides):
            content = here
        else:
            content = write_xlsx(_tables(part, read_xlsx(here), read_xlsx(there), sides))
        if content is not None:
            found[part] = content
    return found


def _side(one: Piece, chosen: Mapping[str, str]) -> str:
    said = chosen.get(one.key) or (one.changed_by if one.changed_by != BOTH else "")
    if said not in (OURS, THEIRS):
        raise Unchosen(one.title or one.part)
    return said


def _of_tables(part: str, base: Tables, ours: Tables, theirs: Tables) -> Iterator[Piece]:
    for sheet in dict.fromkeys((*theirs, *ours)):
        was, here, there = (_rows(one.get(sheet, [])) for one in (base, ours, theirs))
        for name in dict.fromkeys((*there, *here)):
            if not name.startswith("/") and here.get(name) != there.get(name):
                yield Piece(part, sheet, name, was.get(name), here.get(name), there.get(name))


def _tables(part: str, ours: Tables, theirs: Tables, sides: Mapping[tuple[str, str, str], str]) -> Tables:
    return {
        sheet: _sheet(
            _rows(ours.get(sheet, [])), _rows(theirs.get(sheet, [])),
            {name: side for (of, at, name), side in sides.items() if (of, at) == (part, sheet)},
            _heads(theirs.get(sheet, []), ours.get(sheet, [])),
        )
        for sheet in dict.fromkeys((*theirs, *ours))
    }  # fmt: skip


def _sheet(ours: Rows, theirs: Rows, sides: Mapping[str, str], heads: list[str]) -> list[list[str]]:
    """Rows in the order of the newer version; what stands only at ours follows what it followed there."""
    kept: dict[str, Row] = {}
    for name in _order(list(ours), list(theirs)):
        begin = name.removeprefix("/")
        source = ours if sides.get(begin) == OURS else theirs if sides.get(begin) == THEIRS else theirs | ours
        if name in source:
            kept[name] = source[name]
    return [heads, *([row.get(head, "") for head in heads] for row in kept.values())]


def _order(ours: list[str], theirs: list[str]) -> list[str]:
    found = list(theirs)
    for number, name in enumerate(ours):
        if name not in found:
            before = ours[number - 1] if number else None
            found.insert(found.index(before) + 1 if before is not None else 0, name)
    return found


def _rows(table: list[list[str]]) -> Rows:
    """Rows by name; a choice by its list and name; the end of a group by the group it ends."""
    if not table:
        return {}
    head = [cell.strip() for cell in table[0]]
    found: Rows = {}
    open_groups: list[str] = []
    for number, row in enumerate(table[1:], 1):
        cells = {head[n]: cell for n, cell in enumerate(row) if n < len(head) and head[n] and cell}
        if not cells:
            continue
        kind = cells.get("type", "")
        name = " / ".join(filter(None, (cells.get("list_name", ""), cells.get("name", "")))) or f"№ {number}"
        if kind.startswith("begin"):
            open_groups.append(name)
        elif kind.startswith("end"):
            name = f"/{open_groups.pop() if open_groups else number}"
        found[name] = cells
    return found


def _heads(theirs: list[list[str]], ours: list[list[str]]) -> list[str]:
    rows = [*(theirs[:1] or [[]]), *(ours[:1] or [[]])]
    return list(dict.fromkeys(cell.strip() for row in rows for cell in row if cell.strip()))


def _label(row: Row) -> str:
    return next((text for head, text in row.items() if head.startswith("label") and text), "")


def _new_lines(part: str, base: Row | bytes | None, value: bytes) -> list[str]:
    """Lines that were not in what was taken; all when nothing was, the name alone when only the looks changed."""
    known = set(text_of(part, base)) if isinstance(base, bytes) else set()
    return [line for line in text_of(part, value) if line.strip() and line not in known]
