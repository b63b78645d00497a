"""A period of the award in one region: who is nominated, who sits on the panel, how they voted, what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.foundation.accounts.models import User
from opora.foundation.core.models import Scoped, Versioned
from opora.foundation.territory.models import Region
from opora.improvement.practice import stages
from opora.improvement.practice.models.cards import Practice
from opora.register.models import Service


class Period(Versioned):
    """The award of one region in one year. `path` is the region's; `stage` says what may be done now.

    The numbers are copied from the rules when the period opens, so that a later change of a rule does not move an
    award under way.
    """

    code = models.CharField(max_length=20, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="award_periods")
    path = models.CharField(max_length=120, db_index=True)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    round_code = models.CharField(max_length=40, blank=True, help_text="round of visits the marks come from")
    awards = models.PositiveSmallIntegerField(default=3, help_text="how many may be given")
    spread = models.DecimalField(
        max_digits=3, decimal_places=2, help_text="each weight may be so much of itself greater or less"
    )
    grouping = models.CharField(
        max_length=8,
        blank=True,
        help_text="how services are divided before they are ranked; empty: not at all",
    )
    stage = models.CharField(
        max_length=12, choices=list(stages.PERIOD.items()), default=stages.NOMINATIONS, db_index=True
    )
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    fixed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decision = models.TextField(blank=True)
    departs_why = models.TextField(blank=True, help_text="why the decision is not the shortlist's")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ("-year", "region__sort_name")
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="one_award_period_a_year")]

    def __str__(self) -> str:
        return self.code


class Nomination(models.Model):
    """A service proposed for the award: by itself, a municipality, the coordinators or people who use services."""

    BY = [
        ("service", _("от самата услуга")),
        ("municipality", _("от общината")),
        ("coordinator", _("от координатор")),
        ("user", _("от потребител или близък")),
    ]
    STATES = [("new", _("чака преглед")), ("kept", _("приета")), ("declined", _("неприета"))]

    period = models.ForeignKey(Period, models.CASCADE, related_name="nominations")
    service = models.ForeignKey(Service, models.PROTECT, related_name="nominations")
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="nominations")
    kind = models.CharField(max_length=12, choices=BY)
    why = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120, blank=True, help_text="empty for people who use services")
    organisation = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default="new")
    state_why = models.TextField(blank=True)
    state_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("at", "id")


class Clearance(models.Model):
    """That a service has or has not an open prescription, as somebody found and where; the newest row counts."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="clearances")
    service = models.ForeignKey(Service, models.PROTECT, related_name="clearances")
    clear = models.BooleanField(help_text="no prescription of a controlling body is open")
    source = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("-at", "-id")


class Standing(models.Model):
    """A candidate's place on the shortlist as it was when it was fixed for the panel."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="standings")
    service = models.ForeignKey(Service, models.PROTECT, related_name="standings")
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    first = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    among = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    best = models.PositiveSmallIntegerField(null=True, help_text="best place in nine weightings of ten")
    worst = models.PositiveSmallIntegerField(null=True)
    standing = models.CharField(max_length=12)
    listed = models.BooleanField(default=False)
    place = models.CharField(max_length=7, blank=True, help_text="with whom it is shared: 2–3")
    order = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=40, blank=True, help_text="in which group it was ranked")
    group_title = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["period", "service"], name="one_standing_a_period")]


class PanelMember(models.Model):
    """Somebody who votes. `declared_at` empty: has not yet said whether there is a conflict, and may not vote."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="panel")
    user = models.ForeignKey(User, models.PROTECT, related_name="award_panels")
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    part = models.CharField(
        max_length=8, choices=[("chair", _("председател")), ("member", _("член"))], default="member"
    )
    declared_at = models.DateTimeField(null=True, blank=True)
    named_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("part", "name")
        constraints = [
            models.UniqueConstraint(fields=["period", "user"], name="one_seat_per_person"),
            models.UniqueConstraint(fields=["period"], condition=Q(part="chair"), name="one_chair_per_panel"),
        ]


class Conflict(models.Model):
    """A tie between a member and a candidate: declared by the member, or known from the grant of a role."""

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="conflicts")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    found = models.BooleanField(default=False, help_text="known to the program, not said by the member")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "service"], name="one_conflict_per_candidate")
        ]


class Vote(models.Model):
    """How a member voted on a candidate, and why. Changing it is a new row; the newest counts."""

    CHOICES = [("for", _("за")), ("against", _("против")), ("abstain", _("въздържа се"))]

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="votes")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=CHOICES)
    why = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")


class Award(models.Model):
    """The award given; the number stands on the certificate."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="given")
    service = models.ForeignKey(Service, models.PROTECT, related_name="awards")
    practice = models.ForeignKey(Practice, models.SET_NULL, null=True, blank=True, related_name="awards")
    number = models.CharField(max_length=24, unique=True)
    why = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "id")
        constraints = [models.UniqueConstraint(fields=["period", "service"], name="one_award_a_period")]
