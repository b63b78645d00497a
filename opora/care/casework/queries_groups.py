"""Readers of groups. A group that is not the actor's does not exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from opora.care.casework import policies, policies_groups, queries
from opora.care.casework.models import Attendance, ClientFile, Group, GroupMember, GroupSession, Plan
from opora.care.casework.models.files import know_teams
from opora.care.casework.models.groups import GroupQuerySet
from opora.care.casework.policies import ASSIGNED
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.register.models import Service


def groups_for(actor: Actor) -> GroupQuerySet:
    """Groups of the services the actor heads, and those they lead where they work."""
    headed = [h.scope for h in actor.holdings if h.role == "service_manager"]
    own = [h.scope for h in actor.holdings if h.role in ASSIGNED]
    found: GroupQuerySet = Group.objects.within(headed)
    if actor.user_id is not None:
        found = found | Group.objects.within(own).filter(lead_id=actor.user_id)
    return found


def listed(actor: Actor) -> QuerySet[Group]:
    """For the list, those that run first, with how many people and sessions they have."""
    rows = groups_for(actor).select_related("lead", "service")
    found: QuerySet[Group] = rows.annotate(
        people=Count("members", filter=Q(members__until__isnull=True), distinct=True),
        held=Count("sessions", distinct=True),
    )
    return found


def group_for(actor: Actor, code: str) -> Group:
    """One group. Group.DoesNotExist."""
    found: Group = groups_for(actor).select_related("lead", "service").get(code=code)
    return found


def session_for(actor: Actor, group: Group, pk: int) -> GroupSession:
    """One of its sessions with who came. GroupSession.DoesNotExist."""
    rows = GroupSession.objects.filter(group__in=groups_for(actor).filter(pk=group.pk))
    return rows.prefetch_related("attendance__file__person").get(pk=pk)


def members_on(group: Group, day: dt.date) -> list[GroupMember]:
    """Who is in it that day and whose file is open, by name; sealed ones under their pseudonym."""
    rows = group.members.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
    found = rows.select_related("file__person", "file__service")
    return [one for one in found if one.file.is_open]


def may_join(actor: Actor, group: Group) -> list[ClientFile]:
    """Open files of the service the actor may write whose people are not in the group."""
    files = queries.files_for(actor).open().filter(service=group.service).select_related("person", "service")
    inside = group.members.filter(until__isnull=True).values("file_id")
    rows = list(files.exclude(pk__in=inside).order_by("person__sort_name"))
    know_teams(rows, clock.today())
    return [file for file in rows if policies_groups.bring_in(actor, group, file)]


def goals_of(actor: Actor, files: list[ClientFile]) -> dict[int, list[str]]:
    """Titles of the goals in force, for files the actor may write; of others nothing is told."""
    know_teams(files, clock.today())
    allowed = [file.pk for file in files if policies.write_file(actor, file)]
    plans = Plan.objects.filter(file__in=allowed, state=Plan.APPROVED).prefetch_related("goals")
    return {plan.file_id: [goal.title for goal in plan.goals.all()] for plan in plans}


@dataclass(frozen=True)
class Figures:
    """How often one person came."""

    file: ClientFile
    held: int
    present: int
    excused: int

    @property
    def share(self) -> float | None:
        """Part of the sessions they came to; none before the first."""
        return self.present / self.held if self.held else None


def figures(group: Group) -> list[Figures]:
    """Attendance of everybody who was ever marked, by name."""
    marks = Attendance.objects.filter(session__group=group).select_related("file__person")
    by: dict[int, list[Attendance]] = {}
    for mark in marks.order_by("file__person__sort_name", "id"):
        by.setdefault(mark.file_id, []).append(mark)
    return [
        Figures(
            rows[0].file, len(rows), sum(one.state == Attendance.PRESENT for one in rows),
            sum(one.state == Attendance.EXCUSED for one in rows),
        )
        for rows in by.values()
    ]  # fmt: skip


def sessions_of(group: Group) -> list[GroupSession]:
    """All sessions with who came, the newest first."""
    came = Prefetch("attendance", Attendance.objects.filter(state=Attendance.PRESENT), to_attr="came")
    return list(group.sessions.prefetch_related(came))


def services_with_groups(actor: Actor) -> list[Service]:
    """Where the actor may make a group."""
    scopes = [h.scope for h in actor.holdings if h.role in ("service_manager", *ASSIGNED)]
    return list(Service.objects.within(scopes).operating(clock.today()))


def leaders_for(actor: Actor, service: Service) -> list[User]:
    """Who may lead a group: for the head everybody who works there, for others themselves."""
    workers = queries.workers_of(service)
    if policies.heads(actor, service.path):
        return workers
    return [one for one in workers if one.pk == actor.user_id]
