"""The improvement programme: the service writes it, both agree on it, the next visit looks at it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring import letters, policies, queries_visit, stages, trail
from opora.evidence.monitoring.actions.moving import enter, locked
from opora.evidence.monitoring.models import ImprovementRow, Indicator, Programme, Visit
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import actions as messages


@transaction.atomic
def add_row(
    actor: Actor, visit: Visit, *, what: str, who: str, due: dt.date, indicator: Indicator | None = None
) -> ImprovementRow:
    """One step more: what, who, by when. NotAllowed, ActionRefused."""
    programme = _written(actor, visit)
    if due <= clock.today():
        raise ActionRefused(_("Срокът трябва да е след днес."))
    row = ImprovementRow.objects.create(
        programme=programme, indicator=indicator, what=what.strip(), who=who.strip(), due=due
    )
    trail.of_visit(actor, "programme_row_added", programme.visit)
    return row


@transaction.atomic
def remove_row(actor: Actor, row: ImprovementRow) -> None:
    """Leave a step out before the programme is offered. NotAllowed."""
    programme = _written(actor, row.programme.visit)
    row.delete()
    trail.of_visit(actor, "programme_row_removed", programme.visit)


@transaction.atomic
def offer_programme(actor: Actor, visit: Visit) -> Programme:
    """The service says: this is what we will do. NotAllowed, ActionRefused."""
    programme = _written(actor, visit)
    if not programme.rows.exists():
        raise ActionRefused(_("Добавете поне една стъпка със срок."))
    programme.offered_at, programme.offered_by, programme.returned = clock.now(), actor.name, ""
    programme.version += 1
    programme.save()
    trail.of_visit(actor, "programme_offered", programme.visit)
    return programme


@transaction.atomic
def return_programme(actor: Actor, visit: Visit, *, note: str, address: str = "") -> Programme:
    """The coordinator asks for a change; the service is written to. NotAllowed, ActionRefused."""
    programme = _offered(actor, visit)
    if not note.strip():
        raise ActionRefused(_("Напишете какво да се промени в програмата."))
    programme.offered_at, programme.offered_by, programme.returned = None, "", note.strip()
    programme.version += 1
    programme.save()
    trail.of_visit(actor, "programme_returned", programme.visit)
    messages.queue(actor, letters.of_return(programme, address))
    return programme


@transaction.atomic
def agree_programme(actor: Actor, visit: Visit, *, address: str = "") -> Programme:
    """Both sides have said yes: the dates hold, and the service is written to. NotAllowed, ActionRefused."""
    programme = _offered(actor, visit)
    programme.agreed_at, programme.agreed_by = clock.now(), actor.name
    programme.version += 1
    programme.save()
    enter(actor, programme.visit, stages.AGREED)
    trail.of_visit(actor, "programme_agreed", programme.visit)
    messages.queue(actor, letters.of_agreement(programme, address))
    return programme


@transaction.atomic
def check_row(
    actor: Actor, row: ImprovementRow, visit: Visit, *, found: str, note: str = "", seen: str | None = None
) -> ImprovementRow:
    """What the next visit saw of a promised step. NotAllowed, ActionRefused; Clash when the other observer wrote something
    else than the page had shown (`seen`).
    """
    kept = locked(visit)
    if not policies.mark(actor, kept):
        raise NotAllowed(_("Стъпките се проверяват от наблюдателите на следващото посещение."))
    if row.pk not in {one.pk for one in queries_visit.rows_to_check(kept)}:
        raise ActionRefused(_("Тази стъпка не е от програмата след миналото посещение."))
    if found not in dict(ImprovementRow.FOUND):
        raise ActionRefused(_("Изберете какво се вижда: направено, отчасти или не."))
    row = ImprovementRow.objects.select_for_update().get(pk=row.pk)
    said = {"found": found, "note": note.strip()}
    now = row.as_checked
    said = now | shown.brought(said, now, seen, _("Другият наблюдател вече отбеляза тази стъпка."))
    found, note = said["found"], said["note"]
    row.found, row.found_note, row.found_in = found, note.strip()[:300], kept
    row.found_at, row.found_by = clock.now(), actor.name
    row.save(update_fields=["found", "found_note", "found_in", "found_at", "found_by"])
    trail.of_visit(actor, "programme_checked", kept, row=row.pk, found=found)
    return row


def _programme(visit: Visit) -> Programme:
    programme = Programme.objects.select_for_update(of=("self",)).filter(visit=visit).first()
    if programme is None:
        raise ActionRefused(_("Програмата започва след отговора на услугата."))
    programme.visit = visit
    return programme


def _written(actor: Actor, visit: Visit) -> Programme:
    kept = locked(visit)
    if not policies.write_programme(actor, kept):
        raise NotAllowed(_("Програмата я пише ръководителят на услугата, след като отговори на доклада."))
    programme = _programme(kept)
    if programme.offered_at is not None:
        raise ActionRefused(_("Програмата чака съгласието на координатора и не се променя."))
    return programme


def _offered(actor: Actor, visit: Visit) -> Programme:
    kept = locked(visit)
    if not policies.agree_programme(actor, kept):
        raise NotAllowed(_("Програмата се договаря от координатора на областта."))
    programme = _programme(kept)
    if programme.offered_at is None:
        raise ActionRefused(_("Услугата още пише програмата си."))
    return programme
