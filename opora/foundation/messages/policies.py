"""Who may do what with messages."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.foundation.messages.models import Message


def take_back(actor: Actor, message: Message) -> bool:
    """Only who sent it may take a message back."""
    return actor.signed_in and message.sender_id == actor.user_id


def settle_unknown(actor: Actor, message: Message) -> bool:
    """Who sent it, who keeps the post of its place, and for letters of the program the national administrator."""
    return (
        take_back(actor, message)
        or actor.may("surveys_visits", "A", message.path)
        or actor.holds("national_admin")
    )


def answer_obstacles(actor: Actor) -> bool:
    """Answers to „Пречи ми“ come from the national administrator."""
    return actor.holds("national_admin")
