"""Chapter 6: every other question of the template, counted; open answers listed as they were given."""

from __future__ import annotations

from collections.abc import Iterator

from opora.planning.needs.reckoning import build
from opora.planning.needs.reckoning.facts import Facts, Index, Question
from opora.planning.needs.reckoning.needs import FIELDS
from opora.planning.needs.reckoning.result import Cell, Column, Ref, Row, Table

Given = list[tuple[str, str, str, float | None]]
"""(card, reference, text, number)"""


def tables(facts: Facts) -> Iterator[Table]:
    """A table per question that was answered at least once."""
    given = _given(facts)
    for question in facts.questions:
        if question.path in given and not skipped(question):
            table = _table(facts, question, given[question.path])
            if table:
                yield table


def skipped(question: Question) -> bool:
    """Questions counted in another chapter, those the register knows better, and those marked `skip`."""
    field = question.role.partition(".")[0]
    return field in FIELDS or question.role == "skip" or (question.prefilled and not question.role)


def _given(facts: Facts) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for card in facts.cards:
        if card.came_in:
            for path, row, text, number in card.answers:
                found.setdefault(path, []).append(
                    (card.code, f"card:{card.code}#{path}[{row}]", text, number)
                )
    return found


def _table(facts: Facts, question: Question, given: Given) -> Table | None:
    if question.kind == "choice":
        return _choices(question, given)
    if question.kind == "number":
        return _numbers(facts, question, given)
    return _open(question, given) if question.kind == "text" else None


def _choices(question: Question, given: Given) -> Table:
    """How many cards chose what; of several choices the shares add up to more than one."""
    columns = (Column("cards", "Карти"), Column("share", "Дял от отговорилите", percent=True))
    answered = {card for card, _, _, _ in given}
    rows = [
        Row(
            name, label, _chosen([(card, ref) for card, ref, text, _ in given if text == name], len(answered))
        )
        for name, label in question.choices
    ]
    note = f"Отговорили карти: {len(answered)}."
    return Table(f"answers.{question.path}", question.label, "Отговор", columns, tuple(rows), note)


def _chosen(given: list[tuple[str, str]], answered: int) -> tuple[Cell, Cell]:
    refs = tuple((ref, 1.0) for _, ref in given)
    cards = len({card for card, _ in given})
    return Cell(cards, refs), Cell(round(cards / answered, 4), refs)


def _numbers(facts: Facts, question: Question, given: Given) -> Table:
    """Sums by municipality. A number is taken to count people unless its role says `figure`."""
    home = Index(facts).home
    people = not question.role.startswith("figure")
    measure = f"answers.{question.path}" if people else ""
    columns = [Column("cards", "Карти с отговор"), Column("sum", "Сбор", decimals=2, measure=measure)]
    if not people:
        columns.append(Column("mean", "Средно на карта", decimals=2))
    rows = [
        Row(place.code, place.name, _sums([row for row in given if home.get(row[0]) == place.code], people))
        for place in facts.municipalities
    ]
    rows.append(Row("region", "Общо", _sums(given, people), total=True))
    return Table(f"answers.{question.path}", question.label, "Община", tuple(columns), tuple(rows))


def _sums(given: Given, people: bool) -> tuple[Cell, ...]:
    refs: tuple[Ref, ...] = tuple(
        (ref, build.whole(number)) for _, ref, _, number in given if number is not None
    )
    cards = {card for card, _, _, number in given if number is not None}
    sum_ = build.total(refs)
    cells = (
        Cell(len(cards), tuple((f"card:{card}", 1) for card in sorted(cards))),
        Cell(sum_, refs, refs if people else ()),
    )
    mean = Cell(round(sum_ / len(cards), 4) if sum_ is not None else None, refs)
    return cells if people else (*cells, mean)


def _open(question: Question, given: Given) -> Table | None:
    """Free text as it stands. It may speak of people, so it is never published."""
    rows = tuple(Row(ref, card, (Cell(text, ((ref, 1),)),)) for card, ref, text, _ in given if text.strip())
    columns = (Column("text", "Отговор", words=True),)
    note = "Отворените отговори стоят както са написани и не влизат в публикуваната версия."
    table = Table(f"answers.{question.path}", question.label, "Карта", columns, rows, note, internal=True)
    return table if rows else None
