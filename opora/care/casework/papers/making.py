"""Which papers a file has, and how each is laid out and written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from opora.care.casework.papers import consents, ending, kin, opinions, parts, plans, safety
from opora.care.casework.papers.book import Book, Part, Writer
from opora.care.casework.papers.recipients import PARENT, Recipient, hiding_for
from opora.care.casework.queries_papers import Source
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.documents import render
from opora.foundation.ui import formats

KIN, CONSENT = "kin", "consent"
PLAN, PLAN_IN_FORCE, FAMILY, SAFETY, ASSESSMENT, CHRONOLOGY, WHOLE = (
    "plan",
    "plan-in-force",
    "family",
    "safety",
    "assessment",
    "chronology",
    "file",
)
LARGE = (FAMILY, SAFETY)
"""Papers in large type that the person keeps."""
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
    SAFETY: Kind(_("План за безопасност"), _("знаци, какво помага, на кого да се обади, стъпки; с едри букви"), "план-за-безопасност"),
    ASSESSMENT: Kind(_("Оценка на потребностите"), _("всички области със силните страни и кой ги е описал"), "оценка"),
    KIN: Kind(_("Семейна карта и екокарта"), _("кой стои около детето и каква е връзката"), "семейна-карта"),
    CONSENT: Kind(_("Бланка за съгласие"), _("за попълване и подпис на ръка, с дадените досега"), "съгласие"),
    CHRONOLOGY: Kind(_("Хронология"), _("всичко случило се, от началото до днес"), "хронология"),
    **{kind: Kind(*words) for kind, words in ending.KINDS.items()},
    WHOLE: Kind(_("Цялото досие"), _("лице, семейство, етапи, оценки, планове и хронология"), "досие"),
}  # fmt: skip


def kind_of(code: str) -> Kind | None:
    """What a paper is, by its code; opinions are counted."""
    number = opinions.number_in(code)
    if number is None:
        return KINDS.get(code)
    team = code.startswith(opinions.TEAM)
    hint = (
        _("само за екипа, печата се само за услугата")
        if team
        else _("писано от специалист, с областите и степените")
    )
    return Kind(_("Становище № %(number)s") % {"number": number}, hint, f"становище-{number}")


def available(source: Source) -> list[str]:
    """Papers that can be made now."""
    replaced = source.plan_in_force is not None and source.plan_in_force is not source.plan
    there = {
        PLAN: source.plan is not None, PLAN_IN_FORCE: replaced, FAMILY: source.plan is not None,
        ASSESSMENT: source.assessment is not None, SAFETY: source.safety_plan is not None, **ending.available(source),
    }  # fmt: skip
    found = [kind for kind in KINDS if there.get(kind, True)]
    return found + [opinions.code_of(one) for one in source.opinions]


def book(actor: Actor, source: Source, kind: str, recipient: Recipient) -> Book:
    """The paper laid out, in Bulgarian. KeyError for one the file has not."""
    if kind not in available(source):
        raise KeyError(kind)
    if recipient.kind == PARENT:
        source = without_crises(source)
    with translation.override("bg"):
        w = Writer(hiding_for(recipient, source, workers_stay=kind in LARGE))
        title, found = _laid(actor, source, kind, recipient, w)
        return Book(
            "" if kind == SAFETY else source.file.code, title, tuple(_lead(source, kind, recipient)), tuple(found),
            printed=_printed(actor, source, kind, recipient), missing=tuple(w.missing.names),
            large=kind in LARGE, contents=kind == WHOLE, asked=w.asked,
        )  # fmt: skip


def without_crises(source: Source) -> Source:
    """A parent's copy says nothing of risk and crises: the danger may come from who reads it, and who told is protected."""
    return replace(source, risks=(), crises=(), events=[one for one in source.events if one.kind != "crisis"])


def _lead(source: Source, kind: str, recipient: Recipient) -> list[str]:
    if kind == SAFETY:
        return []  # it may be found by somebody: neither the file nor the service stands on it
    lead = [] if kind == WHOLE else [f"Досие {source.file.code}"]
    if kind == FAMILY:
        waits = source.plan_in_force is None
        lead.append("Планът още не е одобрен и може да се промени." if waits else "За детето и семейството")
        return lead
    lead.append(recipient.words)
    return lead + (["Имената и телефоните на други хора са закрити."] if recipient.blackened else [])


