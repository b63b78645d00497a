"""Who read and who changed what. Rows are only added: triggers refuse UPDATE and DELETE on both databases.

A row holds people and places as plain text and no foreign key, so every room above can write here and a row
outlives what it speaks of.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.foundation.audit.kinds import Kind


class EntryQuerySet(models.QuerySet["Entry"]):
    """Rows by who, what and when."""

    def on_chain(self, chain: str) -> EntryQuerySet:
        """Rows of one chain."""
        return self.filter(chain=chain)

    def by(self, actor_id: int) -> EntryQuerySet:
        """What one person did."""
        return self.filter(actor_id=actor_id)

    def about(self, subject: str) -> EntryQuerySet:
        """What was done to one thing."""
        return self.filter(subject=subject)

    def of(self, kinds: Iterable[str]) -> EntryQuerySet:
        """Rows of these kinds."""
        return self.filter(kind__in=list(kinds))

    def between(self, since: dt.datetime | None, until: dt.datetime | None) -> EntryQuerySet:
        """Rows from a moment up to, without, another; ``None`` leaves that side open."""
        found = self if since is None else self.filter(at__gte=since)
        return found if until is None else found.filter(at__lt=until)

    def newest_first(self) -> EntryQuerySet:
        """As a reader wants them."""
        return self.order_by("-at", "-id")


class Entry(models.Model):
    """One deed: who, in which role, from where, what, to which thing, on what ground; and its place in a
    chain."""

    at = models.DateTimeField(_("кога"))
    actor_id = models.BigIntegerField(_("номер на профила"), null=True)
    actor_name = models.CharField(_("кой"), max_length=200)
    role = models.CharField(_("роля"), max_length=300)
    organisation = models.CharField(_("организация"), max_length=300)
    service = models.CharField(_("услуга"), max_length=160)
    kind = models.CharField(_("вид"), max_length=10, choices=Kind)
    deed = models.CharField(_("действие"), max_length=80)
    subject = models.CharField(_("предмет"), max_length=300)
    ground = models.CharField(_("основание"), max_length=500)
    address = models.CharField(_("адрес"), max_length=64)
    request_id = models.CharField(_("номер на заявката"), max_length=64)
    details_text = models.TextField(
        help_text="canonical JSON, kept as text: a database may write JSON otherwise"
    )
    chain = models.CharField(_("верига"), max_length=160)
    seq = models.PositiveBigIntegerField(_("номер във веригата"))
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_place")]
        indexes = [
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["actor_id", "at"], name="audit_entry_actor"),
            models.Index(fields=["subject", "at"], name="audit_entry_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} №{self.seq}: {self.deed} {self.subject}"

    @property
    def details(self) -> dict[str, Any]:
        """What else was noted."""
        found: dict[str, Any] = json.loads(self.details_text)
        return found


class Head(models.Model):
    """The newest row of a chain; locked while the next one is written."""

    chain = models.CharField(max_length=160, unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain} №{self.seq}"
