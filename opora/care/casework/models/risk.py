"""Risk and safety plans: what threatens whom, who says so, and what was agreed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.brought import Brought
from opora.care.casework.models.files import ClientFile
from opora.care.casework.models.people import Person


class Risk(Brought):
    """How great somebody finds the risk for one person of the file, and why; append-only, the newest counts.

    The level is set by the person who signs it. Nothing computes it.
    """

    NONE, LOW, HIGH, NOW = 0, 1, 2, 3
    LEVELS = [
        (NONE, _("0: не е установен риск")),
        (LOW, _("1: има риск, семейството се справя с подкрепа")),
        (HIGH, _("2: висок риск, нужна е намеса до дни")),
        (NOW, _("3: непосредствена опасност, действа се сега")),
    ]
    TAGS = {NONE: "none", LOW: "info", HIGH: "waiting", NOW: "wrong"}

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="risks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="risks")
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    why = models.TextField()
    review_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=120)
    profession = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)

    relation: str | None = None
    """Who the person is to the one of the file; set by `queries_crisis.risks_of`."""

    class Meta:
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["file", "person", "-at"])]
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=3), name="risk_level_0_to_3"),
            models.CheckConstraint(condition=~Q(why=""), name="risk_has_a_reason"),
        ]

    @property
    def tag(self) -> str:
        """The tag its level is shown with."""
        return self.TAGS[self.level]


class RiskFactor(models.Model):
    """One thing that makes the risk greater or smaller."""

    SIDES = [("for", _("увеличава риска")), ("against", _("пази"))]

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="factors")
    side = models.CharField(max_length=8, choices=SIDES)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ("id",)


class SafetyPlan(Brought):
    """What the person and those around them do when it becomes dangerous; a new version replaces the one before."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="safety_plans")
    number = models.PositiveSmallIntegerField()
    review_on = models.DateField()
    agreed_with = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    profession = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_safety_plan_number")]

    def as_written(self) -> dict[str, Any]:
        """Its fields as they are written, lines of one kind in one text."""
        lines = list(self.lines.all())
        texts = {
            kind: "\n".join(one.text for one in lines if one.kind == kind)
            for kind, _label in SafetyLine.KINDS
        }
        return texts | {"agreed_with": self.agreed_with, "review_on": self.review_on}


class SafetyLine(models.Model):
    """One line of a safety plan, in the person's own words."""

    KINDS = [
        ("sign", _("По какво разбирам, че става опасно")),
        ("help", _("Какво ми помага да се успокоя")),
        ("call", _("На кого се обаждам")),
        ("step", _("Какво правим, стъпка по стъпка")),
    ]

    plan = models.ForeignKey(SafetyPlan, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=6, choices=KINDS)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ("id",)
