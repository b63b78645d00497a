"""What this room shows on pages of other rooms: what waits, on a person's first page; practices of a service."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from opora.foundation.accounts.actors import Actor
from opora.improvement.practice import (
    adaptation_view,
    policies,
    presenters,
    queries,
    queries_selection,
    queries_transfer,
    seats_view,
    stages,
)
from opora.improvement.practice.models import PanelMember, Practice
from opora.improvement.practice.queries_board import Board
from opora.register.models import Service

MOST = 5


def of_work(request: HttpRequest | None, **_facts: Any) -> str:
    """Seats on panels, cards to decide, requests to answer, measurements that are due."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not actor.signed_in:
        return ""
    rows = _seats(actor) + (_cards(actor) if policies.concerns(actor) else [])
    return _markup("practice/slot_work.html", {"rows": rows, "request": request}) if rows else ""


def _cards(actor: Actor) -> list[dict[str, Any]]:
    rows = [presenters.card_row(card) for card in queries.to_decide(actor)[:MOST]]
    living = queries_transfer.living(actor)
    rows += [presenters.as_task(one) for one in queries_transfer.to_answer(actor, living)[:MOST]]
    return rows + adaptation_view.due_tasks(actor, living)[:MOST]


def _seats(actor: Actor) -> list[dict[str, Any]]:
    """What the actor's places on panels ask of them."""
    found = [seats_view.as_task(one, left=_left(one)) for one in queries_selection.seats(actor)]
    return [line for line in found if line is not None]


def _left(seat: PanelMember) -> int:
    """Candidates that wait for the member's vote; the board is read only while the panel votes."""
    if seat.period.stage != stages.PANEL or seat.declared_at is None:
        return 0
    waiting = {one.service.pk for one in Board(seat.period).votable()}
    return len(waiting - queries_selection.answered(seat))


def of_service(request: HttpRequest, *, service: Service, **_facts: Any) -> str:
    """On the public page of a service: its published practices."""
    found = list(Practice.objects.published().filter(service=service)[:MOST])
    return _markup("practice/slot_service.html", {"found": found, "request": request}) if found else ""


def _markup(template: str, shown: dict[str, Any]) -> str:
    return Markup(render_to_string(template, shown))  # noqa: S704 - our own template, escaped by Jinja
