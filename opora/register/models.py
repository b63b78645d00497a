"""Every operating social service: who gives it, what type, where, for whom, how many places and staff."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opora.foundation.accounts.models import User
from opora.foundation.core.models import Scoped, Versioned
from opora.foundation.territory.models import Municipality, Settlement


class Titled(models.Model):
    """Has a name in Bulgarian and in English."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        english = (get_language() or "").startswith("en")
        return str((getattr(self, "name_en", "") if english else "") or getattr(self, "name", ""))


class TargetGroup(Titled):
    """Whom a service is for (ЗСУ чл. 14); the list is edited by the national administrator."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    children = models.BooleanField(default=False)
    legal_ref = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("order", "name")


class ServiceType(Titled):
    """Traditional type of service (ДЦДУ, ЦОП, ЦНСТ …): the unit of budgets and talk (ЗСУ §31(2) ПЗР)."""

    code = models.SlugField(max_length=40, unique=True)
    abbr = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    target_group_text = models.CharField(max_length=200, blank=True)
    environment = models.CharField(max_length=60, blank=True, help_text="home; specialised; mobile")
    kinds = models.CharField(max_length=40, blank=True, help_text="numbers of ЗСУ чл. 15, with ;")
    typical_capacity = models.CharField(max_length=120, blank=True, help_text="numbers met, not norms")
    max_stay = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200, blank=True)
    hides_address = models.BooleanField(default=False, help_text="crisis services and shelters from violence")
    institution = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "name")

    @property
    def short(self) -> str:
        """Abbreviation, or the name where there is none."""
        return self.abbr if self.abbr not in ("", "–") else self.title


class Organisation(models.Model):
    """A provider: municipality, private provider or state body (ЗСУ чл. 28–30)."""

    KINDS = [
        ("municipality", _("община")),
        ("private", _("частен доставчик")),
        ("state", _("държавен орган")),
    ]

    name = models.CharField(max_length=200)
    eik = models.CharField(max_length=13, blank=True, help_text="9 digits, a branch 13")
    kind = models.CharField(max_length=12, choices=KINDS, default="municipality")
    sort_name = models.CharField(max_length=200, db_index=True)
    search_text = models.TextField(blank=True)

    class Meta:
        ordering = ("sort_name",)
        constraints = [
            models.UniqueConstraint(fields=["eik"], condition=~Q(eik=""), name="one_organisation_per_eik")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """What kind of provider it is, in words."""
        return str(dict(self.KINDS)[self.kind])


class Complex(models.Model):
    """Several services managed as one complex (ЗСУ чл. 18, ал. 3), for example КСУДС."""

    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="complexes")

    class Meta:
        verbose_name_plural = "complexes"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_complex_name_per_provider")
        ]

    def __str__(self) -> str:
        return self.name


class Management(models.Model):
    """Services under one management; `name` is what the import column `managed_with` says."""

    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="managements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_management_per_provider")
        ]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(Scoped):
    """Services by state and content."""

    def operating(self, on: dt.date) -> ServiceQuerySet:
        """Not closed on that day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def with_free_places(self) -> ServiceQuerySet:
        """Fewer people than places."""
        return self.filter(capacity__isnull=False, occupied__lt=F("capacity"))

    def overfull(self) -> ServiceQuerySet:
        """More people than places: noticed, never refused."""
        return self.filter(occupied__gt=F("capacity"))


class Service(Versioned):
    """One operating service. Places and people are the newest figures; their history is in `Figure`."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="services")
    type = models.ForeignKey(ServiceType, models.PROTECT, related_name="services")
    target_groups = models.ManyToManyField(TargetGroup, related_name="services", blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="services")
    settlement = models.ForeignKey(Settlement, models.PROTECT, null=True, blank=True, related_name="services")
    address = models.CharField(max_length=250, blank=True)
    complex = models.ForeignKey(Complex, models.SET_NULL, null=True, blank=True, related_name="services")
    management = models.ForeignKey(
        Management, models.SET_NULL, null=True, blank=True, related_name="services"
    )
    capacity = models.PositiveIntegerField(null=True, blank=True)
    crisis_places = models.PositiveIntegerField(null=True, blank=True)
    occupied = models.PositiveIntegerField(null=True, blank=True)
    waiting = models.PositiveIntegerField(null=True, blank=True)
    funded = models.PositiveIntegerField(null=True, blank=True)
    delegated_since = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    head = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    path = models.CharField(max_length=120, db_index=True)
    sort_name = models.CharField(max_length=200, db_index=True)
    search_text = models.TextField(blank=True)
    sound_text = models.TextField(blank=True, help_text="sound keys of its words, for misspelt searches")
    updated_at = models.DateTimeField(auto_now=True)

    objects = ServiceQuerySet.as_manager()

    FIGURES = ("capacity", "crisis_places", "occupied", "waiting", "funded")

    class Meta:
        ordering = ("sort_name", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="closed_after_opened",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def free(self) -> int | None:
        """Places not taken; negative when overfull; None when either number is unknown."""
        if self.capacity is None or self.occupied is None:
            return None
        return self.capacity - self.occupied

    @property
    def address_hidden(self) -> bool:
        """Crisis services keep their address to themselves."""
        return self.type.hides_address


class Figure(models.Model):
    """One number of a service on a day: history of capacity, crisis places, occupied, waiting, funded."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=14, choices=[(k, k) for k in Service.FIGURES])
    value = models.PositiveIntegerField(null=True)
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-as_of", "-id")
        indexes = [models.Index(fields=["service", "kind", "-as_of"])]


class Post(models.Model):
    """Staff of a service by profession: posts in the list and posts filled (part-time counts in parts)."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="posts")
    profession = models.CharField(max_length=120)
    posts = models.DecimalField(max_digits=6, decimal_places=2)
    filled = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        ordering = ("profession",)
        constraints = [
            models.UniqueConstraint(fields=["service", "profession"], name="one_row_per_profession")
        ]

    def __str__(self) -> str:
        return self.profession


class Professional(models.Model):
    """A specialist who works in the region, in a service or outside: profession, employer, contact."""

    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=120)
    employer = models.CharField(max_length=200, blank=True)
    service = models.ForeignKey(Service, models.SET_NULL, null=True, blank=True, related_name="professionals")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="professionals")
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    path = models.CharField(max_length=120, db_index=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ("profession", "name")

    def __str__(self) -> str:
        return f"{self.name}, {self.profession}"


class RegisterImport(models.Model):
    """A workbook somebody brought: read and shown, then accepted once. Its bytes go when it is accepted."""

    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the file")
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.CharField(max_length=120, blank=True)
    counts = models.JSONField(default=dict, help_text="services added, changed, unchanged")

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(applied_at__isnull=False), name="one_acceptance_per_file"
            )
        ]

    def __str__(self) -> str:
        return self.file_name
