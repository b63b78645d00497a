"""Notes: added, never changed; a correction stands beside what it corrects."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import drafting, policies
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future, write_event
from opora.care.casework.models import ClientFile, Event
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.drafts import actions as drafts


@transaction.atomic
def add_note(
    actor: Actor,
    file: ClientFile,
    *,
    kind: str,
    on: dt.date,
    text: str,
    key: str,
    present: Sequence[str] = (),
    voice: str = "",
    absent_why: str = "",
    family_voice: str = "",
    after: str = "",
) -> Event:
    """A line of the chronology. `key` is the form's: sent twice, it is written once; `after` the forms whose drafts were
    put back into it. What is typed at another screen stays a draft. NotAllowed, ActionRefused.
    """
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    if kind in Event.BY_ITSELF or kind not in dict(Event.KINDS):
        raise ActionRefused(_("Изберете какво се е случило."))
    if not text.strip():
        raise ActionRefused(_("Напишете какво се е случило."))
    not_in_the_future(on)
    before = Event.objects.filter(file=kept, key=key).first()
    if before is not None:
        return before
    event = write_event(
        actor, kept, kind=kind, on=on, text=text.strip(), key=key, present=list(present), voice=voice.strip(),
        absent_why="" if present else absent_why.strip(), family_voice=family_voice.strip(),
    )  # fmt: skip
    done = drafting.forms_in({"key": key, "after": after})
    drafts.change(actor, drafting.note_key(actor, kept), lambda now: drafting.left(now, done))
    audit.record(
        actor, "case.note_added", kept.code, chain=chain_of(kept), details={"event": event.pk, "kind": kind}
    )
    return event


@transaction.atomic
def correct_note(actor: Actor, event: Event, *, text: str) -> Event:
    """What should have been written; the old words stay, marked. NotAllowed for another's note."""
    if not policies.correct(actor, event):
        raise NotAllowed(_("Бележка поправя само този, който я е написал."))
    if not text.strip():
        raise ActionRefused(_("Напишете кое е вярното."))
    kept = locked(event.file)
    if (before := event.corrections.filter(text=text.strip(), by_id=actor.user_id).first()) is not None:
        return before  # sent twice
    made = write_event(
        actor,
        kept,
        kind="correction",
        on=clock.today(),
        text=text.strip(),
        key=secrets.token_hex(16),
        corrects=event,
    )
    audit.record(actor, "case.note_corrected", kept.code, chain=chain_of(kept), details={"event": event.pk})
    return made
