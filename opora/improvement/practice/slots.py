"""What this room shows on pages of other rooms: what waits, on a person's first page; practices of a service."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from opora.foundation.accounts.actors import Actor
from opora.improvement.practice import adaptation_view, policies, presenters, queries, queries_transfer
from opora.improvement.practice.models import Practice
from opora.register.models import Service

MOST = 5


def of_work(request: HttpRequest | None, **_facts: Any) -> str:
    """Cards to decide, requests to answer, measurements that are due."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not policies.concerns(actor):
        return ""
    rows = [presenters.card_row(card) for card in queries.to_decide(actor)[:MOST]]
    living = queries_transfer.living(actor)
    rows += [presenters.as_task(one) for one in queries_transfer.to_answer(actor, living)[:MOST]]
    rows += adaptation_view.due_tasks(actor, living)[:MOST]
    return _markup("practice/slot_work.html", {"rows": rows, "request": request}) if rows else ""


def of_service(request: HttpRequest, *, service: Service, **_facts: Any) -> str:
    """On the public page of a service: its published practices."""
    found = list(Practice.objects.published().filter(service=service)[:MOST])
    return _markup("practice/slot_service.html", {"found": found, "request": request}) if found else ""


def _markup(template: str, shown: dict[str, Any]) -> str:
    return Markup(render_to_string(template, shown))  # noqa: S704 - our own template, escaped by Jinja
