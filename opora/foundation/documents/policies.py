"""Who may take a file out: the room that owns the thing decides."""

from __future__ import annotations

from collections.abc import Callable

from opora.foundation.accounts.actors import Actor
from opora.foundation.documents.models import Attachment

MaySee = Callable[[Actor, str], bool]
_owners: dict[str, MaySee] = {}


def owned_by(owner: str, may_see: MaySee) -> None:
    """Called from a room's `apps.py`: `may_see(actor, owner_id)` tells who may open files of its things."""
    _owners[owner] = may_see


def download(actor: Actor, attachment: Attachment) -> bool:
    """Nobody, unless the owning room said who."""
    may_see = _owners.get(attachment.owner)
    return may_see is not None and may_see(actor, attachment.owner_id)
