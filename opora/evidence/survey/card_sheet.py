"""A card as a spreadsheet: its questions one under another, to fill in where there is no network, and back.

Sheet „Карта“: column A (hidden) holds the path of the answer, B the section, C the question, D the answer, E what may be
answered. Sheet „opora“ (hidden) holds the card's code, the template's fingerprint and the draft version it was made from.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import python_calamine
import xlsxwriter
from django.utils.translation import gettext as _

from opora.engines.questionnaire import Form, Node, Page, Question, at_path, put
from opora.engines.questionnaire.sheets import cell_text
from opora.evidence.survey import checking, markdown, values
from opora.evidence.survey.models import Card

SPARE_ROWS = 5
FIRST = 5
HIDDEN = "opora"
LONGEST_LIST = 100


class NotThisCardError(ValueError):
    """The file is no card of ours, another card's or another version's; the text says which."""


@dataclass(frozen=True)
class Line:
    """One question in the sheet."""

    path: str
    section: str
    label: str
    text: str
    allowed: str
    choices: tuple[str, ...] = ()

    @property
    def pick_list(self) -> bool:
        """Short enough for the drop-down list of a cell (255 characters, commas between)."""
        return (
            bool(self.choices)
            and len(",".join(self.choices)) < 250
            and not any("," in one for one in self.choices)
        )


@dataclass(frozen=True)
class Change:
    """One answer that the file changes or that does not fit: where it stands in the file, what was and what comes."""

    cell: str
    path: str
    label: str
    before: str
    after: str
    error: str = ""


@dataclass(frozen=True)
class Uploaded:
    """What an uploaded file would do: nothing is written yet."""

    answers: dict[str, Any]
    version: int
    changes: tuple[Change, ...]
    same: int

    @property
    def errors(self) -> int:
        """Answers that do not fit; they are taken over too, marked."""
        return sum(bool(one.error) for one in self.changes)


def lines(form: Form, answers: values.Answers) -> list[Line]:
    """Every question of the card, whether it applies now or not, with spare rows in each repeat."""
    return list(_lines(checking.page(form, with_spare_rows(form, answers)).nodes, ""))


def with_spare_rows(form: Form, answers: values.Answers) -> values.Answers:
    """The answers with empty rows after the filled ones."""
    drawn = checking.page(form, answers)
    padded = dict(answers)
    for node in drawn.walk():
        if node.kind == "repeat" and "[" not in node.path:
            room = (
                SPARE_ROWS if node.most is None else max(0, min(SPARE_ROWS, node.most - len(node.children)))
            )
            rows = at_path(answers, node.path)
            padded = _with_rows(
                padded, node.path, [*(rows if isinstance(rows, list) else []), *({} for _n in range(room))]
            )
    return padded


def _with_rows(answers: values.Answers, path: str, rows: list[Any]) -> values.Answers:
    name, _dot, rest = path.partition(".")
    if not rest:
        return answers | {name: rows}
    inside = answers.get(name)
    return answers | {name: _with_rows(inside if isinstance(inside, dict) else {}, rest, rows)}


def _lines(nodes: tuple[Node, ...], section: str) -> Iterator[Line]:
    for node in nodes:
        words = str(markdown.inline(node.label.partition("\n")[0]).striptags())
        if node.kind == "question" and isinstance(node.item, Question):
            yield _line(node, node.item, section, words)
        elif node.kind != "note":
            yield from _lines(node.children, f"{section} › {words}" if section else words)


def _line(node: Node, question: Question, section: str, words: str) -> Line:
    labels = (
        tuple(one.label(checking.language()) for one in question.choices.choices) if question.choices else ()
    )
    listed = labels if question.type == "select_one" else ()
    return Line(node.path, section, words, as_text(question, node.given), allowed(question, labels), listed)


def allowed(question: Question, labels: tuple[str, ...]) -> str:
    """What may be answered, in words."""
    if question.type == "select_multiple":
        return _("един или няколко, с „;“ между тях: %(list)s") % {"list": "; ".join(labels[:LONGEST_LIST])}
    if labels:
        return _("един от списъка")
    return {"integer": _("цяло число"), "decimal": _("число"), "date": _("дата, например 22.11.2026")}.get(
        question.type, ""
    )


def as_text(question: Question, value: Any) -> str:
    """An answer as it stands in its cell: labels of choices, decimal comma, 22.11.2026."""
    if question.choices and value not in (None, "", []):
        names = value if isinstance(value, list) else [value]
        found = (question.choices.names.get(str(name)) for name in names)
        return "; ".join(
            one.label(checking.language()) if one else str(name)
            for one, name in zip(found, names, strict=True)
        )
    return values.typed(question, value)


def write(card: Card, form: Form, answers: values.Answers, version: int) -> bytes:
    """The workbook."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Карта"))
        _head(book, sheet, card)
        _body(book, sheet, lines(form, answers))
        about = book.add_worksheet(HIDDEN)
        about.hide()
        for row, text in enumerate((card.code, card.round.template_version.sha256, str(version))):
            about.write_string(row, 0, text)
    return out.getvalue()


