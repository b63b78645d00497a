"""States of visits: the one place that changes them."""

from __future__ import annotations

from opora.evidence.monitoring.models import Visit, VisitStage
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock


def locked(visit: Visit) -> Visit:
    """The visit as it stands now, ours until the transaction ends."""
    rows = Visit.objects.select_for_update(of=("self",))
    found: Visit = rows.select_related("round__version__framework", "service__organisation").get(pk=visit.pk)
    return found


def enter(actor: Actor, visit: Visit, stage: str, note: str = "") -> None:
    """Bring a visit that is locked to a state, with its row of history."""
    visit.stage, visit.version = stage, visit.version + 1
    visit.save(update_fields=["stage", "version"])
    stage_row(actor, visit, stage, note).save()


def stage_row(actor: Actor, visit: Visit, stage: str, note: str = "") -> VisitStage:
    """A row of the visit's history."""
    return VisitStage(visit=visit, stage=stage, at=clock.now(), by=actor.name, note=note)


def follow_service(old: str, new: str) -> None:
    """A service has moved: its visits stand where it stands now, so that its head and coordinator still see them."""
    Visit.objects.filter(path=old).update(path=new)
