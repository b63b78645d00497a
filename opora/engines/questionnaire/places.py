"""Paths of answers (``group.staff[0].fte``) and the changes a filler makes to nested answers."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from .check import Result, State, evaluate, wanted_rows
from .model import Form, Frame, Group, Item, Question, Repeat
from .typed import read_answer
from .values import BLANK, is_blank, plain

PART = re.compile(r"([^.\[\]]+)(?:\[(\d{1,6})\])?\Z")
LONGEST_REPEAT = 500


def parts(path: str) -> list[tuple[str, int | None]]:
    """``a.staff[0].fte`` → names with row numbers. Raises ``KeyError`` on anything else."""
    found = [PART.match(part) for part in path.split(".")]
    if not all(found):
        raise KeyError(path)
    return [(one[1], int(one[2]) if one[2] else None) for one in found if one]


def locate(state: State, path: str) -> tuple[Item, Frame]:
    """Item at a path and the frame it stands in. Raises ``KeyError`` when there is none."""
    item: Item = state.form.root
    frame = state.root
    for name, row in parts(path):
        found = item.child(name) if isinstance(item, Group) else None
        if found is None:
            raise KeyError(path)
        item = found
        if row is not None:
            rows = frame.rows.get(item.slot, []) if isinstance(item, Repeat) else []
            if row >= len(rows):
                raise KeyError(path)
            frame = rows[row]
    return item, frame


def at_path(answers: Any, path: str) -> Any:
    """The answer at a path as it came, None when there is none."""
    for name, row in parts(path):
        answers = answers.get(name) if isinstance(answers, Mapping) else None
        if row is not None:
            answers = answers[row] if isinstance(answers, list) and row < len(answers) else None
    return answers


def put(answers: dict[str, Any], path: str, value: Any) -> None:
    """Set the answer at a path, making groups and rows on the way. Raises ``KeyError`` on a path that cannot
    be.
    """
    steps = parts(path)
    here: Any = answers
    for name, row in steps[:-1]:
        here = enter(here, name, row)
    name, row = steps[-1]
    if row is not None:
        raise KeyError(path)
    here[name] = value


def enter(here: dict[str, Any], name: str, row: int | None) -> dict[str, Any]:
    """The object one step further, made when it is not there."""
    if row is None:
        if not isinstance(here.get(name), dict):
            here[name] = {}
        return here[name]  # type: ignore[no-any-return]
    rows = here.get(name) or []
    if not isinstance(rows, list) or row >= LONGEST_REPEAT:
        raise KeyError(name)
    here[name] = rows
    rows.extend({} for _ in range(row + 1 - len(rows)))
    return rows[row]  # type: ignore[no-any-return]


def normalise(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they should be stored.

    Flat keys (``group.staff[0].fte``, as form fields are named) become nested; ``1,5`` becomes 1.5,
    ``22.11.2026`` a
    date in ISO, a tick ``OK``, one name of a multiple choice a list. What cannot be read stays as it came.
    """
    nested: dict[str, Any] = {}
    for key, value in answers.items():
        if "." in key or "[" in key:
            try:
                put(nested, key, value)
            except KeyError:
                nested[key] = value
        else:
            nested[key] = value
    return tidy(form.root, nested)


def tidy(group: Group, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of a group with every value in its stored form."""
    return {key: tidy_one(group.child(key), value) for key, value in answers.items()}


def tidy_one(item: Item | None, value: Any) -> Any:
    """One answer, group or repeat in its stored form."""
    if isinstance(item, Repeat):
        rows = value if isinstance(value, list) else None
        return (
            value if rows is None else [tidy(item, row) if isinstance(row, Mapping) else row for row in rows]
        )
    if isinstance(item, Group):
        return tidy(item, value) if isinstance(value, Mapping) else value
    if not isinstance(item, Question):
        return value
    typed, wrong = read_answer(item, from_screen(item, value))
    return value if wrong else plain(typed)


def from_screen(question: Question, value: Any) -> Any:
    """A value as a person types it in the form ``check`` reads: dates 22.11.2026 become ISO."""
    if question.type in ("date", "dateTime") and isinstance(value, str):
        found = re.match(r"\s*(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.)?\s*(.*)\Z", value)
        if found:
            day = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
            return f"{day}T{found[4]}" if found[4] else day
    return value


def prune(form: Form, answers: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """The answers without those of questions that do not apply: what is submitted."""
    return pruned(form.root, answers, result.state.root)


def pruned(group: Group, answers: Mapping[str, Any], frame: Frame) -> dict[str, Any]:
    """Answers of a group that apply."""
    kept: dict[str, Any] = {}
    for key, value in answers.items():
        item = group.child(key)
        if item is None or frame.on[item.slot]:
            kept[key] = pruned_one(item, value, frame)
    return kept


def pruned_one(item: Item | None, value: Any, frame: Frame) -> Any:
    """One answer, group or repeat with what applies."""
    if isinstance(item, Repeat) and isinstance(value, list):
        rows = frame.rows.get(item.slot, [])
        pairs = zip(value, rows, strict=False)
        return [pruned(item, one, row) if isinstance(one, Mapping) else one for one, row in pairs]
    if isinstance(item, Group) and not isinstance(item, Repeat) and isinstance(value, Mapping):
        return pruned(item, value, frame)
    return value


def initial(
    form: Form, *, today: date, now: datetime, language: str = "bg", answers: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Answers a card starts with: those given, rows a repeat must have, and defaults where there is no
    answer.
    """
    filled = tidy(form.root, answers or {})
    for _ in range(3):
        state, _reader = evaluate(form, filled, today=today, now=now, language=language)
        for path, value in beginnings(form.root, state.root, state):
            put(filled, path, value)
    return filled


def beginnings(group: Group, frame: Frame, state: State) -> Iterator[tuple[str, Any]]:
    """Paths and values to set at the start."""
    for item in group.children:
        path = frame.prefix + item.local
        if isinstance(item, Question):
            if item.default and is_blank(frame.given[item.slot]) and item.slot not in frame.wrong:
                yield path, plain(item.default.run(frame, None, state.env))
        elif isinstance(item, Repeat):
            yield from row_beginnings(item, frame, state, path)
        elif isinstance(item, Group):
            yield from beginnings(item, frame, state)


def row_beginnings(repeat: Repeat, frame: Frame, state: State, path: str) -> Iterator[tuple[str, Any]]:
    """The same for the rows of a repeat; rows that must be there are made by setting one of their
    questions.
    """
    rows = frame.rows.get(repeat.slot, [])
    for row in rows:
        yield from beginnings(repeat, row, state)
    least = min(wanted_rows(repeat, frame, state.env)[0], LONGEST_REPEAT)
    first = next((one.name for one in repeat.children if isinstance(one, Question) and one.asks), None)
    if first and frame.on[repeat.slot]:
        yield from ((f"{path}[{index}].{first}", BLANK) for index in range(len(rows), least))
