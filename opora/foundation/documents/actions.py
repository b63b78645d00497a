"""Writers of attachments."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents import gate, store
from opora.foundation.documents.models import Attachment

ORPHAN_AFTER = dt.timedelta(hours=1)


def attach(
    actor: Actor,
    content: bytes,
    *,
    name: str,
    owner: str,
    owner_id: str,
    path: str,
    keep_author: bool = False,
) -> Attachment:
    """Keep a file that passes the gate. Raises ActionRefused with the gate's words.

    Who may add a file is the owning room's question; it calls this inside its own action.
    """
    verdict = gate.check(name, content, keep_author=keep_author)
    if not verdict.ok:
        raise ActionRefused(verdict.message)
    stored_as = store.keep(verdict.content)
    try:
        with transaction.atomic():
            return _row(actor, verdict, stored_as, name=name, owner=owner, owner_id=owner_id, path=path)
    except BaseException:
        store.drop(stored_as)
        raise


def keep_made(
    actor: Actor, content: bytes, *, name: str, kind: str, owner: str, owner_id: str, path: str
) -> Attachment:
    """Keep a file that the program itself made, so no gate stands before it; in the caller's transaction.

    Bytes whose row is not committed are taken by the next `sweep`.
    """
    made = gate.accepted(kind, content)
    stored_as = store.keep(content)
    try:
        with transaction.atomic():
            return _row(actor, made, stored_as, name=name, owner=owner, owner_id=owner_id, path=path)
    except BaseException:
        store.drop(stored_as)
        raise


def _row(actor: Actor, verdict: gate.Verdict, stored_as: str, **facts: str) -> Attachment:
    return Attachment.objects.create(
        token=secrets.token_urlsafe(16),
        kind=verdict.kind,
        size=len(verdict.content),
        sha256=verdict.sha256,
        stored_as=stored_as,
        added_at=clock.now(),
        added_by=actor.name,
        **(facts | {"name": facts["name"].replace("\\", "/").rsplit("/", 1)[-1][:200]}),
    )


def again(attachment: Attachment, *, owner_id: str, path: str, name: str) -> Attachment:
    """The same bytes a second time, for another thing of the same kind: each is taken away alone. FileNotFoundError.

    They passed the gate when they came; day and who added them stay.
    """
    stored_as = store.keep(store.read(attachment.stored_as))
    try:
        with transaction.atomic():
            return Attachment.objects.create(
                token=secrets.token_urlsafe(16),
                owner=attachment.owner,
                owner_id=owner_id,
                path=path,
                name=name,
                kind=attachment.kind,
                size=attachment.size,
                sha256=attachment.sha256,
                stored_as=stored_as,
                added_at=attachment.added_at,
                added_by=attachment.added_by,
            )
    except BaseException:
        store.drop(stored_as)
        raise


def remove(attachment: Attachment) -> None:
    """Take a file away: the row at once, the bytes when the row's removal is sure."""
    stored_as = attachment.stored_as
    with transaction.atomic():
        attachment.delete()
        transaction.on_commit(lambda: store.drop(stored_as))


def sweep() -> int:
    """Remove files that a killed process left without a row; gives how many. For the periodic tick."""
    known = set(Attachment.objects.values_list("stored_as", flat=True))
    lying = store.lying_about(known, (clock.now() - ORPHAN_AFTER).timestamp())
    for name in lying:
        store.drop(name)
    return len(lying)
