"""Protection of what files hold: who looked at how many, watched files, copies for the person, erasing, reasons to keep."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.files import ClientFile
from opora.foundation.accounts.models import User


class Look(models.Model):
    """When somebody last opened a file. Different files are counted here; what was read stands in the audit."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="looks")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "file"], name="one_look_per_file")]
        indexes = [models.Index(fields=["user", "-at"])]


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts by state."""

    def since(self, at: dt.datetime) -> Self:
        """Those of that moment and after."""
        return self.filter(at__gte=at)

    def open(self) -> Self:
        """Nobody has answered: no second factor shown, nothing allowed, not looked into."""
        return self.filter(answered_at__isnull=True)


class Alert(models.Model):
    """Somebody opened many files, took many out whole, or opened a watched one. It outlives the file, so it holds the number and no name."""

    HOUR, DAY, BAIT, BULK = "hour", "day", "bait", "bulk"
    KINDS = [
        (HOUR, _("много досиета за час")),
        (DAY, _("много досиета за ден, спряно")),
        (BAIT, _("наблюдавано досие")),
        (BULK, _("много архиви на досиета за ден")),
    ]

    kind = models.CharField(max_length=4, choices=KINDS)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    path = models.CharField(max_length=120, db_index=True, help_text="of the service of the last file opened")
    code = models.CharField(max_length=20, help_text="number of the last file opened")
    count = models.PositiveIntegerField(default=1, help_text="different files")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.PositiveBigIntegerField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["user", "kind", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="day") | Q(answered_by_id__isnull=True) | ~Q(answered_by_id=F("user_id")),
                name="nobody_allows_themselves",
            )
        ]


class Bait(models.Model):
    """A watched file: whoever opens it, the data protection officer hears of it. Nothing on its pages tells so."""

    file = models.OneToOneField(ClientFile, models.CASCADE, related_name="bait")
    why = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)


class CopyAsked(models.Model):
    """The person, or who decides for them, asked for all that is kept about them: who, when, and how they were known."""

    PERSON = "person"
    WHO = [
        (PERSON, _("човекът сам")),
        ("representative", _("законен представител")),
        ("proxy", _("пълномощник")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="copies_asked")
    who = models.CharField(max_length=14, choices=WHO)
    known_by = models.CharField(max_length=200, help_text="how the identity was checked")
    asked_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    given_at = models.DateTimeField(
        null=True, blank=True, help_text="empty: its attachments are still being decided on"
    )
    rows = models.PositiveIntegerField(default=0, help_text="rows of the file in the copy")
    digest = models.CharField(max_length=64, blank=True, help_text="fingerprint of the copy")

    class Meta:
        ordering = ("-at", "-id")


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Erasures by state."""

    def waiting(self) -> Self:
        """Asked for, not yet answered."""
        return self.filter(answered_at__isnull=True)


class Erasure(models.Model):
    """One person asks to erase a file, another confirms. It outlives the file: its number and ground, no name."""

    GROUNDS = [
        ("retention", _("срокът за пазене е изтекъл")),
        ("mistake", _("досието е открито по грешка")),
        ("unlawful", _("данните са събрани без основание")),
        ("person", _("искане на човека, което е уважено")),
        ("order", _("решение на съд или на КЗЛД")),
    ]

    file = models.ForeignKey(ClientFile, models.SET_NULL, null=True, related_name="erasures")
    code = models.CharField(max_length=20)
    path = models.CharField(max_length=120, db_index=True)
    ground = models.CharField(max_length=10, choices=GROUNDS)
    document = models.CharField(max_length=120, help_text="number of the decision or the request")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.PositiveBigIntegerField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="empty: not answered, or refused")
    rows = models.PositiveIntegerField(default=0)
    swept_at = models.DateTimeField(null=True, blank=True, help_text="the bytes are gone from the disk too")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by_id__isnull=True) | ~Q(answered_by_id=F("user_id")),
                name="erased_by_two_persons",
            ),
            models.UniqueConstraint(
                fields=["file"], condition=Q(answered_at__isnull=True), name="one_open_erasure_per_file"
            ),
        ]


class BulkExport(models.Model):
    """A list of all files of a service: one person asks, another confirms, the first takes it within a day."""

    path = models.CharField(max_length=120, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    why = models.TextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.PositiveBigIntegerField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    until = models.DateTimeField(null=True, blank=True, help_text="empty: not answered, or refused")
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by_id__isnull=True) | ~Q(answered_by_id=F("user_id")),
                name="list_taken_by_two_persons",
            )
        ]


class Hold(models.Model):
    """A reason why a file is not erased now: a court case, a check, a request. Ends by hand or on its day."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="holds")
    why = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="empty: until it is lifted")
    by = models.CharField(max_length=120)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-since", "-id")


class Death(models.Model):
    """The person of the file died: nobody is to be called any more, and on what ground the file is kept (ЗЗЛД 25е)."""

    file = models.OneToOneField(ClientFile, models.CASCADE, related_name="death")
    on = models.DateField()
    ground = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
