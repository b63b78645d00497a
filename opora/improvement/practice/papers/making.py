"""Papers laid out and written: the card of a practice, the minutes of a panel, the certificate."""

from __future__ import annotations

from pathlib import Path

from django.utils import translation

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.documents import render
from opora.foundation.documents.book import Block, Book, Part, Text, clean, facts, table
from opora.foundation.ui import formats
from opora.improvement.practice import conditions, presenters
from opora.improvement.practice.models import Practice

TEMPLATE = Path(__file__).resolve().parent / "paper.docx"


def content(book: Book, ending: str) -> bytes:
    """The paper as `pdf` or `docx`, in Bulgarian. KeyError for another ending; PdfUnavailable."""
    with translation.override("bg"):
        context = {"book": book, "printed": book.printed}
        if ending == "pdf":
            return render.pdf("practice/paper/print.html", context)
        return render.docx(TEMPLATE, context).content


def printed_by(actor: Actor) -> str:
    """„разпечатано от Вера Петкова на 22.11.2026“."""
    who = f" от {actor.name}" if actor.name else " от Опора"
    return f"разпечатано{who} на {formats.date(clock.now())}"


def card_book(actor: Actor, card: Practice) -> Book:
    """The card as a paper that is handed to colleagues."""
    with translation.override("bg"):
        lead = [
            card.summary,
            f"Практика {card.code}. Доказателства: {presenters.grade_words(card).lower() or 'още без степен'}.",
        ]
        parts = [Part("Накратко", (facts(presenters.facts(card)),))]
        parts += [Part(part.heading, tuple(_texts(part))) for part in presenters.parts(card)]
        parts += list(_more(card))
        return Book(card.code, card.title, tuple(map(clean, lead)), tuple(parts), printed_by(actor))


def _texts(part: presenters.Said) -> list[Block]:
    return [Text(clean(line), item=kind == "ul") for kind, lines in part.blocks for line in lines]


def _more(card: Practice) -> list[Part]:
    found: list[Part] = []
    if rows := presenters.origin_rows(card.outcomes.all()):
        heads = ("Какво е мерено", "Преди", "След", "При колко души")
        found.append(
            Part("Измерено там, където е създадена", (table("Преди и след", heads, rows, numeric=(1, 2, 3)),))
        )
    if cores := [Text(clean(one.text), item=True) for one in card.elements.all()]:
        found.append(Part("Основи: без тях е друга практика", tuple(cores)))
    if needed := [
        Text(conditions.said(one), item=True) for one in card.conditions.select_related("group", "type")
    ]:
        found.append(Part("Какво трябва да е налице", tuple(needed)))
    if tools := [Text(clean(f"{one.title}. {one.text}".strip()), item=True) for one in card.tools.all()]:
        found.append(Part("Инструменти", tuple(tools)))
    if card.grade_why:
        found.append(Part("Защо тази степен на доказателствата", (Text(clean(card.grade_why)),)))
    return found
