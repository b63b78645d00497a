"""The chronology, and who stands around the person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.files import ClientFile
from opora.care.casework.models.people import Person


class Relation(models.Model):
    """Somebody of the family or near the person: who they are to them, whether they care for and decide for them."""

    KINDS = [
        ("mother", _("майка")),
        ("father", _("баща")),
        ("sibling", _("брат или сестра")),
        ("grandparent", _("баба или дядо")),
        ("relative", _("друг роднина")),
        ("guardian", _("настойник или попечител")),
        ("foster", _("приемен родител")),
        ("partner", _("съпруг или партньор")),
        ("child", _("дете")),
        ("close", _("близък човек")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="relations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=12, choices=KINDS)
    lives_with = models.BooleanField(default=False)
    decides = models.BooleanField(default=False, help_text="legal representative")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["file", "person"], name="one_relation_per_person")]


class Event(models.Model):
    """One line of the chronology; append-only. What was wrong is corrected by another event that names it."""

    KINDS = [
        ("home_visit", _("Посещение в дома")),
        ("meeting", _("Среща")),
        ("session", _("Сесия")),
        ("call", _("Телефонен разговор")),
        ("letter", _("Писмо или съобщение")),
        ("observation", _("Наблюдение")),
        ("stage", _("Етап")),
        ("correction", _("Поправка")),
        ("crisis", _("Криза и безопасност")),
        ("group", _("Групово занятие")),
    ]
    OF_THE_PROGRAM = ("stage", "correction", "crisis", "group")
    """Kinds that follow from other work and are never chosen for a note."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=KINDS)
    on = models.DateField()
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=120)
    profession = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    stage = models.CharField(
        max_length=12, blank=True, help_text="the stage the file entered, for kind `stage`"
    )
    text = models.TextField(blank=True)
    present = models.JSONField(default=list, help_text="who of the family was there: child, mother, father …")
    voice = models.TextField(blank=True, help_text="the person's own words")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    key = models.CharField(max_length=64, help_text="of the form that sent it: twice sent is once written")

    class Meta:
        ordering = ("-on", "-at", "-id")
        indexes = [models.Index(fields=["file", "-on", "-at"])]
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="one_event_per_form")]
