"""Readers of the work around files: a person's week, their calendar, who carries how much."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from opora.care.casework import policies, queries, queries_trust, stages
from opora.care.casework.models import CalendarFeed, ClientFile, Event, Plan, Risk, Visit
from opora.care.casework.models.crisis import NEVER
from opora.care.casework.models.leading import lead_on
from opora.care.casework.models.work import MeetingQuerySet
from opora.care.casework.urgency import FIELDS, Urgency, with_urgency
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats

WEIGHTS = (
    "caseload_file",
    "caseload_beginning",
    "caseload_risk_high",
    "caseload_risk_now",
    "caseload_crisis",
)
BEGINNING = (
    stages.CONTACT,
    stages.REFERRAL,
    stages.PRELIMINARY,
    stages.INTAKE,
    stages.ASSESSMENT,
    stages.PLAN,
)
"""Stages in which a file asks for more than later: everything is written for the first time."""


def visits_of(actor: Actor) -> MeetingQuerySet:
    """The actor's own visits to people whose files are theirs to know of."""
    mine = Visit.objects.filter(user_id=actor.user_id or 0, file__in=queries.files_of(actor))
    return mine.select_related("file__person", "file__service")


def visit_for(actor: Actor, pk: int) -> Visit:
    """One that waits, of a file the actor may write. Visit.DoesNotExist."""
    found: Visit = visits_of(actor).waiting().get(pk=pk)
    if not policies.write_file(actor, found.file):
        raise Visit.DoesNotExist
    return found


def shut_visit(actor: Actor, pk: int) -> str:
    """The number of the file of one's own visit that waits behind a seal; empty for any other."""
    found = visits_of(actor).waiting().filter(pk=pk, file__sealed=True).first()
    return found.file.code if found and queries_trust.shut_to(actor, found.file.code) else ""


def week_of(actor: Actor, days: int = 7) -> list[Visit]:
    """What waits up to the end of the week to come, things not written down yet first."""
    return list(visits_of(actor).waiting().filter(at__lt=clock.now() + dt.timedelta(days=days)))


def recent_kinds(actor: Actor) -> list[str]:
    """Kinds of notes the person wrote last anywhere, the newest first."""
    rows = Event.objects.filter(by_id=actor.user_id or 0).exclude(kind__in=Event.BY_ITSELF)
    return list(dict.fromkeys(rows.order_by("-at").values_list("kind", flat=True)[:50]))


def living_feed(actor: Actor) -> CalendarFeed | None:
    """The person's calendar address that works, if one does."""
    return CalendarFeed.objects.filter(user_id=actor.user_id or 0, revoked_at__isnull=True).first()


def digest_of(token: str) -> str:
    """What is kept of a calendar address."""
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of_feed(token: str) -> User | None:
    """Whose calendar this address is; nobody's after it was revoked or the person was blocked."""
    feed = CalendarFeed.objects.filter(digest=digest_of(token), revoked_at__isnull=True, user__is_active=True)
    found = feed.select_related("user").first()
    return found.user if found else None


@dataclass(frozen=True)
class OpenFile:
    """An open file with what presses in it, for lists that need nothing else of it."""

    code: str
    name: str
    stage: str
    lead_id: int | None
    lead: str
    path: str
    urgency: Urgency
    plan: int | None
    plan_sent: dt.datetime | None


def open_files(actor: Actor) -> list[OpenFile]:
    """Open files that are the actor's to know of, in one statement; sealed ones under their pseudonym."""
    names = ("code", "path", "stage", "leader", "leader_name", "person__first_name", "person__last_name")
    today = clock.today()
    sent = Plan.objects.filter(file=OuterRef("pk"), state=Plan.SENT).order_by("sent_at")
    files = with_urgency(queries.files_of(actor).open().order_by()).annotate(
        plan=Subquery(sent.values("number")[:1]),
        plan_sent=Subquery(sent.values("sent_at")[:1]),
        leader=lead_on(today),
        leader_name=lead_on(today, "__name"),
    )
    rows = files.values(*names, *FIELDS, "plan", "plan_sent")
    return [
        OpenFile(
            row["code"], f"{row['person__first_name']} {row['person__last_name']}".strip(), row["stage"], row["leader"],
            row["leader_name"] or "", row["path"], Urgency.of(row), row["plan"], row["plan_sent"],
        )
        for row in rows
    ]  # fmt: skip


def in_crisis(files: list[OpenFile]) -> list[OpenFile]:
    """Those in which a crisis runs: the clock that ends first on top, those whose signals are assessed last."""
    running = [file for file in files if file.urgency.number is not None]
    return sorted(running, key=lambda one: (not one.urgency.waits, one.urgency.due or NEVER, one.code))


def to_decide(actor: Actor, files: list[OpenFile]) -> list[OpenFile]:
    """Those with a plan that waits for this head, the longest waiting first."""
    waiting = [one for one in files if one.plan is not None and policies.heads(actor, one.path)]
    return sorted(waiting, key=lambda one: one.plan_sent or NEVER)


@dataclass
class Load:
    """What one person carries: open files they lead, what they weigh, and why."""

    name: str
    user_id: int | None
    files: int = 0
    weight: float = 0.0
    beginning: int = 0
    high: int = 0
    crises: int = 0

    @property
    def shown(self) -> str:
        """The weight as people read it: a whole one without decimals."""
        return formats.number(round(self.weight, 1))


def caseload(files: list[OpenFile]) -> list[Load]:
    """Open files by who leads them, the heaviest first."""
    weights = {code: value.number or 0.0 for code, value in rules.values(WEIGHTS).items()}
    found: dict[int | None, Load] = {}
    for file in files:
        _add(found.setdefault(file.lead_id, Load(file.lead, file.lead_id)), file, weights)
    return sorted(found.values(), key=lambda load: (-load.weight, load.name))


def _add(load: Load, file: OpenFile, weights: dict[str, float]) -> None:
    beginning, level, crisis = file.stage in BEGINNING, file.urgency.level, file.urgency.number is not None
    load.files, load.beginning = load.files + 1, load.beginning + beginning
    load.high, load.crises = load.high + ((level or 0) >= Risk.HIGH), load.crises + crisis
    load.weight += weights["caseload_file"] + beginning * weights["caseload_beginning"]
    load.weight += (level == Risk.HIGH) * weights["caseload_risk_high"]
    load.weight += (level == Risk.NOW) * weights["caseload_risk_now"] + crisis * weights["caseload_crisis"]


def led_by(actor: Actor, user_id: int) -> list[ClientFile]:
    """Open files of the services the actor heads that this person leads."""
    files = (
        queries.files_of(actor)
        .open()
        .led_by(user_id, clock.today())
        .select_related("person", "service", "lead", "next_lead")
        .order_by("code")
    )
    return [file for file in files if policies.change_team(actor, file)]


def leads_of(actor: Actor) -> list[User]:
    """Who leads open files of the services the actor heads."""
    files = queries.files_of(actor).open().order_by()
    return list(
        User.objects.filter(pk__in=files.annotate(leader=lead_on(clock.today())).values("leader")).order_by(
            "name"
        )
    )
