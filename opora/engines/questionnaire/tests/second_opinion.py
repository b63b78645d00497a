"""What rxeval 0.1.1 says of the same form and answers. Used by tests only."""

from collections.abc import Mapping
from typing import Any

import rxeval
from pyxform.xls2xform import convert


def ask(markdown: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Recomputed session of rxeval; its values by path without ``/data/`` (rows from 1 in brackets)."""
    session = rxeval.Session(
        convert(markdown, validate=False, file_type=".md").xform,
        today="2026-11-22",
        now="2026-11-22T10:00:00Z",
    )
    fill(session, answers, "/data")
    return session.recompute() | {"session": session}


def fill(session: Any, answers: Mapping[str, Any], above: str) -> None:
    """Set nested answers."""
    for name, value in answers.items():
        path = f"{above}/{name}"
        if isinstance(value, dict):
            fill(session, value, path)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value, start=1):
                if number > 1:
                    session.add_row(path)
                fill(session, row, f"{path}[{number}]")
        else:
            session.set(path, " ".join(value) if isinstance(value, list) else str(value))
