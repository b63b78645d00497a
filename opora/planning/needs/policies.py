"""Who may do what with analyses: area planning of the permission table, in sentences."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.planning.needs.models import Analysis

AREA = "planning"


def analyse(actor: Actor, path: str) -> bool:
    """Whoever keeps the plans of the whole region: its coordinators and the national administrator."""
    return actor.may(AREA, "W", path)


def read_working_version(actor: Actor, analysis: Analysis) -> bool:
    """Small numbers, open answers and drafts are for those who make the analysis; all others read what is
    published.
    """
    return analyse(actor, analysis.path)


def read(actor: Actor, analysis: Analysis) -> bool:
    """Published: everybody. Draft: those who make it."""
    return analysis.is_published or read_working_version(actor, analysis)


def edit(actor: Actor, analysis: Analysis) -> bool:
    """Words change until publication."""
    return analyse(actor, analysis.path) and not analysis.is_published


def publish(actor: Actor, analysis: Analysis) -> bool:
    """Once, by those who make it."""
    return edit(actor, analysis)


def compare(actor: Actor, analysis: Analysis) -> bool:
    """Two working versions side by side show small numbers."""
    return read_working_version(actor, analysis)
