"""Breaches follow their service when it moves in the tree of places."""

from __future__ import annotations

from opora.care.protection.models import Breach


def follow_service(old: str, new: str) -> None:
    """Write the new path on the breaches that stand at the old one."""
    Breach.objects.filter(path=old).update(path=new)
