"""Groups: a programme for several people of one service, its sessions, who came."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.files import ClientFile
from opora.foundation.accounts.models import User
from opora.foundation.core.models import Scoped
from opora.register.models import Service


class GroupQuerySet(Scoped):
    """Groups by time."""

    def running(self, on: dt.date) -> Self:
        """Those that have not ended."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))


class Group(models.Model):
    """A group of a service and who leads it; `path` is the service's scope."""

    code = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, models.PROTECT, related_name="groups")
    path = models.CharField(max_length=120, db_index=True)
    name = models.CharField(max_length=120)
    programme = models.TextField(blank=True)
    lead = models.ForeignKey(User, models.PROTECT, related_name="led_groups")
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """A person of a file in the group, from a day to a day."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="group_memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("file__person__sort_name", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="group_until_after_since"
            ),
            models.UniqueConstraint(
                fields=["group", "file"], condition=Q(until__isnull=True), name="one_place_in_a_group"
            ),
        ]


class GroupSession(models.Model):
    """One meeting of the group; `key` is the form's, so that the same form sent twice is written once."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="sessions")
    on = models.DateField()
    topic = models.CharField(max_length=200)
    note = models.TextField(blank=True, help_text="about the group as a whole; goes into no file")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ("-on", "-id")
        constraints = [models.UniqueConstraint(fields=["group", "key"], name="one_group_session_per_form")]


class Attendance(models.Model):
    """Whether one person came, and what was seen of them. The goal is of the plan in force that day."""

    PRESENT, EXCUSED, ABSENT = "present", "excused", "absent"
    STATES = [
        (PRESENT, _("присъства")),
        (EXCUSED, _("отсъства с причина")),
        (ABSENT, _("отсъства")),
    ]

    session = models.ForeignKey(GroupSession, models.CASCADE, related_name="attendance")
    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="attendance")
    state = models.CharField(max_length=8, choices=STATES)
    goal = models.CharField(max_length=200, blank=True, help_text="title of the goal the words are about")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["session", "file"], name="one_attendance_per_session")]
