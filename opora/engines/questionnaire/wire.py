"""The engine `questionnaire` as JSON."""

from __future__ import annotations

import datetime as dt

from opora.engines import questionnaire
from opora.engines.common.faces import Document, Face, record


def _answer(given: Document) -> Document:
    """Check answers against a form given as Markdown tables."""
    form = questionnaire.compile(questionnaire.sheets_from_markdown(given["form"]))
    today = dt.date.fromisoformat(given["today"])
    now = dt.datetime.combine(today, dt.time(12))
    result = questionnaire.check(
        form, given["answers"], today=today, now=now, language=given.get("language", "bg")
    )
    return dict(result.as_json())


FACE = Face(
    record(
        ["form", "answers", "today"],
        form={"type": "string", "description": "survey, choices, settings as Markdown tables"},
        answers={"type": "object"},
        today={"type": "string", "format": "date"},
        language={"enum": ["bg", "en"], "default": "bg"},
    ),
    _answer,
    {
        "form": "| survey |\n| | type | name | label | constraint |\n| | integer | capacity | Места | . >= 0 |\n"
        "| settings |\n| | form_id | version |\n| | demo | 2026112201 |\n",
        "answers": {"capacity": -5},
        "today": "2026-11-22",
    },
)
