"""A card's spreadsheet brought back: what it would change, cell by cell. Nothing is written here."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from opora.engines.questionnaire import Form, Question, at_path, put
from opora.engines.questionnaire.sheets import cell_text
from opora.evidence.survey import checking, markdown, values
from opora.evidence.survey.card_sheet import FIRST, HIDDEN, as_text, with_spare_rows
from opora.evidence.survey.models import Card


class NotThisCardError(ValueError):
    """The file is no card of ours, another card's or another version's; the text says which."""


@dataclass(frozen=True)
class Change:
    """One answer that the file changes or that does not fit: where it stands in the file, what was and what
    comes.
    """

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
    labels = {node.path: node.label for node in checking.page(form, with_spare_rows(form, before)).walk()}
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
