"""The record of processing activities as a paper and as a table (Регламент (ЕС) 2016/679, чл. 30)."""

from __future__ import annotations

import csv
import io

from django.apps import apps
from django.conf import settings
from django.utils import translation

from opora.care.protection import asked, live, queries
from opora.care.protection.record import dictionary
from opora.care.protection.record.activities import ACTIVITIES, COMMON, EVERYTHING, NOT_NAMED, Activity
from opora.foundation.accounts.actors import Actor
from opora.foundation.core.cells import neutral
from opora.foundation.documents.book import (
    Block,
    Book,
    Gaps,
    Heading,
    Part,
    Text,
    clean,
    facts,
    printed_by,
    table,
)

CONTROLLER = "администраторът на данните"
TRANSFER = "Опора сама не изпраща данни извън инсталацията; писмата минават през зададения пощенски сървър."


def book(actor: Actor) -> Book:
    """Every activity; what nobody has said stands as „не е посочено“ and is listed first."""
    with translation.override("bg"), asked.asked_once():
        gaps = Gaps()
        parts = [_who(actor, gaps), *(_part(one, gaps) for one in ACTIVITIES), _common(), _without_people()]
        lead = (
            "Съставен от речника на данните на Опора, от правилата и от настройките към часа на разпечатването.",
            "Основанията са само от събраното право; всяко се сверява с текста в сила.",
        )
        title = "Регистър на дейностите по обработване"
        return Book("чл. 30", title, lead, (*gaps.part(), *parts), printed_by(actor))


def _who(actor: Actor, gaps: Gaps) -> Part:
    names = queries.controllers_of(actor)
    officers = queries.officers()
    rows: list[tuple[str, object]] = [
        ("Администратор на личните данни", "; ".join(one.name for one in names) or settings.INSTITUTION_NAME),
        ("Длъжностно лице по защита на данните", "; ".join(f"{one.name}, {one.email}" for one in officers)),
    ]
    return Part("Администратор", (gaps.facts(rows),))


def grounds(one: Activity, gaps: Gaps) -> str:
    """References to law, or that none is named; the condition for sensitive data is the controller's to say."""
    if not one.grounds:
        gaps.missing.append(f"{one.name}: основание ({CONTROLLER})")
    return "; ".join(one.grounds) or NOT_NAMED


def condition(one: Activity, gaps: Gaps) -> str:
    """On which condition data on health is processed: the collected law names none."""
    gaps.missing.append(f"{one.name}: условие за данни за здравето по чл. 9 ({CONTROLLER})")
    return NOT_NAMED


def _part(one: Activity, gaps: Gaps) -> Part:
    rows: list[tuple[str, object]] = [
        ("Цел", one.purpose), ("Основание", grounds(one, gaps)),
        *([("Условие за данни за здравето", condition(one, gaps))] if one.sensitive else []),
        ("Хора", one.people), ("Видове данни", one.data), ("На кого се дават", one.recipients),
        ("Извън Европейския съюз", TRANSFER), ("Срок за пазене", one.keeping()),
    ]  # fmt: skip
    own = [Text(live.MEASURES[key](), item=True) for key in one.measures]
    blocks: list[Block] = [
        facts(rows),
        Heading("Мерки"),
        *own,
        Text("Общите мерки стоят в края." if own else "Общите мерки: в края."),
    ]
    return Part(one.name, (*blocks, Heading("Таблици"), Text(_tables(one), note=True)))


def _common() -> Part:
    return Part(
        "Общи мерки за всички дейности", tuple(Text(live.MEASURES[key](), item=True) for key in COMMON)
    )


def _tables(one: Activity) -> str:
    return "всички" if one.key in EVERYTHING else ", ".join(dictionary.of_activity(one.key))


def _without_people() -> Part:
    rows = [(one.label, one.reason) for one in dictionary.tables().values() if not one.activity]
    return Part(
        "Таблици без данни за хора",
        (table("Защо не влизат в дейност", ("Таблица", "Какво има в нея"), rows),),
    )


def unknown_tables() -> list[str]:
    """Tables of this installation that the dictionary does not know."""
    known = dictionary.tables()
    return sorted(
        m._meta.label_lower
        for m in apps.get_models(include_auto_created=True)
        if m._meta.label_lower not in known
    )


def as_csv() -> bytes:
    """A row an activity, for a spreadsheet; a text never becomes a formula."""
    with translation.override("bg"), asked.asked_once():
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(
            ("Дейност", "Цел", "Основание", "Чувствителни данни", "Хора", "Видове данни", "На кого се дават", "Срок за пазене", "Мерки", "Таблици")
        )  # fmt: skip
        for one in ACTIVITIES:
            writer.writerow(neutral(cell) for cell in _row(one))
        return ("\ufeff" + out.getvalue()).encode()


def _row(one: Activity) -> tuple[str, ...]:
    measures = " ".join(live.MEASURES[key]() for key in (*one.measures, *COMMON))
    return (
        one.name, one.purpose, grounds(one, Gaps()), "да" if one.sensitive else "не", one.people, one.data, one.recipients,
        clean(one.keeping()), measures, _tables(one),
    )  # fmt: skip
