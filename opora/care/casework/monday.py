"""What a head has to know on Monday morning, read at once: overdue plans, terms, approvals, places, caseload."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework import (
    crisis_view,
    ending_view,
    presenters,
    protection_view,
    queries,
    queries_ending,
    queries_protection,
    queries_trust,
    queries_work,
    trust_view,
    work_view,
)
from opora.care.casework.models import Deadline
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.ui import formats
from opora.register.models import Service

MOST = 10
WEEK = dt.timedelta(days=7)
PLAN_RULES = ("plan_review_interval", "needs_assessment_term")
"""Terms that say a plan is late: its review, or the assessment it is made from."""


@dataclass(frozen=True)
class Monday:
    """The day of one head, or of somebody who works on files."""

    actor: Actor

    @property
    def heads(self) -> bool:
        """Whether the head's parts are shown."""
        return self.actor.holds("service_manager")

    @cached_property
    def guard(self) -> protection_view.Overview | None:
        """What protection of data asks of a head; nothing of others."""
        return protection_view.Overview(self.actor) if self.heads else None

    @cached_property
    def _counts(self) -> queries_protection.Waiting:
        """What waits for a head at all, counted in one question."""
        return self.guard.counts if self.guard and self.guard.is_head else queries_protection.Waiting()

    @cached_property
    def _files(self) -> list[queries_work.OpenFile]:
        return queries_work.open_files(self.actor)

    @cached_property
    def crises(self) -> list[dict[str, object]]:
        """Crises that are led now, the most urgent first."""
        urgent = queries_work.in_crisis(self._files)[:MOST]
        return [crisis_view.task(one.code, one.name, one.urgency) for one in urgent]

    @cached_property
    def _due(self) -> list[Deadline]:
        return list(queries.deadlines_for(self.actor, until=clock.now() + WEEK))

    @cached_property
    def overdue_plans(self) -> list[dict[str, object]]:
        """Plans whose review or assessment is late, the latest first."""
        now = clock.now()
        late = [one for one in self._due if one.due < now and one.rule in PLAN_RULES]
        return [presenters.as_task(one) for one in late[:MOST]]

    @cached_property
    def due(self) -> list[dict[str, object]]:
        """Everything else that ends within a week or is late."""
        now = clock.now()
        rest = [one for one in self._due if not (self.heads and one.due < now and one.rule in PLAN_RULES)]
        return [presenters.as_task(one) for one in rest[:MOST]]

    @property
    def more(self) -> bool:
        """Whether some terms did not fit."""
        shown = len(self.due) + (len(self.overdue_plans) if self.heads else 0)
        return len(self._due) > shown

    @cached_property
    def openings(self) -> list[dict[str, Any]]:
        """Openings in an emergency that wait for this head's review."""
        if not self._counts.unread:
            return []
        waiting = queries_trust.emergencies_for(self.actor).to_review()[:MOST]
        return [trust_view.EmergencyLine(one).task for one in waiting]

    @cached_property
    def approvals(self) -> list[dict[str, object]]:
        """Plans that wait for this head, and files that other services offer."""
        if not self.heads:
            return []
        plans = [_plan(one) for one in queries_work.to_decide(self.actor, self._files)[:MOST]]
        offers = queries_ending.transfers_to_answer(self.actor, MOST)
        return plans + [ending_view.as_task(one) for one in offers]

    @cached_property
    def places(self) -> list[dict[str, Any]]:
        """Free places and people waiting, service by service; of one service the house's own figures tell."""
        paths = queries_trust.headed_by(self.actor)
        if len(paths) < 2:
            return []
        headed = Service.objects.within(paths).operating(clock.today())
        return [_places(one) for one in headed]

    @cached_property
    def caseload(self) -> list[Any]:
        """Who leads how much, by weight, the most first."""
        if not self.heads:
            return []
        return [work_view.brief(load) for load in queries_work.caseload(self._files)]

    @property
    def open(self) -> int:
        """How many files are open."""
        return len(self._files)


def _plan(file: queries_work.OpenFile) -> dict[str, object]:
    """A plan that waits for the head, as a line of a task list."""
    words = {"number": file.plan, "code": file.code, "name": file.name}
    return {
        "title": _("План № %(number)s на %(name)s, %(code)s") % words,
        "href": reverse("casework_plan", args=[file.code]),
        "status": _("чака одобрение"),
        "kind": "waiting",
    }


def _places(service: Service) -> dict[str, Any]:
    free = service.free
    words = ngettext("свободно място от %(all)s", "свободни места от %(all)s", free or 0)
    return {
        "name": service.name, "href": reverse("register_service", args=[service.code]), "free": free,
        "label": words % {"all": formats.number(service.capacity)}, "waiting": service.waiting,
    }  # fmt: skip
