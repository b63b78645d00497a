"""Files and papers that lie in a client file: what is there, what is still waited for, until when it holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.brought import Brought
from opora.care.casework.models.events import Event
from opora.care.casework.models.files import ClientFile
from opora.foundation.documents.models import Attachment

ID_COPY, ID_SEEN = "id_copy", "id_seen"

PAPERS = [
    ("application", _("заявление")),
    ("referral", _("направление")),
    ("court", _("съдебно решение или заповед")),
    ("consent", _("подписано съгласие")),
    ("birth", _("удостоверение за раждане")),
    (ID_SEEN, _("лична карта или паспорт: сверено, без копие")),
    (ID_COPY, _("копие на лична карта или паспорт")),
    ("disability", _("решение на ТЕЛК или НЕЛК")),
    ("medical", _("медицински документ")),
    ("school", _("документ от училище")),
    ("drawing", _("рисунка или друга творба на детето")),
    ("voice", _("запис на гласа на детето")),
    ("letter", _("писмо")),
    ("other", _("друг документ")),
]


class Enclosure(Brought):
    """One paper or file. Without `attachment` only the fact stands: it was seen, or it lies on paper in the binder."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="enclosures")
    attachment = models.OneToOneField(
        Attachment, models.PROTECT, null=True, blank=True, related_name="enclosure"
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="enclosures")
    kind = models.CharField(max_length=12, choices=PAPERS)
    about = models.CharField(max_length=200, blank=True)
    on = models.DateField(help_text="the day of the paper")
    until = models.DateField(null=True, blank=True, help_text="until when it holds")
    ground = models.CharField(
        max_length=120, blank=True, help_text="the law that lets an identity paper be copied"
    )
    place_kept = models.BooleanField(
        default=False, help_text="camera and place of a photo were kept on purpose"
    )
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    by_id = models.PositiveBigIntegerField(null=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=120, blank=True)
    removed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ID_COPY) | ~Q(ground=""), name="copy_of_identity_has_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_why=""),
                name="enclosure_removed_with_a_reason",
            ),
        ]


class PaperAsked(models.Model):
    """A paper that is waited for, until a day; it ends when the paper comes or nobody needs it any more."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="papers_asked")
    kind = models.CharField(max_length=12, choices=PAPERS)
    due = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["file", "kind"], condition=Q(ended_at__isnull=True), name="one_open_asking_per_paper"
            )
        ]
