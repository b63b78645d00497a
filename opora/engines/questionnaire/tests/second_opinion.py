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


def points(value: Any) -> Any:
    """Answers with decimal points, as a phone would send them."""
    if isinstance(value, dict):
        return {key: points(one) for key, one in value.items()}
    if isinstance(value, list):
        return [points(one) for one in value]
    return value.replace(",", ".") if isinstance(value, str) else value


def text(value: Any) -> str:
    """A calculated JSON value as rxeval writes it."""
    return "NaN" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def plain(path: str) -> str:
    """A path without the number of a first row, which rxeval leaves out where there is one row only."""
    return path.replace("[1]", "")
