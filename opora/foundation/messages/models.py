"""What is written to people: the outbox, and what people tell us gets in their way („Пречи ми“)."""

from __future__ import annotations

import datetime as dt

from django.db import models

from opora.foundation.core.models import Scoped

SEALED_COLUMN = "outbox_message.sealed"
KEPT_BACK = "[само в изпратеното писмо]"
"""Stands in the outbox in the place of words that only the addressee may read, such as a link that opens something."""


class MessageQuerySet(Scoped):
    """Messages by state."""

    def waiting(self) -> MessageQuerySet:
        """Not yet sent and not taken back."""
        return self.filter(state=Message.WAITING)

    def unknown(self) -> MessageQuerySet:
        """Of which nobody knows whether they were received."""
        return self.filter(state=Message.UNKNOWN)

    def due(self, at: dt.datetime) -> MessageQuerySet:
        """Waiting, and their time has come."""
        return self.waiting().filter(send_after__lte=at)


class Message(models.Model):
    """One e-mail in the outbox. `key` makes a repeated request one message; `batch` is what one click sent."""

    WAITING, SENDING, SENT, UNDONE, FAILED = "waiting", "sending", "sent", "undone", "failed"
    HANDED, UNKNOWN = "handed", "unknown"
    STATES = [(s, s) for s in (WAITING, SENDING, HANDED, SENT, UNKNOWN, UNDONE, FAILED)]
    LEAVING = (SENDING, HANDED, SENT, UNKNOWN)
    """States from which nothing is taken back."""

    key = models.CharField(max_length=160, unique=True)
    batch = models.CharField(max_length=40, db_index=True)
    path = models.CharField(max_length=120, db_index=True)
    about = models.CharField(max_length=160, blank=True, help_text="what it is about: К-2026-014")
    to_name = models.CharField(max_length=160, blank=True)
    to_email = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(help_text="`KEPT_BACK` stands where the sealed words go when it is sent")
    sealed = models.BinaryField(null=True, help_text="words only the addressee may read; gone when it left")
    state = models.CharField(max_length=8, choices=STATES, default=WAITING, db_index=True)
    sender_id = models.PositiveBigIntegerField(null=True)
    sender_name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    send_after = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(max_length=32, blank=True, help_text="the sender that has it, or had it last")
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")


class Obstacle(models.Model):
    """What somebody said gets in their way, on which page, and what was done about it."""

    page = models.CharField(max_length=300)
    text = models.TextField()
    by_id = models.PositiveBigIntegerField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)
