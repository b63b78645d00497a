"""Reasons to keep a file, and the death of its person."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_protection as policies
from opora.care.casework import queries_changes, queries_protection
from opora.care.casework.actions.changes import tell_others
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future
from opora.care.casework.models import ClientFile, Death, Hold
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import ActionRefused, NotAllowed


@transaction.atomic
def hold_file(actor: Actor, file: ClientFile, *, why: str, until: dt.date | None = None) -> Hold:
    """The file is not erased while this stands, on whatever ground. NotAllowed, ActionRefused."""
    kept = locked(file)
    if not policies.keep_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора."))
    if not why.strip():
        raise ActionRefused(_("Напишете защо досието трябва да се пази."))
    if until is not None and until < clock.today():
        raise ActionRefused(_("Този ден е минал. Изберете по-късен или оставете полето празно."))
    same = kept.holds.filter(why=why.strip(), until=until, lifted_at__isnull=True).first()
    if same is not None:
        return same  # sent twice
    made = Hold.objects.create(file=kept, why=why.strip(), since=clock.today(), until=until, by=actor.name)
    audit.record(actor, "case.hold_set", kept.code, chain=chain_of(kept), details={"hold": made.pk})
    return made


@transaction.atomic
def lift_hold(actor: Actor, hold: Hold) -> Hold:
    """The head lets the file go again. NotAllowed."""
    file = locked(hold.file)
    if not policies.lift_hold(actor, file):
        raise NotAllowed(_("Причината отменя ръководителят на услугата."))
    kept = Hold.objects.select_for_update().get(pk=hold.pk)
    if kept.lifted_at is None:
        kept.lifted_at, kept.lifted_by = clock.now(), actor.name
        kept.save(update_fields=["lifted_at", "lifted_by"])
        audit.record(actor, "case.hold_lifted", file.code, chain=chain_of(file), details={"hold": kept.pk})
    return kept


@transaction.atomic
def record_death(
    actor: Actor, file: ClientFile, *, on: dt.date, ground: str, seen: str | None = None
) -> Death:
    """The person died: contacts end, the file is kept on a ground that is said. NotAllowed, ActionRefused; Clash when a
    colleague wrote something else than the page had shown (`seen`).
    """
    kept = locked(file)
    if not policies.keep_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора."))
    if not ground.strip():
        raise ActionRefused(_("Посочете основанието, на което досието остава."))
    not_in_the_future(on)
    before = queries_changes.values_of(kept, kept.person)
    now = queries_protection.death_as_written(kept)
    words = _("Колега вече отбеляза, че човекът е починал.")
    said = now | shown.brought({"on": on, "ground": ground.strip()}, now, seen, words)
    said |= {"at": clock.now(), "by": actor.name}
    made, _fresh = Death.objects.update_or_create(file=kept, defaults=said)
    tell_others(kept, kept.person, before)
    audit.record(actor, "case.death_recorded", kept.code, chain=chain_of(kept))  # typed words are no audit's
    return made
