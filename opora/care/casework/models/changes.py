"""What changed of a person who stands in another file too, offered to the team of this one."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.files import ClientFile
from opora.care.casework.models.people import Person


class OfferQuerySet(models.QuerySet["ChangeOffer"]):
    """Offers by state."""

    def waiting(self) -> Self:
        """Neither accepted nor declined."""
        return self.filter(answered_at__isnull=True)


class ChangeOffer(models.Model):
    """That something of them was changed there, and never what: both values are read from the two rows when somebody who
    may see both files looks. `other` and `other_file` are numbers and no keys: that file may be erased, or be behind the wall.
    """

    NAMES, PHONE, BORN, DEATH = "names", "phone", "born", "death"
    FIELDS = [
        (NAMES, _("името")),
        (PHONE, _("телефонът")),
        (BORN, _("датата на раждане")),
        (DEATH, _("това, че е починал")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="change_offers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="change_offers")
    other = models.PositiveBigIntegerField(help_text="the row of the same human being in the other file")
    other_file = models.PositiveBigIntegerField()
    field = models.CharField(max_length=6, choices=FIELDS)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    accepted = models.BooleanField(default=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other", "field"],
                condition=Q(answered_at__isnull=True),
                name="one_waiting_offer",
            )
        ]
