"""Regions, municipalities, settlements, their outlines and population figures.

Codes are those of the National Statistical Institute (EKATTE): text, with leading zeros.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


def in_language(bulgarian: str, english: str) -> str:
    """The official name in the language of the page."""
    return english if (get_language() or "bg").startswith("en") else bulgarian


class Place(models.Model):
    """What region and municipality share."""

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    sort_name = models.CharField(max_length=80, db_index=True)
    nuts3 = models.CharField(max_length=5)
    seat_ekatte = models.CharField(max_length=5)
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def said_name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name, self.name_en)


class Region(Place):
    """One of the 28 regions (области); code LOV."""

    code = models.CharField(max_length=3, unique=True)

    class Meta:
        ordering = ("sort_name", "code")

    @property
    def path(self) -> str:
        """Its scope."""
        return f"BG/{self.code}"

    @property
    def said_name(self) -> str:
        """The name in the reader's language; the capital is told from the region of the same name."""
        name = in_language(self.name, self.name_en)
        return (
            gettext("{name} (столица)").format(name=in_language("София", "Sofia"))
            if self.code == "SOF"
            else name
        )

    @property
    def full_name(self) -> str:
        """„обл. Ловеч“."""
        return gettext("обл. {name}").format(name=self.said_name)


class Municipality(Place):
    """One of the 265 municipalities (общини); code LOV18."""

    code = models.CharField(max_length=5, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="municipalities")
    area_km2 = models.FloatField(null=True)

    class Meta:
        ordering = ("sort_name", "code")
        verbose_name_plural = "municipalities"

    @property
    def path(self) -> str:
        """Its scope."""
        return f"BG/{self.code[:3]}/{self.code}"

    @property
    def full_name(self) -> str:
        """„общ. Ловеч, обл. Ловеч“: two municipalities are called Бяла."""
        return gettext("общ. {name}, {region}").format(name=self.said_name, region=self.region.full_name)


class Settlement(models.Model):
    """A town (гр.), village (с.) or monastery (ман.) with its EKATTE code."""

    ekatte = models.CharField(max_length=5, unique=True)
    kind = models.CharField(max_length=4)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    sort_name = models.CharField(max_length=80, db_index=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="settlements")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    postal_code = models.CharField(max_length=4, blank=True)

    class Meta:
        ordering = ("sort_name", "ekatte")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def said_name(self) -> str:
        """„с. Абланица“ in the reader's language."""
        return in_language(f"{self.kind} {self.name}", self.name_en)

    @property
    def full_name(self) -> str:
        """„с. Абланица, общ. Ловеч, обл. Ловеч“: 527 names repeat."""
        return f"{self.said_name}, {self.municipality.full_name}"


class Boundary(models.Model):
    """The outline of a region or municipality as a GeoJSON geometry (WGS 84)."""

    code = models.CharField(max_length=5, unique=True)
    level = models.CharField(max_length=12, choices=[("region", "region"), ("municipality", "municipality")])
    geometry = models.JSONField()
    source = models.CharField(max_length=300)
    official = models.BooleanField(default=False)


class PopulationFigure(models.Model):
    """How many people, counted how, when and by whom; registered people are not census people."""

    class Kind(models.TextChoices):
        REGISTERED_CURRENT = "registered_current", _("регистрирани по настоящ адрес")
        REGISTERED_PERMANENT = "registered_permanent", _("регистрирани по постоянен адрес")
        CENSUS = "census", _("преброени")
        ESTIMATE = "estimate", _("оценка на населението")

    code = models.CharField(max_length=5, db_index=True, help_text="region, municipality or settlement code")
    kind = models.CharField(max_length=30, choices=Kind)
    value = models.PositiveIntegerField()
    as_of = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "kind", "as_of", "source"], name="one_population_figure")
        ]


class Source(models.Model):
    """An official file that was read: what day its facts are of, and when it was prepared."""

    file = models.CharField(max_length=120, unique=True)
    as_of = models.DateField(null=True)
    prepared = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("file",)

    def __str__(self) -> str:
        return self.file
