"""Assessment, chronology and the face of the file on paper."""

from __future__ import annotations

from opora.care.casework import presenters, stages
from opora.care.casework.forms.files import ASKED_BY, GROUNDS
from opora.care.casework.models import Assessment, AssessmentPart, Event, Member, Relation
from opora.care.casework.papers.book import Block, Entry, Facts, Heading, Part, Text, Writer
from opora.care.casework.papers.recipients import Recipient
from opora.care.casework.presence import PRESENT
from opora.care.casework.queries_papers import Source
from opora.foundation.ui import formats

_PRESENT = {code: str(label) for code, label in PRESENT}


def who_it_is(source: Source, w: Writer) -> Facts:
    """The child or person, the service and who leads: at the head of every paper."""
    file, lead = source.file, source.file.lead_now
    born = file.person.born
    return w.facts([
        ("Дете или лице", file.person.full_name),
        ("Дата на раждане", f"{formats.date(born)} ({presenters.age(file)})" if born else ""),
        ("Услуга", file.service.name),
        ("Водещ на случая", w.name(lead.name if lead else "")),
    ])  # fmt: skip


def face(source: Source, recipient: Recipient, w: Writer) -> list[Part]:
    """Who it is about, who stands around them, who works on the file, its stages."""
    parts = [Part("За кого е досието", (who_it_is(source, w), _beginning(source, w)))]
    if source.relations:
        parts.append(Part("Семейство и близки", (_family(source, recipient, w),)))
    parts.append(Part("Работят по досието", (Facts(tuple(_member(one, w) for one in source.members)),)))
    rows = tuple(
        (formats.date(one.on), _lines(str(stages.STAGES[one.stage]), w.text(one.why), w.name(one.by)))
        for one in source.stages
    )
    return [*parts, Part("Етапи", (Facts(rows),))]


def _beginning(source: Source, w: Writer) -> Facts:
    file = source.file
    asked, ground = str(dict(ASKED_BY).get(file.asked_by, "")), str(dict(GROUNDS).get(file.ground, ""))
    return w.facts([
        ("Адрес", w.text(file.person.address)), *([("Телефон", file.person.phone)] if file.person.phone else []),
        ("Кой се обърна към услугата", asked), ("Основание", ground),
        ("Заявено на", formats.date(file.wished_on)), ("Какво искат, с техни думи", w.text(file.wish)),
    ])  # fmt: skip


def _family(source: Source, recipient: Recipient, w: Writer) -> Facts:
    rows = []
    for one in source.relations:
        stays = recipient.keeps(one.person_id, source)
        name = one.person.full_name if stays else w.name("–")
        phone = one.person.phone if stays or not one.person.phone else w.name("–")
        more = [text for yes, text in _marks(one) if yes]
        kind = str(one.get_kind_display()).capitalize()
        rows.append((kind, _lines(name, ", ".join(more), w.wanted("Телефон", phone, kind), w.text(one.note))))
    return Facts(tuple(rows))


def _marks(one: Relation) -> list[tuple[bool, str]]:
    until = formats.date(one.until) if one.until else ""
    return [
        (one.decides, "законен представител"),
        (one.lives_with, "живее с детето"),
        (one.person.dead, "починал човек"),
        (bool(until), f"до {until}"),
    ]


def _member(member: Member, w: Writer) -> tuple[str, str]:
    until = f" до {formats.date(member.until)}" if member.until else ""
    told = ", ".join(filter(None, (w.name(member.user.name), w.text(member.user.profession))))
    return str(member.get_part_display()).capitalize(), _lines(
        told, f"от {formats.date(member.since)}{until}"
    )


def assessment_part(assessment: Assessment, w: Writer) -> Part:
    """Every domain with strengths beside needs, and who says so; domains without a need in one line."""
    done = assessment.finished_at
    rows = [
        ("Започната", formats.date(assessment.began_at)),
        ("Състояние", f"приключена на {formats.date(done)}" if done else "още се пише"),
    ]
    present = ", ".join(_PRESENT[code] for code in assessment.present if code in _PRESENT)
    rows += [("Участваха", present or w.text(assessment.absent_why))] if done else []
    blocks: list[Block] = [w.facts(rows)]
    written: list[AssessmentPart] = []
    free: list[AssessmentPart] = []
    for part in assessment.parts.all():
        (free if part.is_free else written).append(part)
    for part in written:
        blocks += [Heading(str(part.get_domain_display())), *_domain(part, w)]
    if free:
        names = ", ".join(str(part.get_domain_display()) for part in free)
        blocks += [Heading("Области без потребност"), Text(names)]
    return Part(f"Оценка № {assessment.number}", tuple(blocks))


def _domain(part: AssessmentPart, w: Writer) -> list[Block]:
    where = str(part.get_domain_display())
    level = "" if part.need is None else str(part.get_need_display())
    rows = [
        ("Степен", level), ("Положение", w.text(part.situation)), ("Силни страни", w.text(part.strengths)),
        ("Източник", str(part.get_source_display()) if part.source else ""),
    ]  # fmt: skip
    told = ", ".join(filter(None, (w.name(part.by), w.text(part.profession), w.text(part.organisation))))
    when = f", {formats.date(part.at)}" if part.at else ""
    return [w.facts(rows, where), *([Text(f"Написано от {told}{when}")] if told else [])]


def chronology(source: Source, w: Writer) -> Part:
    """Everything that happened, the oldest first; a correction stands with what it corrects."""
    entries = tuple(_entry(event, w) for event in source.events if event.kind != "correction")
    return Part("Хронология", entries or (Text("Още няма събития."),))


def _entry(event: Event, w: Writer) -> Entry:
    title = f"Етап: {stages.STAGES[event.stage]}" if event.stage else str(event.get_kind_display())
    told = ", ".join(filter(None, (w.name(event.by), w.text(event.profession), w.text(event.organisation))))
    present = ", ".join(_PRESENT[code] for code in event.present if code in _PRESENT)
    texts = [
        w.text(event.text),
        f"Думите на детето или лицето: „{formats.unquoted(w.text(event.voice))}“" if event.voice else "",
        f"Присъстваха: {present}" if present else "",
        f"Думите на семейството: „{formats.unquoted(w.text(event.family_voice))}“"
        if event.family_voice
        else "",
        f"Никой от семейството, защото: {w.text(event.absent_why)}" if event.absent_why else "",
        *(
            f"Поправка от {formats.date(one.on)}: {w.text(one.text)}"
            for one in event.corrections.all()
            if one.kind == "correction"
        ),
    ]
    return Entry(f"{formats.date(event.on)} · {title}", told, tuple(filter(None, texts)))


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))
