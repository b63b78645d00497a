"""Who may do what with rules."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor


def change_rule(actor: Actor) -> bool:
    """The national administrator's experts edit and verify rules."""
    return "BG" in actor.scopes("planning", "A")
