"""What this room writes into the audit: one row a deed, in the chain of the organisation whose card it is."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit


def record(actor: Actor, kind: str, subject: str, path: str, **details: object) -> None:
    """Note who did what to which card or round standing at `path`."""
    chain = next((part for part in path.split("/") if part.startswith("org:")), "system")
    audit.record(actor, kind, subject, chain=chain, details={"path": path, **details})
