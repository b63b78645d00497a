"""Crises: signals, people, steps, and what is done against the clock."""

from __future__ import annotations

import datetime as dt
import math
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.brought import Brought
from opora.care.casework.models.files import ClientFile
from opora.foundation.accounts.models import User
from opora.foundation.core import clock

NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


class CrisisQuerySet(models.QuerySet["Crisis"]):
    """Crises by state."""

    def running(self) -> Self:
        """Those nobody has closed."""
        return self.filter(closed_at__isnull=True)


class Crisis(Brought):
    """From the first signal to the closing. `number` counts within the file; one runs at a time."""

    OUTCOMES = [
        ("unfounded", _("сигналът не се потвърди")),
        ("safe_home", _("човекът е в безопасност у дома")),
        ("with_family", _("настанен е при близки")),
        ("placed", _("настанен е в услуга или приемно семейство")),
        ("hospital", _("приет е в болница")),
        ("handed", _("поета е от друга институция")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="crises")
    number = models.PositiveSmallIntegerField()
    lead = models.ForeignKey(User, models.SET_NULL, null=True, related_name="led_crises")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    closing = models.TextField(blank=True)

    objects = CrisisQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_crisis_number"),
            models.UniqueConstraint(
                fields=["file"], condition=Q(closed_at__isnull=True), name="one_running_crisis"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | (~Q(outcome="") & ~Q(closing="")),
                name="crisis_closed_with_an_outcome",
            ),
        ]

    @property
    def acts_on_danger(self) -> bool | None:
        """Whether something was done since danger was found; None when none was."""
        if not any(one.danger == Signal.NOW for one in self.signals.all()):
            return None
        return any(step.done_at is not None for step in self.steps.all())

    @property
    def is_open(self) -> bool:
        """Somebody still acts."""
        return self.closed_at is None

    @property
    def waiting(self) -> Signal | None:
        """The signal whose assessment ends first; none when all are assessed."""
        return min(
            (one for one in self.signals.all() if one.assessed_at is None),
            key=lambda one: one.due or NEVER,
            default=None,
        )


class Signal(models.Model):
    """Word that somebody is in danger: from whom, what, when received; to be assessed until `due`."""

    SOURCES = [
        ("child", _("детето или самият човек")),
        ("family", _("роднина или близък")),
        ("school", _("училище или детска градина")),
        ("doctor", _("лекар или болница")),
        ("police", _("полиция или 112")),
        ("dsp", _("дирекция „Социално подпомагане“")),
        ("line", _("телефонна линия за деца 116 111")),
        ("worker", _("служител на услугата")),
        ("unknown", _("не се представи")),
    ]

    NOW, LATER, NONE = "now", "later", "none"
    DANGER = [
        (NOW, _("да, има опасност сега")),
        (LATER, _("не сега, но може да има")),
        (NONE, _("не")),
    ]

    crisis = models.ForeignKey(Crisis, models.CASCADE, related_name="signals")
    source = models.CharField(max_length=8, choices=SOURCES)
    whom = models.CharField(max_length=200, blank=True, help_text="name and telephone of who told")
    what = models.TextField()
    received_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True, help_text="empty: the rule has no number")
    legal_ref = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)
    noted_by = models.CharField(max_length=120)
    assessed_at = models.DateTimeField(null=True, blank=True)
    assessed_by = models.CharField(max_length=120, blank=True)
    finding = models.TextField(blank=True)
    danger = models.CharField(
        max_length=5, choices=DANGER, blank=True, help_text="empty: not assessed yet, or before it was asked"
    )

    class Meta:
        ordering = ("received_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(assessed_at__isnull=True) | ~Q(finding=""), name="signal_assessed_in_words"
            )
        ]

    @property
    def minutes_left(self) -> int | None:
        """Minutes by the clock until the assessment is due, the last one begun counted whole; negative when late."""
        if self.due is None:
            return None
        # In UTC: within one zone Python subtracts what the clock on the wall shows, an hour wrong twice a year.
        left = self.due.astimezone(dt.UTC) - clock.now().astimezone(dt.UTC)
        return math.ceil(left.total_seconds() / 60)


class CrisisPerson(models.Model):
    """Somebody who acts in the crisis, from here or from elsewhere."""

    ROLES = [
        ("lead", _("води действията")),
        ("child", _("е до детето или човека")),
        ("family", _("говори със семейството")),
        ("head", _("ръководител на услугата")),
        ("dsp", _("отдел „Закрила на детето“")),
        ("police", _("полиция")),
        ("doctor", _("лекар")),
        ("other", _("друга помощ")),
    ]

    crisis = models.ForeignKey(Crisis, models.CASCADE, related_name="people")
    role = models.CharField(max_length=6, choices=ROLES)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class CrisisStep(models.Model):
    """Something to be done or a call: who, until when, done when, with what result. Left out steps stay, marked."""

    KINDS = [("step", _("действие")), ("call", _("обаждане"))]

    crisis = models.ForeignKey(Crisis, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=4, choices=KINDS)
    text = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=500, blank=True)
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    @property
    def is_waiting(self) -> bool:
        """Neither done nor left out."""
        return self.done_at is None and not self.dropped
