"""Files follow their service when it moves in the tree of places."""

from __future__ import annotations

from opora.care.casework import wall
from opora.care.casework.models import ClientFile


@wall.across
def follow_service(old: str, new: str) -> None:
    """Write the new path on the files that stand at the old one."""
    ClientFile.objects.filter(path=old).update(path=new)
