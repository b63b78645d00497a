"""A framework as a spreadsheet: written for Excel, read back as values."""

from __future__ import annotations

import io
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from opora.evidence.monitoring import content
from opora.evidence.monitoring.content import Content
from opora.evidence.monitoring.models import Framework, FrameworkVersion
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.sheets import Sheet, workbook

GROUPS, ITEMS = "Области", "Показатели"
GROUP_COLUMNS = {"Код": "code", "Заглавие": "title", "Заглавие на английски": "title_en", "Тежест": "weight"}
ITEM_COLUMNS = {
    "Област": "domain", "Номер": "code", "Показател": "title", "Въпрос": "question", "Доказателство": "evidence",
    "Какво се изисква": "required", "Основание": "legal_ref", "Тежест": "weight",
    **{f"Степен {level}": f"level_{level}" for level in range(5)},
}  # fmt: skip
"""Headings are the columns' names in every language: a file written here is read back anywhere."""
MOST_ROWS = 300


def write(version: FrameworkVersion) -> bytes:
    """The workbook of a version."""
    now = content.of_version(version)
    groups: list[list[Any]] = [[g.code, g.title, g.title_en, float(g.weight)] for g in now.groups]
    rows: list[list[Any]] = []
    for item in now.items:
        words = [item.words.get(level, "") for level in range(5)]
        rows.append(
            [item.domain, item.code, item.title, item.question, item.evidence, item.required, item.legal_ref,
             float(item.weight), *words]
        )  # fmt: skip
    title = f"{version.framework.title}, версия {version.number}"
    return workbook(
        [Sheet(GROUPS, title, list(GROUP_COLUMNS), groups), Sheet(ITEMS, title, list(ITEM_COLUMNS), rows)],
        title=title,
    )


def read(data: bytes, framework: Framework) -> Content:
    """The content of a workbook. Raises ActionRefused with what to mend."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (python_calamine.CalamineError, python_calamine.PasswordError, OSError, ValueError):
        raise ActionRefused(_("Файлът не се отваря като таблица. Запазете го наново от Excel.")) from None
    groups = _rows(tables, GROUPS, GROUP_COLUMNS, ("code", "title"))
    items = _rows(tables, ITEMS, ITEM_COLUMNS, ("domain", "code", "title"))
    if not items:
        raise ActionRefused(_("В листа „%(name)s“ няма редове.") % {"name": ITEMS})
    return content.of_rows(groups, items)


def _rows(
    tables: dict[str, list[list[Any]]], name: str, columns: dict[str, str], needed: tuple[str, ...]
) -> list[dict[str, str]]:
    if name not in tables:
        raise ActionRefused(_("Липсва лист „%(name)s“.") % {"name": name})
    table = tables[name]
    heads = next((n for n, row in enumerate(table) if _heading(row, columns) >= set(needed)), None)
    if heads is None:
        wanted = ", ".join(head for head, key in columns.items() if key in needed)
        raise ActionRefused(
            _("В листа „%(name)s“ липсват колони: %(columns)s.") % {"name": name, "columns": wanted}
        )
    keys = [columns.get(_text(cell), "") for cell in table[heads]]
    rows = [
        {key: _text(cell) for key, cell in zip(keys, row, strict=False) if key}
        for row in table[heads + 1 :][:MOST_ROWS]
    ]
    return [row for row in rows if row.get("code") and row.get("title")]


def _heading(row: list[Any], columns: dict[str, str]) -> set[str]:
    return {columns[_text(cell)] for cell in row if _text(cell) in columns}


def _text(cell: Any) -> str:
    """A cell as text: 1.10 typed as a number stays what Excel shows only when it was text, so codes are written as text."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
