"""Contract, review of a plan, transfer to another service, closing: what surrounds the work and how it ends."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models.brought import Brought
from opora.care.casework.models.files import ClientFile
from opora.care.casework.models.plans import Plan
from opora.foundation.core.models import Versioned
from opora.register.models import Service


class Contract(Brought, Versioned):
    """A contract with the person; until it is signed it may be changed, then another one takes its place."""

    MANNERS = [
        ("hours", _("почасово")),
        ("half_day", _("полудневно")),
        ("day", _("целодневно")),
        ("round_clock", _("денонощно")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="contracts")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="contracts")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    until = models.DateField()
    manner = models.CharField(max_length=12, choices=MANNERS, blank=True)
    fee = models.CharField(max_length=120, blank=True, help_text="words: „без такса“, „30 лв. месечно“")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.CharField(max_length=120, blank=True, help_text="who recorded the signing")

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_contract_number"),
            models.UniqueConstraint(
                fields=["file"], condition=Q(signed_on__isnull=True), name="one_unsigned_contract"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")), name="contract_ends_after_it_starts"
            ),
        ]

    @property
    def is_signed(self) -> bool:
        """Signed on paper; its words no longer change."""
        return self.signed_on is not None


class Review(Brought):
    """A plan looked at again with the family; written once. What was reached stands in the goals' marks up to it."""

    CONTINUE, CHANGE, CLOSE, TRANSFER = "continue", "change", "close", "transfer"
    DECISIONS = [
        (CONTINUE, _("продължаваме по същия план")),
        (CHANGE, _("променяме плана")),
        (CLOSE, _("приключваме работата")),
        (TRANSFER, _("прехвърляме досието в друга услуга")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="reviews")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    due = models.DateField(
        null=True, blank=True, help_text="when the rule wanted it; empty: no rule had a number"
    )
    present = models.JSONField(default=list)
    absent_why = models.CharField(max_length=300, blank=True)
    child_words = models.TextField(blank=True)
    family_words = models.TextField(blank=True)
    summary = models.TextField()
    decision = models.CharField(max_length=8, choices=DECISIONS)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_review_number")]


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Transfers by state."""

    def waiting(self) -> Self:
        """Not answered yet, of files that are still open."""
        return self.filter(answered_at__isnull=True)

    def offered(self) -> Self:
        """Those the receiving head may see: a sealed file only after a second person confirmed the offer."""
        return self.waiting().filter(Q(file__sealed=False) | Q(confirmed_at__isnull=False))


class Transfer(models.Model):
    """A file offered to another service. Accepted, a new file begins there with what the sending head chose."""

    PARTS = [
        ("family", _("семейство, близки и места около човека")),
        ("assessment", _("оценките и становищата на специалисти")),
        ("plan", _("плановете с отметките, прегледите и подписаните договори")),
        ("outcomes", _("резултатите: къде живее, училище, мнение")),
        ("forms", _("попълнените формуляри")),
        ("safety", _("рискове, план за безопасност и кризи")),
        ("chronology", _("хронологията с бележките")),
        ("papers", _("приложенията и документите, които се чакат")),
    ]
    WHOLE = tuple(code for code, _words in PARTS)
    NEEDS = {"plan": "assessment", "papers": "chronology"}
    """What cannot stand without what: a plan without its assessment, a paper without the note that tells of it."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="transfers")
    to = models.ForeignKey(Service, models.PROTECT, related_name="transfers")
    parts = models.JSONField(default=list, help_text="codes of PARTS that go along")
    left_why = models.TextField(blank=True, help_text="why a part stays behind")
    why = models.TextField()
    ends_on = models.DateField(help_text="last day on which the old team reads the old file")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    asked_by_id = models.PositiveBigIntegerField(null=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="by a second person; a sealed file is offered only then"
    )
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_by_id = models.PositiveBigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True, help_text="why it was refused or taken back")
    made = models.OneToOneField(
        ClientFile, models.PROTECT, null=True, blank=True, related_name="came_by",
        help_text="the file of the receiving service; empty: not accepted",
    )  # fmt: skip

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(answered_at__isnull=True), name="one_waiting_transfer"
            ),
            models.CheckConstraint(
                condition=Q(made__isnull=True) | Q(answered_at__isnull=False),
                name="transfer_made_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by_id__isnull=True) | ~Q(confirmed_by_id=F("asked_by_id")),
                name="transfer_confirmed_by_another",
            ),
        ]


class Closing(Brought):
    """The summary with which a file is closed; a file that is opened again and closed again has two."""

    REASONS = [
        ("reached", _("целите са постигнати")),
        ("wish", _("по желание на човека или семейството")),
        ("moved", _("преместване в друго населено място")),
        ("age", _("навършена възраст")),
        ("need", _("потребностите се посрещат другаде")),
        ("contact", _("връзката е прекъсната")),
        ("death", _("смърт")),
    ]

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="closings")
    on = models.DateField()
    reason = models.CharField(max_length=8, choices=REASONS)
    summary = models.TextField()
    after = models.TextField(blank=True, help_text="what support goes on, and from whom")
    present = models.JSONField(default=list)
    absent_why = models.CharField(max_length=300, blank=True)
    child_words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-at", "-id")
