"""Who may do what with groups, in sentences."""

from __future__ import annotations

from opora.care.casework import policies
from opora.care.casework.models import ClientFile, Group
from opora.care.casework.policies import ASSIGNED
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.register.models import Service


def make_group(actor: Actor, service: Service) -> bool:
    """The head and whoever works with files in the service."""
    return policies.heads(actor, service.path) or any(actor.holds_at(role, service.path) for role in ASSIGNED)


def see_group(actor: Actor, group: Group) -> bool:
    """The head of its service, and who leads it while they work there.

    They see names and attendance of all its people; what else is in the files stays with those who work on them.
    """
    leads = group.lead_id == actor.user_id is not None
    return policies.heads(actor, group.path) or (
        leads and any(actor.holds_at(role, group.path) for role in ASSIGNED)
    )


def write_group(actor: Actor, group: Group) -> bool:
    """The same people, while the group runs."""
    ended = group.ended_on is not None and group.ended_on < clock.today()
    return see_group(actor, group) and not ended


def bring_in(actor: Actor, group: Group, file: ClientFile) -> bool:
    """Somebody who writes the group brings in a person whose file of the same service they may write."""
    return (
        write_group(actor, group) and file.service_id == group.service_id and policies.write_file(actor, file)
    )
