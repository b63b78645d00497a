"""Cards and adaptations follow their service when it moves in the tree of places."""

from __future__ import annotations

from opora.improvement.practice.models import Adaptation, Practice


def follow_service(old: str, new: str) -> None:
    """Write the new path on what stands at the old one."""
    Practice.objects.filter(path=old).update(path=new)
    Adaptation.objects.filter(path=old).update(path=new)
