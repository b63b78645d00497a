"""Who may open photographs of a visit."""

from __future__ import annotations

from opora.evidence.monitoring import policies, queries
from opora.foundation.accounts.actors import Actor


def may_see_photo(actor: Actor, owner_id: str) -> bool:
    """Whoever took it; others with the marks. `owner_id` is the visit's code and the photographer's number."""
    code, _colon, user = owner_id.partition(":")
    visit = queries.visit_by_code(actor, code)
    if visit is None:
        return False
    return (actor.user_id is not None and user == str(actor.user_id)) or policies.see_marks(actor, visit)
