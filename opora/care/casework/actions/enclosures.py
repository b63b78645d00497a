"""Papers and files of a client file: enclosed through the gate, asked for, taken away with a reason."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future, write_event
from opora.care.casework.models import ClientFile, Enclosure, PaperAsked
from opora.care.casework.models.enclosures import ID_COPY, ID_SEEN, PAPERS
from opora.care.casework.queries_enclosures import OWNER, file_name, grounds_of_copies
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents import actions as documents
from opora.foundation.documents.models import Attachment
from opora.foundation.rules import queries as rules


@transaction.atomic
def enclose(
    actor: Actor, file: ClientFile, *, kind: str, on: dt.date, about: str = "", until: dt.date | None = None,
    ground: str = "", upload: tuple[str, bytes] | None = None, keep_place: bool = False,
) -> Enclosure:  # fmt: skip
    """A paper lies in the file: as a file that passed the gate, or (no `upload`) on paper in the binder or only seen.

    NotAllowed. ActionRefused with the gate's words, or for a copy of an identity paper without a lawful ground (ЗЗЛД 25г).
    """
    kept = _writable(actor, file)
    if kind not in dict(PAPERS):
        raise ActionRefused(_("Изберете какъв е документът."))
    not_in_the_future(on)
    _identity(kind, ground, upload)
    attachment = None
    if upload:
        attachment = documents.attach(
            actor, upload[1], name=file_name(kept.code, kind, upload[0]), owner=OWNER, owner_id=kept.code, path=kept.path,
            keep_author=keep_place,
        )  # fmt: skip
        if (before := _same(kept, kind, attachment)) is not None:
            documents.remove(attachment)
            return before
    event = write_event(actor, kept, kind="paper", on=on, text=_line(kind, about), key=secrets.token_hex(16))
    made = Enclosure.objects.create(
        file=kept, attachment=attachment, event=event, kind=kind, about=about.strip(), on=on, until=until,
        ground=ground if kind == ID_COPY else "", place_kept=bool(upload) and keep_place, at=clock.now(), by=actor.name,
        by_id=actor.user_id,
    )  # fmt: skip
    kept.papers_asked.filter(kind=kind, ended_at__isnull=True).update(ended_at=clock.now())
    details = {"enclosure": made.pk, "kind": kind, "place_kept": made.place_kept}
    audit.record(
        actor, "case.paper_enclosed", kept.code, chain=chain_of(kept), ground=made.ground, details=details
    )
    return made


@transaction.atomic
def remove_enclosure(actor: Actor, enclosure: Enclosure, *, why: str) -> Enclosure:
    """Take a file away for good, for example a paper of another child; that it was here stays. NotAllowed, ActionRefused."""
    kept = _writable(actor, enclosure.file)
    if not policies.remove_enclosure(actor, enclosure):
        raise NotAllowed(_("Файл маха който го е приложил или ръководителят."))
    if not why.strip():
        raise ActionRefused(_("Напишете защо. Причината остава в досието."))
    now = kept.enclosures.select_for_update(of=("self",)).select_related("attachment").get(pk=enclosure.pk)
    if now.removed_at is not None:
        return now
    attachment, now.attachment = now.attachment, None
    now.removed_at, now.removed_by, now.removed_why = clock.now(), actor.name, why.strip()
    now.save()
    if attachment is not None:
        documents.remove(attachment)
    audit.record(actor, "case.paper_removed", kept.code, chain=chain_of(kept), details={"enclosure": now.pk})
    return now


@transaction.atomic
def ask_paper(
    actor: Actor, file: ClientFile, *, kind: str, due: dt.date | None = None, note: str = ""
) -> PaperAsked:
    """A paper is waited for until a day; asked again, the day is the new one. NotAllowed, ActionRefused."""
    kept = _writable(actor, file)
    if kind not in dict(PAPERS):
        raise ActionRefused(_("Изберете какъв е документът."))
    if kind == ID_COPY:
        _identity(kind, "", None)
    waiting = kept.papers_asked.filter(kind=kind, ended_at__isnull=True).first()
    made = waiting or PaperAsked(file=kept, kind=kind)
    made.due, made.note, made.at, made.by = due, note.strip(), clock.now(), actor.name
    made.save()
    audit.record(actor, "case.paper_asked", kept.code, chain=chain_of(kept), details={"kind": kind})
    return made


@transaction.atomic
def drop_asked(actor: Actor, asked: PaperAsked) -> None:
    """The paper is not needed any more. NotAllowed."""
    kept = _writable(actor, asked.file)
    kept.papers_asked.filter(pk=asked.pk, ended_at__isnull=True).update(ended_at=clock.now())
    audit.record(
        actor, "case.paper_not_needed", kept.code, chain=chain_of(kept), details={"kind": asked.kind}
    )


def _same(file: ClientFile, kind: str, attachment: Attachment) -> Enclosure | None:
    """The very same file, enclosed before: a form that was sent twice."""
    found = file.enclosures.filter(kind=kind, removed_at__isnull=True, attachment__sha256=attachment.sha256)
    return found.exclude(attachment=attachment).first()


def _identity(kind: str, ground: str, upload: Any) -> None:
    """A copy of an identity paper only where a law says so; „seen, no copy“ never carries a file."""
    law = rules.rule("id_copy_grounds").legal_ref
    if kind == ID_COPY and ground not in grounds_of_copies():
        raise ActionRefused(
            _("Копие на лична карта или паспорт се пази само когато закон го изисква (%(law)s). Изберете „сверено, без копие“: "
              "записва се, че сте видели документа.") % {"law": law}
        )  # fmt: skip
    if kind == ID_SEEN and upload:
        raise ActionRefused(
            _("При „сверено, без копие“ не се прилага файл (%(law)s). Махнете файла.") % {"law": law}
        )


def _line(kind: str, about: str) -> str:
    name = str(dict(PAPERS)[kind])
    return ": ".join(filter(None, [name[:1].upper() + name[1:], about.strip()]))


def _writable(actor: Actor, file: ClientFile) -> ClientFile:
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    return kept
