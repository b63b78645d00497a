"""An opinion that only the team of a file sees."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies
from opora.care.casework.actions.common import author_of, chain_of, locked
from opora.care.casework.actions.outside import Said, write_opinion
from opora.care.casework.models import ClientFile, Opinion
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused, NotAllowed


@transaction.atomic
def write_team_opinion(actor: Actor, file: ClientFile, said: Said, *, key: str) -> Opinion:
    """For whoever works on the file and its head; sent twice it is written once. NotAllowed, ActionRefused."""
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if not said.text.strip():
        raise ActionRefused(_("Напишете становището."))
    before = kept.opinions.filter(key=key).first()
    if before is not None:
        return before
    author = author_of(actor)
    profession = author.profession if author else ""
    made = write_opinion(actor, kept, said, key=key, profession=profession, team_only=True)
    audit.record(
        actor, "case.team_opinion_added", kept.code, chain=chain_of(kept), details={"opinion": made.number}
    )
    return made