def _head(book: Any, sheet: Any, card: Card) -> None:
    bold, quiet = book.add_format({"bold": True, "font_size": 16}), book.add_format({"font_color": "#51605b"})
    heading = book.add_format({"bold": True, "bg_color": "#e4efeb", "bottom": 1})
    sheet.write_string(0, 1, f"{card.service.name}, {card.code}", bold)
    sheet.write_string(1, 1, card.round.title, quiet)
    sheet.write_string(
        2, 1, _("Попълнете само колоната „Отговор“ и качете файла на страницата на картата."), quiet
    )
    for column, text in enumerate(("path", _("Раздел"), _("Въпрос"), _("Отговор"), _("Какво се пише"))):
        sheet.write_string(FIRST - 2, column, text, heading)
    for column, width in enumerate((10, 34, 60, 44, 40)):
        sheet.set_column(column, column, width, None, {"hidden": column == 0})
    sheet.freeze_panes(FIRST - 1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _body(book: Any, sheet: Any, found: list[Line]) -> None:
    locked = book.add_format({"text_wrap": True, "valign": "top"})
    quiet = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#51605b"})
    open_ = book.add_format(
        {
            "text_wrap": True,
            "valign": "top",
            "locked": False,
            "border": 1,
            "border_color": "#7a8a84",
            "num_format": "@",
        }
    )
    for row, line in enumerate(found, FIRST - 1):
        for column, text in enumerate((line.path, line.section, line.label)):
            sheet.write_string(row, column, text, locked)
        sheet.write_string(row, 3, line.text, open_)
        sheet.write_string(row, 4, line.allowed, quiet)
        if line.pick_list:
            sheet.data_validation(
                row, 3, row, 3, {"validate": "list", "source": list(line.choices), "error_type": "warning"}
            )


def read(card: Card, form: Form, before: values.Answers, content: bytes) -> Uploaded:
    """What the file says, compared with the answers that stand. Raises `NotThisCardError`."""
    cells, version = _cells(card, content)
    answers: dict[str, Any] = {}
    for path, (_cell, text) in cells.items():
        question = form.find(path)
        value = parse(question, text) if isinstance(question, Question) else None
        if value is not None:
            put(answers, path, value)
    answers = _without_empty_rows(_keep_hidden(form, before, answers, cells))
    return Uploaded(
        answers, version, tuple(_changes(form, before, answers, cells)), _same(before, answers, cells)
    )


def _cells(card: Card, content: bytes) -> tuple[dict[str, tuple[str, str]], int]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        about = [cell_text(row[0]) for row in book.get_sheet_by_name(HIDDEN).to_python()]
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as error:  # calamine raises many kinds for a broken or foreign file
        raise NotThisCardError(
            _("Файлът не е карта, изтеглена от Опора. Изтеглете картата и попълнете нея.")
        ) from error
    if about[:1] != [card.code]:
        raise NotThisCardError(_("Файлът е на друга карта: %(code)s.") % {"code": "".join(about[:1])})
    if about[1:2] != [card.round.template_version.sha256]:
        raise NotThisCardError(_("Файлът е по друга версия на образеца. Изтеглете картата отново."))
    found = {
        cell_text(row[0]): (f"D{number}", cell_text(row[3]) if len(row) > 3 else "")
        for number, row in enumerate(rows, 1)
        if number >= FIRST and row and cell_text(row[0])
    }
    return found, int(about[2]) if len(about) > 2 and about[2].isdigit() else 0


def parse(question: Question, text: str) -> Any:
    """The answer a cell spells: labels or names of choices, numbers, dates. None for an empty cell."""
    if question.choices is None:
        return values.read(question, [text])
    parts = [part.strip() for part in (text.split(";") if question.type == "select_multiple" else [text])]
    names = [_name(question, part) for part in parts if part]
    return values.read(question, names)


def _name(question: Question, text: str) -> str:
    assert question.choices is not None
    wanted = text.casefold()
    fits = (c.name for c in question.choices.choices if wanted in {t.casefold() for t in c.labels.values()})
    return text if text in question.choices.names else next(fits, text)


def _keep_hidden(
    form: Form, before: values.Answers, answers: dict[str, Any], cells: Mapping[str, object]
) -> dict[str, Any]:
    """Answers that no cell stands for (hidden questions) stay as they were."""
    for flat in values.flatten(form, before):
        if flat.path not in cells and at_path(answers, flat.path) is None and "[" not in flat.path:
            put(answers, flat.path, at_path(before, flat.path))
    return answers


def _without_empty_rows(value: Any) -> Any:
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        return [row for row in map(_without_empty_rows, value) if row]
    if isinstance(value, dict):
        return {name: _without_empty_rows(inner) for name, inner in value.items()}
    return value


def _changes(
    form: Form, before: values.Answers, answers: values.Answers, cells: Mapping[str, tuple[str, str]]
) -> Iterator[Change]:
    drawn = checking.page(form, answers)
    wrong = {one.path: one.message for one in checking.wrong(drawn.result)}
    labels = {
        node.path: node.label
        for node in Page(checking.page(form, with_spare_rows(form, before)).nodes, drawn.result).walk()
    }
    for path, (cell, _text) in cells.items():
        old, new = at_path(before, path), at_path(answers, path)
        question = form.find(path)
        if isinstance(question, Question) and (not alike(old, new) or (path in wrong and new is not None)):
            label = str(markdown.inline(labels.get(path, path).partition("\n")[0]).striptags())
            yield Change(
                cell, path, label, as_text(question, old), as_text(question, new), wrong.get(path, "")
            )


def _same(before: values.Answers, answers: values.Answers, cells: Mapping[str, object]) -> int:
    return sum(alike(at_path(before, path), at_path(answers, path)) for path in cells)


def alike(one: Any, other: Any) -> bool:
    """Equal as answers; nothing equals nothing."""
    return bool(one == other) or (one in (None, "", []) and other in (None, "", []))
