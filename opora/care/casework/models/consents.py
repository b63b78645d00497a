"""Consents: for what, who gave them and how, from when until when, and who took them back."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.events import Relation
from opora.care.casework.models.files import ClientFile


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents by state."""

    def standing(self) -> Self:
        """Those nobody has taken back."""
        return self.filter(withdrawn_on__isnull=True)


class Consent(models.Model):
    """One consent. Never changed but by its withdrawal. No `giver` means the person of the file.

    `beside` is the parent or guardian who consents together with a person between the two ages of the rules.
    """

    PURPOSES = [
        ("data", _("обработване на лични данни извън законовите задължения")),
        ("share", _("предоставяне на данни на друга услуга или специалист")),
        ("specialist", _("изследване или консултация от външен специалист")),
        ("pictures", _("снимки и записи на глас")),
        ("publish", _("публикуване на снимка, рисунка или разказ")),
        ("activity", _("участие в група, излет или друга дейност")),
        ("other", _("друго")),
    ]
    HOW = [("paper", _("подписано на хартия")), ("spoken", _("казано устно пред служител"))]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    about = models.CharField(max_length=300, blank=True, help_text="to whom, for what exactly")
    giver = models.ForeignKey(
        Relation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
        help_text="empty: the person",
    )
    beside = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="consents_beside"
    )
    how = models.CharField(max_length=6, choices=HOW)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_self = models.BooleanField(default=False, help_text="taken back by the person of the file")
    withdrawn_by = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="consents_withdrawn"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_noted_by = models.CharField(max_length=120, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="consent_until_after_since"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_self=False, withdrawn_by__isnull=True)
                | Q(withdrawn_on__gte=F("since"), withdrawn_self=True, withdrawn_by__isnull=True)
                | Q(withdrawn_on__gte=F("since"), withdrawn_self=False, withdrawn_by__isnull=False),
                name="consent_withdrawn_by_one",
            ),
            models.CheckConstraint(
                condition=Q(beside__isnull=True) | Q(giver__isnull=True), name="consent_beside_the_person"
            ),
        ]
