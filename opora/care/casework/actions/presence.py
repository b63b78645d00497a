"""Who of the family was there, noted after a stage or a meeting: the note stays as it was, this stands beside it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies, stages
from opora.care.casework.actions.assessments import family_or_reason
from opora.care.casework.actions.common import chain_of, locked, write_event
from opora.care.casework.models import Event
from opora.care.casework.queries_presence import MEETINGS, STAGES
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.ui import formats


@transaction.atomic
def note_presence(
    actor: Actor, event: Event, *, present: Sequence[str] = (), absent_why: str = "", voice: str = "",
    family_voice: str = "",
) -> Event:  # fmt: skip
    """Who was at a stage or a meeting, or why nobody. NotAllowed, ActionRefused."""
    kept = locked(event.file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if event.kind not in MEETINGS and not (event.kind == "stage" and event.stage in STAGES):
        raise ActionRefused(_("Участие се отбелязва при приемане, среща, сесия, посещение и преглед."))
    family_or_reason(present, absent_why)
    what = stages.STAGES[event.stage] if event.stage else event.get_kind_display()
    made = write_event(
        actor, kept, kind="presence", on=clock.today(), text=f"{what}, {formats.date(event.on)}", key=secrets.token_hex(16), corrects=event,
        present=list(present), absent_why=absent_why.strip(), voice=voice.strip(), family_voice=family_voice.strip(),
    )  # fmt: skip
    audit.record(actor, "case.presence_noted", kept.code, chain=chain_of(kept), details={"event": event.pk})
    return made
