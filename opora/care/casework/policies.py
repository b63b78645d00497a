"""Who may do what with client files, in sentences. What is not allowed here does not exist for the actor.

A head of a service reads and writes the files of the service; a case manager or specialist only those they work on;
everybody else none. Roles that see aggregates only (`G`) never come near a file.
"""

from __future__ import annotations

from typing import Any

from opora.care.casework import stages
from opora.care.casework.models import ClientFile, Emergency, Enclosure, Event, Plan, SealOpening
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant
from opora.foundation.core import clock
from opora.register.models import Service

AREA = "case_files"
ASSIGNED = ("case_manager", "specialist")


def works_with_files(actor: Actor) -> bool:
    """Whether files concern the person at all."""
    return actor.holds("service_manager", *ASSIGNED)


def sees_outcomes(actor: Actor) -> bool:
    """The head of a service, and who sees aggregates of a region or the country."""
    return bool(actor.scopes(AREA, "G") or actor.scopes(AREA, "W"))


def heads(actor: Actor, path: str) -> bool:
    """Whether the actor is the head of the service at that path."""
    return actor.holds_at("service_manager", path) and actor.may(AREA, "W", path)


def works_on(actor: Actor, file: ClientFile) -> bool:
    """Whether the actor holds a role in the file's service and works on this very file today."""
    if actor.user_id is None or not any(actor.holds_at(role, file.path) for role in ASSIGNED):
        return False
    return any(member.user_id == actor.user_id for member in file.team_on(clock.today()))


def reads_by_work(actor: Actor, file: ClientFile) -> bool:
    """Its head, and who works on it."""
    return heads(actor, file.path) or works_on(actor, file)


def read_file(actor: Actor, file: ClientFile) -> bool:
    """The same people, a sealed file only while two persons opened it to them; others while it is open in an emergency."""
    if reads_by_work(actor, file) and is_open_to(actor, file):
        return True
    return not file.sealed and _runs(file.emergencies, actor)


def is_open_to(actor: Actor, file: ClientFile) -> bool:
    """Nothing shuts it, or it was opened to this person: a sealed one by two, one that went elsewhere with a reason."""
    if file.sealed and not unsealed_to(actor, file):
        return False
    return not file.is_archived or _runs(file.archive_openings, actor)


def open_old_file(actor: Actor, file: ClientFile) -> bool:
    """The head of the service it left, once its team's days of reading have passed."""
    return file.is_archived and actor.user_id is not None and heads(actor, file.path)


def confirm_old_file(actor: Actor, file: ClientFile, asked_by: int) -> bool:
    """A second person for a sealed one: another head of the service it left, or who worked on it there and still does."""
    if actor.user_id is None or actor.user_id == asked_by or not (file.sealed and file.is_archived):
        return False
    return heads(actor, file.path) or worked_on(actor, file)


def worked_on(actor: Actor, file: ClientFile) -> bool:
    """Whether the actor was ever of its team and holds a role in its service now."""
    here = any(actor.holds_at(role, file.path) for role in ASSIGNED)
    return here and file.members.filter(user_id=actor.user_id or 0).exists()


def take_papers(actor: Actor, file: ClientFile) -> bool:
    """Who reads it by their work takes papers; an emergency opens a file to the eye only."""
    return reads_by_work(actor, file) and read_file(actor, file)


def write_file(actor: Actor, file: ClientFile) -> bool:
    """Who reads it by their work, while it is open; never who reads it in an emergency."""
    if not file.is_open or not reads_by_work(actor, file):
        return False
    return not file.sealed or unsealed_to(actor, file)


def unsealed_to(actor: Actor, file: ClientFile) -> bool:
    """Whether two persons opened the sealed file to this one, and the time has not passed."""
    return _runs(file.seal_openings, actor)


def _runs(openings: Any, actor: Actor) -> bool:
    return actor.user_id is not None and openings.running(clock.now()).filter(user_id=actor.user_id).exists()


def works_in_emergencies(actor: Actor) -> bool:
    """A head, case manager or specialist of any service; never who oversees the protection of data."""
    return actor.user_id is not None and works_with_files(actor) and not actor.holds("dpo_auditor")


def open_in_emergency(actor: Actor, file: ClientFile) -> bool:
    """They, a file that is not theirs by work and is not sealed; one that went elsewhere is opened where it is now."""
    return in_an_emergency(actor, file) and file.stage != stages.TRANSFERRED


def in_an_emergency(actor: Actor, file: ClientFile) -> bool:
    """Whether they may hear in which service such a file is or was."""
    return works_in_emergencies(actor) and not file.sealed and not reads_by_work(actor, file)


def review_emergency(actor: Actor, emergency: Emergency) -> bool:
    """The head of the file's service, never who opened it."""
    return heads(actor, emergency.file.path) and emergency.user_id != actor.user_id


def seal_file(actor: Actor, file: ClientFile) -> bool:
    """The head seals a file of their service, and takes the seal off while it is open to them."""
    return heads(actor, file.path) and (not file.sealed or unsealed_to(actor, file))


def ask_to_unseal(actor: Actor, file: ClientFile) -> bool:
    """Whose file it is by work asks; another one confirms. One that went elsewhere is asked for as an old file."""
    return file.sealed and not file.is_archived and reads_by_work(actor, file)


def confirm_unsealing(actor: Actor, opening: SealOpening) -> bool:
    """Another person whose file it is; of the two one is the head."""
    if actor.user_id == opening.user_id or not reads_by_work(actor, opening.file):
        return False
    return heads(actor, opening.file.path) or headed_by(opening.user_id, opening.file.path)


def headed_by(user_id: int, path: str) -> bool:
    """Whether that person heads the service today."""
    held = Grant.objects.in_force(clock.today()).filter(user_id=user_id, role="service_manager")
    return any(
        path == scope or path.startswith(f"{scope}/") for scope in held.values_list("scope", flat=True)
    )


def open_file_in(actor: Actor, service: Service) -> bool:
    """The head and the case managers of the service."""
    return heads(actor, service.path) or actor.holds_at("case_manager", service.path)


def change_team(actor: Actor, file: ClientFile) -> bool:
    """Only the head says who works on a file, and on none that went to another service."""
    return heads(actor, file.path) and file.stage != stages.TRANSFERRED


def reopen(actor: Actor, file: ClientFile) -> bool:
    """The head opens a closed file again; one that went to another service stays there."""
    return file.stage == stages.CLOSED and heads(actor, file.path)


def approve_plan(actor: Actor, plan: Plan) -> bool:
    """The head of the service approves or returns a plan, never who works on the file only."""
    return plan.file.is_open and heads(actor, plan.file.path)


def correct(actor: Actor, event: Event) -> bool:
    """Only who wrote a note corrects it."""
    return event.by_id == actor.user_id is not None and write_file(actor, event.file)


def remove_enclosure(actor: Actor, enclosure: Enclosure) -> bool:
    """Who enclosed it, or the head."""
    mine = actor.user_id is not None and enclosure.by_id == actor.user_id
    return (mine or heads(actor, enclosure.file.path)) and write_file(actor, enclosure.file)


def read_team_opinions(actor: Actor, file: ClientFile) -> bool:
    """Who reads it by their work; never who reads it in an emergency."""
    return take_papers(actor, file)