def _printed(actor: Actor, source: Source, kind: str, recipient: Recipient) -> str:
    """The foot of every sheet; on a copy for others the service stands there instead of the worker."""
    if kind == SAFETY:
        return formats.date(clock.now())
    who = source.file.service.name if recipient.blackened else actor.name
    return f"разпечатано от {who} на {formats.date(clock.now())}"


def _laid(actor: Actor, source: Source, kind: str, recipient: Recipient, w: Writer) -> tuple[str, list[Part]]:
    if kind in ending.KINDS:
        return ending.laid(source, kind, recipient, w)
    plan = source.plan_in_force if kind == PLAN_IN_FORCE else source.plan
    if opinions.number_in(kind) is not None:
        one = opinions.asked_for(source, kind, recipient)
        return "Становище", [Part("За кого е", (parts.who_it_is(source, w),)), opinions.opinion_part(one, w)]
    who = Part("За кого е", (parts.who_it_is(source, w),)) if kind in (CHRONOLOGY, ASSESSMENT) else None
    if kind == SAFETY:
        assert source.safety_plan is not None
        return "Моят план", safety.safety_parts(source.safety_plan, w)
    if kind == FAMILY:
        plan = source.plan_in_force or source.plan
        assert plan is not None
        return f"Планът на {source.file.person.first_name}", plans.family_parts(plan, source, w)
    if kind in (PLAN, PLAN_IN_FORCE):
        assert plan is not None
        head = Part("За кого е", (parts.who_it_is(source, w), w.facts(plans.state_of(plan, w))))
        laid = [head, *plans.plan_parts(actor, plan, source, w), plans.signatures(source, recipient, w)]
        return "Индивидуален план за подкрепа", laid
    if kind == KIN:
        first = Part("За кого е", (parts.who_it_is(source, w),))
        return "Семейна карта и екокарта", [first, *kin.kin_parts(source, w)]
    if kind == CONSENT:
        return "Съгласие", consents.consent_parts(source, recipient, w)
    if who is not None and kind == ASSESSMENT:
        assert source.assessment is not None
        return "Оценка на потребностите", [who, parts.assessment_part(source.assessment, w)]
    if who is not None:
        return "Хронология на досието", [who, parts.chronology(source, w)]
    return f"Досие {source.file.code}", _whole(actor, source, recipient, w)


def _whole(actor: Actor, source: Source, recipient: Recipient, w: Writer) -> list[Part]:
    found = parts.face(source, recipient, w)
    found += kin.kin_parts(source, w) if source.relations else []
    found += [parts.assessment_part(one, w) for one in source.assessments]
    found += opinions.opinions_in_file(source, recipient, w)
    found += [plans.plan_in_one(actor, one, source, w) for one in source.plans]
    found += safety.crisis_parts(source, w)
    found += [
        Part(f"Преглед № {one.number}: {p.heading.lower()}", p.blocks)
        for one in source.reviews
        for p in ending.review_parts(one, w)
    ]
    found += [p for one in source.closings for p in ending.closing_parts(source, one, w)]
    return [*found, parts.chronology(source, w)]


def content(laid: Book, ending: str, *, copy: bool = False, lasting: bool = False) -> bytes:
    """The paper as `pdf` or `docx`; a `copy` bears the word across every sheet, a `lasting` PDF is PDF/A."""
    with translation.override("bg"):
        context = {"book": laid, "printed": laid.printed, "copy": copy}
        if ending == "pdf":
            variant = render.LASTING if lasting else render.PRINT
            return render.pdf("casework/paper/print.html", context, variant=variant)
        drawn = {one.key: render.Placed(one.svg, 165, one.alt) for one in laid.drawings}
        return render.docx(TEMPLATES[laid.large], context, drawn).content


def file_name(code: str, kind: str, recipient: Recipient, ending: str) -> str:
    """`Д-2026-001-план.pdf`: the code and the paper, never a name; what somebody may find says neither."""
    if kind == SAFETY:
        return f"моят-план.{ending}"
    copy = "-закрит" if recipient.blackened else ""
    found = kind_of(kind)
    return f"{code}-{found.word if found else kind}{copy}.{ending}"
