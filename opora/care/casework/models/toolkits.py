"""A service's own assessment and planning toolkit: a package of forms, templates, scales and a guide, in versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.brought import Brought
from opora.care.casework.models.files import ClientFile
from opora.foundation.core.models import Versioned
from opora.register.models import Service


class Toolkit(models.Model):
    """A toolkit of one service as a family of versions, the first one as it came."""

    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    service = models.ForeignKey(Service, models.CASCADE, related_name="toolkits")

    class Meta:
        ordering = ("title", "id")
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="one_toolkit_code_per_service")
        ]

    def __str__(self) -> str:
        return self.title


class ToolkitOrigin(models.Model):
    """Where a toolkit was before it came to this service: one row a version it passed through, the oldest first."""

    toolkit = models.ForeignKey(Toolkit, models.CASCADE, related_name="origins")
    order = models.PositiveSmallIntegerField()
    organisation = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    made_on = models.DateField()

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["toolkit", "order"], name="one_toolkit_origin_order")]


class ToolkitVersion(models.Model):
    """One version; never changed."""

    toolkit = models.ForeignKey(Toolkit, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True, help_text="of what the parts say")
    change = models.CharField(max_length=300, blank=True, help_text="what was changed and why")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["toolkit", "number"], name="one_toolkit_number")]

    def __str__(self) -> str:
        return f"{self.toolkit.title}, {self.number}"


class ToolkitPart(models.Model):
    """One file of a version, by its name in the package."""

    version = models.ForeignKey(ToolkitVersion, models.CASCADE, related_name="parts")
    name = models.CharField(max_length=80)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="one_part_of_a_name")]


class ToolkitAnswers(Brought, Versioned):
    """A toolkit's form filled in a file. `answers` are JSON by question name; `prefill` says where values came from."""

    FORMS = [("assessment", _("Оценка по инструментариума")), ("plan", _("План по инструментариума"))]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="toolkit_answers")
    toolkit_version = models.ForeignKey(ToolkitVersion, models.PROTECT, related_name="filled")
    form = models.CharField(max_length=10, choices=FORMS)
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    prefill = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    began_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.CharField(max_length=120, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-began_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["file", "form", "number"], name="one_filled_form_number")
        ]
