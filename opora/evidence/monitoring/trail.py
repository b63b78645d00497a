"""What this room writes into the audit: one row a deed, in the chain of the service, or of the house for rounds."""

from __future__ import annotations

from opora.evidence.monitoring.models import Visit
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit


def of_visit(actor: Actor, deed: str, visit: Visit, **details: object) -> None:
    """Note who did what with a visit."""
    chain = f"svc:{visit.service.code}"
    audit.record(actor, f"monitoring.{deed}", visit.code, chain=chain, details=details)


def of_house(actor: Actor, deed: str, subject: str, **details: object) -> None:
    """Note who did what with a round, a framework or a tie."""
    audit.record(actor, f"monitoring.{deed}", subject, details=details)
