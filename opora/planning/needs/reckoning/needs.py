"""Chapter 3: who asks for which specialist, for how many people and hours, as the cards say.

A template tells by the column `analysis` what its questions mean. Roles begin with `need` (specialised
support) or
`crisis` (crisis intervention) and go on with `specialist`, `users`, `hours.month`, `hours.week` or `count`.
Questions of
one repeat belong together row by row; outside repeats `need.users:psychologist` names the specialist in the
role itself,
by the choice of the `need.specialist` question or in words. The choice `none` means nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from opora.planning.needs.reckoning import build
from opora.planning.needs.reckoning.facts import CardFacts, Facts, Index, Question
from opora.planning.needs.reckoning.result import Cell, Column, Ref, Row, Table

FIELDS = {
    "need": "Специализирана подкрепа",
    "crisis": "Кризисна интервенция",
}
WEEKS, MONTHS = 52, 12
OTHERS = "други"
MOST_COLUMNS = 8
UNNAMED = "непосочен специалист"
NOBODY = "none"


@dataclass(frozen=True)
class Demand:
    """One row of one card: this specialist, for so many people, so many hours a month. `ref` points at it."""

    field: str
    specialist: str
    card: str
    municipality: str
    users: Ref | None = None
    hours: Ref | None = None
    count: Ref | None = None


def demands(facts: Facts) -> list[Demand]:
    """Every demand of every card that came in."""
    index, asked = Index(facts), _roles(facts.questions)
    found: list[Demand] = []
    for card in facts.cards:
        if card.came_in and card.code in index.home:
            found.extend(_of_card(card, index.home[card.code], asked))
    return found


Asked = dict[str, tuple[str, str, str, Question]]


def _roles(questions: Iterable[Question]) -> Asked:
    """Question path → (field, part, specialist named in the role, question)."""
    asked: Asked = {}
    for question in questions:
        role, _, named = question.role.partition(":")
        field, _, part = role.partition(".")
        if field in FIELDS and part:
            asked[question.path] = (field, part, named or "", question)
    return asked


def _of_card(card: CardFacts, home: str, asked: Asked) -> Iterator[Demand]:
    lines: dict[tuple[str, str, str], dict[str, Ref | str]] = {}
    for question_path, path, text, number in card.answers:
        if question_path not in asked:
            continue
        field, part, named, question = asked[question_path]
        key = (field, path.rpartition(".")[0], text if question.many else named)
        line = lines.setdefault(key, {})
        if part == "specialist":
            line["specialist"] = dict(question.choices).get(text, text)
        elif number is not None:
            line[part.partition(".")[0]] = (f"card:{card.code}#{path}", _monthly(part, number))
    names = _names(asked)
    for (field, _group, named), line in lines.items():
        if named != NOBODY:
            specialist = line.get("specialist") or names.get((field, named)) or named or UNNAMED
            yield _demand(field, str(specialist), card, home, line)


def _names(asked: Asked) -> dict[tuple[str, str], str]:
    """(field, choice) → what the choice is called."""
    questions = [(field, question) for field, part, _, question in asked.values() if part == "specialist"]
    return {(field, name): label for field, question in questions for name, label in question.choices}


def _demand(field: str, specialist: str, card: CardFacts, home: str, line: dict[str, Ref | str]) -> Demand:
    parts = {key: value for key, value in line.items() if isinstance(value, tuple)}
    known = {key: parts.get(key) for key in ("users", "hours", "count")}
    return Demand(field, specialist, card.code, home, **known)


def _monthly(part: str, number: float) -> float:
    return build.whole(number * WEEKS / MONTHS if part == "hours.week" else number)


def tables(facts: Facts) -> Iterator[Table]:
    """For each field with answers: by specialist, by municipality, and hours across both."""
    everything = demands(facts)
    for field, title in FIELDS.items():
        found = [demand for demand in everything if demand.field == field]
        if found:
            named = any(demand.specialist != UNNAMED for demand in found)
            if named:
                yield _by(facts, found, "specialist", f"{title} по специалисти", "Специалист")
            yield _by(facts, found, "municipality", f"{title} по общини", "Община")
            if named and any(demand.hours for demand in found):
                yield _across(facts, found, field, f"{title}: часове месечно по общини и специалисти")


def _columns(field: str, found: list[Demand]) -> tuple[Column, ...]:
    wanted = [Column("cards", "Услуги с нужда")]
    if any(demand.users for demand in found):
        wanted.append(Column("users", "Потребители", measure=f"{field}.users"))
    if any(demand.count for demand in found):
        wanted.append(Column("count", "Случаи за година", measure=f"{field}.count"))
    if any(demand.hours for demand in found):
        wanted.append(Column("hours", "Часове месечно", decimals=1, measure=f"{field}.users"))
        wanted.append(Column("fte", "Пълни щатове", decimals=2, measure=f"{field}.users"))
    return tuple(wanted)


def _by(facts: Facts, found: list[Demand], axis: str, title: str, heading: str) -> Table:
    field = found[0].field
    columns = _columns(field, found)
    rows = []
    for key, label in _axis(facts, found, axis):
        part = [demand for demand in found if getattr(demand, axis) == key]
        rows.append(Row(key, label, _cells(facts, part, columns)))
    rows.append(Row("region", "Общо", _cells(facts, found, columns), total=True))
    return Table(f"{field}.{axis}", title, heading, columns, tuple(rows), _note(facts, columns))


def _axis(facts: Facts, found: list[Demand], axis: str) -> list[tuple[str, str]]:
    if axis == "municipality":
        return [(place.code, place.name) for place in facts.municipalities]
    weight: dict[str, float] = {}
    for demand in found:
        weight[demand.specialist] = weight.get(demand.specialist, 0) + (demand.hours or ("", 0))[1]
    return [(name, name) for name in sorted(weight, key=lambda name: (-weight[name], name.casefold()))]


def _cells(facts: Facts, part: list[Demand], columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    users = tuple(demand.users for demand in part if demand.users)
    counts = tuple(demand.count for demand in part if demand.count)
    hours = tuple(demand.hours for demand in part if demand.hours)
    cards = dict.fromkeys(f"card:{demand.card}" for demand in part if _asks(demand))
    monthly = build.total(hours)
    full = None if monthly is None else round(monthly * MONTHS / WEEKS / facts.week_hours, 2)
    every = {
        "cards": Cell(len(cards), tuple((card, 1) for card in cards)),
        "users": Cell(build.total(users), users, users),
        "count": Cell(build.total(counts), counts, counts),
        "hours": Cell(monthly, hours, users),
        "fte": Cell(full, hours, users),
    }
    return tuple(every[column.key] for column in columns)


def _asks(demand: Demand) -> bool:
    """Zero people and zero hours are no need."""
    numbers = [ref[1] for ref in (demand.users, demand.hours, demand.count) if ref]
    return not numbers or any(numbers)


def _across(facts: Facts, found: list[Demand], field: str, title: str) -> Table:
    names = [name for name, _ in _axis(facts, found, "specialist")]
    shown = names if len(names) <= MOST_COLUMNS + 1 else [*names[:MOST_COLUMNS], OTHERS]
    columns = tuple(Column(name, name, decimals=1, measure=f"{field}.users") for name in (*shown, "Общо"))
    places = [
        (place.code, place.name, [d for d in found if d.municipality == place.code])
        for place in facts.municipalities
    ]
    rows = [Row(code, name, _line(part, names, shown)) for code, name, part in places]
    rows.append(Row("region", "Общо", _line(found, names, shown), total=True))
    return Table(f"{field}.across", title, "Община", columns, tuple(rows))


def _line(part: list[Demand], names: list[str], shown: list[str]) -> tuple[Cell, ...]:
    rest = set(names) - set(shown)
    cells = []
    for name in shown:
        wanted = rest if name == OTHERS and rest else {name}
        cells.append(_hours([demand for demand in part if demand.specialist in wanted]))
    return (*cells, _hours(part))


def _hours(part: list[Demand]) -> Cell:
    refs = tuple(demand.hours for demand in part if demand.hours)
    return Cell(build.total(refs), refs, tuple(demand.users for demand in part if demand.users))


def _note(facts: Facts, columns: tuple[Column, ...]) -> str:
    if "fte" not in build.keys(columns):
        return ""
    hours = build.whole(facts.week_hours)
    source = f" ({facts.week_hours_source})" if facts.week_hours_source else ""
    return (
        f"Пълен щат: {hours} часа седмично{source}. Месечните часове са превърнати по 52 седмици и 12 месеца."
    )
