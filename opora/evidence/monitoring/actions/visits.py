"""Changes of a plan: another day, another observer, a visit that falls away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from opora.evidence.monitoring import conflicts, policies, stages, trail
from opora.evidence.monitoring.actions.moving import enter, locked
from opora.evidence.monitoring.models import Visit
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core.errors import ActionRefused, NotAllowed


@transaction.atomic
def move_visit(actor: Actor, visit: Visit, on: dt.date) -> Visit:
    """Another day, while nobody has locked. NotAllowed, ActionRefused."""
    kept = _planned(actor, visit)
    if not kept.round.starts <= on <= kept.round.ends:
        raise ActionRefused(_("Денят е извън периода на кръга."))
    before, kept.on, kept.order = kept.on, on, kept.order or 1
    kept.version += 1
    kept.save(update_fields=["on", "order", "version"])
    trail.of_visit(actor, "visit_moved", kept, before=before, after=on)
    return kept


@transaction.atomic
def replace_observer(actor: Actor, visit: Visit, place: int, person: User) -> Visit:
    """Send somebody else, while the one sent has entered nothing. NotAllowed, ActionRefused."""
    kept = _planned(actor, visit)
    seat = kept.observers.select_for_update().get(place=place)
    if seat.entries.exists() or seat.photos.exists():
        raise ActionRefused(_("Този наблюдател вече е оценявал. Оценките му остават негови."))
    if kept.observers.exclude(pk=seat.pk).filter(user=person).exists():
        raise ActionRefused(_("Двамата наблюдатели са различни хора."))
    if why := conflicts.tie(person, kept.service):
        raise ActionRefused(_("Този човек не може да оценява услугата: %(why)s.") % {"why": why})
    seat.user = person
    seat.save(update_fields=["user"])
    trail.of_visit(actor, "observer_replaced", kept, place=place, user=person.pk)
    return kept


@transaction.atomic
def excuse_visit(actor: Actor, visit: Visit, *, reason: str) -> Visit:
    """The visit falls away, with a reason: the service closed, for example. NotAllowed, ActionRefused."""
    kept = _planned(actor, visit)
    if not reason.strip():
        raise ActionRefused(_("Напишете защо посещението отпада."))
    enter(actor, kept, stages.EXCUSED, reason.strip())
    trail.of_visit(actor, "visit_excused", kept)
    return kept


def _planned(actor: Actor, visit: Visit) -> Visit:
    kept = locked(visit)
    if not policies.run_round(actor, kept.round):
        raise NotAllowed(_("Планът се променя от координаторите на областта."))
    if not kept.open_to_marks or not kept.round.is_open:
        raise ActionRefused(_("Посещението вече е минало и планът му не се променя."))
    return kept
