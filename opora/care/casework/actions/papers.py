"""Taking a paper of a file out: who may, the bytes, and a row in the audit of what was given for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies
from opora.care.casework.actions.common import chain_of
from opora.care.casework.models import PaperTaken
from opora.care.casework.papers import making
from opora.care.casework.papers.recipients import Recipient
from opora.care.casework.queries_papers import Source, taken_before
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import NotAllowed

DEEDS = {"pdf": "case.printed", "docx": "case.exported"}


@dataclass(frozen=True)
class Taken:
    """A paper ready to be handed to the browser."""

    content: bytes
    name: str
    media_type: str


@transaction.atomic
def take_paper(
    actor: Actor, source: Source, kind: str, ending: str, *, recipient: Recipient, again: bool = False
) -> Taken:
    """The paper as a file. A PDF that was taken before bears „КОПИЕ“, unless it is wanted `again` for signing.

    NotAllowed; KeyError for a paper the file has not; PdfUnavailable.
    """
    file = source.file
    if not policies.take_papers(actor, file):
        raise NotAllowed(_("По това досие работят други хора."))
    laid = making.book(actor, source, kind, recipient)
    copy = ending == "pdf" and not again and taken_before(source, kind, recipient, laid.digest) is not None
    content = making.content(laid, ending, copy=copy)
    PaperTaken.objects.create(
        file=file, kind=kind, ending=ending, recipient=recipient.kind, parent=recipient.parent, digest=laid.digest,
        copy=copy, at=clock.now(), by_id=actor.user_id, by=actor.name,
    )  # fmt: skip
    details = {"paper": kind, "recipient": recipient.code, "missing": len(laid.missing), "copy": copy}
    audit.record(actor, DEEDS[ending], file.code, chain=chain_of(file), details=details)
    return Taken(content, making.file_name(file.code, kind, recipient, ending), making.FORMATS[ending])
