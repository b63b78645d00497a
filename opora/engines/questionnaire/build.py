"""Sheets → tree of items. Reads structure and names; expressions are compiled afterwards in ``publish``."""

import re
from collections.abc import Iterable, Iterator, Mapping

from .columns import Cells, language_code, languages, read_row
from .kinds import APPEARANCES, REFUSED, STRUCTURE, VALUE_TYPES, Kind, read_kind
from .model import Choice, ChoiceList, FrameKind, Group, Item, Question, Repeat, walk
from .problems import Problems
from .sheets import Row, Sheets

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]*\Z")
CHOICE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*\Z")
ANCHORED = {"list_name", "name", "value"}


class Builder:
    """Reads the sheets of one template and collects what is wrong."""

    def __init__(self, sheets: Sheets, problems: Problems) -> None:
        self.sheets = sheets
        self.problems = problems
        self.settings = self.read_settings()
        self.default = language_code(self.settings.get("default_language", "")) or first_language(sheets)
        self.languages = languages(sheets.survey, self.default) or {self.default: self.default}
        self.lists = dict(self.read_lists())
        self.root = Group(name="", parent=None, row=1)
        self.root.kind = FrameKind(None, None)
        self.kinds: dict[Item, Kind] = {}

    def read_settings(self) -> dict[str, str]:
        """Settings by heading; missing form_id and version are noted."""
        found: dict[str, str] = {}
        for row in self.sheets.settings[:1]:
            found = {heading.strip().lower(): cell for heading, cell in row.cells.items()}
        found.setdefault("form_id", found.get("id_string", ""))
        for key, code in (("form_id", "form-id"), ("version", "version")):
            if not found.get(key):
                self.problems.add("settings", 2, key, code)
        return found

    # choice lists

    def read_lists(self) -> Iterator[tuple[str, ChoiceList]]:
        """Lists of the sheet ``choices`` by name."""
        rows: dict[str, list[Row]] = {}
        for row in self.sheets.choices:
            name = row.cells.get("list_name", row.cells.get("list name", ""))
            if name:
                rows.setdefault(name, []).append(row)
        for name, members in rows.items():
            yield name, self.read_list(name, members, "choices")

    def read_list(self, name: str, rows: Iterable[Row], sheet: str) -> ChoiceList:
        """One list; duplicate and bad names, missing labels are noted."""
        rows = tuple(rows)
        seen: dict[str, int] = {}
        choices = [self.read_choice(name, row, sheet, seen) for row in rows]
        columns = frozenset(heading for row in rows for heading in row.cells) - {
            "list_name",
            "list name",
            "name",
        }
        return ChoiceList(name, tuple(choices), columns, {one.name: one for one in choices})

    def read_choice(self, list_name: str, row: Row, sheet: str, seen: dict[str, int]) -> Choice:
        """One line of a list."""
        cells = read_row(row, self.default)
        name = row.cells.get("name", row.cells.get("value", ""))
        if not name:
            self.problems.add(sheet, row.number, "name", "name-missing")
        elif name in seen:
            self.problems.add(
                sheet, row.number, "name", "choice-duplicate", name=name, list=list_name, other=seen[name]
            )
        elif not CHOICE_NAME.match(name):
            self.problems.add(sheet, row.number, "name", "choice-name", name=name)
        seen.setdefault(name, row.number)
        labels = dict(cells.texts.get("label", {})) or {self.default: name}
        if sheet == "choices":
            self.check_labels(labels, sheet, row.number)
        return Choice(
            name, labels, {heading: cell for heading, cell in row.cells.items() if heading not in ANCHORED}
        )

    def check_labels(self, labels: Mapping[str, str], sheet: str, row: int) -> None:
        """Note each declared language in which a label is missing."""
        for code, name in self.languages.items():
            if not labels.get(code):
                heading = f"label::{name}" if "::" not in name and name != code else "label"
                self.problems.add(sheet, row, heading, "label-missing", language=name)

    # the tree

    def build(self) -> Group:
        """The tree of the sheet ``survey``."""
        if not self.sheets.survey:
            self.problems.add("survey", 1, "type", "survey-empty")
        open_groups = [self.root]
        for row in self.sheets.survey:
            cells = read_row(row, self.default)
            if not cells.get("type").startswith("#"):
                self.read_item(cells, open_groups)
        for group in open_groups[1:]:
            self.note(
                group.row,
                "type",
                "group-open",
                type="begin_repeat" if isinstance(group, Repeat) else "begin_group",
            )
        for item in walk(self.root):
            self.place_item(item)
        return self.root

    def note(self, row: int, column: str, code: str, **words: object) -> None:
        """Note a problem of the sheet ``survey``."""
        self.problems.add("survey", row, column, code, **words)

    def read_item(self, cells: Cells, open_groups: list[Group]) -> None:
        """One row of the survey: opens or closes a group, or adds a question."""
        kind = read_kind(cells.get("type"))
        if kind.type in ("end_group", "end_repeat"):
            self.close(kind, cells, open_groups)
            return
        if self.refuse(kind, cells):
            return
        item = self.make(kind, cells, open_groups[-1])
        self.check_name(item, open_groups[-1])
        open_groups[-1].children.append(item)
        if isinstance(item, Group):
            open_groups.append(item)

    def close(self, kind: Kind, cells: Cells, open_groups: list[Group]) -> None:
        """End of a group or repeat."""
        wanted = Repeat if kind.type == "end_repeat" else Group
        fits = len(open_groups) > 1 and type(open_groups[-1]) is wanted
        if not fits:
            self.note(cells.number, "type", "group-close", type=kind.type)
        if len(open_groups) > 1:
            open_groups.pop()

    def refuse(self, kind: Kind, cells: Cells) -> bool:
        """True when the type is missing, unknown or outside the subset; noted."""
        word = "or_other" if kind.or_other else kind.type
        if not kind.type:
            self.note(cells.number, "type", "type-missing")
        elif word in REFUSED:
            use, use_en = REFUSED[word]
            self.note(cells.number, "type", "type-refused", type=word, use=use, use_en=use_en)
        elif kind.type not in VALUE_TYPES and kind.type not in STRUCTURE:
            self.note(cells.number, "type", "type-unknown", type=cells.get("type"))
        else:
            return False
        return kind.type not in VALUE_TYPES

    def make(self, kind: Kind, cells: Cells, parent: Group) -> Item:
        """The item of a row."""
        shared = {
            "name": cells.get("name"),
            "parent": parent,
            "row": cells.number,
            "cells": cells.by_column,
            "labels": cells.texts.get("label", {}),
            "hints": cells.texts.get("hint", {}),
            "guidance": cells.texts.get("guidance_hint", {}),
            "extra": cells.extra,
            "appearance": cells.get("appearance"),
        }
        self.check_appearance(cells)
        if kind.type == "begin_group":
            return self.remember(Group(**shared), kind)  # type: ignore[arg-type]
        if kind.type == "begin_repeat":
            return self.remember(Repeat(**shared), kind)  # type: ignore[arg-type]
        question = Question(**shared, type=kind.type)  # type: ignore[arg-type]
        question.value_type = VALUE_TYPES[kind.type]
        question.constraint_messages = cells.texts.get("constraint_message", {})
        question.required_messages = cells.texts.get("required_message", {})
        return self.remember(question, kind)

    def remember(self, item: Item, kind: Kind) -> Item:
        """Keep the type cell for the second pass; labels of what people see are checked."""
        self.kinds[item] = kind
        silent = isinstance(item, Question) and not item.asks and item.type != "note"
        if not silent and (isinstance(item, Question) or item.labels):
            self.check_labels(item.labels, "survey", item.row)
        return item

    def check_name(self, item: Item, parent: Group) -> None:
        """Note a missing, non-ASCII or repeated name."""
        twin = parent.child(item.name)
        if not item.name:
            self.note(item.row, "name", "name-missing")
        elif not NAME.match(item.name):
            self.note(item.row, "name", "name-ascii", name=item.name)
        elif twin:
            self.note(item.row, "name", "name-duplicate", name=item.name, other=twin.row)

    def check_appearance(self, cells: Cells) -> None:
        """Note words of the appearance that nobody knows."""
        for word in re.sub(r"\(.*?\)", "", cells.get("appearance")).split():
            if word not in APPEARANCES:
                self.note(cells.number, "appearance", "appearance", text=word)

    def place_item(self, item: Item) -> None:
        """Give an item its frame and slot."""
        parent = item.parent
        assert parent
        item.kind = parent.inner if isinstance(parent, Repeat) else parent.kind
        item.slot = len(item.kind.items)
        item.kind.items.append(item)
        inside = bool(parent.parent) and not isinstance(parent, Repeat)
        item.local = f"{parent.local}.{item.name}" if inside else item.name
        item.above = parent.slot if inside else -1
        if isinstance(item, Repeat):
            item.inner = FrameKind(item.kind, item)


def first_language(sheets: Sheets) -> str:
    """Language of the first label heading, ``bg`` when headings name none."""
    found = languages(sheets.survey, "")
    return next((code for code in found if code), "bg")
