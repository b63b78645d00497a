"""Readers of files that went to another service, from both of their ends."""

from __future__ import annotations

from opora.care.casework import policies, queries
from opora.care.casework.models import ArchiveOpening, Arrival, ClientFile, Transfer
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock


def archived_for(actor: Actor, code: str) -> ClientFile:
    """A file of the head's service that went elsewhere: its cover, never what is inside. ClientFile.DoesNotExist."""
    found: ClientFile = queries.files_of(actor).select_related("service", "person").get(code=code)
    if not policies.open_old_file(actor, found):
        raise ClientFile.DoesNotExist
    return found


def away_from(actor: Actor, code: str) -> bool:
    """Whether it is the head's file by work, went elsewhere, and is not open to them now."""
    try:
        found = archived_for(actor, code)
    except ClientFile.DoesNotExist:
        return False
    return not queries.files_for(actor).filter(pk=found.pk).exists()


def openings_of(file: ClientFile) -> list[ArchiveOpening]:
    """Who read the old file and why, the newest first; the caller has it from `archived_for`."""
    return list(file.archive_openings.all())


def arrival_of(file: ClientFile) -> Arrival | None:
    """Where a file came from; the caller has read it through `file_for`."""
    return Arrival.objects.filter(file=file).first()


def successor(file: ClientFile) -> ClientFile | None:
    """The file of the same case as it is led now, through however many transfers. Crosses services: for actions."""
    found: ClientFile | None = None
    while (
        step := Transfer.objects.filter(file=found or file, made__isnull=False)
        .select_related("made__service")
        .first()
    ):
        found = step.made
    return found


def heads_of(file: ClientFile) -> list[User]:
    """The heads of its service today."""
    parts = file.path.split("/")
    above = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    held = Grant.objects.in_force(clock.today()).filter(role="service_manager", scope__in=above)
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))
