"""What is asked for outcomes because nothing else in the file tells it: where a person lives, school, satisfaction."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.brought import Brought
from opora.care.casework.models.files import ClientFile


class Situation(Brought):
    """Where the person lives and whether they go to school, on a day; the first is „before“, the last „after“."""

    PARENTS, RELATIVES, FOSTER, RESIDENTIAL, OWN, OTHER = (
        "parents", "relatives", "foster", "residential", "own", "other",
    )  # fmt: skip
    LIVING = [
        (PARENTS, _("при родителите")),
        (RELATIVES, _("при близки или роднини")),
        (FOSTER, _("в приемно семейство")),
        (RESIDENTIAL, _("в услуга за резидентна грижа или институция")),
        (OWN, _("самостоятелно")),
        (OTHER, _("другаде")),
    ]
    FAMILY = (PARENTS, RELATIVES, FOSTER)
    REGULAR, IRREGULAR, NO, NOT_DUE = "regular", "irregular", "no", "not_due"
    SCHOOL = [
        (REGULAR, _("посещава редовно")),
        (IRREGULAR, _("посещава нередовно")),
        (NO, _("не посещава")),
        (NOT_DUE, _("не е в училищна възраст")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="situations")
    on = models.DateField()
    living = models.CharField(max_length=12, choices=LIVING)
    school = models.CharField(max_length=10, choices=SCHOOL)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("on", "id")


class Satisfaction(Brought):
    """Three plain questions answered by the child, the person or a parent: no, partly, yes. Append-only."""

    WHO = [("child", _("детето или самият човек")), ("parent", _("родител или близък"))]
    ANSWERS = [(2, _("да")), (1, _("донякъде")), (0, _("не"))]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="satisfactions")
    on = models.DateField()
    who = models.CharField(max_length=6, choices=WHO)
    heard = models.PositiveSmallIntegerField(choices=ANSWERS)
    helped = models.PositiveSmallIntegerField(choices=ANSWERS)
    again = models.PositiveSmallIntegerField(choices=ANSWERS)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ("on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(heard__lte=2, helped__lte=2, again__lte=2), name="satisfaction_0_to_2"
            )
        ]
