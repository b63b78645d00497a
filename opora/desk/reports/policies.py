"""Who may read reports."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor


def read_reports(actor: Actor) -> bool:
    """Whoever plans reads the tables of the country; small numbers are hidden from all alike."""
    return bool(actor.scopes("planning", "R"))
