"""Who may do what with client files, in sentences. What is not allowed here does not exist for the actor.

A head of a service reads and writes the files of the service; a case manager or specialist only those they work on;
everybody else none. Roles that see aggregates only (`G`) never come near a file.
"""

from __future__ import annotations

from opora.care.casework.models import ClientFile, Event, Plan
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.register.models import Service

AREA = "case_files"
ASSIGNED = ("case_manager", "specialist")


def works_with_files(actor: Actor) -> bool:
    """Whether files concern the person at all."""
    return actor.holds("service_manager", *ASSIGNED)


def heads(actor: Actor, path: str) -> bool:
    """Whether the actor is the head of the service at that path."""
    return actor.holds_at("service_manager", path) and actor.may(AREA, "W", path)


def works_on(actor: Actor, file: ClientFile) -> bool:
    """Whether the actor holds a role in the file's service and works on this very file today."""
    if actor.user_id is None or not any(actor.holds_at(role, file.path) for role in ASSIGNED):
        return False
    return file.members.filter(user_id=actor.user_id).active(clock.today()).exists()


def read_file(actor: Actor, file: ClientFile) -> bool:
    """Its head, and who works on it."""
    return heads(actor, file.path) or works_on(actor, file)


def write_file(actor: Actor, file: ClientFile) -> bool:
    """The same people, while it is open."""
    return file.is_open and read_file(actor, file)


def open_file_in(actor: Actor, service: Service) -> bool:
    """The head and the case managers of the service."""
    return heads(actor, service.path) or actor.holds_at("case_manager", service.path)


def change_team(actor: Actor, file: ClientFile) -> bool:
    """Only the head says who works on a file."""
    return heads(actor, file.path)


def reopen(actor: Actor, file: ClientFile) -> bool:
    """The head opens a closed file again."""
    return not file.is_open and heads(actor, file.path)


def approve_plan(actor: Actor, plan: Plan) -> bool:
    """The head of the service approves or returns a plan, never who works on the file only."""
    return plan.file.is_open and heads(actor, plan.file.path)


def correct(actor: Actor, event: Event) -> bool:
    """Only who wrote a note corrects it."""
    return event.by_id == actor.user_id is not None and write_file(actor, event.file)
