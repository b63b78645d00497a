"""Rule records: every coefficient, threshold, deadline and norm, with its legal reference and whether it was verified."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

KNOWN_FROM = [
    ("statute", "statute"),
    ("web", "web"),
    ("memory", "memory"),
    ("design", "design"),
    ("expert", "expert"),
]


class RuleQuerySet(models.QuerySet["Rule"]):
    """Rules by time."""

    def in_force(self, on: dt.date) -> RuleQuerySet:
        """Those that count on the day; of several the newest wins."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class Rule(models.Model):
    """One value of one rule from a day to a day. A change is a new row; the former one ends the day before."""

    code = models.SlugField(max_length=60, db_index=True)
    text = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    value = models.CharField(
        max_length=120, blank=True, help_text="empty: the rule exists, its number was not found"
    )
    unit = models.CharField(max_length=30)
    legal_ref = models.CharField(max_length=200, blank=True)
    known_from = models.CharField(max_length=10, choices=KNOWN_FROM)
    verified = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    changed_by = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ("code", "-valid_from", "-id")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_value_of_a_rule_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.code} = {self.value} {self.unit}"
