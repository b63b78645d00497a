"""Readers of the papers of a file: what is there, what is missing, until when."""

from __future__ import annotations

from dataclasses import dataclass

from opora.care.casework import queries
from opora.care.casework.models import ClientFile, Enclosure, PaperAsked
from opora.care.casework.models.enclosures import PAPERS
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.rules import queries as rules

OWNER = "casework.file"
"""Whose attachments they are; only this room's page hands them out, with a row in the audit."""
BY_GROUND = {"referral": "referral", "wish": "application", "court": "court", "consent": "consent"}
"""The paper a file cannot be without, by the ground it is kept on (design)."""
WORDS = {
    "application": "заявление", "referral": "направление", "court": "решение", "consent": "съгласие", "birth": "раждане",
    "id_copy": "копие", "id_seen": "сверено", "disability": "телк", "medical": "медицински", "school": "училище",
    "drawing": "рисунка", "voice": "запис", "letter": "писмо", "other": "документ",
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """A line of the checklist: a kind of paper, what is there of it, and the asking that waits."""

    kind: str
    there: list[Enclosure]
    asked: PaperAsked | None

    @property
    def name(self) -> str:
        """What it is called."""
        return str(dict(PAPERS)[self.kind])

    @property
    def expired(self) -> bool:
        """What is there holds no longer."""
        today = clock.today()
        return bool(self.there) and all(one.until is not None and one.until < today for one in self.there)

    @property
    def missing(self) -> bool:
        """Nothing is there that holds, or it is waited for anew."""
        return not self.there or self.expired or self.asked is not None

    @property
    def late(self) -> bool:
        """Waited for longer than was said."""
        due = self.asked.due if self.asked else None
        return self.missing and due is not None and due < clock.today()


def enclosures_of(actor: Actor, file: ClientFile) -> list[Enclosure]:
    """Everything enclosed in a file the actor may read, the newest first."""
    mine = queries.readable(actor, file)
    return list(Enclosure.objects.filter(file__in=mine).select_related("attachment", "file__service"))


def enclosure_of(actor: Actor, file: ClientFile, pk: int) -> Enclosure:
    """One of them. Enclosure.DoesNotExist."""
    found = next((one for one in enclosures_of(actor, file) if one.pk == pk), None)
    if found is None:
        raise Enclosure.DoesNotExist
    return found


def checklist(actor: Actor, file: ClientFile) -> list[Wanted]:
    """What the ground of the file asks for, what was asked for by people, and what is there; missing first."""
    there: dict[str, list[Enclosure]] = {}
    for one in enclosures_of(actor, file):
        if one.removed_at is None:
            there.setdefault(one.kind, []).append(one)
    asked = {one.kind: one for one in file.papers_asked.filter(ended_at__isnull=True)}
    always = [BY_GROUND[file.ground]] if file.ground in BY_GROUND else []
    wanted = {*always, *asked, *there}
    lines = [Wanted(kind, there.get(kind, []), asked.get(kind)) for kind, _name in PAPERS if kind in wanted]
    return sorted(lines, key=lambda line: not line.missing)


def asked_of(file: ClientFile, pk: int) -> PaperAsked:
    """A paper that is waited for in a file read through `file_for`. PaperAsked.DoesNotExist."""
    found: PaperAsked = file.papers_asked.select_related("file").get(pk=pk, ended_at__isnull=True)
    return found


def grounds_of_copies() -> list[str]:
    """Laws that let an identity paper be copied; none until an expert enters them in the rule."""
    return [law.strip() for law in rules.rule("id_copy_grounds").value.split(";") if law.strip()]


def file_name(code: str, kind: str, came_as: str) -> str:
    """`Д-2026-001-рисунка.jpg`: the name a file came with may hold a person's and is not kept."""
    ending = came_as.rsplit(".", 1)[-1].lower()[:8] if "." in came_as else ""
    return f"{code}-{WORDS[kind]}.{ending}" if ending else f"{code}-{WORDS[kind]}"
