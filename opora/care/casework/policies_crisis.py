"""Who may act in a crisis, in sentences."""

from __future__ import annotations

from opora.care.casework import policies
from opora.care.casework.models import ClientFile, Crisis
from opora.foundation.accounts.actors import Actor


def act(actor: Actor, file: ClientFile) -> bool:
    """Whoever writes the file: receives signals, assesses them, sets the risk, agrees safety plans, marks steps."""
    return policies.write_file(actor, file)


def close_crisis(actor: Actor, crisis: Crisis) -> bool:
    """Who leads it, the lead of the case, and the head."""
    if not act(actor, crisis.file):
        return False
    leads = actor.user_id is not None and actor.user_id in (crisis.lead_id, crisis.file.lead_now_id)
    return leads or policies.heads(actor, crisis.file.path)
