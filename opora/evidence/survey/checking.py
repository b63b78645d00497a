"""The evaluator asked about a card here and now: findings, what stops sending, how far it is, what to draw."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone, translation

from opora.engines import questionnaire
from opora.engines.questionnaire import Finding, Form, Page, Result
from opora.evidence.survey.models import Card
from opora.evidence.survey.values import Answers
from opora.foundation.core import clock


def page(form: Form, answers: Answers) -> Page:
    """The card laid out for drawing, with the check's result."""
    return questionnaire.page(form, answers, today=clock.today(), now=_now(), language=language())


def check(form: Form, answers: Answers) -> Result:
    """What the evaluator finds today, its messages in the language of the page."""
    return questionnaire.check(form, answers, today=clock.today(), now=_now(), language=language())


def _now() -> dt.datetime:
    return timezone.localtime(clock.now()).replace(tzinfo=None, microsecond=0)


def language() -> str:
    """The language labels and messages are wanted in."""
    return (translation.get_language() or "bg")[:2]


def blocking(result: Result) -> tuple[Finding, ...]:
    """Findings that stop sending. Answers to questions that do not apply are simply left out of what is sent."""
    return tuple(one for one in result.findings if one.kind != "irrelevant")


def wrong(result: Result) -> tuple[Finding, ...]:
    """Findings about something that was typed: shown at the field at once, unlike what is still missing."""
    return tuple(one for one in blocking(result) if one.kind not in ("required", "repeat"))


def note(card: Card, result: Result) -> None:
    """Put the state of the answers on the card (not saved): „28 от 40 готови“."""
    card.done, card.total, card.findings = result.ready, result.asked, len(blocking(result))
