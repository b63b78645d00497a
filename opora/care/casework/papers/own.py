"""All that is kept about a person, for that person (GDPR 15, ЗЗЛД 37б): every row as JSON, and a paper to read.

Names, telephones and numbers of third persons are blackened and such a person is marked; who works in the service and
who read the file stays, for that is what is asked. That a file is watched is left out: it protects the person.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import translation

from opora.care.casework import hanging, seals
from opora.care.casework.models import Bait, ClientFile, CopyChoice, Event, OpinionPart, Person
from opora.care.casework.papers import making
from opora.care.casework.papers.book import Book, Facts, Part, Text, Writer
from opora.care.casework.papers.hiding import BLACK
from opora.care.casework.papers.recipients import COURT, Recipient, hiding_for
from opora.care.casework.queries_papers import Source
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.documents import store
from opora.foundation.documents.models import Attachment
from opora.foundation.ui import formats

OF_PEOPLE = (
    "first_name",
    "middle_name",
    "last_name",
    "phone",
    "address",
    "born",
    "sex",
    "identifier",
    "note",
)
DERIVED = ("sort_name", "sound_text", "identifier_index", "key", "link_index", "code_index")
"""Made from other columns or by the program for itself; they say nothing more about the person."""


SAFETY = frozenset(
    f"casework.{name}"
    for name in (
        "crisis",
        "crisisperson",
        "crisisstep",
        "signal",
        "risk",
        "riskfactor",
        "safetyplan",
        "safetyline",
    )
)
"""Kept back from whoever asks for another: the danger may come from who reads it (GDPR 23(1)(i))."""
OF_SAFETY = ("case.crisis", "case.signal", "case.risk", "case.safety")
INFORMANT = "whom"
"""Who told of a danger is named to nobody outside."""


@dataclass(frozen=True)
class Enclosed:
    """An attachment as somebody decided on it, and the file that is given; none where it is kept back."""

    choice: CopyChoice
    given: Attachment | None


@dataclass(frozen=True)
class Copy:
    """The archive for the person, and how many rows stand in it."""

    content: bytes
    rows: int


def copy(
    actor: Actor, source: Source, attachments: list[Enclosed], read: list[Entry], *, for_person: bool
) -> Copy:
    """An archive: `данни.json`, `досие.pdf`, and the attachments as decided; `for_person`: the person asks, not another."""
    if not for_person:
        source = making.without_crises(source)
        read = [entry for entry in read if not entry.deed.startswith(OF_SAFETY)]
    with translation.override("bg"):
        w = Writer(hiding_for(Recipient(COURT), source, workers_stay=True))
        tables, kept_back = _tables(source.file, w, for_person)
        data = {
            "file": source.file.code, "service": source.file.service.name, "made_at": clock.now(), "tables": tables,
            "who_read_and_changed": [deed(entry) for entry in read],
            "attachments": [_decided(number, one) for number, one in enumerate(attachments, 1)],
            "notes": NOTES, "kept_back": kept_back,
        }  # fmt: skip
        pdf = making.content(_book(actor, source, w, read, _cover(source, attachments, kept_back)), "pdf")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("данни.json", json.dumps(data, ensure_ascii=False, indent=1, default=_plain))
        archive.writestr("досие.pdf", pdf)
        for number, one in enumerate(attachments, 1):
            if one.given is not None:
                archive.writestr(_place(number, one.given), store.read(one.given.stored_as))
    return Copy(out.getvalue(), sum(len(rows) for rows in tables.values()))


NOTES = (
    "Всеки ред на досието стои тук. ████ закрива имена, телефони и номера на други хора; такъв човек е отбелязан с "
    "„third_person“. Под „who_read_and_changed“ е кой, кога и какво е правил с досието. Под „kept_back“ е колко реда от коя "
    "таблица не са тук: становища само за екипа, а при искане от друг и всичко за сигурността на човека. Под „attachments“ е "
    "какво е решено за всяко приложение, от кого и на какво основание."
)
SAFETY_GROUND = "чл. 23, § 1, буква „и“ от Общия регламент за защита на данните"
"""The one ground on which rows, and not attachments, are kept back from whoever asks for another."""


def _place(number: int, given: Attachment) -> str:
    return f"приложения/{number:03d}.{given.kind}"


def _decided(number: int, one: Enclosed) -> dict[str, Any]:
    said = {
        "what": one.choice.label, "decision": one.choice.choice, "ground": one.choice.ground, "decided_by": one.choice.by,
        "decided_at": one.choice.at,
    }  # fmt: skip
    if one.given is None:
        return said
    return said | {
        "file": _place(number, one.given),
        "sha256": one.given.sha256,
        "added_at": one.given.added_at,
    }


def _cover(source: Source, attachments: list[Enclosed], kept_back: dict[str, int]) -> Part:
    """The first sheet: which attachments are given, how, what is kept back and on what ground, and whom to ask."""
    rows = [_cover_row(number, one) for number, one in enumerate(attachments, 1)]
    safety = sum(count for name, count in kept_back.items() if name in SAFETY or name == "casework.event")
    team = sum(count for name, count in kept_back.items() if name.startswith("casework.opinion"))
    if safety:
        rows.append(("Записи за сигурността на човека", f"не се дават: {safety}. Основание: {SAFETY_GROUND}"))
    if team:
        rows.append(("Становища само за екипа", f"не се дават: {team}. За основанието попитайте услугата."))
    service = source.file.service
    whom = ", ".join(part for part in (service.name, service.phone) if part)
    return Part(
        "Какво е в копието и какво не е",
        (
            Facts(tuple(rows)) if rows else Text("Към досието няма приложения и нищо не е задържано."),
            Text(f"Ако нещо не е дадено и не сте съгласни, попитайте {whom}."),
        ),
    )


def _cover_row(number: int, one: Enclosed) -> tuple[str, str]:
    what = one.choice.label[:1].upper() + one.choice.label[1:]
    words = str(one.choice.get_choice_display())
    where = f", {_place(number, one.given)}" if one.given else f". Основание: {one.choice.ground}"
    return what, f"{words}{where}. Решил: {one.choice.by}, {formats.date(one.choice.at)}"


def _tables(
    file: ClientFile, w: Writer, for_person: bool
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, int]]:
    found: dict[str, list[dict[str, Any]]] = {}
    kept_back: dict[str, int] = {}
    for name, row in hanging.every_row(file):
        if isinstance(row, Bait):
            continue
        if _is_for_the_team(row) or (not for_person and _is_of_safety(name, row)):
            kept_back[name] = kept_back.get(name, 0) + 1
            continue
        found.setdefault(name, []).append(
            _person(row, file, w) if isinstance(row, Person) else _values(row, w)
        )
    return found, kept_back


def _is_for_the_team(row: models.Model) -> bool:
    return bool(getattr(row.opinion if isinstance(row, OpinionPart) else row, "team_only", False))


def _is_of_safety(name: str, row: models.Model) -> bool:
    return name in SAFETY or (isinstance(row, Event) and row.kind == "crisis")


def _person(person: Person, file: ClientFile, w: Writer) -> dict[str, Any]:
    """The person whole; of a third one only that there is somebody."""
    seals.reveal(person)
    said = _values(person, w) | {"identifier": person.identifier}
    own = person.pk == file.person_id
    if own:
        return said | {name: getattr(person, name) for name in OF_PEOPLE if hasattr(person, name)}
    return said | {name: BLACK for name in OF_PEOPLE if said.get(name)} | {"third_person": True}


def _values(row: models.Model, w: Writer) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.BinaryField) or field.name in DERIVED:
            continue
        said[field.attname] = _said(getattr(row, field.attname), field, w)
        if field.is_relation and field.related_model is User and getattr(row, field.attname):
            said[field.name] = w.name(getattr(row, field.name).name)
    return said


def _said(value: Any, field: Any, w: Writer) -> Any:
    if field.name == INFORMANT and value:
        return BLACK
    if isinstance(value, str):
        return value if field.choices or isinstance(field, models.SlugField) else w.text(value)
    if isinstance(value, list):
        return [w.text(one) if isinstance(one, str) else one for one in value]
    return value


def deed(entry: Entry) -> dict[str, Any]:
    """One line of the audit."""
    return {
        "at": entry.at, "who": entry.actor_name, "role": entry.role, "organisation": entry.organisation,
        "kind": entry.kind, "deed": entry.deed, "ground": entry.ground,
    }  # fmt: skip


def _book(actor: Actor, source: Source, w: Writer, read: list[Entry], cover: Part) -> Book:
    laid = making.book(actor, source, making.WHOLE, Recipient(COURT))
    parts = [cover, *laid.parts, *more(source, w), readers(read)]
    lead = (
        "Копие на всичко, което услугата пази за Вас",
        "Имената и телефоните на други хора са закрити.",
    )
    return Book(laid.code, laid.title, lead, tuple(parts), printed=laid.printed, contents=True)


def more(source: Source, w: Writer) -> Iterator[Part]:
    """What stands in no other paper."""
    terms = [
        (formats.date(one.due), f"{w.text(one.text)} ({'изпълнен' if one.met_at else 'тече'})")
        for one in source.file.deadlines.all()
    ]
    yield Part("Срокове", (Facts(tuple(terms)) if terms else Text("Няма."),))
    taken = [
        (formats.datetime(one.at), f"{one.kind}, {one.ending.upper()}")
        for one in source.file.papers_taken.all()
    ]
    yield Part("Извадени документи", (Facts(tuple(taken)) if taken else Text("Няма."),))


def readers(read: list[Entry]) -> Part:
    """Who, in which role, when first and last, how often: each single time stands in the data."""
    told: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in read:
        told.setdefault((entry.actor_name, entry.role, entry.organisation), []).append(entry)
    rows = []
    for (name, role, organisation), entries in sorted(told.items(), key=lambda pair: pair[1][0].at):
        kinds = ", ".join(sorted({str(one.get_kind_display()).lower() for one in entries}))
        days = f"{formats.date(entries[0].at)} – {formats.date(entries[-1].at)}"
        who = ", ".join(part for part in (name, role, organisation) if part)
        rows.append((who, f"{days}, пъти: {len(entries)}\n{kinds}"))
    return Part("Кой е чел и променял досието", (Facts(tuple(rows)) if rows else Text("Никой."),))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value)
