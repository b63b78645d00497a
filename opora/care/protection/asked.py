"""Numbers of rules in words, and what a paper asks the database for, asked once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from opora.care.casework import wall
from opora.care.casework.keeping import CODES
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats

UNITS = {
    "minutes": ("минута", "минути"), "hours": ("час", "часа"), "days": ("ден", "дни"), "working_days": ("работен ден", "работни дни"),
    "weeks": ("седмица", "седмици"), "months": ("месец", "месеца"), "years": ("година", "години"),
    "openings": ("отваряне", "отваряния"), "files": ("досие", "досиета"), "attempts": ("опит", "опита"), "persons": ("човек", "души"),
}  # fmt: skip
NOT_SET = "не е зададено"


RULES = (
    *CODES, "break_glass_minutes", "break_glass_week", "break_glass_review", "files_hour", "files_day", "list_open_hours",
    "opinion_link_days", "opinion_wrong_codes", "small_number_below", "selection_data_keep", "breach_notice_hours",
    "breach_remind_hours",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What a paper asks the database for, asked once."""

    rules: Mapping[str, rules.Value]
    has_wall: bool
    holes: bool


_known: ContextVar[Known | None] = ContextVar("known_to_a_paper", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Inside, every sentence reads the same answers of the database."""
    token = _known.set(_ask())
    try:
        yield
    finally:
        _known.reset(token)


def _ask() -> Known:
    return Known(rules.values(RULES), wall.stands(), bool(wall.holes()))


def rule_of(code: str) -> rules.Value:
    known = _known.get()
    return known.rules[code] if known is not None else rules.rule(code)


def amount(code: str) -> str:
    """A rule's number with its unit: „60 минути (непроверена норма)“, or that nobody has set it."""
    rule = rule_of(code)
    if rule.number is None:
        return NOT_SET
    one, many = UNITS.get(rule.unit, ("", ""))
    words = formats.plural(rule.number, one, many) if one else formats.number(rule.number)
    return words if rule.verified else f"{words} (непроверена норма)"


def wall_now() -> tuple[bool, bool]:
    """Whether the database has the second wall, and whether there are holes in it."""
    known = _known.get() or _ask()
    return known.has_wall, known.holes
