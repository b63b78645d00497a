"""What the writers of this room share."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.improvement.practice.models import CodeNumber
from opora.register.models import Service


def next_code(series: str) -> str:
    """„П-2026-003“: the next number of the series this year."""
    year = clock.today().year
    CodeNumber.objects.get_or_create(series=series, year=year)
    number = CodeNumber.objects.select_for_update().get(series=series, year=year)
    number.last += 1
    number.save(update_fields=["last"])
    return f"{series}-{year}-{number.last:03d}"


def note(actor: Actor, deed: str, subject: str, service: Service | None = None, **details: object) -> None:
    """Write the audit: in the chain of the service it is about, else in that of the system."""
    chain = f"svc:{service.code}" if service else "system"
    audit.record(actor, deed, subject, chain=chain, details=details)


def wanted(text: str, refusal: str) -> str:
    """The text without spaces around it; ActionRefused when nothing is left."""
    kept = text.strip()
    if not kept:
        raise ActionRefused(refusal)
    return kept
