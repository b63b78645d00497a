"""The written rules as a paper: of now, or of an edition that was kept."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from opora.care.protection import queries_texts
from opora.care.protection.models import RulesEdition
from opora.care.protection.written_rules import Difference, Line
from opora.foundation.accounts.actors import Actor
from opora.foundation.documents.book import Block, Book, Part, Signatures, Text, clean, printed_by
from opora.foundation.ui import formats

TITLE = "Правила за обработване на лични данни в голям мащаб"


def parts_of(lines: Sequence[Line]) -> tuple[Part, ...]:
    """Sentences under their headings, numbered through."""
    numbered = [(one.part, f"{number}. {one.text}") for number, one in enumerate(lines, 1)]
    runs = itertools.groupby(numbered, lambda pair: pair[0])
    return tuple(Part(heading, tuple(Text(clean(text)) for _part, text in found)) for heading, found in runs)


def book(actor: Actor, edition: RulesEdition) -> Book:
    """One edition with what changed since the one before, to be signed."""
    lines = queries_texts.lines_of(edition)
    before = queries_texts.edition_before(edition)
    changed: tuple[Part, ...] = ()
    if before is not None:
        found = queries_texts.changes_between(before, edition)
        changed = (Part(f"Променено след редакция № {before.number}", tuple(changes(found))),)
    signed = Part("Подпис", (Signatures((("За администратора", ""),)),))
    lead = (
        f"Редакция № {edition.number} от {formats.date(edition.at)} (Закон за защита на личните данни, чл. 25д).",
    )
    return Book(f"№ {edition.number}", TITLE, lead, (*parts_of(lines), *changed, signed), printed_by(actor))


def changes(found: Sequence[Difference]) -> list[Block]:
    """Each difference as it was and as it is."""
    told: list[Block] = []
    for one in found:
        if not one.before:
            told.append(Text(f"{one.part}, ново: {one.after}", item=True))
        elif not one.after:
            told.append(Text(f"{one.part}, отпада: {one.before}", item=True))
        else:
            told.append(Text(f"{one.part}, беше: {one.before} Сега: {one.after}", item=True))
    return told
