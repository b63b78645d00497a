"""Client files, their stages and terms, and who works on them."""

from __future__ import annotations

import datetime as dt
import math
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework import stages
from opora.care.casework.models import leading
from opora.care.casework.models.people import Person
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.core.models import Scoped, Versioned
from opora.register.models import Service


class FileNumber(models.Model):
    """The last file number given in a year; the row is locked while numbers are taken."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


class FileQuerySet(Scoped):
    """Files by state."""

    def open(self) -> Self:
        """Neither closed nor handed to another service."""
        return self.exclude(stage__in=stages.ENDED)

    def led_by(self, user_id: int, on: dt.date) -> Self:
        """Files this person leads that day."""
        return self.filter(leading.led_by(user_id, on))

    def worked_on_by(self, user_id: int, on: dt.date) -> Self:
        """Files this person works on that day."""
        now = Member.objects.active(on).filter(user_id=user_id)
        return self.filter(pk__in=now.values("file_id"))


class ClientFile(Versioned):
    """The file of one person in one service. `stage` repeats the newest `FileStage`; `path` is the service's scope."""

    code = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, models.PROTECT, related_name="files")
    person = models.ForeignKey(Person, models.PROTECT, related_name="files")
    path = models.CharField(max_length=120, db_index=True)
    stage = models.CharField(
        max_length=12, choices=list(stages.STAGES.items()), default=stages.CONTACT, db_index=True
    )
    lead = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="led_files",
        help_text="until `next_lead_on`; see `lead_now`",
    )
    next_lead = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    next_lead_on = models.DateField(null=True, blank=True, help_text="from this day the next one leads")
    asked_by = models.CharField(max_length=20, help_text="who came with the wish")
    ground = models.CharField(max_length=20, help_text="lawful ground of keeping the file")
    wish = models.TextField(blank=True, help_text="what they ask for, in their words")
    wished_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    last_event_at = models.DateTimeField()
    form_key = models.CharField(
        max_length=64, blank=True, help_text="of the form that opened it: twice sent is once opened"
    )
    sealed = models.BooleanField(default=False, help_text="opened by two persons only; see Seal")
    read_until = models.DateField(
        null=True, blank=True, help_text="it went to another service: last day it is read here without a stated reason"
    )  # fmt: skip

    emergency_until: dt.datetime | None = None
    """Until when this reader has it open in an emergency; this and the next are set by `queries.file_for`."""
    crisis_number: int | None = None
    """The crisis that runs, and until when its signal is to be assessed."""
    crisis_due: dt.datetime | None = None
    watched = False
    """Whether its opening is told to the data protection officer; shown nowhere."""
    offered: bool | None = None
    """Whether something of its people was changed in another file; None: not asked."""
    died_on: dt.date | None = None
    """When its person died."""
    most_hour: str | None = None
    most_day: str | None = None
    """Values of the rules `files_hour` and `files_day`; None: nobody has loaded rules."""
    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ("-last_event_at", "-id")
        indexes = [models.Index(fields=["service", "stage"])]
        constraints = [
            models.UniqueConstraint(fields=["form_key"], condition=~Q(form_key=""), name="one_file_per_form")
        ]

    def __str__(self) -> str:
        return self.code

    def team_on(self, day: dt.date) -> list[Member]:
        """Who works on it that day; asked of the database once for this object, which lives as long as one request."""
        known: dict[dt.date, list[Member]] = self.__dict__.setdefault("_teams", {})
        if day not in known:
            known[day] = list(self.members.active(day).select_related("user"))
        return known[day]

    @property
    def lead_now(self) -> User | None:
        """Who leads it today."""
        return self.next_lead if self._handed_over else self.lead

    @property
    def lead_now_id(self) -> int | None:
        """Their key."""
        return self.next_lead_id if self._handed_over else self.lead_id

    @property
    def lead_until(self) -> dt.date | None:
        """The last day of today's lead, when another one is named already."""
        waits = self.next_lead_on is not None and not self._handed_over
        return self.next_lead_on - dt.timedelta(days=1) if waits and self.next_lead_on else None

    @property
    def _handed_over(self) -> bool:
        return self.next_lead_on is not None and self.next_lead_on <= clock.today()

    @property
    def is_open(self) -> bool:
        """Neither closed nor handed over."""
        return self.stage not in stages.ENDED

    @property
    def is_archived(self) -> bool:
        """It went to another service, and the days in which it is still read here have passed."""
        return self.read_until is not None and self.read_until < clock.today()

    @property
    def emergency_minutes(self) -> int | None:
        """Minutes left of an emergency reading, the last one begun counted whole; none when it is no emergency."""
        if self.emergency_until is None:
            return None
        return max(0, math.ceil((self.emergency_until - clock.now()).total_seconds() / 60))


def know_teams(files: list[ClientFile], day: dt.date) -> None:
    """Ask for the teams of many files at once, before a policy asks for each."""
    members = Member.objects.active(day).filter(file__in=files).select_related("user")
    by: dict[int, list[Member]] = {file.pk: [] for file in files}
    for member in members:
        by[member.file_id].append(member)
    for file in files:
        file.__dict__.setdefault("_teams", {})[day] = by[file.pk]


class FileStage(models.Model):
    """A stage the file entered: which day, recorded when and by whom, why."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=12, choices=list(stages.STAGES.items()))
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")


class MemberQuerySet(models.QuerySet["Member"]):
    """People of files by time."""

    def active(self, on: dt.date) -> Self:
        """Those whose access counts on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


class Member(models.Model):
    """Who works on a file, from a day to a day; this is what opens it to them."""

    PARTS = [("lead", _("водещ на случая")), ("specialist", _("специалист")), ("stand_in", _("заместник"))]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="file_memberships")
    part = models.CharField(max_length=10, choices=PARTS)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=120)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ("since", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="member_until_after_since"
            ),
            models.UniqueConstraint(
                fields=["file", "user"], condition=Q(until__isnull=True), name="one_open_membership"
            ),
        ]


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Deadlines by state."""

    def waiting(self) -> Self:
        """Not yet met, on open files."""
        return self.filter(met_at__isnull=True).exclude(file__stage__in=stages.ENDED)


class Deadline(models.Model):
    """A term that began with a stage: which rule, until when, with the rule's words as they were that day."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="deadlines")
    rule = models.SlugField(max_length=60)
    text = models.CharField(max_length=300)
    legal_ref = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)
    since = models.DateTimeField()
    due = models.DateTimeField(db_index=True)
    met_at = models.DateTimeField(null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ("due", "id")
