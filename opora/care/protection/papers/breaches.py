"""The notice to the Commission (what Регламент (ЕС) 2016/679, чл. 33(3) asks) and the letter to the people touched."""

from __future__ import annotations

from django.utils import translation

from opora.care.protection import clock_words, fields, queries
from opora.care.protection.models import Breach
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.documents.book import (
    Block,
    Book,
    Gaps,
    Part,
    Signatures,
    Text,
    clean,
    facts,
    printed_by,
)
from opora.foundation.ui import formats

KEEPER = "ръководителят или длъжностното лице"


def commission(actor: Actor, breach: Breach) -> Book:
    """What the Commission is told; what nobody has written yet stands as „…“ and is listed first."""
    with translation.override("bg"):
        gaps = Gaps()
        parts = (
            _controller(breach, gaps), _officers(gaps), _nature(breach, gaps),
            Part("Вероятни последици", (Text(gaps.want("Вероятни последици за хората", breach.consequences, KEEPER)),)),
            _measures(breach, gaps), *_delay(breach, gaps), _people_told(breach),
            Part("Подпис", (Signatures((("За администратора", ""),)),)),
        )  # fmt: skip
        lead = (
            "До Комисията за защита на личните данни",
            f"Нарушение {breach.code} от регистъра на нарушенията. {clock_words.until(breach)}.",
        )
        title = "Уведомление за нарушение на сигурността на личните данни"
        return Book(breach.code, title, lead, (*gaps.part(), *parts), printed_by(actor))


def _controller(breach: Breach, gaps: Gaps) -> Part:
    service = breach.service
    organisation = service.organisation if service else None
    rows = [
        ("Администратор на личните данни", organisation.name if organisation else ""),
        ("ЕИК", organisation.eik if organisation else ""),
    ]
    place = [
        ("Услуга", service.name if service else "извън услуга"),
        ("Населено място", service.municipality.name if service else ""),
        ("Телефон", service.phone if service else ""),
        ("Електронна поща", service.email if service else ""),
    ]
    return Part("Кой уведомява", (gaps.facts(rows), facts([row for row in place if row[1]])))


def _officers(gaps: Gaps) -> Part:
    found = queries.officers()
    blocks: list[Block] = [gaps.facts(_contact(one)) for one in found]
    return Part("Длъжностно лице по защита на данните", tuple(blocks or [gaps.facts([("Име и връзка", "")])]))


def _contact(officer: User) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = [("Име", officer.name), ("Електронна поща", officer.email)]
    return [*rows, ("Телефон", officer.phone)] if officer.phone else rows


def _nature(breach: Breach, gaps: Gaps) -> Part:
    asked = (
        "what",
        "noticed_at",
        "happened_at",
        "security",
        "people",
        "people_about",
        "kinds",
        "records_about",
    )
    rows: list[tuple[str, object]] = [
        (str(fields.NAMES[name]), _said(fields.value_of(breach, name))) for name in asked
    ]
    blocks: list[Block] = [gaps.facts(rows, KEEPER)]
    if breach.ended_at:
        blocks.append(facts([(str(fields.NAMES["ended_at"]), formats.datetime(breach.ended_at))]))
    return Part("Какво се е случило", tuple(blocks))


def _said(value: object) -> str:
    if isinstance(value, int):
        return f"около {formats.number(value)}" if value else "0"
    return fields.in_words(value)


def _measures(breach: Breach, gaps: Gaps) -> Part:
    taken = gaps.facts([(str(fields.NAMES["taken"]), breach.taken)], KEEPER)
    planned = breach.planned or "няма"
    return Part("Мерки", (taken, facts([(str(fields.NAMES["planned"]), planned)])))


def _delay(breach: Breach, gaps: Gaps) -> tuple[Part, ...]:
    """The reasons for the delay, once the term has passed."""
    told = breach.notified_at or clock.now()
    if breach.due is None or told <= breach.due:
        return ()
    reason = gaps.want("Причини за забавянето", breach.late_why, KEEPER)
    return (Part("Причини за забавянето", (Text(reason),)),)


def _people_told(breach: Breach) -> Part:
    told = [one for one in breach.notices.all() if one.whom == "people"]
    lines = [f"Уведомени на {formats.datetime(one.at)}: {one.how}" for one in told]
    if not lines:
        risk = fields.risk_in_words(breach.risk) or "още няма решение"
        lines = [f"Към часа на разпечатването хората не са уведомени. Решение за риска: {risk}."]
    lines += [breach.untold_why] if breach.untold_why else []
    return Part("Уведомяване на хората", tuple(Text(clean(line)) for line in lines))


def people(actor: Actor, breach: Breach) -> Book:
    """A letter to the people touched, in plain words."""
    with translation.override("bg"):
        gaps = Gaps()
        parts = (
            Part("Какво се случи", (Text(gaps.want("Какво се е случило", breach.what, KEEPER)), *_when(breach))),
            Part("Кои данни засяга", (Text(_capital(gaps.want("Видове данни", fields.marks_of(breach, "kinds"), KEEPER)) + "."),)),
            Part("Какво може да последва", (Text(gaps.want("Вероятни последици за хората", breach.consequences, KEEPER)),)),
            Part("Какво направихме", tuple(_done(breach, gaps))),
            Part("Какво можете да направите Вие", (Text(gaps.want(str(fields.NAMES["advice"]), breach.advice, KEEPER)),)),
            Part("Кого да попитате", tuple(_ask(breach, gaps))),
            Part("Подпис", (Signatures((("Ръководител на услугата", ""),)),)),
        )  # fmt: skip
        lead = (
            "Уважаеми родители, роднини и потребители на услугата,",
            "пишем Ви, защото с Ваши данни се случи нещо, което не трябваше да се случва.",
        )
        return Book(breach.code, "Съобщение за Вашите данни", lead, (*gaps.part(), *parts), printed_by(actor))


def _when(breach: Breach) -> list[Block]:
    at = breach.happened_at or breach.noticed_at
    words = "Стана на" if breach.happened_at else "Узнахме на"
    return [Text(f"{words} {formats.datetime(at)}.")]


def _done(breach: Breach, gaps: Gaps) -> list[Block]:
    found: list[Block] = [Text(gaps.want("Взети мерки", breach.taken, KEEPER))]
    if breach.planned:
        found.append(Text(f"Предстои: {clean(breach.planned)}"))
    if breach.notified_at:
        day = formats.date(breach.notified_at)
        found.append(Text(f"Уведомихме Комисията за защита на личните данни на {day}."))
    return found


def _ask(breach: Breach, gaps: Gaps) -> list[Block]:
    told: list[Block] = []
    service = breach.service
    if service and (service.phone or service.email):
        told.append(
            Text(f"{service.name}: {', '.join(one for one in (service.phone, service.email) if one)}")
        )
    for one in queries.officers():
        reach = ", ".join(part for part in (one.email, one.phone) if part)
        told.append(Text(f"Длъжностно лице по защита на данните: {one.name}, {reach}"))
    if not told:
        told.append(Text(gaps.want("Кого да попитат хората", "", KEEPER)))
    right = "Имате право да подадете жалба до Комисията за защита на личните данни."
    return [*told, Text(right)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


PAPERS = {"commission": commission, "people": people}
