"""A card as a spreadsheet: its questions one under another, to fill in where there is no network, and back.

Sheet „Карта“: column A (hidden) holds the path of the answer, B the section, C the question, D the answer, E
what may be
answered. Sheet „opora“ (hidden) holds the card's code, the template's fingerprint and the draft version it
was made from.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opora.engines.questionnaire import Form, Node, Question, at_path
from opora.evidence.survey import checking, markdown, values
from opora.evidence.survey.models import Card

SPARE_ROWS = 5
FIRST = 5
HIDDEN = "opora"
LONGEST_LIST = 100
WIDTHS = (34, 60, 44, 40)
LINE = 15.5


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
    def height(self) -> int:
        """Lines of text its longest cell takes."""
        texts = zip((self.section, self.label, self.text, self.allowed), WIDTHS, strict=True)
        return min(26, max(1, *(-(-len(text) // (width + 2)) for text, width in texts)))

    @property
    def pick_list(self) -> bool:
        """Short enough for the drop-down list of a cell (255 characters, commas between)."""
        return (
            bool(self.choices)
            and len(",".join(self.choices)) < 250
            and not any("," in one for one in self.choices)
        )


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
        elif node.kind == "repeat":
            yield from _lines(node.children, section)
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
    import xlsxwriter  # needed by a download, not by the start of every process

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
    for column, width in enumerate((10, *WIDTHS)):
        sheet.set_column(column, column, width, None, {"hidden": column == 0})
    sheet.freeze_panes(FIRST - 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST - 2)
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
        sheet.set_row(row, LINE * line.height)
        sheet.write_string(row, 3, line.text, open_)
        sheet.write_string(row, 4, line.allowed, quiet)
        if line.pick_list:
            sheet.data_validation(
                row, 3, row, 3, {"validate": "list", "source": list(line.choices), "error_type": "warning"}
            )
