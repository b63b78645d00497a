"""The page on which a coordinator goes through one card question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opora.evidence.survey import actions, checking, pages, sheets
from opora.evidence.survey.models import Card
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import shown


def page(card: Card) -> dict[str, Any]:
    """Sent answers by section, with what was asked about each so far."""
    drawn = checking.page(sheets.form_of(card.round.template_version), card.answers)
    asked = {check.path: check.note for check in card.checks.all() if check.outcome == "query"}
    facts = {"card": card, "answers": pages.parts(drawn, card, asked), "asked": asked, "result": drawn.result}
    return facts | {"seen": shown.marks(asked)}


def questions(parts: tuple[pages.Part, ...]) -> Iterator[pages.Read]:
    """Every answer of the card, in its order."""
    for part in parts:
        yield from part.reads
        yield from questions(part.parts)


def keep(actor: Actor, card: Card, posted: Mapping[str, str]) -> int:
    """Keep the questions asked; an emptied one counts as right. Gives how many stand open.

    What a colleague asked meanwhile stays; where both asked about one answer the service reads both.
    """
    facts = page(card)
    open_now = 0
    for read in questions(facts["answers"]):
        said = posted.get(f"note:{read.path}", "").strip()
        note = _together(said, facts["asked"].get(read.path, ""), read.path, posted.get("seen", ""))
        if note:
            open_now += 1
        if note and note != facts["asked"].get(read.path):
            actions.check_question(actor, card, read.path, outcome="query", note=note)
        elif not note and read.path in facts["asked"]:
            actions.check_question(actor, card, read.path, outcome="ok")
    return open_now


def _together(said: str, now: str, path: str, seen: str) -> str:
    mine, theirs = {path: said}, {path: now}
    if path not in shown.touched(mine, seen):
        return now
    if path in shown.met(mine, theirs, seen):
        return " · ".join(text for text in (now, said) if text)
    return said
