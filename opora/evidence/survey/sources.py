"""Where an answer came from: „от регистъра, 22.11.2026“, and what the register says when it has been changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.engines.questionnaire import Node, Question, shown_value
from opora.evidence.survey import checking
from opora.evidence.survey.prefill import Sources


@dataclass(frozen=True)
class Source:
    """Where the value came from, when, and what it was if it has been changed since."""

    text: str
    changed: bool


def source_line(source: Source | None) -> Markup:
    """The line under a label that says where a value came from."""
    if source is None:
        return Markup("")
    css = "sv-source sv-source--changed" if source.changed else "sv-source"
    return Markup('<span class="{}">{}</span>').format(css, source.text)


def source_of(node: Node, question: Question, sources: Sources) -> Source | None:
    """„от регистъра, 22.11.2026“, or what the register says where the answer is another one now."""
    found = sources.get(node.path)
    if found is None:
        return None
    day = dt.date.fromisoformat(found["as_of"])
    when = f"{day:%d.%m.%Y}"
    if found["fact"] == "today":
        return None
    of_file = found["fact"].startswith("file.")
    if same(found["value"], node.given):
        words = _("от досието, %(when)s") if of_file else _("от регистъра, %(when)s")
        return Source(words % {"when": when}, False)
    there = shown_value(question, found["value"], checking.language())
    changed = (
        _("променено: в досието на %(when)s е „%(there)s“")
        if of_file
        else _("променено: в регистъра на %(when)s е „%(there)s“")
    )
    return Source(changed % {"when": when, "there": there}, True)


def same(one: Any, other: Any) -> bool:
    """Equal as answers: 3 and 3.0, several choices in any order."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other) or (one in (None, "", []) and other in (None, "", []))
