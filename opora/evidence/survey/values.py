"""Answers between a form on a page, JSON and rows for statistics.

JSON: by question name, groups nested, a repeat a list, several choices a list, dates ISO, numbers numbers.
What cannot
be read as its type is kept as the text typed, so that the evaluator can name it and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone, translation

from opora.engines.questionnaire import Form, Group, Item, Question, Repeat, Result

PREFIX = "q:"
WHOLE = re.compile(r"-?\d{1,15}\Z", re.ASCII)
DECIMAL = re.compile(r"-?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})\Z", re.ASCII)
BG_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:\s?г\.?)?(?:[\s,]+(\d{1,2}):(\d\d))?\Z")
DATES = ("date", "dateTime")
NUMBERS = ("integer", "decimal", "range")
MANY = ("select_multiple",)
ONE = ("select_one",)

Answers = dict[str, Any]


def read(question: Question, texts: list[str]) -> Any:
    """The answer typed into the fields of a question, None for nothing."""
    if question.type in MANY:
        return [text for text in texts if text] or None
    text = next((text for text in texts if text.strip()), "").replace("\r\n", "\n").strip()
    if not text:
        return None
    if question.type in NUMBERS:
        return read_number(text)
    return read_date(text) if question.type in DATES else text


def read_number(text: str) -> int | float | str:
    """`1 234,5`, `1234.5` → 1234.5; `12` → 12; anything else stays as typed."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-").replace(",", ".")
    if WHOLE.match(plain):
        return int(plain)
    return float(plain) if DECIMAL.match(plain) else text


def read_date(text: str) -> str:
    """`22.11.2026` or `22.11.2026 14:30` → ISO; anything else stays as typed."""
    found = BG_DATE.match(text.strip())
    if not found:
        return text
    day, month, year, hour, minute = (int(part) if part else None for part in found.groups())
    try:
        made = dt.datetime(year or 0, month or 0, day or 0, hour or 0, minute or 0)
    except ValueError:
        return text
    return made.date().isoformat() if hour is None else made.isoformat(timespec="minutes")


def typed(question: Question, value: Any) -> str:
    """An answer as it stands in its field: decimal comma, 22.11.2026."""
    if value is None or isinstance(value, list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        text = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        return text if (translation.get_language() or "bg").startswith("en") else text.replace(".", ",")
    return typed_date(str(value)) if question.type in DATES else str(value)


def typed_date(text: str) -> str:
    """An ISO date or date-time as people write it; other text as it is."""
    try:
        made = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    if len(text) == 10:
        return f"{made:%d.%m.%Y}"
    made = timezone.localtime(made) if timezone.is_aware(made) else made
    return f"{made:%d.%m.%Y %H:%M}"


def from_post(section: Group, above: str, posted: QueryDict, answers: Answers) -> Answers:
    """The answers with what was posted from one section put in; questions that were not on the page keep
    theirs.
    """
    shown = set((posted.get("shown") or "").split())
    return _group(section, above, posted, answers, shown)


def _group(group: Group, above: str, posted: QueryDict, old: Mapping[str, Any], shown: set[str]) -> Answers:
    new = dict(old)
    for item in group.children:
        path = f"{above}.{item.name}" if above else item.name
        value = _item(item, path, posted, old.get(item.name), shown)
        if value is None or value == {}:
            new.pop(item.name, None)
        else:
            new[item.name] = value
    return new


def _item(item: Item, path: str, posted: QueryDict, old: Any, shown: set[str]) -> Any:
    if isinstance(item, Repeat):
        return _rows(item, path, posted, old if isinstance(old, list) else [], shown)
    if isinstance(item, Group):
        return _group(item, path, posted, old if isinstance(old, dict) else {}, shown)
    if path in shown and isinstance(item, Question):
        return read(item, posted.getlist(PREFIX + path))
    return old


def _rows(repeat: Repeat, path: str, posted: QueryDict, old: list[Any], shown: set[str]) -> list[Any] | None:
    count = posted.get(f"rows:{path}")
    if count is None or not WHOLE.match(count):
        return old or None
    number = min(int(count), 500)
    olds = [*old, *({} for _ in range(number))]
    return [_group(repeat, f"{path}[{n}]", posted, olds[n], shown) for n in range(number)]


@dataclass(frozen=True)
class Flat:
    """One answer for statistics; see `models.Answer`."""

    question: str
    path: str
    row: int
    text: str
    number: float | None = None
    day: dt.date | None = None


def flatten(form: Form, answers: Answers) -> Iterator[Flat]:
    """Every answer given, in the order of the card; a choice of several gives one each."""
    yield from _flat_group(form.root, "", 0, answers)


def calculated(result: Result) -> Iterator[Flat]:
    """What the card computed, for statistics."""
    for path, value in result.calculated.items():
        if value not in (None, "", []):
            row = re.findall(r"\[(\d+)\]", path)
            yield Flat(bare(path), path, int(row[-1]) if row else 0, _text(value), _number(value))


def bare(path: str) -> str:
    """`staff[0].fte` → `staff.fte`."""
    return re.sub(r"\[\d+\]", "", path)


def _flat_group(group: Group, above: str, row: int, values: Any) -> Iterator[Flat]:
    if not isinstance(values, dict):
        return
    for item in group.children:
        value = values.get(item.name)
        path = f"{above}.{item.name}" if above else item.name
        if isinstance(item, Repeat):
            for number, one in enumerate(value if isinstance(value, list) else ()):
                yield from _flat_group(item, f"{path}[{number}]", number, one)
        elif isinstance(item, Group):
            yield from _flat_group(item, path, row, value)
        elif value not in (None, "", []):
            yield from _flat_answer(item, path, row, value)


def _flat_answer(item: Item, path: str, row: int, value: Any) -> Iterator[Flat]:
    for one in value if isinstance(value, list) else [value]:
        yield Flat(item.path, path, row, _text(one), _number(one), _day(item, one))


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _day(item: Item, value: Any) -> dt.date | None:
    if not (isinstance(item, Question) and item.type in DATES and isinstance(value, str)):
        return None
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None
