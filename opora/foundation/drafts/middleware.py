"""After a form was taken its words wait no more."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.messages import ERROR
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase

from opora.foundation.accounts.doors import actor_of
from opora.foundation.accounts.middleware import Handler
from opora.foundation.drafts import unsent

log = logging.getLogger("opora.drafts")
SENT = (302, 303)


class UnsentMiddleware:
    """The last around the view: `process_view` is only reached where no one before it sent the person elsewhere."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if getattr(request, "reached", False) and _taken(request, response):
            _end(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        request.reached = request.method == "POST"  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Whatever page is made of it, the form was not taken."""
        request.not_taken = True  # type: ignore[attr-defined]


def _end(request: HttpRequest) -> None:
    """What was taken stays taken, whatever becomes of its draft."""
    sittings = unsent.sittings(request.POST["op-sitting"])
    if not sittings:
        return
    try:
        unsent.sent(actor_of(request), sittings[0], sittings[1:])
    except DatabaseError:
        log.warning("words that were sent wait on: the database could not be written")


def _taken(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A form that is not taken is shown again, or its page is, with what is wrong on top."""
    if response.status_code not in SENT or getattr(request, "not_taken", False):
        return False
    if not actor_of(request).signed_in or "op-sitting" not in request.POST:
        return False
    said = getattr(request, "_messages", None)
    return not any(one.level >= ERROR for one in getattr(said, "_queued_messages", ()))
