"""From facts to a result, chapter by chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from opora.planning.needs.reckoning import answers, cards, needs, people, plates, services, story
from opora.planning.needs.reckoning.facts import Facts
from opora.planning.needs.reckoning.grammar import date
from opora.planning.needs.reckoning.result import Result, Table

CHAPTERS = ("services", "needs", "people", "answers", "cards", "story")
"""What is made in turn; `tell` of :func:`reckon` is called before each."""


def reckon(facts: Facts, tell: Callable[[str], None] = lambda _chapter: None) -> Result:
    """The analysis. The same facts give the same result, letter by letter."""
    made: dict[str, Table] = {}
    for chapter, make in zip(
        CHAPTERS, (services.tables, needs.tables, people.tables, answers.tables, _cards), strict=False
    ):
        tell(chapter)
        made |= {table.key: table for table in make(facts)}
    tell("story")
    return retell(facts, made)


def retell(facts: Facts, tables: dict[str, Table], *, published: bool = False) -> Result:
    """Sentences and pictures anew from the tables as they are now."""
    drawn = plates.pictures(tables)
    return Result(
        title=f"Анализ на потребностите от социални услуги в област {facts.region.name}",
        region=facts.region.code,
        date=date(facts.date),
        chapters=story.chapters(facts, tables, drawn),
        tables=tuple(tables.values()),
        pictures=tuple(drawn.values()),
        published=published,
    )


def _cards(facts: Facts) -> Iterator[Table]:
    yield cards.returned(facts)
    missing = cards.missing(facts)
    if missing:
        yield missing
