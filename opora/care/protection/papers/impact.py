"""The impact assessment as a paper: what Opora knows of itself, and what the controller wrote (Регламент (ЕС) 2016/679, чл. 35)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation

from opora.care.protection import asked, live, queries, queries_texts
from opora.care.protection.impact.risks import OWN_WORDS, RISKS, Risk
from opora.care.protection.impact.texts import BY_KEY, WANTED, WRITERS
from opora.care.protection.models import ImpactText
from opora.care.protection.papers.record import grounds
from opora.care.protection.record.activities import ACTIVITIES
from opora.foundation.accounts.actors import Actor
from opora.foundation.documents.book import (
    Block,
    Book,
    Facts,
    Gaps,
    Heading,
    Part,
    Signatures,
    Text,
    clean,
    facts,
    printed_by,
    table,
)
from opora.foundation.ui import formats
from opora.register.models import Organisation

WHY = (
    "Обработват се данни за здравето и за насилие (особени категории).",
    "Хората са уязвими: деца, хора с увреждания, пострадали.",
    "Обработването е в голям мащаб: всички услуги на доставчика, с години назад.",
    "Списъкът на Комисията по чл. 35(4) не е намерен при изработването на Опора и се сверява от администратора.",
)


@dataclass
class Writing:
    """What was written for one controller, and what is still missing."""

    texts: dict[str, ImpactText]
    gaps: Gaps

    def said(self, key: str) -> list[Block]:
        """The words of a part with who wrote them; or who must, noted as missing."""
        wanted, text = BY_KEY[key], self.texts.get(key)
        if text is None or not text.text:
            who = str(WRITERS[wanted.writer])
            self.gaps.missing.append(f"{wanted.name} ({who})")
            return [Text(f"Още не е написано. Пише го {who}: {_small(str(wanted.hint))}")]
        by = f"Написал: {text.by}, {formats.date(text.at)}"
        return [*(Text(clean(line)) for line in text.text.splitlines() if line.strip()), Text(by, note=True)]

    def part(self, key: str, *blocks: Block) -> Part:
        """A part that ends with the controller's words."""
        return Part(str(BY_KEY[key].name), (*blocks, *self.said(key)))


def book(actor: Actor, organisation: Organisation) -> Book:
    """Every part has words; those nobody has written yet say who must, and are listed first."""
    with translation.override("bg"), asked.asked_once():
        writing = Writing(queries_texts.impact_texts(organisation), Gaps())
        parts = [
            Part("Администратор", (_controller(organisation, writing.gaps),)),
            Part("Защо е нужна оценка", tuple(Text(one, item=True) for one in WHY)),
            *_description(organisation, writing),
            writing.part("condition"), writing.part("need", *_need()),
            Part("Рискове за хората и мерки", tuple(_risks())),
            *(writing.part(key) for key in ("residual", "copies", "training", "families", "officer", "decision", "review")),
            Part("Подписи", (*writing.said("signs"), _signatures())),
        ]  # fmt: skip
        lead = (
            organisation.name,
            "Съставена от живите факти на Опора и от написаното от администратора. Опора не предлага решение.",
        )
        title = "Оценка на въздействието върху защитата на данните"
        return Book("чл. 35", title, lead, (*writing.gaps.part(), *parts), printed_by(actor))


def _controller(organisation: Organisation, gaps: Gaps) -> Facts:
    officers = "; ".join(f"{one.name}, {one.email}" for one in queries.officers())
    return gaps.facts([
        ("Администратор", organisation.name), ("ЕИК", organisation.eik), ("Вид", organisation.kind_label),
        ("Длъжностно лице по защита на данните", officers),
    ])  # fmt: skip


def _description(organisation: Organisation, writing: Writing) -> list[Part]:
    services = queries_texts.services_of(organisation)
    rows = [
        (one.name, one.type.name, one.municipality.name, formats.number(one.capacity)) for one in services
    ]
    where = table("Действащи услуги", ("Услуга", "Вид", "Община", "Места"), rows, numeric=(3,))
    told = Text(f"Услуги, в които се работи с досиета: {len(services)}.")
    return [
        Part("Описание на обработването", tuple(_activities(writing.gaps))),
        writing.part("extent", told, where),
    ]


def _activities(gaps: Gaps) -> list[Block]:
    found: list[Block] = []
    for one in ACTIVITIES:
        if one.sensitive:
            rows: list[tuple[str, object]] = [
                ("Цел", one.purpose), ("Основание", grounds(one, gaps)),
                ("Хора", one.people), ("Видове данни", one.data), ("На кого се дават", one.recipients), ("Срок за пазене", one.keeping()),
            ]  # fmt: skip
            found += [Heading(one.name), facts(rows)]
    return [
        *found,
        Text("Всички дейности стоят в регистъра на дейностите по обработване (чл. 30).", note=True),
    ]


def _need() -> list[Block]:
    return [
        Text("Кой вижда: " + _small(live.scope()), item=True),
        Text("Какво се публикува: " + _small(live.small_numbers()), item=True),
        Text("Колко време: " + _small(live.keeping_files()), item=True),
        Text("За външен специалист: " + _small(live.outsiders()), item=True),
    ]


def measure(one: Risk) -> str:
    """What stands in the way of a risk, in the figures of now."""
    own = [OWN_WORDS[one.key]] if one.key in OWN_WORDS else []
    return " ".join([*own, *(live.MEASURES[key]() for key in one.measures)])


def _risks() -> list[Block]:
    told = "Изпитанието е тест в изходния код на Опора; върви при всяка промяна."
    found: list[Block] = [Text(told)]
    for number, one in enumerate(RISKS, 1):
        rows: list[tuple[str, object]] = [
            ("Какво може да стане", one.harm), ("Какво стои на пътя му", measure(one)), ("Изпитание", "\n".join(one.trials)),
        ]  # fmt: skip
        found += [Heading(f"{number}. {one.who}"), facts(rows)]
    return found


def _signatures() -> Signatures:
    return Signatures((("За администратора", ""), ("Длъжностно лице по защита на данните", "")))


def written(organisation: Organisation) -> list[tuple[str, ImpactText | None]]:
    """Every part the controller writes, with its newest words."""
    texts = queries_texts.impact_texts(organisation)
    return [(one.key, texts.get(one.key)) for one in WANTED]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
