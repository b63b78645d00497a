"""What becomes of each attachment when the person is given a copy of their file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.protection import CopyAsked
from opora.foundation.documents.models import Attachment


class CopyChoice(models.Model):
    """One attachment in one copy: given as it is, blackened, or kept back on a ground; and who decided so.

    It outlives the attachment, whose fingerprint tells whether the same file was decided on before.
    """

    AS_IS, BLACKENED, KEPT = "as_is", "blackened", "kept"
    CHOICES = [
        (AS_IS, _("дава се, както е")),
        (BLACKENED, _("дава се със закрити места")),
        (KEPT, _("не се дава")),
    ]

    asked = models.ForeignKey(CopyAsked, models.CASCADE, related_name="choices")
    attachment = models.ForeignKey(Attachment, models.SET_NULL, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    label = models.CharField(max_length=200, help_text="what it is, without any name")
    choice = models.CharField(max_length=9, choices=CHOICES)
    ground = models.CharField(
        max_length=300, blank=True, help_text="why it is kept back, as the head cites it"
    )
    document = models.CharField(max_length=32, blank=True, help_text="token of the blackened version")
    by_id = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["asked", "attachment"], name="one_choice_per_attachment"),
            models.CheckConstraint(condition=~Q(choice="kept") | ~Q(ground=""), name="kept_back_on_a_ground"),
            models.CheckConstraint(
                condition=~Q(choice="blackened") | ~Q(document=""), name="blackened_is_there"
            ),
        ]
