"""A breach of personal data: what happened, whom it touches, what was decided and who was told.

No client stands in these tables: a breach is described without names, and its pages refuse identity numbers.
"""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.protection import kinds
from opora.foundation.core.models import Scoped, Versioned
from opora.register.models import Service


class BreachNumber(models.Model):
    """The last number given in a year; the row is locked while a number is taken."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


class BreachQuerySet(Scoped):
    """Breaches by state."""

    def open(self) -> Self:
        """Not closed yet."""
        return self.filter(closed_at__isnull=True)

    def running(self) -> Self:
        """Their clock runs: nobody has told the Commission, and nobody has decided that there is no need to."""
        return self.open().filter(notified_at__isnull=True).exclude(risk="none")

    def pressing(self) -> Self:
        """Their clock runs, or the risk is high and the people do not know yet."""
        unknowing = Q(risk="high", people_told_at__isnull=True, untold_why="")
        return self.open().filter((Q(notified_at__isnull=True) & ~Q(risk="none")) | unknowing)

    def pressing_first(self) -> Self:
        """Those whose clock ends first, then the rest from the newest."""
        runs = models.Case(
            models.When(closed_at__isnull=True, notified_at__isnull=True, then=models.Value(0)),
            default=models.Value(1),
        )
        return self.alias(place=runs).order_by("place", F("due").asc(nulls_last=True), "-noticed_at", "-id")


class Breach(Versioned):
    """One breach. `noticed_at` is when the controller became aware: the clock begins there.

    `due` and its source are those of the rule in force that day, kept so that a later change of the rule moves no clock
    that runs. `told` is what was said first and never changes; `what` is what is known now.
    """

    code = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="breaches")
    path = models.CharField(max_length=120, db_index=True)
    told = models.TextField()
    told_at = models.DateTimeField()
    told_by_id = models.PositiveBigIntegerField(null=True)
    told_by = models.CharField(max_length=120)
    noticed_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True, db_index=True)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    legal_ref = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)
    what = models.TextField()
    happened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    people_about = models.PositiveIntegerField(null=True, blank=True)
    records_about = models.PositiveIntegerField(null=True, blank=True)
    consequences = models.TextField(blank=True)
    taken = models.TextField(blank=True)
    planned = models.TextField(blank=True)
    advice = models.TextField(blank=True, help_text="what the people touched can do themselves")
    risk = models.CharField(max_length=4, blank=True, choices=kinds.RISKS)
    decision_why = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    notified_at = models.DateTimeField(
        null=True, blank=True, help_text="when the Commission was told the first time"
    )
    people_told_at = models.DateTimeField(null=True, blank=True)
    late_why = models.TextField(blank=True)
    untold_why = models.TextField(blank=True, help_text="why the people are not told though the risk is high")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    closing = models.TextField(blank=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ("-noticed_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(risk="")
                | (Q(decided_at__isnull=False) & ~Q(decision_why="") & ~Q(decided_by="")),
                name="breach_decision_has_a_person_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(risk=""), name="closed_breach_is_decided"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Somebody still works on it."""
        return self.closed_at is None

    @property
    def runs(self) -> bool:
        """Whether the clock runs."""
        return self.is_open and self.notified_at is None and self.risk != "none"

    @property
    def people_wait(self) -> bool:
        """The risk is high, and the people touched do not know yet."""
        return self.is_open and self.risk == "high" and self.people_told_at is None and not self.untold_why

    def minutes_left(self, now: dt.datetime) -> int | None:
        """Whole minutes until the end of the term, negative after it; None without a term."""
        if self.due is None:
            return None
        # Two moments of one zone are subtracted by the clock on the wall, which jumps twice a year.
        return int((self.due.astimezone(dt.UTC) - now.astimezone(dt.UTC)).total_seconds() // 60)

    @property
    def was_late(self) -> bool:
        """The Commission was told after the end of the term."""
        return self.due is not None and self.notified_at is not None and self.notified_at > self.due


class BreachMark(models.Model):
    """What the breach touches, one mark a row: a way it hurts, a kind of data, a kind of people."""

    ABOUT = [("security", "security"), ("kinds", "kinds"), ("people", "people")]

    breach = models.ForeignKey(Breach, models.CASCADE, related_name="marks")
    about = models.CharField(max_length=8, choices=ABOUT)
    code = models.CharField(max_length=14)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["breach", "about", "code"], name="one_mark_of_a_kind_a_breach")
        ]


class BreachTold(models.Model):
    """That somebody was told: who, when, how; the words stand outside Opora."""

    breach = models.ForeignKey(Breach, models.CASCADE, related_name="notices")
    whom = models.CharField(max_length=10, choices=kinds.WHOM)
    at = models.DateTimeField()
    how = models.CharField(max_length=300)
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("at", "id")


class BreachEntry(models.Model):
    """A line of the history of a breach: who did what and when. The database refuses to change or delete it."""

    DEEDS = [
        ("told", _("Съобщено")),
        ("written", _("Допълнено")),
        ("decided", _("Решено")),
        ("notified", _("Уведомено")),
        ("closed", _("Приключено")),
        ("reopened", _("Отворено отново")),
    ]

    breach = models.ForeignKey(Breach, models.CASCADE, related_name="history")
    number = models.PositiveIntegerField()
    deed = models.CharField(max_length=8, choices=DEEDS)
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=120)
    role = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["breach", "number"], name="breach_history_in_order")]


class BreachChange(models.Model):
    """What one field of the breach was before the entry and after it; append-only as the entry."""

    entry = models.ForeignKey(BreachEntry, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
