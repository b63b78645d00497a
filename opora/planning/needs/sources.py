"""The rows behind a figure, as a page shows them: service, card or population figure, and what each gave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from opora.planning.needs import reckoning as r
from opora.planning.needs.booklet import words
from opora.planning.needs.queries import Reading

_ROWS = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Source:
    """One row: what it is, where it belongs, what it gave to the figure, address of its own page."""

    name: str
    detail: str
    place: str
    amount: float
    href: str = ""


@dataclass(frozen=True)
class Trail:
    """A figure and its rows. `text` is the figure as printed."""

    table: str
    row: str
    column: str
    text: str
    sources: tuple[Source, ...]


def linker(reading: Reading) -> Callable[[str], str]:
    """Gives the address of the page of rows behind `table/row/column`, in the working version; else nothing."""
    if not reading.working:
        return lambda _address: ""
    base = reverse("needs_rows", args=[reading.analysis.pk])
    known = {_address(*cell[:3]): place for place, cell in _places(reading.result)}
    return lambda address: f"{base}?cell={known[address]}" if address in known else ""


def _places(result: r.Result) -> Iterator[tuple[str, tuple[r.Table, r.Row, r.Column, r.Cell]]]:
    """Every cell with its place by numbers, which is short: `3.0.2`. A frozen result keeps its order."""
    for i, table in enumerate(result.tables):
        for j, row in enumerate(table.rows):
            for k, cell in enumerate(row.cells):
                yield f"{i}.{j}.{k}", (table, row, table.columns[k], cell)


def trail(reading: Reading, address: str) -> Trail | None:
    """The rows behind `table/row/column` or `3.0.2`; None when there is no such figure or its rows are not shown."""
    found = next((c for place, c in _places(reading.result) if address in {place, _address(*c[:3])}), None)
    if found is None or not found[3].refs:
        return None
    table, row, column, cell = found
    book = _Book(r.from_json(reading.analysis.facts))
    return Trail(
        table.title,
        row.label,
        column.title,
        words(column, cell),
        tuple(book.source(*ref) for ref in cell.refs),
    )


def _address(table: r.Table, row: r.Row, column: r.Column) -> str:
    return f"{table.key}/{row.key}/{column.key}"


class _Book:
    """Facts by code."""

    def __init__(self, facts: r.Facts) -> None:
        self.services = {service.code: service for service in facts.services}
        self.cards = {card.code: card for card in facts.cards}
        self.questions = {question.path: question.label for question in facts.questions}
        places = (*facts.municipalities, facts.region)
        self.places = {place.code: place.name for place in places}
        self.types = {kind.code: kind.name for kind in facts.types}
        self.kinds = dict(facts.population_kinds)
        self.counted = {(p.code, p.kind, p.as_of): p for p in facts.population}

    def source(self, ref: str, amount: float) -> Source:
        """One reference in words."""
        kind, _sign, rest = ref.partition(":")
        makers = {"svc": self._service, "card": self._card, "pop": self._population}
        return makers[kind](rest, amount)

    def _service(self, code: str, amount: float) -> Source:
        service = self.services[code]
        return Source(
            service.name,
            self.types.get(service.type, ""),
            self.places.get(service.municipality, ""),
            amount,
            _href("register_service", code),
        )

    def _card(self, rest: str, amount: float) -> Source:
        code, _sign, path = rest.partition("#")
        service = self.services.get(self.cards[code].service)
        label = self.questions.get(_ROWS.sub("", path), "")
        rows = [str(int(number) + 1) for number in _ROWS.findall(path)]
        detail = f"{label} ({_('ред')} {'.'.join(rows)})" if rows else label
        name = f"{code} · {service.name}" if service else code
        place = self.places.get(service.municipality, "") if service else ""
        return Source(name, detail, place, amount, _href("survey_card", code))

    def _population(self, rest: str, amount: float) -> Source:
        code, kind, day = rest.split("/")
        figure = self.counted[code, kind, day]
        when = ".".join(reversed(day.split("-")))
        return Source(
            self.kinds.get(kind, kind),
            f"{figure.source}, {when}",
            self.places.get(code, ""),
            amount,
            _href("territory_place", code),
        )


def _href(name: str, code: str) -> str:
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return ""
