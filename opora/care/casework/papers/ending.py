"""Contract, review and closing summary on paper, composed from what the file knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from opora.care.casework.ending_view import Reached, present_in_words
from opora.care.casework.forms.files import GROUNDS
from opora.care.casework.models import Closing, Contract, Review
from opora.care.casework.models.brought import Brought
from opora.care.casework.papers import parts
from opora.care.casework.papers.book import Block, Facts, Heading, Part, Signatures, Text, Writer
from opora.care.casework.papers.recipients import Recipient
from opora.care.casework.queries_papers import FAMILY, Source
from opora.foundation.ui import formats

Made = TypeVar("Made", Contract, Review, Closing)
CONTRACT, REVIEW, CLOSING = "contract", "review", "closing"
KINDS: dict[str, tuple[object, object, str]] = {
    CONTRACT: (_("Договор"), _("за подпис с човека или родителя, съставен от досието"), "договор"),
    REVIEW: (_("Преглед на плана"), _("последният: какво е постигнато и какво е решено"), "преглед"),
    CLOSING: (_("Обобщение при закриване"), _("какво беше, какво направихме, какво се промени"), "закриване"),
}
DUTIES = (
    ("Доставчикът", (
        "дава подкрепата по индивидуалния план и в сроковете му;",
        "преглежда плана заедно с човека и семейството и го променя, когато потребностите се променят;",
        "пази данните в досието и ги показва само на хората, които работят по него;",
        "изслушва мнения и жалби, записва ги и отговаря.",
    )),
    ("Човекът и неговият представител", (
        "участват в оценката, плана и прегледите и казват мнението си;",
        "съобщават, когато нещо важно се промени или когато няма да дойдат;",
        "могат да прекратят договора, когато пожелаят, и да получат документите от досието си.",
    )),
)  # fmt: skip
"""Plain words for the two sides; they cite no provision, since nobody has checked one."""


def available(source: Source) -> dict[str, bool]:
    """Which of these papers can be made now."""
    found: dict[str, Sequence[Brought]] = {
        CONTRACT: source.contracts,
        REVIEW: source.reviews,
        CLOSING: source.closings,
    }
    return {kind: any(not one.origin for one in rows) for kind, rows in found.items()}


def laid(source: Source, kind: str, recipient: Recipient, w: Writer) -> tuple[str, list[Part]]:
    """Title and parts of one of them."""
    if kind == CONTRACT:
        one = _own(source.contracts)
        return f"Договор № {one.number}", contract_parts(source, one, recipient, w)
    who = Part("За кого е", (parts.who_it_is(source, w),))
    if kind == REVIEW:
        review = _own(source.reviews)
        people = _signers(source, recipient, w)
        return f"Преглед № {review.number} на индивидуалния план", [who, *review_parts(review, w), people]
    closing = _own(source.closings)
    return "Обобщение при закриване на досието", [
        who,
        *closing_parts(source, closing, w),
        _signers(source, recipient, w),
    ]


def _own(rows: list[Made]) -> Made:
    """The newest that this service made: what came from another is history, and bears the other's name."""
    return [one for one in rows if not one.origin][-1]


def contract_parts(source: Source, one: Contract, recipient: Recipient, w: Writer) -> list[Part]:
    """The sides, what is given, until when, what each does, signatures. Nearly all of it is known already."""
    return [
        Part(
            "Страни",
            (Heading("Доставчик"), _provider(source, w), Heading("Човек"), _person(source, recipient, w)),
        ),
        Part("Предмет", tuple(_subject(source, one, w))),
        Part("Срок и начин", (_terms(one, w),)),
        Part("Какво прави всеки", tuple(_duties())),
        _signers(source, recipient, w, lead=False),
    ]


def _provider(source: Source, w: Writer) -> Facts:
    service = source.file.service
    return w.facts([
        ("Организация", service.organisation.name), ("ЕИК", service.organisation.eik), ("Услуга", service.name),
        ("Вид услуга", service.type.title), ("Населено място", service.municipality.name),
        ("Адрес", "не се посочва" if service.address_hidden else service.address), ("Телефон", w.hiding.number(service.phone)),
        ("Представлявана от", w.name(service.head)),
    ], "Доставчик")  # fmt: skip


def _person(source: Source, recipient: Recipient, w: Writer) -> Facts:
    person = source.file.person
    stands = next((one for one in source.relations if one.decides), None)
    rows = [
        ("Трите имена", person.full_name), ("Дата на раждане", formats.date(person.born) if person.born else ""),
        ("Адрес", w.text(person.address)),
    ]  # fmt: skip
    if stands is not None:
        stays = recipient.keeps(stands.person_id, source)
        rows += [
            ("Законен представител", stands.person.full_name if stays else w.name("–")),
            ("Кой е за човека", str(stands.get_kind_display())),
            ("Телефон на представителя", stands.person.phone if stays else w.name("–")),
        ]
    return w.facts(rows, "Човек")


