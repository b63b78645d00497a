"""The form of a consent, to be filled and signed by hand, and the consents that stand in the file."""

from __future__ import annotations

from opora.care.casework import queries_consents
from opora.care.casework.consent_view import ConsentLine
from opora.care.casework.models import Consent
from opora.care.casework.papers.book import Block, Facts, Part, Signatures, Text, Writer
from opora.care.casework.papers.parts import who_it_is
from opora.care.casework.papers.recipients import Recipient
from opora.care.casework.queries_papers import Source

BOXES = "[\u00a0\u00a0\u00a0] да" + "\u00a0" * 8 + "[\u00a0\u00a0\u00a0] не"
TOLD = (
    "Съгласието е доброволно. Ако не го дадете, услугата за Вас не спира. Можете да го оттеглите по всяко време, устно или "
    "писмено. Направеното преди това остава законно. Имате право да видите какви данни пазим и да поискате поправка."
)


def consent_parts(source: Source, recipient: Recipient, w: Writer) -> list[Part]:
    """Who, what for, what they are told, who signs; then what was given before."""
    asked = Facts(tuple((_capital(label), BOXES) for code, label in Consent.PURPOSES if code != "other"))
    span: list[Block] = [
        asked,
        Facts((("За кого и за какво точно", "…"), ("В сила до", "…"))),
    ]
    told = Part("Какво Ви казахме", (Text(TOLD),))
    parts = [Part("За кого е", (who_it_is(source, w),)), Part("За какво давате съгласие", tuple(span)), told]
    return [*parts, _signatures(source, recipient, w), *given(source, w)]


def _signatures(source: Source, recipient: Recipient, w: Writer) -> Part:
    people: list[tuple[str, str]] = []
    if queries_consents.consents_alone(source.file) or queries_consents.consents_together(source.file):
        people.append(("Детето или лицето", source.file.person.full_name))
    if not queries_consents.consents_alone(source.file):
        deciding = [
            one for one in source.relations if one.decides and one.until is None and not one.person.dead
        ]
        people += [
            (
                _capital(one.get_kind_display()),
                one.person.full_name if recipient.keeps(one.person_id, source) else w.name("–"),
            )
            for one in deciding
        ] or [("Родител с родителски права или настойник", w.wanted("Родител или настойник", "", "Подписи"))]
    lead = source.file.lead_now
    people.append(("Обясних съдържанието", w.name(lead.name) if lead else "…"))
    return Part("Подписи", (Signatures(tuple(people)),))


def given(source: Source, w: Writer) -> list[Part]:
    """The consents that stand in the file."""
    rows = tuple((_capital(w.text(line.title)), _told(line, w)) for line in map(ConsentLine, source.consents))
    return [Part("Записани съгласия", (Facts(rows),))] if rows else []


def _told(line: ConsentLine, w: Writer) -> str:
    return "\n".join([line.state[0], w.text(line.who), line.span])


def _capital(text: object) -> str:
    said = str(text)
    return said[:1].upper() + said[1:]
