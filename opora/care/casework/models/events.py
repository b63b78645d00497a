"""The chronology, and who stands around the person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.family import Tied
from opora.care.casework.models.files import ClientFile
from opora.care.casework.models.people import Person


class Relation(Tied):
    """Somebody of the family or near the person: who they are to them, whether they care for and decide for them.

    `through` is the relative by whom they are related: the mother of a grandmother's line, the shared parent of a half
    brother. `separated` is from the other parent or partner.
    """

    KINDS = [
        ("mother", _("майка")),
        ("father", _("баща")),
        ("sibling", _("брат или сестра")),
        ("grandparent", _("баба или дядо")),
        ("elder", _("прабаба или прадядо")),
        ("aunt", _("леля, чичо или вуйчо")),
        ("step", _("партньор на родителя")),
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
    through = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="leads_to")
    separated = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["file", "person"], name="one_relation_per_person")]


class Event(models.Model):
    """One line of the chronology; append-only. What was wrong is corrected by another event that names it."""

    BY_ITSELF = (
        "stage",
        "paper",
        "consent",
        "presence",
        "opinion",
        "crisis",
        "group",
        "correction",
        "archive",
    )
    """Kinds that are written by other work, never chosen for a note."""
    KINDS = [
        ("home_visit", _("Посещение в дома")),
        ("meeting", _("Среща")),
        ("session", _("Сесия")),
        ("call", _("Телефонен разговор")),
        ("letter", _("Писмо или съобщение")),
        ("observation", _("Наблюдение")),
        ("stage", _("Етап")),
        ("paper", _("Приложен документ")),
        ("consent", _("Съгласие")),
        ("presence", _("Участие на семейството")),
        ("correction", _("Поправка")),
        ("opinion", _("Становище")),
        ("crisis", _("Криза и безопасност")),
        ("group", _("Групово занятие")),
        ("archive", _("Четене на старото досие")),
    ]

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
    absent_why = models.CharField(max_length=300, blank=True, help_text="why nobody of the family was there")
    voice = models.TextField(blank=True, help_text="the person's own words")
    family_voice = models.TextField(blank=True, help_text="the family's own words")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    team_only = models.BooleanField(
        default=False, help_text="not for who reads in an emergency, and on no paper"
    )
    key = models.CharField(max_length=64, help_text="of the form that sent it: twice sent is once written")

    class Meta:
        ordering = ("-on", "-at", "-id")
        indexes = [models.Index(fields=["file", "-on", "-at"])]
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="one_event_per_form")]
