"""How ties hold (for the ecomap), and the agencies around the person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.files import ClientFile
from opora.foundation.core.models import Versioned


class Tied(models.Model):
    """Somebody around the person: how strong the tie is, and who gives to whom."""

    STRENGTHS = [("strong", _("силна")), ("weak", _("слаба")), ("tense", _("напрегната"))]
    GIVES = [("both", _("в двете посоки")), ("from", _("от тях към детето")), ("to", _("от детето към тях"))]

    strength = models.CharField(max_length=6, choices=STRENGTHS, blank=True)
    gives = models.CharField(max_length=4, choices=GIVES, blank=True)
    note = models.CharField(max_length=200, blank=True)
    until = models.DateField(null=True, blank=True, help_text="the day it ended; empty while it is so")

    class Meta:
        abstract = True


class Agency(Versioned, Tied):
    """A place or an organisation around the person: school, doctor, sports club."""

    KINDS = [
        ("school", _("училище или детска градина")),
        ("doctor", _("лекар или лечебно заведение")),
        ("social", _("социална услуга или дирекция")),
        ("law", _("съд, полиция, прокуратура")),
        ("work", _("работа")),
        ("club", _("спорт, читалище, занимания")),
        ("faith", _("вяра и общност")),
        ("other", _("друго")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="agencies")
    kind = models.CharField(max_length=8, choices=KINDS)
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True, help_text="whom to ask for, telephone")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
