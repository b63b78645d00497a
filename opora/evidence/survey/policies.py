"""Who may do what with templates, rounds and cards: area surveys_visits of the permission table, in
sentences.
"""

from __future__ import annotations

from opora.evidence.survey.models import Card, Round
from opora.foundation.accounts.actors import Actor

AREA = "surveys_visits"


def read_cards(actor: Actor) -> bool:
    """Whoever may read cards of some place."""
    return bool(actor.scopes(AREA))


def sees_cards(actor: Actor | None) -> bool:
    """The same for the navigation, where nobody may be signed in."""
    return actor is not None and read_cards(actor)


def edit_templates(actor: Actor) -> bool:
    """Whoever approves cards somewhere makes the templates they are made from: administrator and
    coordinators.
    """
    return bool(actor.scopes(AREA, "A"))


def open_round(actor: Actor, path: str) -> bool:
    """Whoever approves cards in the whole place."""
    return actor.may(AREA, "A", path)


def run_round(actor: Actor, round_: Round) -> bool:
    """Close a round, remind, add a service: whoever approves cards in its whole place."""
    return actor.may(AREA, "A", round_.path)


def fill_card(actor: Actor, card: Card) -> bool:
    """Head of the service, municipal expert and coordinator of the place."""
    return actor.may(AREA, "W", card.path)


def verify_card(actor: Actor, card: Card) -> bool:
    """Return, verify or excuse: the coordinator of the place, never the one who only fills."""
    return actor.may(AREA, "A", card.path)