def _subject(source: Source, one: Contract, w: Writer) -> list[Block]:
    plan, lead = one.plan, source.file.lead_now
    rows = [
        ("Основание", str(dict(GROUNDS).get(source.file.ground, ""))), ("Досие", source.file.code),
        ("Индивидуален план", f"№ {plan.number} от {formats.date(plan.made_at)}"),
        ("Водещ на случая", w.name(lead.name if lead else "")),
        ("Желание, с техни думи", w.text(source.file.wish)),
    ]  # fmt: skip
    goals = [
        (w.text(goal.title), "\n".join(w.text(one.text) for one in goal.activities.all()))
        for goal in plan.goals.all()
    ]
    return [w.facts(rows, "Предмет"), Heading("Цели и дейности по плана"), w.facts(goals, "Дейности")]


def _terms(one: Contract, w: Writer) -> Facts:
    manner = str(one.get_manner_display()) if one.manner else ""
    signed = [("Подписан на", formats.date(one.signed_on))] if one.signed_on else []
    return w.facts([
        ("В сила от", formats.date(one.starts_on)), ("До", formats.date(one.until)), ("Начин на ползване", manner),
        ("Такса", w.text(one.fee)), *signed,
    ], "Срок")  # fmt: skip


def _duties() -> list[Block]:
    found: list[Block] = []
    for who, lines in DUTIES:
        found += [Heading(who), *(Text(f"– {line}") for line in lines)]
    return found


def review_parts(one: Review, w: Writer) -> list[Part]:
    """Own words first, then what was reached, then the decision."""
    rows = [
        ("Ден", formats.date(one.on)), ("План", f"№ {one.plan.number}"), ("Решение", str(one.get_decision_display())),
        *([("Защо", w.text(one.why))] if one.why else []),
    ]  # fmt: skip
    voices = [(label, w.text(said)) for label, said in (
        ("Думите на детето или лицето", one.child_words), ("Думите на семейството", one.family_words)
    )]  # fmt: skip
    told = ", ".join(filter(None, (w.name(one.by), w.text(one.organisation))))
    return [
        Part("Преглед", (w.facts(rows),)),
        Part(
            "Участие",
            (
                w.facts(
                    [("Участваха", w.text(present_in_words(one.present, one.absent_why))), *voices], "Участие"
                ),
            ),
        ),
        Part("Какво е постигнато", (_reached(Reached(one.plan, one.on, one.at), w),)),
        Part(
            "Какво показа прегледът",
            (Text(w.text(one.summary)), Text(f"Написано от {told}, {formats.date(one.at)}")),
        ),
    ]


def closing_parts(source: Source, one: Closing, w: Writer) -> list[Part]:
    """What was, what was done, what goes on."""
    file = source.file
    rows = [
        ("Открито", formats.date(file.wished_on)), ("Закрито", formats.date(one.on)),
        ("Защо", str(one.get_reason_display())), ("Какво искаха", w.text(file.wish)),
        ("Участваха", w.text(present_in_words(one.present, one.absent_why))),
        *([("Думите на детето или лицето", w.text(one.child_words))] if one.child_words else []),
    ]  # fmt: skip
    told = ", ".join(filter(None, (w.name(one.by), w.text(one.organisation))))
    plan = source.plan_in_force or source.plan
    found = [Part("Закриване", (w.facts(rows),))]
    if plan is not None:
        found.append(Part("Какво е постигнато", (_reached(Reached(plan, one.on, one.at), w),)))
    found.append(
        Part("Обобщение", (Text(w.text(one.summary)), Text(f"Написано от {told}, {formats.date(one.at)}")))
    )
    after = w.wanted("Каква подкрепа продължава", w.text(one.after))
    return [*found, Part("Каква подкрепа продължава", (Text(after),))]


def _reached(found: Reached, w: Writer) -> Block:
    rows = []
    for row in found.rows:
        way = f"{row['before']} → {row['now'] or 'не е отбелязана'}"
        rows.append(
            (w.text(row["goal"]), "\n".join(filter(None, (f"{row['state'][0]}: {way}", w.text(row["text"])))))
        )
    return Facts(tuple(rows)) if rows else Text("Планът няма цели.")


def _signers(source: Source, recipient: Recipient, w: Writer, *, lead: bool = True) -> Part:
    file = source.file
    stand = [one for one in source.relations if one.decides] or [
        one for one in source.relations if one.kind in FAMILY
    ]
    people = [("Детето или лицето", file.person.full_name)]
    people += [
        (str(one.get_kind_display()).capitalize(), one.person.full_name if recipient.keeps(one.person_id, source) else w.name("–"))
        for one in stand
    ]  # fmt: skip
    if lead:
        people.append(
            (
                "Водещ на случая",
                w.wanted("Водещ на случая", w.name(file.lead_now.name if file.lead_now else ""), "Подписи"),
            )
        )
    people.append(("Ръководител на услугата", w.wanted("Ръководител", w.name(file.service.head), "Подписи")))
    return Part("Подписи", (Signatures(tuple(people)),))
