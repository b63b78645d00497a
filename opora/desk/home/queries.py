"""What stands on a person's first page: what waits for them, then the rest. Nothing here is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.evidence.survey import queries as survey
from opora.evidence.survey import stages
from opora.evidence.survey.models import Card, Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.territory.models import Region
from opora.foundation.ui.formats import date
from opora.register import queries as register
from opora.register.queries import Totals


@dataclass(frozen=True)
class RoundLine:
    """One open round: how many cards came in of how many expected, and how late it is."""

    round: Round
    expected: int
    came_in: int
    waiting_for_check: int
    days_late: int
    days_left: int

    @property
    def missing(self) -> int:
        """Still with the services."""
        return self.expected - self.came_in


def open_rounds(actor: Actor) -> list[RoundLine]:
    """Rounds the actor chases or watches, newest first."""
    if not actor.scopes("surveys_visits", "A") and not actor.holds("ministry_viewer", "municipality_expert"):
        return []
    return [_line(actor, found) for found in survey.rounds(actor).filter(closed_at__isnull=True)[:6]]


def _line(actor: Actor, found: Round) -> RoundLine:
    counts, today = survey.counts(actor, found), clock.today()
    return RoundLine(
        round=found,
        expected=counts["expected"] - counts[stages.EXCUSED],
        came_in=counts["came_in"],
        waiting_for_check=counts[stages.SUBMITTED],
        days_late=found.days_late(today),
        days_left=max(0, (found.deadline - today).days),
    )


def own_cards(actor: Actor) -> list[Card]:
    """Cards this person's own services have to fill, the most urgent first."""
    scopes = [h.scope for h in actor.holdings if h.role == "service_manager"]
    if not scopes:
        return []
    found = survey.cards(actor).within(scopes).still_open().filter(round__closed_at__isnull=True)
    return list(found.order_by("round__deadline", "code")[:10])


def as_task(card: Card) -> dict[str, object]:
    """One card as a line of the task list: where to fill it, how far it is, how late."""
    late = card.round.days_late(clock.today())
    return {
        "title": f"{card.round.title}: {card.service.name}",
        "href": reverse("survey_card", args=[card.code]),
        "hint": _("%(code)s, срок %(day)s") % {"code": card.code, "day": date(card.round.deadline)},
        "status": _("%(days)s дни след срока") % {"days": late} if late else stages.STAGES[card.stage],
        "kind": "wrong" if late else stages.TAGS[card.stage],
    }


def register_totals(actor: Actor) -> Totals | None:
    """The actor's part of the register, or the whole for those whose place is the country; None for who may not read it."""
    scopes = actor.scopes("service_register", "R")
    if not scopes:
        return None
    own = [h.scope for h in actor.holdings if h.scope != "BG"]
    return register.totals(register.services_for(actor).within(own or scopes).operating(clock.today()))


def own_service(actor: Actor) -> str | None:
    """The code of the service where the actor holds all their roles, or None for those of more or of a wider place."""
    codes = {h.scope.rpartition("/svc:")[2] if "/svc:" in h.scope else "" for h in actor.holdings}
    return next(iter(codes)) or None if len(codes) == 1 else None


def regions_of(actor: Actor) -> list[Region]:
    """Regions in which the actor holds a role of their own."""
    codes = {h.scope.split("/")[1] for h in actor.holdings if h.scope.count("/") >= 1}
    return list(Region.objects.filter(code__in=codes))


@dataclass(frozen=True)
class DayNumbers:
    """The numbers of the day for the first page."""

    services: int
    capacity: int
    occupied: int
    waiting: int
    cards_in: int
    cards_expected: int
    on: dt.date


def numbers_of_the_day(actor: Actor) -> DayNumbers:
    """Counts over the whole register and the open and closed rounds; no person can be told from them."""
    totals = register.totals(register.services_for(actor).operating(clock.today()))
    cards = Card.objects.all()
    return DayNumbers(
        services=totals.services,
        capacity=totals.capacity,
        occupied=totals.occupied,
        waiting=totals.waiting,
        cards_in=cards.came_in().count(),
        cards_expected=cards.count(),
        on=clock.today(),
    )


def services_by_region(actor: Actor) -> dict[str, int]:
    """Region code → operating services, for the map of the country."""
    codes = (
        register.services_for(actor)
        .operating(clock.today())
        .order_by()
        .values_list("municipality__region__code", flat=True)
    )
    counted: dict[str, int] = {}
    for code in codes:
        counted[code] = counted.get(code, 0) + 1
    return counted
