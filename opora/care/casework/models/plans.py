"""Individual support plan: goals with their five levels, activities, marks over time, and the head's approval."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework import domains
from opora.care.casework.models.assessments import Assessment
from opora.care.casework.models.brought import Brought
from opora.care.casework.models.files import ClientFile
from opora.foundation.core.models import Versioned


class Plan(Brought, Versioned):
    """One version of the plan. A new one takes over the goals of the last; the head approves or returns it."""

    DRAFT, SENT, APPROVED, RETURNED, REPLACED = "draft", "sent", "approved", "returned", "replaced"
    STATES = [
        (DRAFT, _("чернова")),
        (SENT, _("чака одобрение")),
        (APPROVED, _("одобрен")),
        (RETURNED, _("върнат за промяна")),
        (REPLACED, _("заменен с нов")),
    ]
    TAGS = {DRAFT: "info", SENT: "waiting", APPROVED: "done", RETURNED: "wrong", REPLACED: "none"}

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="plans")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=STATES, default=DRAFT)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    child_words = models.TextField(blank=True)
    family_words = models.TextField(blank=True)
    present = models.JSONField(default=list)
    absent_why = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_plan_number"),
            models.UniqueConstraint(fields=["file"], condition=Q(state="approved"), name="one_approved_plan"),
        ]

    @property
    def is_open(self) -> bool:
        """May still be written."""
        return self.state in (self.DRAFT, self.RETURNED)


class Goal(Versioned):
    """What should be different, how it will be seen at each of five levels, who answers for it, until when."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    before = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, help_text="the same goal in the plan before"
    )
    domain = models.CharField(max_length=14, choices=list(domains.DOMAINS.items()))
    need = models.TextField(help_text="from the assessment, not typed again")
    title = models.CharField(max_length=200)
    levels = models.JSONField(default=list, help_text="words for -2, -1, 0, 1, 2")
    baseline = models.SmallIntegerField(default=-1)
    weight = models.PositiveSmallIntegerField(default=1)
    responsible = models.CharField(max_length=120)
    family_part = models.CharField(max_length=300, blank=True)
    due = models.DateField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(baseline__gte=-2, baseline__lte=2), name="baseline_on_the_scale"
            ),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=5), name="goal_weight_1_to_5"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_reached(self) -> bool:
        """Whether the newest mark is what was expected, or more."""
        marks = list(self.marks.all())
        return bool(marks) and marks[-1].level >= 0


class Activity(models.Model):
    """What is done toward a goal, by whom, how often."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="activities")
    text = models.CharField(max_length=200)
    who = models.CharField(max_length=120, blank=True)
    often = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("id",)


class GoalMark(models.Model):
    """How far the goal was on a day, from -2 to 2. The newest counts; the others draw the way."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="marks")
    on = models.DateField()
    level = models.SmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=-2, level__lte=2), name="mark_on_the_scale")
        ]
