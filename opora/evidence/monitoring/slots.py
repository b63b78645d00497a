"""What this room shows on pages of the rooms below and above: visits of a service, what waits on the first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from opora.evidence.monitoring import policies, presenters, queries
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of
from opora.register.models import Service

MOST = 5


def of_service(request: HttpRequest, *, service: Service, **_facts: Any) -> str:
    """The way to the visits of a service; asks nothing, so that the page stays quick."""
    actor = actor_of(request)
    if not policies.works_with_visits(actor):
        return ""
    return _markup("monitoring/_of_service.html", {"service": service})


def of_work(request: HttpRequest | None, **_facts: Any) -> str:
    """On the first page: visits that wait for this person."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not policies.works_with_visits(actor):
        return ""
    found = presenters.waiting(actor, queries.open_visits(actor))
    if not found:
        return ""
    return _markup("monitoring/_work.html", {"found": found[:MOST], "more": len(found) - MOST})


def _markup(template: str, shown: dict[str, Any]) -> str:
    return Markup(render_to_string(template, shown))  # noqa: S704 - our own template, escaped by Jinja
