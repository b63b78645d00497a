"""`opora cards check TEMPLATE.xlsx ANSWERS.json`: one card against its template, without Django or a
database.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from opora.engines import questionnaire
from opora.engines.questionnaire import FormError
from opora.evidence.survey import workbook


def check_files(
    template: Path, answers: Path, today: dt.date | None = None, language: str = "bg"
) -> tuple[dict[str, Any], int]:
    """What the check prints, and the exit code: 0 when the card may be sent, 1 when not.

    The result is {"ok", "findings": [{"path", "kind", "message"}], "calculated", "missing", "relevant"}. A
    template that
    cannot be published adds "problems": [{"sheet", "row", "column", "message"}]; a file that cannot be read,
    "error".
    """
    today = today or dt.date.today()
    try:
        form = workbook.compile_tables(workbook.read_xlsx(template.read_bytes()))
        given = json.loads(answers.read_text(encoding="utf-8"))
    except FormError as error:
        return nothing() | {"problems": [_problem(one, language) for one in error.problems]}, 1
    except (OSError, ValueError) as error:
        return nothing() | {"error": f"{type(error).__name__}: {error}"}, 1
    now = dt.datetime.combine(today, dt.time(12))
    result = questionnaire.check(form, given, today=today, now=now, language=language)
    return result.as_json(), 0 if result.ok else 1


def nothing() -> dict[str, Any]:
    """The result of a card that could not be looked at."""
    return {"ok": False, "findings": [], "calculated": {}, "missing": [], "relevant": []}


def _problem(one: questionnaire.Problem, language: str) -> dict[str, Any]:
    return {"sheet": one.sheet, "row": one.row, "column": one.column, "message": one.message(language)}
