"""What this room shows on pages of rooms below and above: the day's files on a person's first page."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.care.casework import (
    crisis_view,
    policies,
    presenters,
    queries,
    queries_trust,
    queries_work,
    trust_view,
    work_view,
)
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
    urgent = [
        trust_view.EmergencyLine(one).task for one in queries_trust.emergencies_for(actor).to_review()[:MOST]
    ]
    near, heads = list(due[: MOST + 1]), actor.holds("service_manager")
    files = queries_work.open_files(actor)
    loads = queries_work.caseload(files) if heads else []
    context = {
        "crises": [
            crisis_view.task(one.code, one.name, one.urgency) for one in queries_work.in_crisis(files)[:MOST]
        ],
        "due": urgent + [presenters.as_task(deadline) for deadline in near[:MOST]],
        "more": len(near) > MOST,
        "waiting": [_plan(one) for one in queries_work.to_decide(actor, files)[:MOST]],
        "open": len(files),
        "caseload": [work_view.brief(load) for load in loads],
    }
    # The engine escapes every value in it; the text it gives is markup already.
    return Markup(render_to_string("casework/_today.html", context, request=request))  # noqa: S704


def _plan(file: queries_work.OpenFile) -> dict[str, object]:
    """A plan that waits for the head, as a line of a task list."""
    words = {"number": file.plan, "code": file.code, "name": file.name}
    return {
        "title": _("План № %(number)s на %(name)s, %(code)s") % words,
        "href": reverse("casework_plan", args=[file.code]),
        "status": _("чака одобрение"),
        "kind": "waiting",
    }
