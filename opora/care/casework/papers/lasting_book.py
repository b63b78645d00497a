"""The whole file on paper for decades: the printed whole, and what stands in no other paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from opora.care.casework.papers import consents, ending, making, opinions, own
from opora.care.casework.papers.book import Book, Facts, Part, Signatures, Text, Writer
from opora.care.casework.papers.recipients import SERVICE, Recipient, hiding_for
from opora.care.casework.queries_papers import Source
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.ui import formats


@dataclass(frozen=True)
class Enclosed:
    """A file that lies in the archive beside the paper."""

    place: str
    name: str
    sha256: str


def book(actor: Actor, source: Source, read: list[Entry], enclosed: list[Enclosed]) -> Book:
    """Everything the head may read, nobody's name hidden; in Bulgarian."""
    for_file = replace(source, opinions=[one for one in source.opinions if not one.team_only])
    laid = making.book(actor, for_file, making.WHOLE, Recipient(SERVICE))
    w = Writer(hiding_for(Recipient(SERVICE), source))
    parts = [*laid.parts, *_more(source, w), own.readers(read), _enclosed(enclosed)]
    lead = ("Цялото досие, за дълго пазене", "Съдържа и становищата само за екипа. Не се дава на други хора.")
    printed = f"архив, направен от {actor.name} на {formats.date(clock.now())}"
    return Book(laid.code, laid.title, lead, tuple(parts), printed=printed, contents=True)


def _more(source: Source, w: Writer) -> Iterator[Part]:
    for one in reversed(source.opinions):
        if one.team_only:
            part = opinions.opinion_part(one, w)
            yield Part(f"{part.heading} (само за екипа)", part.blocks)
    for contract in source.contracts:
        for part in ending.contract_parts(source, contract, Recipient(SERVICE), w):
            if not all(
                isinstance(block, Signatures) for block in part.blocks
            ):  # the signed one lies among the papers
                yield Part(f"Договор № {contract.number}: {part.heading.lower()}", part.blocks)
    yield from consents.given(source, w)
    yield from own.more(source, w)


def _enclosed(found: list[Enclosed]) -> Part:
    rows = tuple((one.place, f"{one.name}\nSHA-256 {one.sha256}") for one in found)
    return Part("Приложени файлове в архива", (Facts(rows) if rows else Text("Няма."),))
