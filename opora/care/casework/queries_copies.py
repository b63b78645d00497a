"""Readers of copies for the person: what is attached to the file, and what was decided about each attachment."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework import policies_protection, queries_ending, queries_opinions, queries_protection
from opora.care.casework.models import ClientFile, Contract, CopyAsked, CopyChoice, Enclosure, Opinion
from opora.foundation.accounts.actors import Actor
from opora.foundation.documents.models import Attachment
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats

OWNER = "casework.copychoice"
"""Whose the blackened versions are; no page hands them out but the copy itself."""


def waiting_copy(actor: Actor, file: ClientFile, pk: int) -> CopyAsked:
    """A copy that was asked for and is not given yet; `file` was read through `file_for`. CopyAsked.DoesNotExist."""
    if not policies_protection.give_copy(actor, file):
        raise CopyAsked.DoesNotExist
    found: CopyAsked = file.copies_asked.get(pk=pk, given_at__isnull=True)
    return found


def waiting_copies(file: ClientFile) -> list[CopyAsked]:
    """All of those."""
    return list(file.copies_asked.filter(given_at__isnull=True))


def to_decide(file: ClientFile) -> list[Attachment]:
    """Attachments of the file; blackened versions of them are none of their own."""
    return [one for one in queries_protection.enclosed_in(file) if one.owner != OWNER]


@dataclass(frozen=True)
class Line:
    """One attachment in a copy: what it is, where it is opened, what was decided now and before."""

    attachment: Attachment
    label: str
    about: str
    place: tuple[str, tuple[object, ...]] | None
    choice: CopyChoice | None
    before: CopyChoice | None


def lines_of(asked: CopyAsked) -> list[Line]:
    """Every attachment of the file with its choice in this copy and the last one in another."""
    found = to_decide(asked.file)
    chosen = {one.attachment_id: one for one in asked.choices.all()}
    known = CopyChoice.objects.filter(asked__file=asked.file, sha256__in=[one.sha256 for one in found])
    before: dict[str, CopyChoice] = {}
    for one in known.exclude(asked=asked).select_related("asked").order_by("at", "id"):
        before[one.sha256] = one
    said = _said(asked.file)
    return [_line(asked.file, one, said, chosen.get(one.pk), before.get(one.sha256)) for one in found]


def undecided(asked: CopyAsked) -> list[Line]:
    """Those about which nobody has decided yet."""
    return [one for one in lines_of(asked) if one.choice is None]


def earlier_version(before: CopyChoice | None) -> Attachment | None:
    """The blackened version that was given before, to be given again."""
    if before is None or not before.document:
        return None
    return Attachment.objects.of(OWNER, str(before.pk)).filter(token=before.document).first()


def known_grounds() -> list[str]:
    """Grounds that an expert entered in the rule; none until then."""
    return [one.strip() for one in rules.rule("copy_kept_grounds").value.split(";") if one.strip()]


@dataclass(frozen=True)
class _Said:
    """Things of the file that have attachments, by the owner's words."""

    enclosures: dict[int, Enclosure]
    opinions: dict[str, Opinion]
    contracts: dict[str, Contract]


def _said(file: ClientFile) -> _Said:
    return _Said(
        {one.attachment_id: one for one in file.enclosures.all() if one.attachment_id is not None},
        {str(one.pk): one for one in file.opinions.all()},
        {str(one.pk): one for one in file.contracts.all()},
    )


def _line(
    file: ClientFile, one: Attachment, said: _Said, choice: CopyChoice | None, before: CopyChoice | None
) -> Line:
    label, about, place = _what(file, one, said)
    return Line(one, label, about, place, choice, before)


def _what(
    file: ClientFile, one: Attachment, said: _Said
) -> tuple[str, str, tuple[str, tuple[object, ...]] | None]:
    """What it is without any name, what was written about it, and its page."""
    with override("bg"):  # it stands on the cover of a Bulgarian paper
        if (paper := said.enclosures.get(one.pk)) is not None:
            words = _("%(kind)s от %(day)s") % {
                "kind": paper.get_kind_display(),
                "day": formats.date(paper.on),
            }
            return words, paper.about, ("casework_enclosure", (file.code, paper.pk))
        if one.owner == queries_opinions.OWNER and (opinion := said.opinions.get(one.owner_id)) is not None:
            words = _("документ към становище № %(n)s") % {"n": opinion.number}
            return words, "", ("casework_opinion_document", (file.code, opinion.number))
        if (
            one.owner == queries_ending.CONTRACT_OWNER
            and (contract := said.contracts.get(one.owner_id)) is not None
        ):
            return (
                _("подписан договор № %(n)s") % {"n": contract.number},
                "",
                ("documents_download", (one.token,)),
            )
        return (
            _("файл (%(kind)s) от %(day)s") % {"kind": one.kind.upper(), "day": formats.date(one.added_at)},
            one.name,
            None,
        )
