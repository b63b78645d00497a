"""Chapter 7: which cards came in, which did not and why."""

from __future__ import annotations

from opora.planning.needs.reckoning.facts import CardFacts, Facts, Index
from opora.planning.needs.reckoning.result import Cell, Column, Row, Table


def returned(facts: Facts) -> Table:
    """Expected, in, excused and missing cards by municipality."""
    columns = (
        Column("expected", "Очаквани"),
        Column("in", "Постъпили"),
        Column("excused", "Освободени"),
        Column("missing", "Липсващи"),
    )
    home = Index(facts).home
    rows = [
        Row(
            place.code,
            place.name,
            _counts([card for card in facts.cards if home.get(card.code) == place.code]),
        )
        for place in facts.municipalities
    ]
    rows.append(Row("region", "Общо", _counts(list(facts.cards)), total=True))
    return Table("cards.returned", "Анкетни карти по общини", "Община", columns, tuple(rows))


def _counts(cards: list[CardFacts]) -> tuple[Cell, ...]:
    came = [card for card in cards if card.came_in]
    excused = [card for card in cards if card.stage == "excused"]
    missing = [card for card in cards if not card.came_in and card.stage != "excused"]
    return tuple(
        Cell(len(found), tuple((f"card:{card.code}", 1) for card in found))
        for found in (cards, came, excused, missing)
    )


def missing(facts: Facts) -> Table | None:
    """Cards without answers, with their state and the reason given."""
    index = Index(facts)
    names = {place.code: place.name for place in facts.municipalities}
    columns = (
        Column("service", "Услуга", words=True),
        Column("municipality", "Община", words=True),
        Column("state", "Състояние", words=True),
        Column("reason", "Причина", words=True),
    )
    rows = []
    for card in facts.cards:
        if not card.came_in:
            service = index.service.get(card.service)
            town = names.get(service.municipality, "") if service else ""
            words = (service.name if service else card.service, town or "–", card.state, card.reason or "–")
            rows.append(Row(card.code, card.code, tuple(Cell(w, ((f"card:{card.code}", 1),)) for w in words)))
    note = "Данните на тези услуги са само от регистъра."
    return Table("cards.missing", "Карти без отговори", "Карта", columns, tuple(rows), note) if rows else None
