"""How toolkits, their differences and their filled forms are shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework import queries_toolkits
from opora.care.casework.models import ToolkitAnswers, ToolkitVersion
from opora.care.casework.toolkits.differences import ADDED, CHANGED, REMOVED, Difference
from opora.care.casework.toolkits.package import Package
from opora.engines.questionnaire import Node, Page, Question, shown_value
from opora.evidence.survey import checking
from opora.foundation.documents.render import ELLIPSIS
from opora.foundation.ui import formats

PARTS = {
    "forms/assessment.xlsx": gettext_lazy("Формуляр за оценка"), "forms/plan.xlsx": gettext_lazy("Формуляр за план"),
    "documents/assessment.docx": gettext_lazy("Документ за оценката"), "documents/plan.docx": gettext_lazy("Документ за плана"),
    "guide.md": gettext_lazy("Ръководство"),
}  # fmt: skip
KINDS = {
    ADDED: (gettext_lazy("добавено"), "done"),
    REMOVED: (gettext_lazy("махнато"), "wrong"),
    CHANGED: (gettext_lazy("променено"), "waiting"),
}
COLUMNS = {
    "label": gettext_lazy("въпрос"), "hint": gettext_lazy("помощ"), "required": gettext_lazy("задължителен"),
    "type": gettext_lazy("вид"), "relevant": gettext_lazy("кога се пита"), "constraint": gettext_lazy("ограничение"),
    "calculation": gettext_lazy("пресмятане"), "prefill": gettext_lazy("попълва се от"),
}  # fmt: skip


def part_in_words(name: str, content: bytes = b"") -> str:
    """„Формуляр за оценка“, „Скала „Самообслужване““: a scale is called as it calls itself, by its file only if it does not."""
    if not name.startswith("scales/"):
        return str(PARTS.get(name, name))
    rows = scale_rows(content)
    title = rows[1][0].strip() if len(rows) > 1 else ""
    return _("Скала „%(name)s“") % {"name": title or name[7:-4].replace("_", " ")}


def scale_rows(content: bytes) -> list[list[str]]:
    """Rows of a scale's file, the heading first; nothing where it cannot be read."""
    text = content.decode("utf-8-sig", errors="replace")
    return [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]


@dataclass(frozen=True)
class VersionView:
    """One version for its page."""

    version: ToolkitVersion

    @cached_property
    def package(self) -> Package:
        """All of it."""
        return queries_toolkits.package_of(self.version)

    @property
    def parts(self) -> list[dict[str, str]]:
        """Files to take away."""
        toolkit, number = self.version.toolkit, self.version.number
        return [
            {"title": part_in_words(name, content), "kind": name.rsplit(".", 1)[-1].upper(), "href": reverse("casework_toolkit_part", args=[toolkit.pk, number, name])}
            for name, content in sorted(self.package.parts.items())
        ]  # fmt: skip

    @property
    def names(self) -> list[tuple[str, str]]:
        """Parts that may be replaced."""
        return [(name, part_in_words(name, content)) for name, content in sorted(self.package.parts.items())]

    @property
    def history(self) -> list[tuple[str, str]]:
        """The way of the toolkit, the oldest first, this version last."""
        return [
            (formats.date(one.made_on), _("%(who)s, версия %(n)s · отпечатък %(sha)s") % {"who": one.organisation, "n": one.number, "sha": one.sha256[:12]})
            for one in (*self.package.history, self.package.origin)
        ]  # fmt: skip

    @property
    def forms(self) -> list[tuple[str, str]]:
        """Forms with their words."""
        words = dict(ToolkitAnswers.FORMS)
        return [(code, str(words[code])) for code in words if f"forms/{code}.xlsx" in self.package.parts]

    @property
    def guide(self) -> str:
        """The guide's text."""
        return self.package.parts.get("guide.md", b"").decode("utf-8")

    @property
    def scales(self) -> list[tuple[str, list[str], list[list[str]]]]:
        """Scales as tables: name, headings, rows."""
        found = []
        for name, content in sorted(self.package.parts.items()):
            if name.startswith("scales/"):
                rows = scale_rows(content)
                width = max(map(len, rows), default=0)
                whole = [[*row, *[""] * (width - len(row))] for row in rows]
                if whole:
                    title = whole[1][0] if len(whole) > 1 else part_in_words(name, content)
                    found.append((title, whole[0], whole[1:]))
        return found


@dataclass(frozen=True)
class DifferenceLine:
    """One difference in words."""

    one: Difference
    content: bytes = b""
    """Of the part as it is now."""

    @property
    def cells(self) -> list[Any]:
        """Part, place, what, before, after."""
        column = self.one.column.partition("::")[0]
        where = "" if self.one.where == self.one.part else self.one.title or self.one.where
        return [
            part_in_words(self.one.part, self.content),
            where,
            str(COLUMNS.get(column, column)),
            self.one.before,
            self.one.after,
        ]

    @property
    def tag(self) -> tuple[str, str]:
        """Added, removed or changed."""
        words, kind = KINDS[self.one.kind]
        return str(words), kind


@dataclass(frozen=True)
class Row:
    """One answer for a document."""

    label: str
    value: str


@dataclass(frozen=True)
class Section:
    """A section of a filled form for a document."""

    title: str
    rows: tuple[Row, ...]


def sections(page: Page) -> list[Section]:
    """The filled form section by section: what does not apply is left out, what is required and missing is „…“."""
    groups = [node for node in page.nodes if node.kind in ("group", "repeat") and node.relevant]
    loose = tuple(row for node in page.nodes if node.kind == "question" for row in _rows(node))
    found = [
        Section(node.label, tuple(row for child in node.children for row in _rows(child))) for node in groups
    ]
    return [one for one in ([Section(_("Общи въпроси"), loose)] if loose else []) + found if one.rows]


def answered(page: Page, paths: set[str]) -> list[Row]:
    """The answers at some paths, in the order of the form."""
    return [Row(node.label, _value(node)) for node in _every(page.nodes) if node.path in paths]


def _every(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.children)


def _value(node: Node) -> str:
    if isinstance(node.item, Question):
        return shown_value(node.item, node.value, checking.language())
    return "; ".join(filter(None, (_value(one) for one in _every(node.children) if one.kind == "question")))


def _rows(node: Node) -> list[Row]:
    if not node.relevant:
        return []
    if node.kind == "note":
        return [Row(node.label, "")] if any("${" in text for text in node.item.labels.values()) else []
    if node.kind != "question":
        return [row for child in node.children for row in _rows(child)]
    assert isinstance(node.item, Question)
    value = shown_value(node.item, node.value, checking.language())
    return [Row(node.label, value or (ELLIPSIS if node.required else ""))] if value or node.required else []
