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


def asked_of(actor: Actor, code: str) -> ClientFile:
    """A sealed one, for whom a head asks to confirm the reading: its cover, under its pseudonym. ClientFile.DoesNotExist."""
    here = [held.scope for held in actor.holdings if held.role in policies.ASSIGNED]
    rows = ClientFile.objects.within(here).filter(sealed=True).select_related("service", "person")
    found: ClientFile = rows.get(code=code)
    if not any(policies.confirm_old_file(actor, found, one.user_id) for one in waiting_for(found)):
        raise ClientFile.DoesNotExist
    return found


def away_from(actor: Actor, code: str) -> bool:
    """Whether it is the head's file by work, went elsewhere, and is not open to them now; or waits for a second person."""
    try:
        found = archived_for(actor, code)
    except ClientFile.DoesNotExist:
        return _waits_for(actor, code)
    return not queries.files_for(actor).filter(pk=found.pk).exists()


def _waits_for(actor: Actor, code: str) -> bool:
    try:
        return bool(asked_of(actor, code))
    except ClientFile.DoesNotExist:
        return False


def openings_of(file: ClientFile) -> list[ArchiveOpening]:
    """Who read the old file and why, the newest first; the caller has it from `archived_for`."""
    return list(file.archive_openings.opened())


def waiting_for(file: ClientFile) -> list[ArchiveOpening]:
    """Requests that wait for a second person; the caller has the file from here."""
    return list(file.archive_openings.waiting(clock.now()).select_related("file"))


def second_persons(file: ClientFile, asked_by: int) -> list[User]:
    """Who may confirm: other heads, and those who worked on it and hold a role in its service today."""
    held = Grant.objects.in_force(clock.today()).filter(
        role__in=policies.ASSIGNED, scope__in=_above(file.path)
    )
    team = User.objects.filter(
        pk__in=held.values("user_id").filter(user_id__in=file.members.values("user_id")), is_active=True
    )
    every = {person.pk: person for person in (*heads_of(file), *team)}
    return [person for pk, person in sorted(every.items()) if pk != asked_by]


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
    held = Grant.objects.in_force(clock.today()).filter(role="service_manager", scope__in=_above(file.path))
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
