"""Readers of one visit: its report, answer, programme, photographs and voices."""

from __future__ import annotations

from opora.evidence.monitoring import policies, stages
from opora.evidence.monitoring.models import Answer, Entry, ImprovementRow, Photo, Programme, Report, Visit
from opora.foundation.accounts.actors import Actor


def previous_visit(visit: Visit) -> Visit | None:
    """The last reported visit to the same service before this one, by the same kind of framework."""
    kind = visit.round.version.framework.kind
    before = Visit.objects.reported().filter(
        service=visit.service,
        round__version__framework__kind=kind,
        round__opened_at__lt=visit.round.opened_at,
    )
    return before.select_related("round").order_by("-round__opened_at").first()


def programme_of(visit: Visit) -> Programme | None:
    """The programme of a visit, once the service has answered."""
    return getattr(visit, "programme", None) if visit.stage in stages.SEEN_BY_SERVICE else None


def report_of(actor: Actor, visit: Visit) -> Report | None:
    """The report, for whoever sees the marks."""
    if visit.stage not in stages.SEEN_BY_SERVICE or not policies.see_marks(actor, visit):
        return None
    return getattr(visit, "report", None)


def answer_of(actor: Actor, visit: Visit) -> Answer | None:
    """The service's answer, for whoever sees the marks."""
    return getattr(visit, "answer", None) if policies.see_marks(actor, visit) else None


def programme_rows(programme: Programme | None) -> list[ImprovementRow]:
    """Steps of a programme by date."""
    return list(programme.rows.select_related("indicator", "found_in")) if programme else []


def photos_of(actor: Actor, visit: Visit) -> list[Photo]:
    """Photographs the actor may see: one's own, all with the marks."""
    found = Photo.objects.filter(observer__visit=visit).select_related(
        "attachment", "indicator", "observer__user"
    )
    if not policies.see_marks(actor, visit):
        found = found.filter(observer__user_id=actor.user_id or 0)
    return list(found)


def voices_of(actor: Actor, visit: Visit) -> list[Entry]:
    """What users and families said: for the observers and whoever runs the round, never for the service."""
    rows = Entry.objects.filter(observer__visit=visit, field="voice").standing().exclude(value="")
    if policies.run_round(actor, visit.round) or policies.observes(actor, visit):
        mine = rows if visit.both_locked else rows.filter(observer__user_id=actor.user_id or 0)
        return list(mine)
    return []


def voices_heard(visit: Visit) -> tuple[int, int]:
    """How many users and how many families were heard: the only thing the report says of them."""
    rows = Entry.objects.filter(observer__visit=visit, field="voice").standing().exclude(value="")
    slots = list(rows.values_list("slot", flat=True))
    users = sum(1 for slot in slots if slot.startswith("voice:user-"))
    return users, len(slots) - users


def rows_to_check(visit: Visit) -> list[ImprovementRow]:
    """What the service promised after the last visit: the next one starts from it."""
    before = previous_visit(visit)
    if before is None:
        return []
    rows = ImprovementRow.objects.filter(programme__visit=before, programme__agreed_at__isnull=False)
    return list(rows.select_related("indicator"))
