"""What this room shows on pages of the rooms below."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from opora.evidence.survey import pages, policies, queries
from opora.foundation.accounts.doors import actor_of
from opora.register.models import Service


def cards_of_service(request: HttpRequest, *, service: Service, **_facts: Any) -> str:
    """The survey cards of a service, newest first; nothing for whoever may not read them."""
    actor = actor_of(request)
    if not policies.sees_cards(actor):
        return ""
    cards = list(queries.cards_of_service(actor, service)[:12])
    context = {"card_rows": pages.card_rows(cards)}
    if not cards:
        return ""
    return Markup(render_to_string("survey/of_service.html", context, request))  # noqa: S704 - escaped by Jinja
