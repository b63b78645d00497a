"""Which papers a file has, and how each is laid out and written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from opora.care.casework.papers import ending, parts, plans
from opora.care.casework.papers.book import Book, Part, Writer
from opora.care.casework.papers.recipients import Recipient, hiding_for
from opora.care.casework.queries_papers import Source
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.documents import render
from opora.foundation.ui import formats

PLAN, PLAN_IN_FORCE, FAMILY, ASSESSMENT, CHRONOLOGY, WHOLE = (
    "plan",
    "plan-in-force",
    "family",
    "assessment",
    "chronology",
    "file",
)
FORMATS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FOLDER = Path(__file__).resolve().parent
TEMPLATES = {False: FOLDER / "paper.docx", True: FOLDER / "large.docx"}


@dataclass(frozen=True)
class Kind:
    """A paper: what it is called on the screen, what it is for, and its word in a file name."""

    title: object
    hint: object
    word: str


KINDS: dict[str, Kind] = {
    PLAN: Kind(_("Индивидуален план"), _("с редове за подпис на детето, родителя, водещия и ръководителя"), "план"),
    PLAN_IN_FORCE: Kind(_("Действащ индивидуален план"), _("одобреният, докато новият се пише"), "действащ-план"),
    FAMILY: Kind(_("Планът с прости думи"), _("за детето и семейството, с едри букви"), "план-за-семейството"),
    ASSESSMENT: Kind(_("Оценка на потребностите"), _("всички области със силните страни и кой ги е описал"), "оценка"),
    CHRONOLOGY: Kind(_("Хронология"), _("всичко случило се, от началото до днес"), "хронология"),
    **{kind: Kind(*words) for kind, words in ending.KINDS.items()},
    WHOLE: Kind(_("Цялото досие"), _("лице, семейство, етапи, оценки, планове и хронология"), "досие"),
}  # fmt: skip


def available(source: Source) -> list[str]:
    """Papers that can be made now."""
    replaced = source.plan_in_force is not None and source.plan_in_force is not source.plan
    there = {
        PLAN: source.plan is not None, PLAN_IN_FORCE: replaced, FAMILY: source.plan is not None,
        ASSESSMENT: source.assessment is not None, **ending.available(source),
    }  # fmt: skip
    return [kind for kind in KINDS if there.get(kind, True)]


def book(actor: Actor, source: Source, kind: str, recipient: Recipient) -> Book:
    """The paper laid out, in Bulgarian. KeyError for one the file has not."""
    if kind not in available(source):
        raise KeyError(kind)
    with translation.override("bg"):
        w = Writer(hiding_for(recipient, source, workers_stay=kind == FAMILY))
        title, found = _laid(actor, source, kind, recipient, w)
        return Book(
            source.file.code, title, tuple(_lead(source, kind, recipient)), tuple(found),
            printed=_printed(actor, source, recipient), missing=tuple(w.missing.names),
            large=kind == FAMILY, contents=kind == WHOLE, asked=w.asked,
        )  # fmt: skip


def _lead(source: Source, kind: str, recipient: Recipient) -> list[str]:
    lead = [] if kind == WHOLE else [f"Досие {source.file.code}"]
    if kind == FAMILY:
        waits = source.plan_in_force is None
        lead.append("Планът още не е одобрен и може да се промени." if waits else "За детето и семейството")
        return lead
    lead.append(recipient.words)
    return lead + (["Имената и телефоните на други хора са закрити."] if recipient.blackened else [])


def _printed(actor: Actor, source: Source, recipient: Recipient) -> str:
    """The foot of every sheet; on a copy for others the service stands there instead of the worker."""
    who = source.file.service.name if recipient.blackened else actor.name
    return f"разпечатано от {who} на {formats.date(clock.now())}"


def _laid(actor: Actor, source: Source, kind: str, recipient: Recipient, w: Writer) -> tuple[str, list[Part]]:
    if kind in ending.KINDS:
        return ending.laid(source, kind, recipient, w)
    plan = source.plan_in_force if kind == PLAN_IN_FORCE else source.plan
    who = Part("За кого е", (parts.who_it_is(source, w),)) if kind in (CHRONOLOGY, ASSESSMENT) else None
    if kind == FAMILY:
        plan = source.plan_in_force or source.plan
        assert plan is not None
        return f"Планът на {source.file.person.first_name}", plans.family_parts(plan, source, w)
    if kind in (PLAN, PLAN_IN_FORCE):
        assert plan is not None
        head = Part("За кого е", (parts.who_it_is(source, w), w.facts(plans.state_of(plan, w))))
        laid = [head, *plans.plan_parts(actor, plan, source, w), plans.signatures(source, recipient, w)]
        return "Индивидуален план за подкрепа", laid
    if who is not None and kind == ASSESSMENT:
        assert source.assessment is not None
        return "Оценка на потребностите", [who, parts.assessment_part(source.assessment, w)]
    if who is not None:
        return "Хронология на досието", [who, parts.chronology(source, w)]
    return f"Досие {source.file.code}", _whole(actor, source, recipient, w)


def _whole(actor: Actor, source: Source, recipient: Recipient, w: Writer) -> list[Part]:
    found = parts.face(source, recipient, w)
    found += [parts.assessment_part(one, w) for one in source.assessments]
    found += [plans.plan_in_one(actor, one, source, w) for one in source.plans]
    found += [
        Part(f"Преглед № {one.number}: {p.heading.lower()}", p.blocks)
        for one in source.reviews
        for p in ending.review_parts(one, w)
    ]
    found += [p for one in source.closings for p in ending.closing_parts(source, one, w)]
    return [*found, parts.chronology(source, w)]


def content(laid: Book, ending: str, *, copy: bool = False) -> bytes:
    """The paper as `pdf` or `docx`; a `copy` bears the word across every sheet."""
    with translation.override("bg"):
        context = {"book": laid, "printed": laid.printed, "copy": copy}
        if ending == "pdf":
            return render.pdf("casework/paper/print.html", context)
        return render.docx(TEMPLATES[laid.large], context).content


def file_name(code: str, kind: str, recipient: Recipient, ending: str) -> str:
    """`Д-2026-001-план.pdf`: the code and the paper, never a name."""
    copy = "-закрит" if recipient.blackened else ""
    return f"{code}-{KINDS[kind].word}{copy}.{ending}"
