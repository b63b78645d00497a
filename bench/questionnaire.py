"""CPU milliseconds to check a survey card, beside rxeval and openpyxl in the same run.

Run: python bench/questionnaire.py [rounds]. The card is the demonstration card (57 questions, five rows of posts).
rxeval is timed twice. *Form read before*: a session kept open, answers set and evaluated; this compares evaluators.
*Form read each time*: its interface has no compiled form, so a server that gets cards one by one pays for that too.
All works take turns, so that a busy moment of the machine falls on each of them.
"""

import io
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import python_calamine
import rxeval
import xlsxwriter
from pyxform.xls2xform import convert

from opora.config.demo.cards import needs_card, needs_card_workbook
from opora.engines.questionnaire import check, compile, normalise, page, sheets_from_rows

WHEN = {"today": date(2026, 11, 22), "now": datetime(2026, 11, 22, 10)}
POST = {"profession": "психолог", "posts_total": 2, "posts_filled": 1.5}
ANSWERS: dict[str, Any] = {
    "service": {
        "name": "Дневен център", "code": "LOV-04", "type": "day_child_fam", "target_groups": ["children_disabilities"],
        "opened_on": "2020-03-01", "delegated_since": "2020-03-01",
    },
    "provider": {
        "organisation": "Община Ловеч", "organisation_eik": "996167922", "region": "LOV", "municipality": "LOV18",
        "settlement": "Ловеч", "address": "ул. „Странджа“ № 41", "head": "Ваня Стаменска", "phone": "068/600004",
        "email": "lov-04@example.bg",
    },
    "places": {
        "as_of": "2026-11-20", "capacity": 30, "crisis_places": 0, "occupied": 30, "waiting": 12, "funded": 30,
    },
    "staff": {"posts": [dict(POST) for _ in range(5)]},
    "users": {"users_children": 30, "users_women": 12, "users_disability": 30},
    "needs": {
        "specialists": ["psychiatrist", "speech_therapist"], "psychiatrist_users": 4, "psychiatrist_hours": 8,
        "speech_therapist_users": 12, "speech_therapist_hours": 24.5,
    },
    "crisis": {"crisis_cases": 2, "crisis_kinds": ["family"], "team_ready": "yes", "lacking": "Транспорт"},
}  # fmt: skip


Works = dict[str, Callable[[], Any]]


def milliseconds(works: Works, rounds: int) -> dict[str, float]:
    """Median CPU milliseconds of one call of each work, all taking turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            work()
            times[name].append((time.process_time() - start) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Paths and values of nested answers."""
    for name, one in value.items():
        if isinstance(one, dict):
            yield from flat(one, f"{path}{name}.")
        elif isinstance(one, list) and one and isinstance(one[0], dict):
            for index, row in enumerate(one):
                yield from flat(row, f"{path}{name}[{index}].")
        else:
            yield f"{path}{name}", " ".join(one) if isinstance(one, list) else one


def workbook(pairs: list[tuple[str, Any]]) -> bytes:
    """Answers as an XLSX of two columns."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("answers")
        for number, pair in enumerate(pairs):
            sheet.write_row(number, 0, pair)
    return buffer.getvalue()


def their_path(path: str) -> str:
    """``staff.posts[0].profession`` → ``/data/staff/posts[1]/profession``."""
    parts = (part.partition("[") for part in path.split("."))
    return "/data/" + "/".join(f"{name}[{int(row[:-1]) + 1}]" if row else name for name, _, row in parts)


def session_of(xform: str) -> Any:
    """A session of rxeval with the rows of the card."""
    session = rxeval.Session(xform, today="2026-11-22", now="2026-11-22T10:00:00Z")
    for _ in range(len(ANSWERS["staff"]["posts"]) - 1):
        session.add_row("/data/staff/posts")
    return session


def theirs(session: Any, pairs: list[tuple[str, Any]]) -> Any:
    """The card on rxeval: its answers set, one evaluation."""
    for path, value in pairs:
        session.set(their_path(path), str(value))
    return session.recompute()


def openpyxl_pairs(content: bytes) -> list[tuple[str, Any]]:
    """Answers read with openpyxl."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return [(str(path), value) for path, value in sheet.iter_rows(values_only=True)]


def calamine_pairs(content: bytes) -> dict[str, Any]:
    """Answers read with calamine."""
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return {str(path): value for path, value in sheet.to_python()}


def big_card(questions: int, rows: int) -> tuple[Any, dict[str, Any]]:
    """A card of many questions with one repeat of four columns, and its answers."""
    survey: list[dict[str, str]] = []
    for n in range(questions):
        relevant = f"${{q{n - 1}}} >= 0" if n % 4 == 3 else ""
        survey.append({"type": "integer", "name": f"q{n}", "label": f"Въпрос {n}", "relevant": relevant,
                       "constraint": ". >= 0 and . <= 1000", "required": "yes"})  # fmt: skip
    survey += [
        {"type": "begin_repeat", "name": "r", "label": "Ред"},
        {"type": "text", "name": "job", "label": "Длъжност", "required": "yes"},
        {"type": "decimal", "name": "fte", "label": "Щат", "constraint": ". >= 0"},
        {"type": "calculate", "name": "fte0", "calculation": "coalesce(${fte}, 0)"},
        {"type": "end_repeat"},
        {"type": "calculate", "name": "total", "calculation": "sum(${fte0})"},
    ]
    form = compile(sheets_from_rows({"survey": survey, "settings": [{"form_id": "big", "version": "1"}]}))
    answers: dict[str, Any] = {f"q{n}": n for n in range(questions)}
    return form, answers | {"r": [{"job": "психолог", "fte": 0.5} for _ in range(rows)]}


def main(rounds: int) -> None:
    """Print the table."""
    form, (big, big_answers) = compile(needs_card()), big_card(400, 51)
    xform = convert(io.BytesIO(needs_card_workbook()), validate=False, file_type=".xlsx").xform
    pairs, session = list(flat(ANSWERS)), session_of(xform)
    content = workbook(pairs)
    took = milliseconds(
        {
            "check": lambda: check(form, ANSWERS, **WHEN),
            "rxeval warm": lambda: theirs(session, pairs),
            "rxeval cold": lambda: theirs(session_of(xform), pairs),
            "file": lambda: check(form, normalise(form, calamine_pairs(content)), **WHEN),
            "file warm": lambda: theirs(session, openpyxl_pairs(content)),
            "page": lambda: page(form, ANSWERS, **WHEN),
            "big": lambda: check(big, big_answers, **WHEN),
            "compile": lambda: compile(needs_card()),
        },
        rounds,
    )
    asked = check(form, ANSWERS, **WHEN).asked
    print(f"card: {len(pairs)} answers, {asked} questions apply; median CPU ms a card, {rounds} rounds")
    print(f"{'':52}{'Opora':>8}{'baseline':>10}{'ratio':>8}")
    line("check; rxeval, form read before", took["check"], took["rxeval warm"])
    line("check; rxeval, form read each time", took["check"], took["rxeval cold"])
    line("read XLSX and check; openpyxl + rxeval, read before", took["file"], took["file warm"])
    line("lay out for drawing", took["page"])
    line("400 questions and 51 rows", took["big"])
    line("compile the template", took["compile"])


def line(name: str, ours: float, baseline: float | None = None) -> None:
    """One line of the table."""
    rest = f"{baseline:10.2f}{baseline / ours:8.1f}" if baseline else ""
    print(f"{name:52}{ours:8.2f}{rest}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
