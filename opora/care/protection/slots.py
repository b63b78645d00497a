"""What this room shows on pages of others: clocks that run, the way to tell, the way in."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.care.protection import clock_words, policies, queries
from opora.foundation.accounts.actors import Actor


def _actor(request: HttpRequest | None) -> Actor | None:
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else None


def clocks(request: HttpRequest | None) -> str:
    """On the first page of heads and officers: breaches whose term runs, with the hours left."""
    actor = _actor(request)
    if actor is None or not policies.keeps_breaches(actor):
        return ""
    lines = [clock_words.as_task(one) for one in queries.pressing(actor)]
    # The engine escapes every value in it; the text it gives is markup already.
    return Markup(render_to_string("protection/_clocks.html", {"lines": lines}, request=request))  # noqa: S704


def tell(request: HttpRequest | None) -> str:
    """In the foot of every page of who works here."""
    actor = _actor(request)
    if actor is None or not policies.tell_breach(actor):
        return ""
    return Markup('<p class="op-footer__feedback"><a class="govuk-link" href="{}">{}</a></p>').format(
        reverse("protection_tell"), _("Съобщи за нарушение на лични данни")
    )


def room(request: HttpRequest | None) -> str:
    """Links in the aside of „Защита на данните“."""
    return Markup(render_to_string("protection/_links.html", {}, request=request))  # noqa: S704 - as above
