"""The report to the service, and the service's answer."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring import letters, norms, policies, stages, trail
from opora.evidence.monitoring.actions.moving import enter, locked
from opora.evidence.monitoring.models import Answer, Programme, Report, Visit
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import actions as messages


@transaction.atomic
def issue_report(actor: Actor, visit: Visit, *, strengths: str, advice: str, address: str = "") -> Report:
    """Give the service its marks with words of both observers and write to it; its term to answer begins.

    `address`: of this Opora, for the letter. NotAllowed, ActionRefused.
    """
    kept = locked(visit)
    if not policies.report(actor, kept):
        raise NotAllowed(_("Докладът се издава, когато двамата са заключили и различията са обсъдени."))
    if not strengths.strip() or not advice.strip():
        raise ActionRefused(_("Напишете и силните страни, и какво да се подобри."))
    row = Report.objects.create(
        visit=kept, strengths=strengths.strip(), advice=advice.strip(), issued_at=clock.now(), issued_by=actor.name,
        answer_until=norms.answer_until(),
    )  # fmt: skip
    enter(actor, kept, stages.REPORTED)
    trail.of_visit(actor, "report_sent", kept)
    messages.queue(actor, letters.of_report(row, address))
    return row


@transaction.atomic
def answer_report(actor: Actor, visit: Visit, *, text: str) -> Answer:
    """The service's own words; from now on it writes its programme. NotAllowed, ActionRefused."""
    kept = locked(visit)
    if not policies.answer(actor, kept):
        raise NotAllowed(_("На доклада отговаря ръководителят на услугата, веднъж."))
    if not text.strip():
        raise ActionRefused(_("Напишете отговора на услугата."))
    row = Answer.objects.create(visit=kept, text=text.strip(), at=clock.now(), by=actor.name)
    Programme.objects.create(visit=kept)
    enter(actor, kept, stages.ANSWERED)
    trail.of_visit(actor, "report_answered", kept)
    return row
