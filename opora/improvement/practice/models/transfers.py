"""A practice taken over by another service: asked, planned, changed, measured."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.foundation.core.models import Scoped, Versioned
from opora.improvement.practice import stages
from opora.improvement.practice.models.cards import Element, Outcome, Practice
from opora.register.models import Service

MOMENTS = [(0, _("преди")), (1, _("първо измерване")), (2, _("второ измерване"))]
"""Before, and twice after; how many months after is in the rules `practice_first_measure`, `practice_second_measure`."""


class AdaptationQuerySet(Scoped):
    """Adaptations by state."""

    def learnt(self) -> Self:
        """Those in which one service did learn from another."""
        return self.filter(stage__in=stages.LEARNT)


class Adaptation(Versioned):
    """One service takes over a practice, from where it began or from another that adapted it (`learnt_from`).

    `path` is the scope of the service that adapts; `stage` repeats the newest `AdaptationStage`.
    """

    code = models.CharField(max_length=20, unique=True)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adaptations")
    service = models.ForeignKey(Service, models.PROTECT, related_name="adaptations")
    learnt_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="descendants")
    path = models.CharField(max_length=120, db_index=True)
    why = models.TextField(help_text="what the service wants to change for its people")
    stage = models.CharField(
        max_length=10, choices=list(stages.ADAPTATION.items()), default=stages.ASKED, db_index=True
    )
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    responsible = models.CharField(max_length=120, blank=True)
    started_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True, help_text="what came of it, in the words of the service")

    objects = AdaptationQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "service"],
                condition=~Q(stage__in=(stages.DECLINED, stages.STOPPED)),
                name="one_living_adaptation_per_service",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=stages.MEASURED) | Q(started_on__isnull=False),
                name="running_has_begun",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AdaptationStage(models.Model):
    """A state the adaptation entered: when, by whom, with what words."""

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=10, choices=list(stages.ADAPTATION.items()))
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")


class ConditionSeen(models.Model):
    """A condition as it stood in the register on the day the service asked."""

    STATES = [("met", _("изпълнено")), ("unmet", _("не е изпълнено")), ("unknown", _("не се знае"))]

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=400)
    state = models.CharField(max_length=8, choices=STATES)
    found = models.CharField(max_length=300, blank=True)
    plan = models.CharField(max_length=400, blank=True, help_text="what the service will do about it")

    class Meta:
        ordering = ("id",)


class Change(models.Model):
    """Something done otherwise than where the practice comes from, and why."""

    PARTS = [
        ("method", _("метод")),
        ("team", _("екип")),
        ("people", _("за кого е")),
        ("place", _("място и време")),
        ("length", _("продължителност")),
        ("tools", _("инструменти")),
        ("other", _("друго")),
    ]

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, related_name="changes")
    part = models.CharField(max_length=8, choices=PARTS)
    what = models.CharField(max_length=400)
    why = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("at", "id")


class Step(models.Model):
    """A step of the plan of adaptation."""

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, related_name="steps")
    text = models.CharField(max_length=300)
    responsible = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due", "id")


class Measurement(models.Model):
    """What was found at one moment; later than its day is said, never changed in silence."""

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, related_name="measurements")
    moment = models.PositiveSmallIntegerField(choices=MOMENTS)
    on = models.DateField()
    people = models.PositiveIntegerField(null=True, blank=True, help_text="over how many people")
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("moment",)
        constraints = [
            models.UniqueConstraint(fields=["adaptation", "moment"], name="one_measurement_a_moment"),
            models.CheckConstraint(condition=Q(moment__lte=2), name="moment_from_0_to_2"),
        ]


class ElementMark(models.Model):
    """How far one core of the practice was kept: 0 not, 1 partly, 2 wholly."""

    LEVELS = [(0, _("не")), (1, _("отчасти")), (2, _("изцяло"))]

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="element_marks")
    element = models.ForeignKey(Element, models.PROTECT, related_name="marks")
    level = models.PositiveSmallIntegerField(choices=LEVELS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measurement", "element"], name="one_mark_per_element"),
            models.CheckConstraint(condition=Q(level__lte=2), name="fidelity_from_0_to_2"),
        ]


class OutcomeValue(models.Model):
    """One measured value."""

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="values")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="values")
    value = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measurement", "outcome"], name="one_value_per_outcome")
        ]
