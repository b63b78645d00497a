"""Opinions: what was asked of a specialist outside, by a link that dies; and what was written, for the file or for the team."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework import domains
from opora.care.casework.models.assessments import Assessment, AssessmentPart
from opora.care.casework.models.brought import Brought
from opora.care.casework.models.events import Event
from opora.care.casework.models.files import ClientFile


class OpinionRequestQuerySet(models.QuerySet["OpinionRequest"]):
    """Requests by state."""

    def waiting(self) -> Self:
        """Neither answered nor withdrawn; one closed by wrong codes waits for the worker."""
        return self.filter(answered_at__isnull=True, revoked_at__isnull=True)


class OpinionRequest(models.Model):
    """One question to one specialist outside; `number` counts within the file. The link and the code are kept as keyed
    hashes only: a link that is lost is renewed, never read.
    """

    WAITING, OPENED, ANSWERED, REVOKED, LOCKED, EXPIRED = (
        "waiting", "opened", "answered", "revoked", "locked", "expired",
    )  # fmt: skip
    STATES = {
        WAITING: (_("чака отваряне"), "waiting"),
        OPENED: (_("отворено, чака отговор"), "waiting"),
        ANSWERED: (_("получено"), "done"),
        REVOKED: (_("оттеглено"), "none"),
        LOCKED: (_("затворено след грешни кодове"), "wrong"),
        EXPIRED: (_("връзката изтече"), "wrong"),
    }

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="opinion_requests")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="opinion_requests")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    email = models.EmailField()
    question = models.TextField()
    parts = models.ManyToManyField(
        AssessmentPart, related_name="+", help_text="what of the assessment is shown"
    )
    events = models.ManyToManyField(Event, related_name="+", help_text="what of the chronology is shown")
    by_name = models.BooleanField(default=False, help_text="the child's name is shown, not initials and age")
    due = models.DateField()
    asked_at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=120)
    by_phone = models.CharField(max_length=60, blank=True)
    by_email = models.EmailField(blank=True)
    organisation_of_by = models.CharField(max_length=200, blank=True)
    link_index = models.CharField(
        max_length=32, unique=True, help_text="keyed hash of the secret in the link"
    )
    code_index = models.CharField(max_length=32, help_text="keyed hash of the code")
    expires_at = models.DateTimeField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=64, help_text="of the form that sent it: twice sent is once asked")

    objects = OpinionRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_opinion_request_number"),
            models.UniqueConstraint(fields=["file", "key"], name="one_opinion_request_per_form"),
        ]

    def state(self, at: dt.datetime) -> str:
        """Where it stands at a moment."""
        if self.answered_at:
            return self.ANSWERED
        if self.revoked_at:
            return self.REVOKED
        if self.locked_at:
            return self.LOCKED
        if self.expires_at <= at:
            return self.EXPIRED
        return self.OPENED if self.opened_at else self.WAITING

    def lives(self, at: dt.datetime) -> bool:
        """Whether the link leads anywhere: still unanswered, in time, of an open file that is not sealed."""
        return self.state(at) in (self.WAITING, self.OPENED) and self.file.is_open and not self.file.sealed

    @property
    def last_letter_at(self) -> dt.datetime:
        """When the specialist was last written to."""
        return self.reminded_at or self.asked_at

    def is_late(self, on: dt.date) -> bool:
        """Unanswered after its day."""
        return not self.answered_at and not self.revoked_at and self.due < on


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Opinions by who may see them."""

    def for_the_file(self) -> Self:
        """Those that stand in the file for whoever reads it."""
        return self.filter(team_only=False)


class Opinion(Brought):
    """What a specialist thinks; append-only. `team_only` ones are for whoever works on the file and its head, on the
    screen and on no paper but the service's own.
    """

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="opinions")
    assessment = models.ForeignKey(Assessment, models.SET_NULL, null=True, related_name="opinions")
    request = models.OneToOneField(OpinionRequest, models.CASCADE, null=True, related_name="opinion")
    number = models.PositiveSmallIntegerField()
    team_only = models.BooleanField(default=False)
    text = models.TextField(blank=True, help_text="the answer; empty when it came as a document")
    by_id = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=120)
    profession = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="fingerprint on the receipt")
    document = models.CharField(max_length=32, blank=True, help_text="token of the attachment")
    key = models.CharField(max_length=64, help_text="of the form that sent it")

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_opinion_number"),
            models.UniqueConstraint(fields=["file", "key"], name="one_opinion_per_form"),
            models.CheckConstraint(
                condition=Q(team_only=False) | Q(request__isnull=True), name="outside_opinion_is_for_the_file"
            ),
        ]

    @property
    def receipt(self) -> str:
        """The number the specialist keeps."""
        return f"{self.file.code}-С{self.number}"

    @property
    def author(self) -> str:
        """„Тодор Стаменски, ортопед, Болница“."""
        return ", ".join(part for part in (self.by, self.profession, self.organisation) if part)


class OpinionPart(models.Model):
    """What an opinion says of one domain: how great the need is, and why."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="parts")
    domain = models.CharField(max_length=14, choices=list(domains.DOMAINS.items()))
    need = models.PositiveSmallIntegerField(null=True, blank=True, choices=domains.LEVELS)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["opinion", "domain"], name="one_opinion_part_per_domain"),
            models.CheckConstraint(
                condition=Q(need__isnull=True) | Q(need__lte=4), name="opinion_need_0_to_4"
            ),
        ]
