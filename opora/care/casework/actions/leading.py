"""Another lead from a day: until then the one before leads, reads and is shown; from it the new one."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies
from opora.care.casework.actions.common import chain_of, locked, write_event
from opora.care.casework.models import ClientFile, Member
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.ui import formats

ONE_DAY = dt.timedelta(days=1)
FIELDS = ["lead", "next_lead", "next_lead_on", "version"]


@transaction.atomic
def hand_over(actor: Actor, file: ClientFile, to: User, *, on: dt.date) -> ClientFile:
    """Name the lead from a day; the access of the one before ends the day before it. Naming today's lead again calls a
    hand-over off that has not come. NotAllowed; ActionRefused.
    """
    kept = locked(file)
    if not policies.change_team(actor, kept):
        raise NotAllowed(_("Водещия определя ръководителят на услугата."))
    _settle(kept)
    called_off, stays = _call_off(kept), kept.lead_id == to.pk
    if stays and not called_off:
        raise ActionRefused(_("%(name)s вече е водещ на случая.") % {"name": to.name})
    if not stays:
        _name(actor, kept, to, on)
    kept.version += 1
    kept.save(update_fields=FIELDS)
    text = _words(kept, to, on, stays=stays)
    write_event(actor, kept, kind="stage", on=min(on, clock.today()), text=text, key=secrets.token_hex(16))
    details = {"to": to.pk, "on": on.isoformat(), "called off": called_off}
    audit.record(actor, "case.handed_over", kept.code, chain=chain_of(kept), details=details)
    return kept


def _settle(kept: ClientFile) -> None:
    """A hand-over whose day has come is what holds."""
    kept.lead, waits = kept.lead_now, kept.lead_until is not None
    if not waits:
        kept.next_lead = kept.next_lead_on = None


def _call_off(kept: ClientFile) -> bool:
    """Undo one that has not come: everybody's access as it was."""
    on = kept.next_lead_on
    if on is None:
        return False
    kept.members.filter(part="lead", since=on, user=kept.next_lead).delete()
    kept.members.filter(user=kept.next_lead, until=on).update(until=None)
    kept.members.filter(part="lead", user=kept.lead, until=on - ONE_DAY).update(until=None)
    kept.next_lead = kept.next_lead_on = None
    return True


def _name(actor: Actor, kept: ClientFile, to: User, on: dt.date) -> None:
    for old in kept.members.filter(part="lead", until__isnull=True):
        old.until = max(old.since, on - ONE_DAY)
        old.save(update_fields=["until"])
    kept.members.filter(user=to, until__isnull=True).update(until=on)
    Member.objects.filter(file=kept, user=to, since=on).delete()
    Member.objects.create(file=kept, user=to, part="lead", since=on, given_by=actor.name)
    if on <= clock.today():
        kept.lead = to
    else:
        kept.next_lead, kept.next_lead_on = to, on


def _words(kept: ClientFile, to: User, on: dt.date, *, stays: bool) -> str:
    if stays:
        return _("Предаването отпада. Водещ на случая остава %(name)s.") % {"name": to.name}
    if kept.next_lead_on:
        return _("От %(day)s водещ на случая е %(name)s.") % {"day": formats.date(on), "name": to.name}
    return _("Нов водещ на случая: %(name)s.") % {"name": to.name}
