"""Who of the family was at each stage of a file, in whose words, and where nobody was (brief C3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from opora.care.casework import policies, queries, stages
from opora.care.casework.models import Assessment, ClientFile, Event, Plan
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, terms

CHILD = "child"
STAGES = (stages.INTAKE, stages.REVIEW)
"""Stages of a file at which the family is asked for; assessment and plan tell of themselves."""
MEETINGS = ("home_visit", "meeting", "session")
PARTS = (stages.INTAKE, "assessment", "plan", *MEETINGS, stages.REVIEW)
WHO = ("all", "child", "family", "reason", "gap")


@dataclass(frozen=True)
class Attended:
    """One stage or meeting. `event` is the note it can be completed by; assessments and plans are completed at their page."""

    file: ClientFile
    part: str
    on: dt.date
    present: tuple[str, ...]
    child_words: str = ""
    family_words: str = ""
    reason: str = ""
    number: int = 0
    event: int | None = None

    @property
    def child(self) -> bool:
        """Whether the child or the person was there."""
        return CHILD in self.present

    @property
    def family(self) -> bool:
        """Whether anybody of the family was there."""
        return any(who != CHILD for who in self.present)

    @property
    def gap(self) -> bool:
        """Nobody was there, and nobody says why."""
        return not self.present and not self.reason

    def is_of(self, who: str) -> bool:
        """Whether it counts under one of `WHO`."""
        if who == "reason":
            return not self.present and bool(self.reason)
        return who == "all" or bool(getattr(self, who))


def attended(actor: Actor, file: ClientFile) -> list[Attended]:
    """Every stage and meeting of a file the actor may read, the newest first."""
    return _sorted(_of(queries.readable(actor, file), None))


def attended_in_services(actor: Actor, since: dt.date) -> list[Attended]:
    """The same of all files the actor heads and may read, from a day on."""
    headed = [
        h.scope
        for h in actor.holdings
        if h.role == "service_manager" and actor.may(policies.AREA, "R", h.scope)
    ]
    mine = ClientFile.objects.within(headed)
    return _sorted(_of(queries.files_for(actor).filter(pk__in=mine.values("pk")), since))


def _of(files: Iterable[ClientFile], since: dt.date | None) -> list[Attended]:
    ids = [one.pk for one in files]
    return [*_events(ids, since), *_assessments(ids, since), *_plans(ids, since)]


def _events(ids: list[int], since: dt.date | None) -> list[Attended]:
    rows = Event.objects.filter(file__in=ids).select_related("file__person")
    found = rows.filter(kind__in=MEETINGS) | rows.filter(kind="stage", stage__in=STAGES)
    found = found.filter(on__gte=since) if since else found
    made = {one.pk: _event(one) for one in found}
    for more in Event.objects.filter(kind="presence", corrects__in=list(made)).order_by("at", "id"):
        made[more.corrects_id or 0] = _completed(made[more.corrects_id or 0], more)
    return list(made.values())


def _event(one: Event) -> Attended:
    return Attended(
        one.file, one.stage or one.kind, one.on, tuple(one.present), one.voice, one.family_voice, one.absent_why,
        event=one.pk,
    )  # fmt: skip


def _completed(one: Attended, more: Event) -> Attended:
    """What was noted later fills what was left empty."""
    return replace(
        one, present=tuple(more.present) or one.present, reason=more.absent_why or one.reason,
        child_words=more.voice or one.child_words, family_words=more.family_voice or one.family_words,
    )  # fmt: skip


def _assessments(ids: list[int], since: dt.date | None) -> list[Attended]:
    """Finished ones: who was there is asked for when they are finished."""
    found = Assessment.objects.filter(file__in=ids, finished_at__isnull=False).select_related("file__person")
    rows = [(one, _day(one.finished_at)) for one in found if one.finished_at]
    return [
        Attended(one.file, "assessment", on, tuple(one.present), reason=one.absent_why, number=one.number)
        for one, on in rows
        if since is None or on >= since
    ]


def _plans(ids: list[int], since: dt.date | None) -> list[Attended]:
    """Those sent for approval at least once."""
    found = Plan.objects.filter(file__in=ids, sent_at__isnull=False).select_related("file__person")
    rows = [(one, _day(one.sent_at)) for one in found if one.sent_at]
    return [
        Attended(
            one.file,
            "plan",
            on,
            tuple(one.present),
            one.child_words,
            one.family_words,
            one.absent_why,
            one.number,
        )
        for one, on in rows
        if since is None or on >= since
    ]


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(terms.SOFIA).date()


def _sorted(found: list[Attended]) -> list[Attended]:
    return sorted(found, key=lambda one: (one.on, one.event or 0), reverse=True)


def year_ago() -> dt.date:
    """Since when the figures of a service count."""
    return clock.today() - dt.timedelta(days=365)
