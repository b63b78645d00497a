"""How letters leave: each at most once, whatever is killed on the way.

waiting → sending (claimed; nothing of it counts yet) → handed (its end is about to go over the line) → sent. Only between the
last dot of the letter and the server's answer can nobody know whether it was received. A sender that dies there leaves it
`handed`; after the lease it is `unknown`: never sent again by itself, a person says what became of it. One that dies before
left it `sending`: the server holds no whole letter, so it waits again.
"""

from __future__ import annotations

import datetime as dt
import smtplib
import uuid
from functools import partial

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from opora.foundation.core import clock, sealing
from opora.foundation.messages.models import KEPT_BACK, SEALED_COLUMN, Message, MessageQuerySet
from opora.foundation.messages.smtp import ACCEPTED, Lost, OutboxBackend

FIRST_RETRY_SECONDS = 60
LONGEST_RETRY_SECONDS = 3_600
GIVE_UP_AFTER = 24
NO = 400
"""Answers of a server that has not taken a letter: 400 to 599 (RFC 5321, 4.2.1)."""
LEASE = dt.timedelta(minutes=15)
"""Longer than the line may be silent (`EMAIL_TIMEOUT`) in every step of one letter; then its sender is taken for dead."""


def deliver(*, limit: int = 100) -> dict[str, int]:
    """Send what is due. A message is claimed before it leaves, so two senders never send it twice."""
    counts = {"sent": 0, "later": 0, "failed": 0, "unknown": recover()}
    for pk in Message.objects.due(clock.now()).order_by("send_after").values_list("pk", flat=True)[:limit]:
        claim = uuid.uuid4().hex
        claimed = {"state": Message.SENDING, "claim": claim, "claimed_at": clock.now()}
        if Message.objects.filter(pk=pk, state=Message.WAITING).update(**claimed):
            counts[_send(Message.objects.get(pk=pk))] += 1
    return counts


def recover() -> int:
    """What dead senders left: what never went over whole waits again, of the rest nobody knows. Gives how many."""
    left = Message.objects.filter(claimed_at__lt=clock.now() - LEASE)
    left.filter(state=Message.SENDING).update(state=Message.WAITING, claim="")
    return left.filter(state=Message.HANDED).update(state=Message.UNKNOWN)


def _send(message: Message) -> str:
    connection = get_connection()
    if isinstance(connection, OutboxBackend):
        connection.before_end = partial(_hand_over, message)
    try:
        mail = _mail(message, connection)
        if not isinstance(connection, OutboxBackend):
            _hand_over(message, durable=False)  # it reaches nobody: the demonstration, tests
        mail.send()
    except Lost:
        return "later"  # taken over by another sender while this one slept
    except OSError as error:  # smtplib's errors are OSErrors: the provider is away, the message is kept
        if getattr(connection, "answered", 0) != ACCEPTED:
            return _missed(message, error)
    except sealing.Unreadable as error:  # its key was dropped while it waited
        _ours(message).update(state=Message.FAILED, error=str(error))
        return "failed"
    _ours(message).update(state=Message.SENT, sent_at=clock.now(), error="", sealed=None)
    return "sent"


def _hand_over(message: Message, *, durable: bool = True) -> None:
    """From here nobody knows until the server answers. Lost where somebody else has the letter by now."""
    with transaction.atomic(durable=durable):
        handed = Message.objects.filter(pk=message.pk, state=Message.SENDING, claim=message.claim)
        if not handed.update(state=Message.HANDED):
            raise Lost


def _missed(message: Message, error: OSError) -> str:
    """The server said no, or the letter never went over whole: later. Silence after its end: unknown."""
    message.refresh_from_db(fields=["state"])
    code = getattr(error, "smtp_code", 0) if isinstance(error, smtplib.SMTPResponseException) else 0
    said_no = NO <= code < NO + 200
    if message.state == Message.HANDED and not said_no and not isinstance(error, ConnectionRefusedError):
        _ours(message).update(state=Message.UNKNOWN, error=str(error)[:300])
        return "unknown"
    return _put_off(message, str(error))


def _ours(message: Message) -> MessageQuerySet:
    return Message.objects.filter(pk=message.pk, claim=message.claim)


def _mail(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    headers = {"Message-ID": f"<{message.key.encode().hex()[:120]}@opora>"}
    to = (
        f"{message.to_name} <{message.to_email}>"
        if message.to_name.isascii() and message.to_name
        else message.to_email
    )
    return EmailMessage(message.subject, _body(message), to=[to], headers=headers, connection=connection)


def _body(message: Message) -> str:
    if not message.sealed:
        return message.body
    secret = sealing.unseal(bytes(message.sealed), column=SEALED_COLUMN, row=message.key)
    return message.body.replace(KEPT_BACK, secret)


def _put_off(message: Message, error: str) -> str:
    attempts = message.attempts + 1
    wait = min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), LONGEST_RETRY_SECONDS)
    state = Message.FAILED if attempts >= GIVE_UP_AFTER else Message.WAITING
    _ours(message).update(
        state=state, attempts=attempts, error=error[:300], send_after=clock.now() + dt.timedelta(seconds=wait)
    )
    return "failed" if state == Message.FAILED else "later"
