"""What this room shows on pages of rooms below and above: the day's files on a person's first page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from opora.care.casework import policies, policies_protection, protection_view
from opora.care.casework.monday import Monday
from opora.foundation.accounts.actors import Actor


def today(request: HttpRequest | None) -> str:
    """Terms that need somebody within a week and, for a head, all of Monday morning."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not policies.works_with_files(actor):
        return ""
    day = Monday(actor)
    context = {"day": day, "guard": day.guard}
    # The engine escapes every value in it; the text it gives is markup already.
    return Markup(render_to_string("casework/_today.html", context, request=request))  # noqa: S704


def guard(request: HttpRequest | None) -> str:
    """For the data protection officer: requests and alerts that wait."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not policies_protection.is_officer(actor):
        return ""
    context = {"view": protection_view.Overview(actor)}
    # As above.
    return Markup(render_to_string("casework/_guard.html", context, request=request))  # noqa: S704
