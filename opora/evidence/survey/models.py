"""Templates of survey cards, rounds, the cards expected in a round, what they answered and how they were
checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from opora.evidence.survey import stages
from opora.foundation.core.models import Scoped, Versioned
from opora.foundation.territory.models import Municipality
from opora.register.models import Service, ServiceType

CHOICES = list(stages.STAGES.items())


class Template(models.Model):
    """A survey card as a family of versions; `form_id` is the XLSForm identifier."""

    form_id = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("title", "form_id")

    def __str__(self) -> str:
        return self.title


class TemplateVersion(models.Model):
    """One version of a template. Unpublished it may be replaced; published it never changes.

    `sheets` holds the spreadsheet as text: {"survey": [[cell, …], …], "choices": …, "settings": …}, first row
    headings.
    """

    template = models.ForeignKey(Template, models.CASCADE, related_name="versions")
    version = models.CharField(max_length=60)
    sheets = models.JSONField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200, blank=True)
    questions = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list)
    xform = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-version", "-id")
        constraints = [
            models.UniqueConstraint(fields=["template", "version"], name="one_version_of_a_template")
        ]

    def __str__(self) -> str:
        return f"{self.template.title}, {self.version}"

    @property
    def published(self) -> bool:
        """Can be asked in a round; can no longer change."""
        return self.published_at is not None


class RoundQuerySet(Scoped):
    """Rounds by place and state."""

    def touching(self, scopes: Iterable[str]) -> Self:
        """Rounds at or below a scope, and those that expect a card there."""
        scopes = tuple(scopes)
        cards = Card.objects.filter(round=OuterRef("pk")).within(scopes)
        own = type(self)(self.model).within(scopes).values("pk")
        return self.filter(Q(pk__in=own) | Exists(cards))

    def open(self) -> Self:
        """Still collecting."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> Self:
        """Collected: an analysis may read them."""
        return self.filter(closed_at__isnull=False)


class Round(models.Model):
    """One collection: which version is asked, of whom, by when. `path` is the scope, code like LOV-2026-1."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="rounds")
    path = models.CharField(max_length=120, db_index=True)
    types = models.ManyToManyField(ServiceType, related_name="+", blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="+", blank=True)
    deadline = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Cards may still be sent."""
        return self.closed_at is None

    def days_late(self, on: dt.date) -> int:
        """Days past the deadline on that day, never negative."""
        return max(0, (on - self.deadline).days)


class CardNumber(models.Model):
    """The last card number given in a year; the row is locked while numbers are taken."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


class CardQuerySet(Scoped):
    """Cards by state."""

    def still_open(self) -> Self:
        """With the service: not started, draft or returned."""
        return self.filter(stage__in=stages.OPEN)

    def came_in(self) -> Self:
        """Sent or already verified."""
        return self.filter(stage__in=stages.IN)

    def missing(self) -> Self:
        """Neither in nor excused."""
        return self.filter(stage__in=stages.OPEN)


class Card(Versioned):
    """The card expected of one service in one round. Exists from the round's first minute.

    `answers` are those last sent (JSON by question name); what is being typed stands in the draft
    `card:<code>`.
    `prefill` holds what the register gave: {path: {"value", "fact", "as_of"}}. `path` is the service's scope
    when issued.
    `stage` repeats the newest row of `CardStage`; `done` of `total` visible questions are answered.
    """

    code = models.CharField(max_length=20, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="cards")
    service = models.ForeignKey(Service, models.PROTECT, related_name="cards")
    path = models.CharField(max_length=120, db_index=True)
    stage = models.CharField(max_length=12, choices=CHOICES, default=stages.NOT_STARTED, db_index=True)
    answers = models.JSONField(default=dict)
    prefill = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.CharField(max_length=120, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    last_contact = models.CharField(
        max_length=200, blank=True, help_text="what it was: reminder, telephone, visit"
    )

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(fields=["round", "service"], name="one_card_per_service_and_round")
        ]
        indexes = [models.Index(fields=["round", "stage"])]

    def __str__(self) -> str:
        return self.code

    @property
    def draft_key(self) -> str:
        """Where the draft of this card is kept."""
        return f"card:{self.code}"

    @property
    def is_open(self) -> bool:
        """Still with the service, in a round that still collects."""
        return self.stage in stages.OPEN and self.round.is_open


class CardStage(models.Model):
    """A state the card entered: when, by whom, with what note. The newest one is the current state."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=12, choices=CHOICES)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")


class Submission(models.Model):
    """Answers as they were sent, kept as they were. `key` makes sending twice the same thing."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    answers = models.JSONField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="one_submission_number_per_card"),
            models.UniqueConstraint(fields=["card", "key"], name="one_submission_per_key"),
        ]

    @property
    def receipt(self) -> str:
        """Number on the receipt: К-2026-014/1."""
        return f"{self.card.code}/{self.number}"


class Answer(models.Model):
    """One answer of the last submission, for statistics; a choice of several gives a row for each.

    `question` is the path without row numbers (`staff.fte`), `path` with them (`staff[0].fte`). Of `text`,
    `number`
    and `day` the text is always filled; the other two by the question's type.
    """

    card = models.ForeignKey(Card, models.CASCADE, related_name="answer_rows")
    question = models.CharField(max_length=200)
    path = models.CharField(max_length=220)
    row = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)
    number = models.FloatField(null=True)
    day = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["question", "card"])]


class QuestionCheck(models.Model):
    """What the coordinator found about one answer when verifying the card."""

    OUTCOMES = [("ok", "ok"), ("query", "query")]

    card = models.ForeignKey(Card, models.CASCADE, related_name="checks")
    path = models.CharField(max_length=220)
    outcome = models.CharField(max_length=5, choices=OUTCOMES)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["card", "path"], name="one_check_per_question")]
