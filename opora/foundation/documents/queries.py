"""Readers of attachments."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.foundation.documents import policies
from opora.foundation.documents.models import Attachment


def attachment(actor: Actor, token: str) -> Attachment | None:
    """The file with the token, if it is there and the actor may open it."""
    found = Attachment.objects.filter(token=token).first()
    return found if found and policies.download(actor, found) else None


def attachments(actor: Actor, owner: str, owner_id: str) -> list[Attachment]:
    """Files of one thing that the actor may open, newest first."""
    return [row for row in Attachment.objects.of(owner, owner_id) if policies.download(actor, row)]
