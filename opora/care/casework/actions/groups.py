"""Groups: made, filled, their sessions written down with who came; each attendance stands in the person's own file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies_groups, queries_groups
from opora.care.casework.actions.common import chain_of, not_in_the_future, write_event
from opora.care.casework.models import Attendance, ClientFile, FileNumber, Group, GroupMember, GroupSession
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.register.models import Service


@dataclass(frozen=True)
class Mark:
    """What is written about one person of a session."""

    state: str
    goal: str = ""
    note: str = ""


@transaction.atomic
def make_group(
    actor: Actor, service: Service, *, name: str, lead: User, programme: str = "", began_on: dt.date | None = None
) -> Group:  # fmt: skip
    """A new group. NotAllowed; ActionRefused for a lead who does not work there."""
    if not policies_groups.make_group(actor, service):
        raise NotAllowed(_("Група прави който работи в услугата."))
    if not name.strip() or lead not in queries_groups.leaders_for(actor, service):
        raise ActionRefused(_("Напишете име и изберете водещ от услугата."))
    year, now = clock.today().year, clock.now()
    made = Group.objects.create(
        code=_next_code(year), service=service, path=service.path, name=name.strip(), programme=programme.strip(),
        lead=lead, began_on=began_on or clock.today(), made_by=actor.name, made_at=now,
    )  # fmt: skip
    audit.record(actor, "case.group_made", made.code, chain=f"svc:{service.code}")
    return made


@transaction.atomic
def bring_in(actor: Actor, group: Group, files: Sequence[ClientFile], *, since: dt.date) -> int:
    """People of files into the group from a day. NotAllowed for a file that is not the actor's or of another service."""
    kept = _locked(actor, group)
    for file in files:
        if not policies_groups.bring_in(actor, kept, file):
            raise NotAllowed(_("По някое от досиетата работят други хора."))
        if kept.members.filter(file=file, until__isnull=True).exists():
            continue
        GroupMember.objects.create(group=kept, file=file, since=since)
        audit.record(
            actor, "case.group_joined", file.code, chain=chain_of(file), details={"group": kept.code}
        )
    return len(files)


@transaction.atomic
def let_go(actor: Actor, member: GroupMember) -> None:
    """Somebody leaves the group today; what was written of them stays. NotAllowed."""
    kept = _locked(actor, member.group)
    found = kept.members.select_related("file__service").get(pk=member.pk)
    if found.until is None:
        found.until = max(found.since, clock.today())
        found.save(update_fields=["until"])
        file = found.file
        audit.record(actor, "case.group_left", file.code, chain=chain_of(file), details={"group": kept.code})


@transaction.atomic
def write_session(
    actor: Actor, group: Group, *, on: dt.date, topic: str, marks: Mapping[int, Mark], key: str, note: str = ""
) -> GroupSession:  # fmt: skip
    """A session with everybody's attendance (`marks` by file). The same form sent twice is written once.

    Each person's own line goes into their chronology; no other name and no word about the group stands in it.
    NotAllowed; ActionRefused for a day to come, or when somebody of the group that day has no mark.
    """
    kept = _locked(actor, group)
    before = kept.sessions.filter(key=key).first()
    if before is not None:
        return before
    not_in_the_future(on)
    members = queries_groups.members_on(kept, on)
    if not topic.strip() or not members:
        raise ActionRefused(_("Напишете тема. В групата трябва да има поне един човек на този ден."))
    if {one.file_id for one in members} != set(marks):
        raise ActionRefused(_("Съставът на групата на този ден е друг. Прегледайте присъствието отново."))
    session = GroupSession.objects.create(
        group=kept, on=on, topic=topic.strip(), note=note.strip(), by=actor.name, at=clock.now(), key=key
    )
    for member in members:
        _mark(actor, session, member.file, marks[member.file_id])
    audit.record(
        actor, "case.group_session", kept.code, chain=f"svc:{kept.service.code}", details={"session": session.pk}
    )  # fmt: skip
    return session


def _mark(actor: Actor, session: GroupSession, file: ClientFile, mark: Mark) -> None:
    if mark.state not in dict(Attendance.STATES):
        raise ActionRefused(_("Отбележете кой присъства."))
    if mark.goal and mark.goal not in queries_groups.goals_of(actor, [file]).get(file.pk, []):
        raise ActionRefused(_("Изберете цел от действащия план."))
    made = Attendance.objects.create(
        session=session, file=file, state=mark.state, goal=mark.goal, note=mark.note.strip()
    )
    words = {"group": session.group.name, "topic": session.topic, "state": made.get_state_display()}
    text = _("Група „%(group)s“: %(state)s. Тема: %(topic)s.") % words
    if made.goal:
        text += " " + _("Към цел „%(goal)s“.") % {"goal": made.goal}
    text = f"{text} {made.note}".strip()
    write_event(actor, file, kind="group", on=session.on, text=text, key=f"group-{session.pk}")


def _next_code(year: int) -> str:
    """The row of the year's file numbers is locked meanwhile, so that two groups never get one number."""
    FileNumber.objects.get_or_create(year=year)
    FileNumber.objects.select_for_update().get(year=year)
    last = Group.objects.filter(code__startswith=f"Г-{year}-").order_by("-id").first()
    number = int(last.code.rpartition("-")[2]) + 1 if last else 1
    return f"Г-{year}-{number:03d}"


def _locked(actor: Actor, group: Group) -> Group:
    kept: Group = Group.objects.select_for_update(of=("self",)).select_related("service").get(pk=group.pk)
    if not policies_groups.write_group(actor, kept):
        raise NotAllowed(_("С тази група работят други хора или тя е приключила."))
    return kept
