"""What this room shows on pages of rooms below and above: the day's files on a person's first page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from opora.care.casework import policies
from opora.care.casework.monday import Monday
from opora.foundation.accounts.actors import Actor


def today(request: HttpRequest | None) -> str:
    """Terms that need somebody within a week and, for a head, all of Monday morning."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not policies.works_with_files(actor):
        return ""
    context = {"day": Monday(actor)}
    # The engine escapes every value in it; the text it gives is markup already.
    return Markup(render_to_string("casework/_today.html", context, request=request))  # noqa: S704
