"""What the returned cards say, question by question: frequencies, sums, cross-tables, open answers.

Counts are of cards (a card answers each question once, a question in a repeat once a row). Every figure can
be followed
to its cards: `cards_behind` gives those of one cell.
"""

from __future__ import annotations

import re
import statistics as numbers
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from opora.engines.questionnaire import Group, Item, Question
from opora.engines.questionnaire.model import pick
from opora.evidence.survey import checking, markdown, queries, sheets
from opora.evidence.survey.models import Answer, Card, Round
from opora.foundation.accounts.actors import Actor

NUMBERS = frozenset({"integer", "decimal", "range", "calculate"})
CHOICES = frozenset({"select_one", "select_multiple"})
BLANK = "-"


@dataclass(frozen=True)
class Asked:
    """One question of the round's template: path without row numbers, words, kind and options."""

    path: str
    label: str
    section: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass
class Line:
    """One option (or value) with its cards, in all and by group."""

    value: str
    label: str
    count: int = 0
    by_group: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True)
class Summary:
    """A number question over its answers; None where nobody answered."""

    n: int
    total: float | None
    mean: float | None
    least: float | None
    middle: float | None
    most: float | None


@dataclass(frozen=True)
class Result:
    """Everything about one question."""

    asked: Asked
    answered: int
    cards: int
    lines: list[Line]
    groups: list[tuple[str, str]]
    summary: Summary | None
    texts: list[tuple[Card, str]]


def questions(round_: Round) -> list[Asked]:
    """Questions of the round's template in their order, without notes and hidden calculations without words."""
    form = sheets.form_of(round_.template_version)
    return list(_walk(form.root, ""))


def _walk(group: Group, section: str) -> Iterable[Asked]:
    for item in group.children:
        if isinstance(item, Group):
            yield from _walk(item, section or _words(item))
        elif isinstance(item, Question) and (found := _asked(item, section)):
            yield found


def _asked(question: Question, section: str) -> Asked | None:
    kind, label = _kind(question), _words(question)
    if kind == "note" or not label:
        return None
    return Asked(question.path, label, section, kind, _options(question))


def _kind(question: Question) -> str:
    if question.type in CHOICES:
        return "choice"
    if question.type in NUMBERS:
        return "number"
    return "text" if question.asks else "note"


_ANSWER = re.compile(r"\$\{\w+\}")


def _words(item: Item) -> str:
    label = pick(item.labels, checking.language())
    # „${users_total}“ is another answer of the same card; over many cards it has no one value.
    return _ANSWER.sub("…", str(markdown.inline(label.partition("\n")[0]).striptags()))


def _options(question: Question) -> tuple[tuple[str, str], ...]:
    if question.choices is None:
        return ()
    return tuple((choice.name, choice.label(checking.language())) for choice in question.choices.choices)


def result(actor: Actor, round_: Round, asked: Asked, by: str = "") -> Result:
    """The answers to one question over the cards that came in; `by` is municipality, type or another choice
    question.
    """
    cards = _came_in(actor, round_)
    rows = list(_answers(cards, asked.path).values_list("card_id", "text", "number"))
    groups = _groups(round_, cards, by)
    texts = [(cards[pk], text) for pk, text, _n in rows if text] if asked.kind == "text" else []
    lines = _lines(asked, rows, groups) if asked.kind == "choice" else []
    values = [n for _pk, _text, n in rows if n is not None]
    summary = _summary(values) if asked.kind == "number" else None
    return Result(
        asked, len({pk for pk, _t, _n in rows}), len(cards), lines, _named(round_, groups, by), summary, texts
    )


def _came_in(actor: Actor, round_: Round) -> dict[int, Card]:
    """Cards by id, without their answers as sent: the rows of the answers are what is counted."""
    found = queries.cards_of(actor, round_).came_in().defer("answers", "prefill")
    return {card.pk: card for card in found}


def _answers(cards: Iterable[int], path: str) -> QuerySet[Answer]:
    return (
        Answer.objects.filter(card__in=list(cards), question=path).exclude(text="").order_by("card_id", "row")
    )


def _lines(asked: Asked, rows: list[tuple[int, str, float | None]], groups: dict[int, str]) -> list[Line]:
    found = {value: Line(value, label) for value, label in asked.options}
    for pk, text, _n in rows:
        line = found.setdefault(text, Line(text, text))
        line.count += 1
        line.by_group[groups.get(pk, BLANK)] += 1
    return list(found.values())


def _summary(values: list[float]) -> Summary:
    if not values:
        return Summary(0, None, None, None, None, None)
    return Summary(
        len(values), sum(values), numbers.fmean(values), min(values), numbers.median(values), max(values)
    )


def _groups(round_: Round, cards: dict[int, Card], by: str) -> dict[int, str]:
    if by == "municipality":
        return {pk: card.service.municipality.code for pk, card in cards.items()}
    if by == "type":
        return {pk: card.service.type.code for pk, card in cards.items()}
    if not by:
        return {}
    return dict(_answers(cards, by).values_list("card_id", "text"))


def _named(round_: Round, groups: dict[int, str], by: str) -> list[tuple[str, str]]:
    present = set(groups.values())
    if not by:
        return []
    if by == "municipality":
        names = dict(round_.cards.values_list("service__municipality__code", "service__municipality__name"))
    elif by == "type":
        names = dict(round_.cards.values_list("service__type__code", "service__type__name"))
    else:
        names = dict(next((q.options for q in questions(round_) if q.path == by), ()))
    return sorted(((code, names.get(code, code)) for code in present), key=lambda pair: pair[1]) + (
        [(BLANK, _("без отговор"))] if by not in ("municipality", "type") else []
    )


def cards_behind(
    actor: Actor, round_: Round, asked: Asked, *, value: str = "", by: str = "", group: str = ""
) -> list[Card]:
    """The cards one figure counts."""
    cards = _came_in(actor, round_)
    rows = _answers(cards, asked.path)
    if value:
        rows = rows.filter(text=value)
    groups = _groups(round_, cards, by)
    found = dict.fromkeys(rows.values_list("card_id", flat=True))
    return [cards[pk] for pk in found if not group or groups.get(pk, BLANK) == group]


def answered(actor: Actor, round_: Round) -> dict[str, int]:
    """Question path → cards that answered it, over the cards that came in."""
    cards = queries.cards_of(actor, round_).came_in().order_by().values("pk")
    rows = Answer.objects.filter(card__in=cards).exclude(text="").order_by()
    return dict(rows.values_list("question").annotate(n=Count("card", distinct=True)))
