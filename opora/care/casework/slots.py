"""What this room shows on pages of rooms below and above: the day's files on a person's first page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.care.casework import (
    policies,
    policies_protection,
    presenters,
    protection_view,
    queries,
    queries_protection,
    queries_trust,
    trust_view,
)
from opora.care.casework.models import Plan
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock

MOST = 10
WEEK = dt.timedelta(days=7)


def today(request: HttpRequest | None) -> str:
    """Terms that need somebody within a week and, for a head, how many files each person leads."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not policies.works_with_files(actor):
        return ""
    due = queries.deadlines_for(actor, until=clock.now() + WEEK)
    view = protection_view.Overview(actor)
    counts = view.counts if view.is_head else queries_protection.Waiting()
    unread = queries_trust.emergencies_for(actor).to_review()[:MOST] if counts.unread else []
    urgent = [trust_view.EmergencyLine(one).task for one in unread]
    near, heads = list(due[: MOST + 1]), actor.holds("service_manager")
    loads = caseload(actor) if heads else []
    context = {
        "due": urgent + [presenters.as_task(deadline) for deadline in near[:MOST]],
        "more": len(near) > MOST,
        "waiting": [_plan(plan) for plan in queries.plans_to_decide(actor)[:MOST]] if counts.plans else [],
        "open": sum(line["count"] for line in loads) if heads else queries.files_for(actor).open().count(),
        "caseload": loads,
        "guard": view if heads else None,
    }
    # The engine escapes every value in it; the text it gives is markup already.
    return Markup(render_to_string("casework/_today.html", context, request=request))  # noqa: S704


def guard(request: HttpRequest | None) -> str:
    """For the data protection officer: requests and alerts that wait."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not policies_protection.is_officer(actor):
        return ""
    context = {"view": protection_view.Overview(actor)}
    # As above.
    return Markup(render_to_string("casework/_guard.html", context, request=request))  # noqa: S704


def _plan(plan: Plan) -> dict[str, object]:
    """A plan that waits for the head, as a line of a task list."""
    words = {"number": plan.number, "code": plan.file.code, "name": plan.file.person.name}
    return {
        "title": _("План № %(number)s на %(name)s, %(code)s") % words,
        "href": reverse("casework_plan", args=[plan.file.code]),
        "status": _("чака одобрение"),
        "kind": "waiting",
    }


def caseload(actor: Actor) -> list[dict[str, Any]]:
    """Open files by who leads them, the most first."""
    files = queries.files_for(actor).open().order_by()
    rows = files.values("lead__name", "lead_id").annotate(count=Count("pk")).order_by("-count", "lead__name")
    return list(rows)
