"""Sentences and pictures that follow from the tables. They read tables only: what is hidden there is hidden
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from opora.planning.needs.reckoning import gaps
from opora.planning.needs.reckoning.facts import Facts
from opora.planning.needs.reckoning.grammar import counted, date, listed, number, percent, said
from opora.planning.needs.reckoning.needs import FIELDS
from opora.planning.needs.reckoning.plates import AMOUNTS, PLACES
from opora.planning.needs.reckoning.plates import top as best
from opora.planning.needs.reckoning.result import Cell, Chapter, PictureSpec, Table

Tables = dict[str, Table]


def chapters(facts: Facts, tables: Tables, pictures: dict[str, PictureSpec]) -> tuple[Chapter, ...]:
    """The seven chapters in order; a chapter without content says so."""
    missing = tuple(gaps.sentences(tables))
    lacks = missing or ("От наличните данни не личи липса.",)
    fields = [f"{field}." for field in FIELDS]
    shelf = _Shelf(tables, pictures)
    return (
        Chapter("summary", "Какво е нужно на областта", tuple(_summary(facts, tables, missing))),
        _chapter(shelf, "services", "Услуги, места и персонал", _services(tables), "places.", "staff."),
        _chapter(shelf, "needs", "Специализирана подкрепа и кризисна интервенция", _needs(tables), *fields),
        _chapter(shelf, "people", "Население и покритие", _people(tables), "people."),
        _chapter(shelf, "gaps", "Какво липсва и къде", lacks, "types."),
        _chapter(shelf, "answers", "Отговори на останалите въпроси", _answers(tables), "answers."),
        _chapter(shelf, "method", "Карти, източници и метод", _method(facts, tables), "cards."),
    )


@dataclass(frozen=True)
class _Shelf:
    """What a chapter may show."""

    tables: Tables
    pictures: dict[str, PictureSpec]


def _chapter(shelf: _Shelf, key: str, title: str, text: Iterable[str], *begins: str) -> Chapter:
    """Tables whose keys begin so; a picture stands before the table it is drawn from."""
    blocks: list[str] = []
    for name in shelf.tables:
        if name.startswith(begins):
            blocks += [f"picture:{p.key}" for p in shelf.pictures.values() if p.table == name]
            blocks.append(f"table:{name}")
    return Chapter(key, title, tuple(text), tuple(blocks))


def _whole(tables: Tables, table: str, column: str) -> Cell:
    return tables[table].cell("region", column) if table in tables else Cell()


def _summary(facts: Facts, tables: Tables, missing: tuple[str, ...]) -> Iterator[str]:
    """At most five sentences."""
    crowd = _crowd(tables)
    yield f"{_size(facts, tables)}; {crowd[0].lower()}{crowd[1:]}"
    yield from _asked(tables)
    came, expected = _whole(tables, "cards.returned", "in"), _whole(tables, "cards.returned", "expected")
    if missing:
        yield missing[0]
    asked = number(float(expected.value or 0))
    yield f"Анализът стъпва на {said(came, 'card')} от {asked} очаквани и на регистъра на услугите."


def _size(facts: Facts, tables: Tables) -> str:
    services, places = _whole(tables, PLACES, "services"), _whole(tables, PLACES, "capacity")
    towns = sum(1 for _, cell in tables[PLACES].column("services") if cell.value)
    verb = "работи" if services.value == 1 else "работят"
    return (
        f"В област {facts.region.name} {verb} {said(services, 'service')} в {counted(towns, 'municipality')} "
        f"с {said(places, 'place')}"
    )


def _crowd(tables: Tables) -> str:
    occupied, share = _whole(tables, PLACES, "occupied"), _whole(tables, PLACES, "occupancy")
    waiting = _whole(tables, PLACES, "waiting")
    taken = f" ({percent(float(share.value))})" if share.value is not None and not share.hidden else ""
    wait = said(waiting, "person") if waiting.value is not None or waiting.hidden else "неизвестен брой хора"
    return f"Заети са {said(occupied, 'place')}{taken}, а чакат {wait}."


def _asked(tables: Tables) -> Iterator[str]:
    for field, title in FIELDS.items():
        top = best(tables.get(f"{field}.specialist"), *AMOUNTS)
        if top:
            yield f"{title}: най-много се търси {top[0].label} – {_amount(top[1], top[2])}."
        elif f"{field}.municipality" in tables:
            column = next(c for c in AMOUNTS if tables[f"{field}.municipality"].has(c))
            yield f"{title}: {_amount(column, _whole(tables, f'{field}.municipality', column))}."


def _amount(column: str, cell: Cell) -> str:
    words = {"hours": "hour", "users": "person", "count": "case", "cards": "service"}
    text = said(cell, words[column])
    tail = {"hours": " месечно", "count": " за година"}.get(column, "")
    return text + tail


def _services(tables: Tables) -> Iterator[str]:
    yield _crowd(tables)
    busy = best(tables[PLACES], "occupancy")
    if busy:
        yield f"Най-висока е заетостта в община {busy[0].label}: {percent(float(busy[2].value or 0))}."
    queue = best(tables[PLACES], "waiting")
    if queue:
        yield f"Най-много хора чакат в община {queue[0].label}: {number(float(queue[2].value or 0))}."
    vacant = _whole(tables, "staff.municipality", "vacant")
    if vacant.value is not None:
        posts, share = (
            _whole(tables, "staff.municipality", "posts"),
            _whole(tables, "staff.municipality", "filled_share"),
        )
        filled = f"; заети са {percent(float(share.value))}" if share.value is not None else ""
        yield f"От {said(posts, 'post')} в услугите {number(float(vacant.value), 2)} са незаети{filled}."
    empty = best(tables["staff.profession"], "vacant")
    if empty:
        yield f"Най-много незаети щатове има за: {empty[0].label} ({number(float(empty[2].value or 0), 2)})."


def _needs(tables: Tables) -> Iterator[str]:
    for field, title in FIELDS.items():
        places, kinds = tables.get(f"{field}.municipality"), tables.get(f"{field}.specialist")
        if places is None:
            yield f"{title}: картите не посочват нужди."
            continue
        column = next(c for c in AMOUNTS if places.has(c))
        sought = f"{_sought(kinds)}; " if kinds else ""
        yield f"{title}: {sought}общо {_amount(column, _whole(tables, places.key, column))}."
        top = best(places, column)
        if top:
            yield f"Най-голяма е нуждата в община {top[0].label}: {_amount(top[1], top[2])}."
        fte = _whole(tables, places.key, "fte")
        if fte.value is not None and not fte.hidden:
            yield f"Това се равнява на {counted(float(fte.value), 'post')} на пълно работно време."


def _sought(table: Table) -> str:
    kinds = [row for row in table.rows if not row.total]
    first = listed([row.label for row in kinds], 4)
    return f"търсят се {first}" if len(kinds) > 1 else f"търси се {first}"


def _people(tables: Tables) -> Iterator[str]:
    table = tables.get("people.coverage")
    if table is None:
        yield "Няма внесени данни за населението; покритието не може да се изчисли."
        return
    rate, people = table.cell("region", "rate"), table.cell("region", "people")
    if rate.value is None:
        yield "Данните за населението не са пълни; покритието за областта не може да се изчисли."
        return
    places = number(float(rate.value), 1)
    yield f"В областта са записани {said(people, 'person')}; на 1000 от тях се падат {places} места."
    ends = sorted(
        ((row, cell) for row, cell in table.column("rate") if cell.value is not None),
        key=lambda p: float(p[1].value or 0),
    )
    if len(ends) > 1 and ends[0][1].value != ends[-1][1].value:
        low, high = ends[0], ends[-1]
        most, least = (number(float(cell.value or 0), 1) for _, cell in (high, low))
        yield f"Най-много са в община {high[0].label} ({most}), най-малко в {low[0].label} ({least})."


def _answers(tables: Tables) -> Iterator[str]:
    found = [name for name in tables if name.startswith("answers.")]
    if found:
        yield "Таблиците броят отговорите в постъпилите карти."
    else:
        yield "Картите нямат други въпроси с отговори."


def _method(facts: Facts, tables: Tables) -> Iterator[str]:
    expected, came = _whole(tables, "cards.returned", "expected"), _whole(tables, "cards.returned", "in")
    excused, lost = _whole(tables, "cards.returned", "excused"), _whole(tables, "cards.returned", "missing")
    yield (
        f"Очаквани са {said(expected, 'card')}: постъпили {number(float(came.value or 0))}, "
        f"освободени {number(float(excused.value or 0))}, липсващи {number(float(lost.value or 0))}."
    )
    if facts.round_title:
        closed = f", приключено на {date(facts.round_closed)}" if facts.round_closed else ", все още отворено"
        yield f"Събиране на карти: {facts.round_title} ({facts.round_code}){closed}."
        yield f"Образец на картата: {facts.template}."
    yield f"Данните за услугите са от регистъра към {date(facts.date)}."
    yield "Заетост: заети места, разделени на всички места."
    yield "Свободни: местата минус заетите; отрицателно число значи над капацитета."
    yield "Услуга без известна стойност не влиза в сбора; „–“ значи, че никоя услуга не я е посочила."
