"""A copy of everything for the person: asked for, each attachment decided by somebody, then given."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_protection, queries_copies, queries_protection
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future
from opora.care.casework.actions.copies import Given
from opora.care.casework.models import ClientFile, CopyAsked, CopyChoice
from opora.care.casework.papers import own
from opora.care.casework.queries_copies import OWNER, Line
from opora.care.casework.queries_papers import source
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents import actions as documents
from opora.foundation.documents.models import Attachment


@transaction.atomic
def ask_for_copy(actor: Actor, file: ClientFile, *, who: str, known_by: str, asked_on: dt.date) -> CopyAsked:
    """Record the request of the person; sent twice while it waits it is one. NotAllowed, ActionRefused."""
    kept = _open(actor, file)
    if who not in dict(CopyAsked.WHO) or not known_by.strip():
        raise ActionRefused(_("Отбележете кой иска копието и как е проверена самоличността."))
    not_in_the_future(asked_on)
    facts: dict[str, Any] = {"who": who, "known_by": known_by.strip(), "asked_on": asked_on}
    waiting = kept.copies_asked.filter(given_at__isnull=True, **facts).first()
    if waiting is not None:
        return waiting
    made = CopyAsked.objects.create(file=kept, at=clock.now(), by=actor.name, **facts)
    _note(actor, kept, "case.copy_asked", request=made.pk, who=who)
    return made


@transaction.atomic
def decide_attachment(
    actor: Actor, asked: CopyAsked, attachment_pk: int, *, choice: str, ground: str = "",
    upload: tuple[str, bytes] | None = None,
) -> CopyChoice:  # fmt: skip
    """What becomes of one attachment in this copy, changed as often as wanted until it is given. NotAllowed.

    ActionRefused: kept back without a ground, or blackened without the blackened version (a former one counts).
    """
    kept, line = _line(actor, asked, attachment_pk)
    if choice not in dict(CopyChoice.CHOICES):
        raise ActionRefused(_("Изберете какво става с приложението."))
    if choice == CopyChoice.KEPT and not ground.strip():
        raise ActionRefused(_("Посочете основанието. Човекът ще го прочете на първия лист на копието."))
    found = line.choice or CopyChoice(asked=kept, attachment=line.attachment)
    if (
        line.choice
        and upload is None
        and (line.choice.choice, line.choice.ground) == (choice, ground.strip())
    ):
        return line.choice
    old = _version_of(line.choice)
    fresh = _blackened(actor, kept, line, upload) if choice == CopyChoice.BLACKENED else None
    found.sha256, found.label, found.choice = line.attachment.sha256, line.label, choice
    found.ground = ground.strip() if choice == CopyChoice.KEPT else ""
    found.document = fresh.token if fresh else ""
    found.by_id, found.by, found.at = actor.user_id, actor.name, clock.now()
    found.save()
    if fresh is not None:
        Attachment.objects.filter(pk=fresh.pk).update(owner_id=str(found.pk))
    if old is not None and old != fresh:
        documents.remove(old)
    details: dict[str, Any] = {"request": kept.pk, "attachment": line.attachment.pk, "choice": choice}
    _note(actor, kept.file, "case.copy_decided", ground=found.ground, **details)
    return found


@transaction.atomic
def give_copy(actor: Actor, asked: CopyAsked) -> Given:
    """All that is kept about the person, as a file for them. NotAllowed; ActionRefused while an attachment is undecided."""
    kept = _waiting(actor, asked)
    if queries_copies.undecided(kept):
        raise ActionRefused(_("За някои приложения още не е решено. Нищо не се дава нерешено."))
    file, read = kept.file, queries_protection.deeds_about(kept.file)
    kept.given_at = clock.now()
    kept.save(update_fields=["given_at"])
    made = own.copy(
        actor, source(actor, file), _enclosed(kept), read, for_person=kept.who == CopyAsked.PERSON
    )
    kept.rows, kept.digest = made.rows, hashlib.sha256(made.content).hexdigest()
    kept.save(update_fields=["rows", "digest"])
    counts = {code: kept.choices.filter(choice=code).count() for code, _words in CopyChoice.CHOICES}
    _note(
        actor,
        file,
        "case.copy_disclosed",
        ground="GDPR 15",
        request=kept.pk,
        rows=made.rows,
        who=kept.who,
        attachments=counts,
    )
    return Given(made.content, f"{file.code}-копие.zip", "application/zip")


def _enclosed(asked: CopyAsked) -> list[own.Enclosed]:
    """Each attachment with the file that is given in its place; none where it is kept back."""
    found = []
    for line in queries_copies.lines_of(asked):
        assert line.choice is not None
        given = {CopyChoice.AS_IS: line.attachment, CopyChoice.BLACKENED: _version_of(line.choice)}
        found.append(own.Enclosed(line.choice, given.get(line.choice.choice)))
    return found


def _version_of(choice: CopyChoice | None) -> Attachment | None:
    return Attachment.objects.filter(token=choice.document).first() if choice and choice.document else None


def _blackened(actor: Actor, asked: CopyAsked, line: Line, upload: tuple[str, bytes] | None) -> Attachment:
    """The version with blackened places: sent now, sent before for this copy, or given in a former one."""
    if upload is not None:
        ending = upload[0].rsplit(".", 1)[-1].lower()[:8]
        name = f"{asked.file.code}-закрито.{ending}"
        return documents.attach(actor, upload[1], name=name, owner=OWNER, owner_id="", path=asked.file.path)
    if (now := _version_of(line.choice)) is not None:
        return now
    if (before := queries_copies.earlier_version(line.before)) is not None:
        return documents.again(before, owner_id="", path=asked.file.path, name=before.name)
    raise ActionRefused(_("Приложете версията със закритите места."))


def _line(actor: Actor, asked: CopyAsked, attachment_pk: int) -> tuple[CopyAsked, Line]:
    kept = _waiting(actor, asked)
    line = next((one for one in queries_copies.lines_of(kept) if one.attachment.pk == attachment_pk), None)
    if line is None:
        raise ActionRefused(_("Приложението вече не е в досието. Опреснете страницата."))
    return kept, line


def _waiting(actor: Actor, asked: CopyAsked) -> CopyAsked:
    file = _open(actor, asked.file)
    kept = CopyAsked.objects.select_for_update().get(pk=asked.pk)
    kept.file = file
    if kept.given_at is not None:
        raise ActionRefused(_("Това копие вече е дадено. За ново запишете ново искане."))
    return kept


def _open(actor: Actor, file: ClientFile) -> ClientFile:
    kept = locked(file)
    if not policies_protection.give_copy(actor, kept):
        raise NotAllowed(_("Копие на данните дава ръководителят на услугата."))
    return kept


def _note(actor: Actor, file: ClientFile, deed: str, *, ground: str = "", **details: Any) -> None:
    audit.record(actor, deed, file.code, chain=chain_of(file), ground=ground, details=details)
