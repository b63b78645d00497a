"""The line to the mail server: it says when the end of a letter is about to go over, the moment from which it may count."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

CRLF = b"\r\n"
START, ACCEPTED = 354, 250
"""The server takes the letter now; it has it."""


class Lost(Exception):  # noqa: N818 - it names the state, not the mishap
    """The letter belongs to another sender by now; its end is not sent."""


class OutboxBackend(EmailBackend):
    """Django's, with `before_end` called for each letter once the server holds all of it but its end, and what the server
    `answered` to the end of the last one.
    """

    before_end: Callable[[], None] | None = None
    answered = 0

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The line, with the moment in it."""
        kind: type[Any] = _Secure if self.use_ssl else _Plain
        return type("Line", (kind,), {"outbox": self})


class _Line:
    """Splits DATA before the final dot: a server may not deliver a letter without it (RFC 5321, 4.1.1.4)."""

    outbox: OutboxBackend

    def data(self: Any, msg: bytes | str) -> tuple[int, bytes]:
        """As smtplib does it, with a moment before the end."""
        self.putcmd("data")
        code, words = self.getreply()
        if code != START:
            raise smtplib.SMTPDataError(code, words)
        text = msg.encode("ascii") if isinstance(msg, str) else msg
        quoted = re.sub(rb"(?m)^\.", b"..", text)
        self.send(quoted if quoted.endswith(CRLF) else quoted + CRLF)
        if self.outbox.before_end is not None:
            self._ask(self.outbox.before_end)
        self.send(b"." + CRLF)
        code, words = self.getreply()
        self.outbox.answered = code
        return code, words

    def _ask(self: Any, before_end: Callable[[], None]) -> None:
        """Where the letter is not to go over the line is cut: a QUIT would be words of the letter, and wait for an answer."""
        try:
            before_end()
        except Lost:
            self.close()
            raise


class _Plain(_Line, smtplib.SMTP):  # type: ignore[misc]
    pass


class _Secure(_Line, smtplib.SMTP_SSL):  # type: ignore[misc]
    pass
